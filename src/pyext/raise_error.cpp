// Makes exceptions of error values (raise_error.h).
#include "pyext/raise_error.h"

#include <frameobject.h>

#include "driver/code.h"
#include "pyext/box.h"
#include "pyext/classes.h"
#include "pyext/fetch_exception.h"
#include "pyext/ref.h"
#include "runtime/error.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

PyObject* exception_of_row(const ErrorObject& error) {
  Ref text = Ref::steal(PyUnicode_FromString(error_row_message(error).c_str()));
  PyObject* cls = exception_class(error_row_class(error.row));
  if (!text) return nullptr;
  if (PyUnicode_GET_LENGTH(text.get()) == 0) return PyObject_CallNoArgs(cls);
  return PyObject_CallOneArg(cls, text.get());
}

PyObject* exception_of_class(const ErrorObject& error) {
  retain_leaves(TypeId(error.type), error.slots.data());  // boxing takes over what it is given
  Ref arguments = Ref::steal(box(TypeId(error.type), error.slots.data()));
  if (!arguments) return nullptr;
  Ref made = Ref::steal(PyObject_CallObject(static_cast<PyObject*>(error.cls), arguments.get()));
  if (!made || PyExceptionInstance_Check(made.get())) return made.release();
  PyErr_Format(PyExc_TypeError, "calling %R should have returned an instance of BaseException, not %s",
               error.cls, Py_TYPE(made.get())->tp_name);
  return nullptr;
}

// Puts a traceback entry for one compiled frame in front of the pending exception's.
void add_frame(const TracePoint& point) {
  if (!point.function) return;
  const auto& function = *static_cast<const FunctionRecord*>(point.function);
  PyObject* pending = fetch_exception();
  int line = function.first_line + static_cast<int>(point.line_offset);
  PyCodeObject* code = PyCode_NewEmpty(function.file, function.name, line);
  Ref globals = Ref::steal(PyDict_New());
  PyFrameObject* frame =
      code && globals ? PyFrame_New(PyThreadState_Get(), code, globals.get(), nullptr) : nullptr;
  PyErr_Clear();
  restore_exception(pending);
  if (frame) PyTraceBack_Here(frame);
  Py_XDECREF(frame);
  Py_XDECREF(code);
}

PyObject* plain_exception(const ErrorObject& error) {
  switch (error.source) {
    case ErrorObject::Source::Row: return exception_of_row(error);
    case ErrorObject::Source::Class: return exception_of_class(error);
    case ErrorObject::Source::Python: return Py_NewRef(static_cast<PyObject*>(error.exception));
  }
  return nullptr;
}

PyObject* taken(OwnerWord& word) {
  lh_retain(word);
  return exception_of_error(word);
}

}  // namespace

PyObject* exception_of_error(OwnerWord word) {
  ErrorObject& error = error_object(word);
  PyObject* exception = plain_exception(error);
  if (!exception) exception = fetch_exception();
  if (error.cause || error.suppress_context)
    PyException_SetCause(exception, error.cause ? taken(error.cause) : nullptr);
  if (error.context) PyException_SetContext(exception, taken(error.context));
  if (!error.trace.empty()) {
    restore_exception(exception);
    for (const TracePoint& point : error.trace) add_frame(point);
    exception = fetch_exception();
  }
  lh_release(word);
  return exception;
}

void raise_from(Context& ctx, Status status) {
  if (ctx.error == 0) {
    if (PyErr_Occurred()) return;
    PyErr_SetNone(status == kInterrupted ? PyExc_KeyboardInterrupt : PyExc_SystemError);
    return;
  }
  OwnerWord error = ctx.error;
  ctx.error = 0;
  Ref exception = Ref::steal(exception_of_error(error));
  Ref context = Ref::steal(PyException_GetContext(exception.get()));
  // PyErr_SetObject chains what the caller handles; an error that has a context keeps its own.
  if (context)
    restore_exception(exception.release());
  else
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.get())), exception.get());
}

}  // namespace lancehead
