// Boxing (box.h).
#include "pyext/box.h"

#include "base/half.h"
#include "pyext/argument.h"
#include "pyext/box_array.h"
#include "pyext/dtypes.h"
#include "pyext/handles.h"
#include "pyext/lists.h"
#include "pyext/qualified_name.h"
#include "pyext/raise_error.h"
#include "pyext/ref.h"
#include "pyext/typeof.h"
#include "runtime/memory.h"
#include "types/conversion.h"
#include "types/layout.h"

namespace lancehead {
namespace {

// Boxes a value and advances past its leaves.
PyObject* box_next(TypeId type, const Slot*& leaf);

PyObject* box_str(const Slot* leaf) {
  OwnerWord owner = leaf[0].u;
  if (is_python_owner(owner)) {
    auto* object = static_cast<PyObject*>(python_object_of(owner));
    if (PyUnicode_DATA(object) == leaf[1].p && PyUnicode_GET_LENGTH(object) == leaf[2].i) return object;
  }
  PyObject* made = PyUnicode_FromKindAndData(static_cast<int>(leaf[3].i), leaf[1].p, leaf[2].i);
  lh_release(owner);
  return made;
}

PyObject* box_tuple(const std::vector<TypeId>& items, const Slot*& leaf) {
  Ref tuple = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(items.size())));
  for (size_t i = 0; i < items.size(); ++i) {
    if (!tuple) {
      release_leaves(items[i], leaf);
      leaf += leaf_count(items[i]);
      continue;
    }
    PyObject* item = box_next(items[i], leaf);
    if (item)
      PyTuple_SET_ITEM(tuple.get(), static_cast<Py_ssize_t>(i), item);
    else
      tuple = Ref();
  }
  return tuple.release();
}

PyObject* box_optional(TypeId elem, const Slot*& leaf) {
  bool has = ((leaf++)->i & 1) != 0;
  if (has) return box_next(elem, leaf);
  leaf += leaf_count(elem);
  return Py_NewRef(Py_None);
}

PyObject* box_range(const Slot* leaf) {
  return PyObject_CallFunction(reinterpret_cast<PyObject*>(&PyRange_Type), "LLL",
                               static_cast<long long>(leaf[0].i), static_cast<long long>(leaf[1].i),
                               static_cast<long long>(leaf[2].i));
}

PyObject* box_slice(const std::vector<TypeId>& items, const Slot*& leaf) {
  Ref parts[3];
  for (size_t i = 0; i < 3; ++i) {
    parts[i] = items[i] == ty::None ? Ref::borrow(Py_None) : Ref::steal(PyLong_FromLongLong((leaf++)->i));
    if (!parts[i]) return nullptr;
  }
  return PySlice_New(parts[0].get(), parts[1].get(), parts[2].get());
}

// An object that is known by its type: by its handle, else by its canonical name.
PyObject* box_known(const Type& t) {
  if (PyObject* object = object_of(t.handle)) return Py_NewRef(object);
  size_t dot = t.name.rfind('.');
  Ref module = Ref::steal(PyImport_ImportModule(t.name.substr(0, dot).c_str()));
  if (!module || dot == std::string::npos) return module.release();
  return PyObject_GetAttrString(module.get(), t.name.c_str() + dot + 1);
}

PyObject* unboxable(TypeId type) {
  PyErr_Format(PyExc_TypeError, "a value of type %s cannot be returned to Python", spell(type).c_str());
  return nullptr;
}

// A scalar's leaf holds its own width; what lies above it is not said.
PyObject* box_integer(TypeId type, const Slot* value) {
  int shift = 64 - bits_of(type);
  if (class_of(type) == KindClass::Uint) return PyLong_FromUnsignedLongLong(value->u << shift >> shift);
  return PyLong_FromLongLong(static_cast<int64_t>(value->u << shift) >> shift);
}

