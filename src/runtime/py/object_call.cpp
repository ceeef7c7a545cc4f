#include "runtime/py/object_call.h"

#include "runtime/error.h"
#include "runtime/py/python_hooks.h"

namespace lancehead {

Status call_python(Context* ctx, void* callable, uint32_t type, const Slot* slots) {
  WithGil gil;
  PyObject* arguments = box_value(type, slots);
  PyObject* result =
      arguments ? PyObject_Call(static_cast<PyObject*>(callable), arguments, nullptr) : nullptr;
  Py_XDECREF(arguments);
  if (!result) return raise_fetched(ctx);
  Py_DECREF(result);
  return kOk;
}

}  // namespace lancehead
