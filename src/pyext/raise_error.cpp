// Makes exceptions of error values (raise_error.h).
#include "pyext/raise_error.h"

#include <frameobject.h>

#include <utility>
#include <vector>

#include "driver/code.h"
#include "pyext/box.h"
#include "pyext/classes.h"
#include "pyext/fetch_exception.h"
#include "pyext/ref.h"
#include "runtime/error.h"
#include "runtime/hooks.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

PyObject* exception_of_row(const ErrorObject& error) {
  Ref text = Ref::steal(PyUnicode_FromString(error_row_message(error).c_str()));
  auto* cls = static_cast<PyObject*>(python_hooks().class_of_row(static_cast<int64_t>(error.row)));
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

// A chain that a program made circular has no end; none that means anything is as long.
constexpr int kLongestChain = 1 << 20;

// The last of an exception's contexts, or null where `sought` is among them.
Ref last_context(PyObject* exception, PyObject* sought) {
  Ref last = Ref::borrow(exception);
  for (int i = 0; i < kLongestChain && last.get() != sought; ++i) {
    Ref next = Ref::steal(PyException_GetContext(last.get()));
    if (!next) return last;
    last = std::move(next);
  }
  return Ref();
}

// Makes `handled` the last of the exception's contexts, unless the two chains meet anyway.
void add_context(PyObject* exception, PyObject* handled) {
  Ref last = last_context(exception, handled);
  if (last && last_context(handled, last.get())) PyException_SetContext(last.get(), Py_NewRef(handled));
}

PyObject* with_trace(PyObject* exception, const std::vector<TracePoint>& trace) {
  if (trace.empty()) return exception;
  restore_exception(exception);
  for (const TracePoint& point : trace) add_frame(point);
  return fetch_exception();
}

// From here on the error is the exception that it becomes: others may name it as their cause and context.
PyObject* settle(ErrorObject& error, PyObject* context) {
  PyObject* exception = plain_exception(error);
  if (!exception) exception = fetch_exception();
  if (error.permanent) return exception;
  bool has_cause = error.cause || error.suppress_context;
  OwnerWord cause = std::exchange(error.cause, 0);
  std::vector<TracePoint> trace = std::exchange(error.trace, {});
  lh_release(std::exchange(error.context, 0));
  error.suppress_context = false;
  error.source = ErrorObject::Source::Python;
  Py_XDECREF(static_cast<PyObject*>(std::exchange(error.exception, Py_NewRef(exception))));
  if (has_cause) PyException_SetCause(exception, cause ? exception_of_error(cause) : nullptr);
  if (context) add_context(exception, context);
  return with_trace(exception, trace);
}

}  // namespace

PyObject* exception_of_error(OwnerWord word) {
  std::vector<ErrorObject*> chain;
  for (OwnerWord link = word; link != 0; link = chain.back()->context) chain.push_back(&error_object(link));
  Ref exception;
  for (auto error = chain.rbegin(); error != chain.rend(); ++error)
    exception = Ref::steal(settle(**error, exception.get()));
  lh_release(word);
  return exception.release();
}

void raise_from(Context& ctx, Status status) {
  if (ctx.error == 0) {
    if (PyErr_Occurred()) return;
    PyErr_SetNone(status == kInterrupted ? PyExc_KeyboardInterrupt : PyExc_SystemError);
    return;
  }
  PyObject* exception = exception_of_error(std::exchange(ctx.error, 0));
  if (Ref handled = Ref::steal(PyErr_GetHandledException())) add_context(exception, handled.get());
  restore_exception(exception);
}

}  // namespace lancehead
