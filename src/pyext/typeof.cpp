// Finds the types of values (typeof.h).
#include "pyext/typeof.h"

#include <algorithm>

#include "pyext/classes.h"
#include "pyext/describe.h"
#include "pyext/dispatcher.h"
#include "pyext/dtypes.h"
#include "pyext/qualified_name.h"
#include "pyext/ref.h"
#include "pyext/ufunc.h"

namespace lancehead {
namespace {

// What one value may hold in tuples: a tuple of few objects, each of which holds the next one twice, has a
// type that no memory holds. Deeper types than this have no byte form either (ir/bytes_read.cpp).
constexpr int kMaxDepth = 48;
constexpr int kMaxItems = 50000;
constexpr int kMaxLists = 10000000;
struct Nesting {
  int depth = 0;
  int items = 0;
  int lists = 0;
};

TypeId typeof_nested(PyObject* value, Nesting& nesting);

constexpr long kShownBits = 256;  // of an int that a message shows; CPython refuses to show very long ones

TypeId typeof_int(PyObject* value) {
  int overflow = 0;
  PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow == 0) return ty::Int64;
  if (overflow > 0) {
    PyLong_AsUnsignedLongLong(value);
    if (!PyErr_Occurred()) return ty::UInt64;
    PyErr_Clear();
  }
  Ref bits = Ref::steal(PyObject_CallMethod(value, "bit_length", nullptr));
  if (!bits) return {};
  if (PyLong_AsLong(bits.get()) > kShownBits)
    PyErr_Format(PyExc_OverflowError, "a Python int of %S bits does not fit 64 bits", bits.get());
  else
    PyErr_Format(PyExc_OverflowError, "the Python int %R does not fit 64 bits", value);
  return {};
}

TypeId typeof_tuple(PyObject* value, Nesting& nesting) {
  if (nesting.depth == kMaxDepth || nesting.items + PyTuple_GET_SIZE(value) > kMaxItems) {
    PyErr_Format(exception_class("TypingError"),
                 "cannot determine the type of a tuple that nests deeper than %d or holds over %d values",
                 kMaxDepth, kMaxItems);
    return {};
  }
  ++nesting.depth;
  nesting.items += static_cast<int>(PyTuple_GET_SIZE(value));
  std::vector<TypeId> items;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); ++i) {
    TypeId item = typeof_nested(PyTuple_GET_ITEM(value, i), nesting);
    if (!item.valid()) return {};
    items.push_back(item);
  }
  --nesting.depth;
  return tuple_type(std::move(items));
}

// What a list may be an argument with: values that can be written back.
bool may_be_item(TypeId type) {
  const Type& t = type_of(type);
  if (is_tuple(type)) return std::all_of(t.items.begin(), t.items.end(), may_be_item);
  return is_scalar(type) || is_array(type) || is_list(type) || type == ty::Str;
}

// The type of values of both types, where lists without items have items of any type; invalid if there is
// none.
TypeId same_type(TypeId a, TypeId b) {
  if (a == b || b == ty::Untyped) return a;
  if (a == ty::Untyped) return b;
  const Type &ta = type_of(a), &tb = type_of(b);
  if (ta.kind == Kind::List && tb.kind == Kind::List) {
    TypeId item = same_type(ta.elem, tb.elem);
    return item.valid() ? list_type(item) : item;
  }
  if (ta.kind != Kind::Tuple || tb.kind != Kind::Tuple || ta.items.size() != tb.items.size()) return {};
  std::vector<TypeId> items;
  for (size_t i = 0; i < ta.items.size(); ++i) {
    items.push_back(same_type(ta.items[i], tb.items[i]));
    if (!items.back().valid()) return {};
  }
  return tuple_type(std::move(items));
}

bool has_empty_list(TypeId type) {
  const Type& t = type_of(type);
  if (t.kind == Kind::List) return t.elem == ty::Untyped || has_empty_list(t.elem);
  return t.kind == Kind::Tuple && std::any_of(t.items.begin(), t.items.end(), has_empty_list);
}

TypeId typeof_list(PyObject* value, Nesting& nesting) {
  if (nesting.depth == kMaxDepth || ++nesting.lists > kMaxLists) return {};
  ++nesting.depth;
  TypeId item = ty::Untyped;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i) {
    TypeId type = typeof_nested(PyList_GET_ITEM(value, i), nesting);
    if (type == item) continue;
    item = type.valid() ? same_type(item, type) : type;
    if (!item.valid()) return {};
  }
  --nesting.depth;
  return item == ty::Untyped || may_be_item(item) ? list_type(item) : TypeId();
}

TypeId typeof_slice(PyObject* value) {
  auto* s = reinterpret_cast<PySliceObject*>(value);
  for (PyObject* part : {s->start, s->stop, s->step})
    if (part != Py_None && !PyLong_CheckExact(part)) return {};
  return slice_type(s->start != Py_None, s->stop != Py_None, s->step != Py_None);
}

