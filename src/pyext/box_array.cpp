// Boxing arrays (box_array.h). The base of a new array is the object that owns its data: the argument that it
// is a view of, or a MemoryOwner, which holds one reference to a block of the runtime.
#include "pyext/box_array.h"

#include "pyext/dtypes.h"
#include "pyext/ref.h"
#include "runtime/memory.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

struct MemoryOwner {
  PyObject_HEAD OwnerWord owner;
};

void memory_owner_dealloc(PyObject* self) {
  lh_release(reinterpret_cast<MemoryOwner*>(self)->owner);
  PyObject_Free(self);
}

PyTypeObject memory_owner_type;

// Takes over `owner`; null with a Python error (and `owner` released) if there is no memory.
PyObject* base_of(OwnerWord owner) {
  if (is_python_owner(owner)) return static_cast<PyObject*>(python_object_of(owner));
  auto* made = PyObject_New(MemoryOwner, &memory_owner_type);
  if (!made) {
    lh_release(owner);
    return nullptr;
  }
  made->owner = owner;
  return reinterpret_cast<PyObject*>(made);
}

bool is_unchanged(PyObject* object, const Type& type, const Slot* leaves) {
  if (!PyArray_Check(object)) return false;
  auto* array = reinterpret_cast<PyArrayObject*>(object);
  if (PyArray_DATA(array) != leaves[1].p || PyArray_NDIM(array) != type.ndim) return false;
  if (type_of_descr(PyArray_DESCR(array)) != type.elem) return false;
  for (int i = 0; i < type.ndim; ++i)
    if (PyArray_DIM(array, i) != leaves[2 + i].i || PyArray_STRIDE(array, i) != leaves[2 + type.ndim + i].i)
      return false;
  return true;
}

// Without an owner the data is a frozen array's (types/array_data.h), which goes when the code does.
PyObject* own_copy(PyObject* array, bool readonly) {
  Ref borrowed = Ref::steal(array);
  PyObject* copy = PyArray_NewCopy(reinterpret_cast<PyArrayObject*>(array), NPY_KEEPORDER);
  if (copy && readonly) PyArray_CLEARFLAGS(reinterpret_cast<PyArrayObject*>(copy), NPY_ARRAY_WRITEABLE);
  return copy;
}

}  // namespace

bool init_memory_owner_type() {
  Py_SET_REFCNT(reinterpret_cast<PyObject*>(&memory_owner_type), 1);
  memory_owner_type.tp_name = "lancehead._lancehead.MemoryOwner";
  memory_owner_type.tp_basicsize = sizeof(MemoryOwner);
  memory_owner_type.tp_flags = Py_TPFLAGS_DEFAULT;
  memory_owner_type.tp_dealloc = memory_owner_dealloc;
  memory_owner_type.tp_doc = "Keeps the memory of an array that compiled code made.";
  return PyType_Ready(&memory_owner_type) == 0;
}

PyObject* box_array(const Type& type, const Slot* leaves) {
  OwnerWord owner = leaves[0].u;
  Ref base;
  if (owner != 0) {
    base = Ref::steal(base_of(owner));
    if (!base) return nullptr;
    const bool own = (owner & kViewTag) == 0;
    if (is_python_owner(owner) && own && is_unchanged(base.get(), type, leaves)) return base.release();
  }
  npy_intp shape[NPY_MAXDIMS], strides[NPY_MAXDIMS];
  for (int i = 0; i < type.ndim; ++i) {
    shape[i] = leaves[2 + i].i;
    strides[i] = leaves[2 + type.ndim + i].i;
  }
  int flags = type.readonly ? 0 : NPY_ARRAY_WRITEABLE;
  PyArray_Descr* descr = descr_of_type(type.elem);
  PyObject* array = descr ? PyArray_NewFromDescr(&PyArray_Type, descr, type.ndim, shape, strides, leaves[1].p,
                                                 flags, nullptr)
                          : nullptr;
  if (!array) return nullptr;
  if (!base) return own_copy(array, type.readonly);
  if (PyArray_SetBaseObject(reinterpret_cast<PyArrayObject*>(array), base.release()) == 0) return array;
  Py_DECREF(array);
  return nullptr;
}

PyObject* box_record(TypeId type, const Slot* leaves) {
  OwnerWord owner = leaves[0].u;
  if (is_python_owner(owner)) {
    auto* object = static_cast<PyObject*>(python_object_of(owner));
    bool same =
        PyObject_TypeCheck(object, &PyVoidArrType_Type) &&
        reinterpret_cast<PyVoidScalarObject*>(object)->obval == leaves[1].p &&
        type_of_descr(reinterpret_cast<PyVoidScalarObject*>(object)->descr) == record_like(type, false);
    if (same) return object;
  }
  Type single;
  single.kind = Kind::Array;
  single.elem = record_like(type, false);
  single.readonly = type_of(type).readonly;
  Ref array = Ref::steal(box_array(single, leaves));
  if (!array) return nullptr;
  Ref nothing = Ref::steal(PyTuple_New(0));
  return nothing ? PyObject_GetItem(array.get(), nothing.get()) : nullptr;
}

}  // namespace lancehead