PyObject* box_scalar(TypeId type, const Slot*& leaf) {
  const Slot* value = leaf++;
  switch (kind_of(type)) {
    case Kind::Bool: return Py_NewRef(value->i & 1 ? Py_True : Py_False);
    case Kind::Float16: return PyFloat_FromDouble(half_to_double(static_cast<uint16_t>(value->u)));
    case Kind::Float32: return PyFloat_FromDouble(static_cast<double>(value->f));
    case Kind::Float64: return PyFloat_FromDouble(value->d);
    case Kind::Complex64:
      ++leaf;
      return PyComplex_FromDoubles(static_cast<double>(value[0].f), static_cast<double>(value[1].f));
    case Kind::Complex128: ++leaf; return PyComplex_FromDoubles(value[0].d, value[1].d);
    default: return box_integer(type, value);
  }
}

PyObject* box_time(TypeId type, const Slot* value) {
  Ref descr = Ref::steal(reinterpret_cast<PyObject*>(descr_of_type(type)));
  if (!descr) return nullptr;
  int64_t count = value->i;
  return PyArray_Scalar(&count, reinterpret_cast<PyArray_Descr*>(descr.get()), nullptr);
}

PyObject* box_next(TypeId type, const Slot*& leaf) {
  if (is_scalar(type)) return box_scalar(type, leaf);
  const Type& t = type_of(type);
  const Slot* first = leaf;
  switch (t.kind) {
    case Kind::None: return Py_NewRef(Py_None);
    case Kind::Tuple: return box_tuple(t.items, leaf);
    case Kind::Optional: return box_optional(t.elem, leaf);
    case Kind::Slice: return box_slice(t.items, leaf);
    case Kind::Known: return box_known(t);
    case Kind::DType: return reinterpret_cast<PyObject*>(descr_of_type(t.elem));
    case Kind::DateTime:
    case Kind::TimeDelta: return box_time(type, leaf++);
    default: break;
  }
  if (t.kind == Kind::Array) {
    leaf += 2 + 2 * t.ndim;
    return box_array(t, first);
  }
  if (t.kind == Kind::Record) {
    leaf += 2;
    return box_record(type, first);
  }
  if (t.kind == Kind::Str) {
    leaf += 4;
    return box_str(first);
  }
  leaf += leaf_count(type);
  switch (t.kind) {
    case Kind::Range: return box_range(first);
    case Kind::Error: return exception_of_error(first->u);
    case Kind::List: return box_list(t.elem, first->u);
    default: release_leaves(type, first); return unboxable(type);
  }
}

template <class Action>
void each_owner(TypeId type, const Slot*& leaf, Action act) {
  const Type& t = type_of(type);
  if (t.kind == Kind::Optional) {
    bool has = ((leaf++)->i & 1) != 0;
    if (has) return each_owner(t.elem, leaf, act);
    leaf += leaf_count(t.elem);
    return;
  }
  if (t.kind == Kind::Tuple) {
    for (TypeId item : t.items) each_owner(item, leaf, act);
    return;
  }
  for (LeafKind kind : leaves_of(type)) {
    if (kind == LeafKind::Owner) act(leaf->u);
    ++leaf;
  }
}

}  // namespace

PyObject* box(TypeId type, const Slot* leaves) {
  return box_next(type, leaves);
}

void release_leaves(TypeId type, const Slot* leaves) {
  if (is_managed(type)) each_owner(type, leaves, [](OwnerWord owner) { lh_release(owner); });
}

void retain_leaves(TypeId type, const Slot* leaves) {
  if (is_managed(type)) each_owner(type, leaves, [](OwnerWord owner) { lh_retain(owner); });
}

bool unbox(TypeId type, PyObject* object, Slot* leaves) {
  TypeId from = typeof_value(object);
  if (from.valid() && conversion(from, type) != Fit::None) {
    ArgumentPlan plan = plan_argument(from, type, false);
    Slot* end = read_argument(plan, object, leaves);
    if (end) {
      retain_leaves(type, leaves);
      return true;
    }
  }
  if (!PyErr_Occurred())
    PyErr_Format(PyExc_TypeError, "%s expected, not %s", spell(type).c_str(),
                 type_name(Py_TYPE(object)).c_str());
  return false;
}

}  // namespace lancehead
