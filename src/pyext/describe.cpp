// Describes Python objects (describe.h).
#include "pyext/describe.h"

#include <string_view>

#include "pyext/array_data.h"
#include "pyext/code_data.h"
#include "pyext/dispatcher.h"
#include "pyext/dtypes.h"
#include "pyext/handles.h"
#include "pyext/qualified_name.h"
#include "pyext/ref.h"
#include "pyext/typeof.h"
#include "pyext/ufunc.h"

namespace lancehead {
namespace {

constexpr int kMaxDepth = 16;           // of nested tuples
constexpr Py_ssize_t kMaxItems = 4096;  // of one tuple

PyValue describe_at(PyObject* object, int depth);

PyValue described_int(PyObject* object) {
  int overflow = 0;
  long long value = PyLong_AsLongLongAndOverflow(object, &overflow);
  if (overflow == 0) return PyValue::integer(value);
  if (overflow > 0) {
    unsigned long long wide = PyLong_AsUnsignedLongLong(object);
    if (!PyErr_Occurred()) return PyValue::unsigned_integer(wide);
    PyErr_Clear();
  }
  Ref text = Ref::steal(PyNumber_ToBase(object, 10));
  if (!text) {  // more digits than CPython converts
    PyErr_Clear();
    Ref bits = Ref::steal(PyObject_CallMethod(object, "bit_length", nullptr));
    text = bits ? Ref::steal(PyUnicode_FromFormat("of %S bits", bits.get())) : Ref();
  }
  const char* digits = text ? PyUnicode_AsUTF8(text.get()) : nullptr;
  PyErr_Clear();
  return PyValue::big_integer(digits ? digits : "");
}

std::string utf8(PyObject* text) {
  Ref bytes = Ref::steal(PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass"));
  if (!bytes) {
    PyErr_Clear();
    return {};
  }
  return std::string(PyBytes_AS_STRING(bytes.get()), static_cast<size_t>(PyBytes_GET_SIZE(bytes.get())));
}

PyValue described_items(PyKind kind, PyObject* const* items, Py_ssize_t count, int depth) {
  std::vector<PyValue> out;
  out.reserve(static_cast<size_t>(count));
  for (Py_ssize_t i = 0; i < count; ++i) out.push_back(describe_at(items[i], depth + 1));
  return PyValue::sequence(kind, std::move(out));
}

PyValue described_frozenset(PyObject* object, int depth) {
  Ref items = Ref::steal(PySequence_Tuple(object));
  if (!items) PyErr_Clear();
  if (!items) return PyValue::sequence(PyKind::FrozenSet, {});
  return described_items(PyKind::FrozenSet, &PyTuple_GET_ITEM(items.get(), 0), PyTuple_GET_SIZE(items.get()),
                         depth);
}

PyObjectData object_data(PyObjectClass cls, PyObject* object, std::string name) {
  PyObjectData data;
  data.object_class = cls;
  data.handle = handle_of(object);
  data.name = std::move(name);
  data.type_name = type_name(Py_TYPE(object));
  return data;
}

std::string canonical_or_plain(PyObject* object) {
  std::string name = canonical_name(object);
  return name.empty() ? plain_name(object) : name;
}

PyValue described_class(PyObject* object) {
  bool exception = PyExceptionClass_Check(object);
  PyObjectData data = object_data(exception ? PyObjectClass::Exception : PyObjectClass::TypeClass, object,
                                  canonical_or_plain(object));
  auto* cls = reinterpret_cast<PyTypeObject*>(object);
  if (cls == &PyBool_Type)
    data.type = ty::Bool;
  else if (cls == &PyLong_Type)
    data.type = ty::Int64;
  else if (cls == &PyFloat_Type)
    data.type = ty::Float64;
  else if (cls == &PyComplex_Type)
    data.type = ty::Complex128;
  else if (PyType_IsSubtype(cls, &PyGenericArrType_Type))
    data.type = type_of_scalar_class(cls);
  if (PyType_IsSubtype(cls, &PyGenericArrType_Type) && data.type.valid())
    data.name = "numpy." + spell(data.type);
  return PyValue::of_object(std::move(data));
}

PyValue described_dtype(PyObject* object) {
  Ref text = Ref::steal(PyObject_Str(object));
  PyErr_Clear();
  PyObjectData data = object_data(PyObjectClass::DType, object, text ? utf8(text.get()) : "");
  data.type = type_of_descr(reinterpret_cast<PyArray_Descr*>(object));
  return PyValue::of_object(std::move(data));
}

PyValue described_numpy_scalar(PyObject* object) {
  TypeId type = type_of_numpy_scalar(object);
  PyObjectData data = object_data(PyObjectClass::NumpyScalar, object,
                                  type.valid() ? spell(type) : type_name(Py_TYPE(object)));
  data.type = type;
  if (type.valid() && is_time(type)) {
    data.value = PyValue::integer(reinterpret_cast<PyDatetimeScalarObject*>(object)->obval);
    return PyValue::of_object(std::move(data));
  }
  Ref plain = type.valid() ? Ref::steal(PyObject_CallMethod(object, "item", nullptr)) : Ref();
  PyErr_Clear();
  if (plain) data.value = describe(plain.get());
  return PyValue::of_object(std::move(data));
}

PyValue described_array(PyObject* object) {
  PyObjectData data;  // without a handle: what is small is not kept alive
  data.object_class = PyObjectClass::Array;
  data.type_name = type_name(Py_TYPE(object));
  if (TypeId type = typeof_value(object)) {
    const Type& t = type_of(type);
    data.type = array_type(t.elem, t.ndim, t.layout, /*readonly=*/true, t.aligned);
    data.array = array_data(reinterpret_cast<PyArrayObject*>(object), t.elem);
  } else {
    PyErr_Clear();
    Ref text = Ref::steal(
        PyObject_Str(reinterpret_cast<PyObject*>(PyArray_DESCR(reinterpret_cast<PyArrayObject*>(object)))));
    data.name = text ? utf8(text.get()) : "";
    PyErr_Clear();
  }
  return PyValue::of_object(std::move(data));
}

PyValue described_callable(PyObject* object) {
  std::string name = canonical_name(object);
  bool python_function = PyFunction_Check(object);
  bool ours = name.starts_with("numpy.") || name.starts_with("lancehead.");
  if (python_function && !ours)
    return PyValue::of_object(object_data(PyObjectClass::Function, object, plain_name(object)));
  if (!name.empty()) return PyValue::of_object(object_data(PyObjectClass::Callable, object, std::move(name)));
  return PyValue::of_object(
      object_data(PyObjectClass::Other, object, "<" + type_name(Py_TYPE(object)) + " object>"));
}

PyValue described_object(PyObject* object) {
  if (is_dispatcher(object))
    return PyValue::of_object(
        object_data(PyObjectClass::Jit, object, plain_name(dispatcher_function(object))));
  if (is_made_ufunc(object))
    return PyValue::of_object(
        object_data(PyObjectClass::Ufunc, object, plain_name(made_ufunc_function(object))));
  if (PyModule_Check(object))
    return PyValue::of_object(object_data(PyObjectClass::Module, object, str_attribute(object, "__name__")));
  if (PyType_Check(object)) return described_class(object);
  if (PyArray_DescrCheck(object)) return described_dtype(object);
  if (PyObject_TypeCheck(object, &PyGenericArrType_Type)) return described_numpy_scalar(object);
  if (PyArray_Check(object)) return described_array(object);
  if (TypeId type = type_of_facade(object)) {
    Ref text = Ref::steal(PyObject_Repr(object));
    PyErr_Clear();
    PyObjectData data = object_data(PyObjectClass::TypeFacade, object, text ? utf8(text.get()) : "");
    data.type = type;
    return PyValue::of_object(std::move(data));
  }
  if (PyCallable_Check(object)) return described_callable(object);
  return PyValue::of_object(
      object_data(PyObjectClass::Other, object, "<" + type_name(Py_TYPE(object)) + " object>"));
}

PyValue describe_at(PyObject* object, int depth) {
  if (object == Py_None) return PyValue::none();
  if (PyBool_Check(object)) return PyValue::boolean(object == Py_True);
  if (PyLong_CheckExact(object)) return described_int(object);
  if (PyFloat_CheckExact(object)) return PyValue::floating(PyFloat_AS_DOUBLE(object));
  if (PyComplex_CheckExact(object))
    return PyValue::complex(PyComplex_RealAsDouble(object), PyComplex_ImagAsDouble(object));
  if (PyUnicode_CheckExact(object)) return PyValue::str(utf8(object));
  if (PyBytes_CheckExact(object))
    return PyValue::bytes(
        std::string(PyBytes_AS_STRING(object), static_cast<size_t>(PyBytes_GET_SIZE(object))));
  if (object == Py_Ellipsis) return PyValue::ellipsis();
  if (PyCode_Check(object)) return PyValue::of_code(code_data(reinterpret_cast<PyCodeObject*>(object)));
  if (depth < kMaxDepth) {
    if (PyTuple_CheckExact(object) && PyTuple_GET_SIZE(object) <= kMaxItems)
      return described_items(PyKind::Tuple, &PyTuple_GET_ITEM(object, 0), PyTuple_GET_SIZE(object), depth);
    if (PyFrozenSet_CheckExact(object)) return described_frozenset(object, depth);
    if (PySlice_Check(object)) {
      auto* s = reinterpret_cast<PySliceObject*>(object);
      PyObject* parts[] = {s->start, s->stop, s->step};
      return described_items(PyKind::Slice, parts, 3, depth);
    }
  }
  return described_object(object);
}

}  // namespace

PyValue describe(PyObject* object) {
  return describe_at(object, 0);
}

TypeId type_of_facade(PyObject* object) {
  std::string module = str_attribute(reinterpret_cast<PyObject*>(Py_TYPE(object)), "__module__");
  if (!module.starts_with("lancehead.types")) return {};
  Ref id = Ref::steal(PyObject_GetAttrString(object, "_id"));
  if (!id || !PyLong_Check(id.get())) {
    PyErr_Clear();
    return {};
  }
  return TypeId(static_cast<uint32_t>(PyLong_AsUnsignedLongMask(id.get())));
}

}  // namespace lancehead
