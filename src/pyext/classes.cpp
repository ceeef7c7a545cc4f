// Keeps what the Python package handed over (classes.h).
#include "pyext/classes.h"

#include "pyext/ref.h"

namespace lancehead {
namespace {

PyObject* g_exceptions = nullptr;
PyObject* g_factory = nullptr;

}  // namespace

void set_exception_classes(PyObject* dict) {
  Py_XSETREF(g_exceptions, Py_NewRef(dict));
}

PyObject* exception_class(const char* name) {
  PyObject* found = g_exceptions ? PyDict_GetItemString(g_exceptions, name) : nullptr;
  if (!found) found = PyDict_GetItemString(PyEval_GetBuiltins(), name);
  return found && PyExceptionClass_Check(found) ? found : PyExc_RuntimeError;
}

void set_type_factory(PyObject* factory) {
  Py_XSETREF(g_factory, Py_NewRef(factory));
}

PyObject* facade(TypeId type) {
  Ref number = Ref::steal(PyLong_FromUnsignedLong(type.index));
  if (!number || !g_factory) return number.release();
  return PyObject_CallOneArg(g_factory, number.get());
}

PyObject* facades(const std::vector<TypeId>& types) {
  Ref tuple = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(types.size())));
  for (size_t i = 0; tuple && i < types.size(); ++i) {
    PyObject* item = facade(types[i]);
    if (!item) return nullptr;
    PyTuple_SET_ITEM(tuple.get(), static_cast<Py_ssize_t>(i), item);
  }
  return tuple.release();
}

PyObject* signature_object(const std::vector<TypeId>& args, TypeId result) {
  Ref parts = Ref::steal(facades(args));
  Ref returned = parts ? Ref::steal(facade(result)) : Ref();
  if (!returned) return nullptr;
  Ref module = Ref::steal(PyImport_ImportModule("lancehead.signatures"));
  if (!module) return nullptr;
  return PyObject_CallMethod(module.get(), "Signature", "OO", returned.get(), parts.get());
}

}  // namespace lancehead