KnownClass known_class(PyObjectClass cls) {
  switch (cls) {
    case PyObjectClass::Module: return KnownClass::Module;
    case PyObjectClass::Callable: return KnownClass::Callable;
    case PyObjectClass::Jit: return KnownClass::Jit;
    case PyObjectClass::Function: return KnownClass::Function;
    case PyObjectClass::Ufunc: return KnownClass::Ufunc;
    case PyObjectClass::Exception: return KnownClass::Exception;
    case PyObjectClass::TypeClass: return KnownClass::TypeClass;
    default: return KnownClass::None;
  }
}

// Whether describing the object can give a type: describing others would only keep them alive for ever.
bool may_be_known(PyObject* value) {
  if (is_dispatcher(value) || PyFunction_Check(value) || PyModule_Check(value) || PyType_Check(value))
    return true;
  if (PyArray_DescrCheck(value) || type_of_facade(value).valid()) return true;
  return PyCallable_Check(value) && (is_made_ufunc(value) || !canonical_name(value).empty());
}

// Objects that are facts: functions, modules, classes, dtypes. The same types that the front end gives to
// globals.
TypeId typeof_known(PyObject* value) {
  if (!may_be_known(value)) return {};
  PyValue described = describe(value);
  if (described.kind != PyKind::Object) return {};
  const PyObjectData& data = *described.object;
  bool names_scalar = data.type.valid() && is_element(data.type);
  if (data.object_class == PyObjectClass::DType || data.object_class == PyObjectClass::TypeFacade ||
      (data.object_class == PyObjectClass::TypeClass && data.name.starts_with("numpy.")))
    if (names_scalar) return dtype_type(data.type);
  KnownClass cls = known_class(data.object_class);
  return cls == KnownClass::None ? TypeId() : known_type(cls, data.name, data.handle);
}

// Subclasses of ndarray whose operators mean something else.
bool is_foreign_array(PyTypeObject* type) {
  if (type == &PyArray_Type) return false;
  for (PyTypeObject* base = type; base && base != &PyArray_Type; base = base->tp_base) {
    std::string name = type_name(base);
    if (name == "numpy.ma.MaskedArray" || name == "numpy.ma.core.MaskedArray" || name == "numpy.matrix" ||
        name == "numpy.matrixlib.defmatrix.matrix")
      return true;
  }
  return false;
}

}  // namespace

TypeId type_of_array(PyArrayObject* array) {
  TypeId dtype = type_of_descr(PyArray_DESCR(array));
  if (!dtype.valid()) return {};
  int flags = PyArray_FLAGS(array);
  Layout layout = flags & NPY_ARRAY_C_CONTIGUOUS   ? Layout::C
                  : flags & NPY_ARRAY_F_CONTIGUOUS ? Layout::F
                                                   : Layout::A;
  return array_type(dtype, PyArray_NDIM(array), layout, !(flags & NPY_ARRAY_WRITEABLE),
                    (flags & NPY_ARRAY_ALIGNED) != 0);
}

bool is_weak(PyObject* value) {
  if (PyList_CheckExact(value)) return PyList_GET_SIZE(value) > 0 && is_weak(PyList_GET_ITEM(value, 0));
  return PyFloat_CheckExact(value) || PyLong_CheckExact(value) || PyBool_Check(value) ||
         PyComplex_CheckExact(value);
}

namespace {

TypeId typeof_nested(PyObject* value, Nesting& nesting) {
  if (PyFloat_CheckExact(value)) return ty::Float64;
  if (PyLong_CheckExact(value)) return typeof_int(value);
  if (PyArray_Check(value))
    return is_foreign_array(Py_TYPE(value)) ? TypeId()
                                            : type_of_array(reinterpret_cast<PyArrayObject*>(value));
  if (PyBool_Check(value)) return ty::Bool;
  if (value == Py_None) return ty::None;
  if (PyTuple_CheckExact(value)) return typeof_tuple(value, nesting);
  if (PyList_CheckExact(value)) return typeof_list(value, nesting);
  if (PyUnicode_CheckExact(value)) return ty::Str;
  if (PyComplex_CheckExact(value)) return ty::Complex128;
  if (PyObject_TypeCheck(value, &PyGenericArrType_Type)) return type_of_numpy_scalar(value);
  if (PyLong_Check(value)) return typeof_int(value);  // subclasses, as what they add to is of no account
  if (PyFloat_Check(value)) return ty::Float64;
  if (PyComplex_Check(value)) return ty::Complex128;
  if (PyUnicode_Check(value)) return ty::Str;
  if (PySlice_Check(value)) return typeof_slice(value);
  return typeof_known(value);
}

}  // namespace

TypeId typeof_value(PyObject* value) {
  Nesting nesting;
  TypeId type = typeof_nested(value, nesting);
  return type.valid() && has_empty_list(type) ? TypeId() : type;
}

}  // namespace lancehead
