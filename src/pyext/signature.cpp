// Reads signatures (signature.h).
#include "pyext/signature.h"

#include "pyext/ref.h"

namespace lancehead {
namespace {

bool is_core(PyObject* given) {
  return PyTuple_Check(given) && PyTuple_GET_SIZE(given) == 2 && PyTuple_Check(PyTuple_GET_ITEM(given, 0)) &&
         (PyTuple_GET_ITEM(given, 1) == Py_None || PyLong_Check(PyTuple_GET_ITEM(given, 1)));
}

Ref core_signature(PyObject* given) {
  if (is_core(given)) return Ref::borrow(given);
  Ref module = Ref::steal(PyImport_ImportModule("lancehead.signatures"));
  if (!module) return {};
  return Ref::steal(PyObject_CallMethod(module.get(), "core_signature", "(O)", given));
}

}  // namespace

bool read_signature(PyObject* given, std::vector<TypeId>& args, TypeId& result) {
  Ref signature = core_signature(given);
  if (!signature) return false;
  PyObject* ids = PyTuple_GET_ITEM(signature.get(), 0);
  PyObject* result_id = PyTuple_GET_ITEM(signature.get(), 1);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(ids); ++i) {
    unsigned long id = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(ids, i));
    if (PyErr_Occurred()) return false;
    args.push_back(TypeId(static_cast<uint32_t>(id)));
  }
  if (result_id != Py_None) result = TypeId(static_cast<uint32_t>(PyLong_AsUnsignedLong(result_id)));
  return !PyErr_Occurred();
}

}  // namespace lancehead
