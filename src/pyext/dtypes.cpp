// The table of scalars behind dtypes.h; dates and records are made from what their dtypes say.
#include "pyext/dtypes.h"

#include <unordered_map>

#include "pyext/ref.h"
#include "types/record_access.h"
#include "types/time_units.h"

namespace lancehead {
namespace {

struct Row {
  int number;
  TypeId type;
};

// Two C types of one size give the same type; the first row of a type is the one that new arrays get.
constexpr Row kRows[] = {
    {NPY_BOOL, ty::Bool},           {NPY_INT8, ty::Int8},
    {NPY_INT16, ty::Int16},         {NPY_INT32, ty::Int32},
    {NPY_INT64, ty::Int64},         {NPY_UINT8, ty::UInt8},
    {NPY_UINT16, ty::UInt16},       {NPY_UINT32, ty::UInt32},
    {NPY_UINT64, ty::UInt64},       {NPY_FLOAT16, ty::Float16},
    {NPY_FLOAT32, ty::Float32},     {NPY_FLOAT64, ty::Float64},
    {NPY_COMPLEX64, ty::Complex64}, {NPY_COMPLEX128, ty::Complex128},
    {NPY_LONGLONG, ty::Int64},      {NPY_ULONGLONG, ty::UInt64},
};

// ---- dates and spans

TypeId type_of_time(PyArray_Descr* descr) {
  const auto* data = reinterpret_cast<PyArray_DatetimeDTypeMetaData*>(PyDataType_C_METADATA(descr));
  Kind kind = descr->type_num == NPY_DATETIME ? Kind::DateTime : Kind::TimeDelta;
  return time_type(kind, static_cast<TimeUnit>(data->meta.base), data->meta.num);
}

Ref time_descr(const Type& t) {
  const char* letter = t.kind == Kind::DateTime ? "M8" : "m8";
  if (t.unit == TimeUnit::Generic) return Ref::steal(PyUnicode_FromString(letter));
  return Ref::steal(
      PyUnicode_FromFormat("%s[%lld%s]", letter, static_cast<long long>(t.size), time_unit_name(t.unit)));
}

// ---- records

TypeId type_of_record(PyArray_Descr* descr);

// Of a field: sub-arrays too.
TypeId type_of_field(PyArray_Descr* descr) {
  if (!PyDataType_HASSUBARRAY(descr)) return type_of_descr(descr);
  PyArray_ArrayDescr* sub = PyDataType_SUBARRAY(descr);
  TypeId type = type_of_field(sub->base);
  if (!type.valid()) return {};
  for (Py_ssize_t axis = PyTuple_GET_SIZE(sub->shape); axis-- > 0;)
    type = sub_array_type(type, PyLong_AsLongLong(PyTuple_GET_ITEM(sub->shape, axis)));
  return type;
}

TypeId read_record(PyArray_Descr* descr) {
  PyObject* names = PyDataType_NAMES(descr);
  if (!names || PyDataType_FLAGCHK(descr, NPY_ITEM_HASOBJECT)) return {};
  std::vector<TypeId> items;
  std::vector<Field> fields;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); ++i) {
    PyObject* name = PyTuple_GET_ITEM(names, i);
    PyObject* entry = PyDict_GetItem(PyDataType_FIELDS(descr), name);
    const char* text = PyUnicode_AsUTF8(name);
    if (!entry || !text) return PyErr_Clear(), TypeId();
    items.push_back(type_of_field(reinterpret_cast<PyArray_Descr*>(PyTuple_GET_ITEM(entry, 0))));
    if (!items.back().valid()) return {};
    fields.push_back({text, PyLong_AsLongLong(PyTuple_GET_ITEM(entry, 1))});
  }
  return record_type(std::move(items), std::move(fields), PyDataType_ELSIZE(descr),
                     PyDataType_FLAGCHK(descr, NPY_ALIGNED_STRUCT), descr->typeobj != &PyVoidArrType_Type);
}

// Dtypes that were seen, each kept alive: reading one takes long.
TypeId type_of_record(PyArray_Descr* descr) {
  constexpr size_t kMaxSeen = 1024;
  static auto* const seen = new std::unordered_map<PyArray_Descr*, TypeId>;
  auto known = seen->find(descr);
  if (known != seen->end()) return known->second;
  TypeId type = read_record(descr);
  if (seen->size() < kMaxSeen) {
    Py_INCREF(descr);
    seen->emplace(descr, type);
  }
  return type;
}

// What np.dtype() takes for a field's type.
Ref field_format(TypeId type) {
  const Type& t = type_of(type);
  if (t.kind != Kind::SubArray) return Ref::steal(reinterpret_cast<PyObject*>(descr_of_type(type)));
  Ref shape = Ref::steal(PyList_New(0));
  TypeId elem = type;
  for (; shape && kind_of(elem) == Kind::SubArray; elem = type_of(elem).elem) {
    Ref extent = Ref::steal(PyLong_FromLongLong(type_of(elem).size));
    if (!extent || PyList_Append(shape.get(), extent.get()) != 0) return {};
  }
  Ref base = field_format(elem);
  Ref axes = base && shape ? Ref::steal(PyList_AsTuple(shape.get())) : Ref();
  return axes ? Ref::steal(PyTuple_Pack(2, base.get(), axes.get())) : Ref();
}

Ref record_format(const Type& t) {
  Ref names = Ref::steal(PyList_New(0)), formats = Ref::steal(PyList_New(0)),
      offsets = Ref::steal(PyList_New(0));
  if (!names || !formats || !offsets) return {};
  for (size_t k = 0; k < t.fields.size(); ++k) {
    Ref name = Ref::steal(PyUnicode_FromString(t.fields[k].name.c_str())), format = field_format(t.items[k]),
        offset = Ref::steal(PyLong_FromLongLong(t.fields[k].offset));
    if (!name || !format || !offset) return {};
    if (PyList_Append(names.get(), name.get()) || PyList_Append(formats.get(), format.get()) ||
        PyList_Append(offsets.get(), offset.get()))
      return {};
  }
  return Ref::steal(Py_BuildValue("{sOsOsOsL}", "names", names.get(), "formats", formats.get(), "offsets",
                                  offsets.get(), "itemsize", static_cast<long long>(t.size)));
}

// With NumPy's class np.record, so that fields are attributes.
PyArray_Descr* with_record_class(PyArray_Descr* plain) {
  Ref owned = Ref::steal(reinterpret_cast<PyObject*>(plain));
  Ref numpy = Ref::steal(PyImport_ImportModule("numpy"));
  Ref cls = numpy ? Ref::steal(PyObject_GetAttrString(numpy.get(), "record")) : Ref();
  Ref pair = cls ? Ref::steal(PyTuple_Pack(2, cls.get(), owned.get())) : Ref();
  PyArray_Descr* out = nullptr;
  return pair && PyArray_DescrConverter(pair.get(), &out) ? out : nullptr;
}

PyArray_Descr* make_descr(TypeId type) {
  const Type& t = type_of(type);
  Ref format = t.kind == Kind::Record ? record_format(t) : time_descr(t);
  PyArray_Descr* out = nullptr;
  auto* convert =
      t.kind == Kind::Record && t.aligned ? &PyArray_DescrAlignConverter : &PyArray_DescrConverter;
  if (!format || !convert(format.get(), &out)) return nullptr;
  return t.name.empty() ? out : with_record_class(out);
}

}  // namespace

TypeId type_of_descr(PyArray_Descr* descr) {
  if (!PyArray_ISNBO(descr->byteorder)) return {};
  if (PyTypeNum_ISDATETIME(descr->type_num)) return type_of_time(descr);
  if (descr->type_num == NPY_VOID) return type_of_record(descr);
  for (const Row& row : kRows)
    if (row.number == descr->type_num) return row.type;
  return {};
}

PyArray_Descr* descr_of_type(TypeId type) {
  if (is_scalar(type)) return PyArray_DescrFromType(type_number(type));
  if (is_record(type)) type = record_like(type, false);
  static auto* const made = new std::unordered_map<uint32_t, PyArray_Descr*>;
  PyArray_Descr*& descr = (*made)[type.index];
  if (!descr) descr = make_descr(type);
  Py_XINCREF(descr);
  return descr;
}

bool is_read_only_record(PyObject* scalar) {
  return PyArray_IsScalar(scalar, Void) &&
         !(reinterpret_cast<PyVoidScalarObject*>(scalar)->flags & NPY_ARRAY_WRITEABLE);
}

TypeId type_of_numpy_scalar(PyObject* scalar) {
  TypeId type = type_of_scalar_class(Py_TYPE(scalar));
  bool described = PyArray_IsScalar(scalar, Datetime) || PyArray_IsScalar(scalar, Timedelta) ||
                   PyArray_IsScalar(scalar, Void);
  if (type.valid() || !described) return type;
  Ref descr = Ref::steal(reinterpret_cast<PyObject*>(PyArray_DescrFromScalar(scalar)));
  if (!descr) PyErr_Clear();
  type = descr ? type_of_descr(reinterpret_cast<PyArray_Descr*>(descr.get())) : TypeId();
  return is_read_only_record(scalar) && type.valid() ? record_like(type, true) : type;
}

int type_number(TypeId type) {
  for (const Row& row : kRows)
    if (row.type == type) return row.number;
  return -1;
}

TypeId type_of_scalar_class(PyTypeObject* type) {
  for (const Row& row : kRows) {
    PyArray_Descr* descr = PyArray_DescrFromType(row.number);
    bool same = descr->typeobj == type;
    Py_DECREF(descr);
    if (same) return row.type;
  }
  return {};
}

PyTypeObject* scalar_class(TypeId type) {
  PyArray_Descr* descr = PyArray_DescrFromType(type_number(type));
  PyTypeObject* found = descr->typeobj;  // static: outlives the descriptor
  Py_DECREF(descr);
  return found;
}

}  // namespace lancehead
