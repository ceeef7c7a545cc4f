// Plans for arguments, and reading by them (argument.h).
#include "pyext/argument.h"

#include <algorithm>

#include "pyext/convert_scalar.h"
#include "pyext/dtypes.h"
#include "pyext/lists.h"
#include "pyext/typeof.h"
#include "types/conversion.h"
#include "types/layout.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Read = ArgumentPlan::Read;

Read reader_of(TypeId type) {
  switch (kind_of(type)) {
    case Kind::Int64: return Read::Int;
    case Kind::UInt64: return Read::UInt;
    case Kind::Float64: return Read::Float;
    case Kind::Bool: return Read::Bool;
    case Kind::Complex128: return Read::Complex;
    case Kind::None: return Read::None;
    case Kind::Str: return Read::Str;
    case Kind::Array: return Read::Array;
    case Kind::Tuple: return Read::Tuple;
    case Kind::List: return Read::List;
    case Kind::Slice: return Read::Slice;
    case Kind::DateTime:
    case Kind::TimeDelta: return Read::Time;
    case Kind::Record: return Read::Record;
    case Kind::Known:
    case Kind::DType: return Read::Known;
    default: return Read::Scalar;
  }
}

void plan_array(ArgumentPlan& plan, const Type& t) {
  plan.descr = descr_of_type(t.elem);
  plan.ndim = t.ndim;
  plan.flags_mask = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_WRITEABLE;
  bool packed = is_record(t.elem) && !type_of(t.elem).aligned;  // at any address
  if (!packed) plan.flags_mask |= NPY_ARRAY_ALIGNED;
  if (t.layout == Layout::C)
    plan.flags |= NPY_ARRAY_C_CONTIGUOUS;
  else
    plan.flags_mask |= NPY_ARRAY_F_CONTIGUOUS;
  if (t.layout == Layout::F) plan.flags |= NPY_ARRAY_F_CONTIGUOUS;
  if (!t.readonly) plan.flags |= NPY_ARRAY_WRITEABLE;
  if (t.aligned) plan.flags |= NPY_ARRAY_ALIGNED;
}

// The inline case of a finished plan, if there is one.
ArgumentPlan::Fast fast_case(ArgumentPlan& plan) {
  using Fast = ArgumentPlan::Fast;
  if (plan.optional) return Fast::None;
  if (plan.read == Read::Array) return Fast::Array;
  if (!plan.python_scalars) return Fast::None;
  if (plan.read == Read::Float && !plan.converts) return Fast::Float;
  if (plan.read == Read::Float && plan.to == ty::Float32) return Fast::NarrowFloat;
  if (plan.read != Read::Int) return Fast::None;
  if (!plan.converts) return Fast::Int;
  if (plan.to == ty::Float64) return Fast::IntAsFloat;
  if (!is_integer(plan.to)) return Fast::None;
  int bits = bits_of(plan.to);
  plan.high = is_signed(plan.to) ? INT64_MAX >> (64 - bits)
                                 : static_cast<int64_t>(UINT64_MAX >> (bits == 64 ? 1 : 64 - bits));
  plan.low = is_signed(plan.to) ? -plan.high - 1 : 0;
  return Fast::NarrowInt;
}

Slot* read_int(PyObject* value, bool wide, Slot* out) {
  int overflow = 0;
  out->i = PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow == 0) return wide ? nullptr : out + 1;
  if (!wide || overflow < 0) return nullptr;
  out->u = PyLong_AsUnsignedLongLong(value);
  if (!PyErr_Occurred()) return out + 1;
  PyErr_Clear();
  return nullptr;
}

Slot* read_numpy_scalar(PyObject* value, Kind kind, Slot* out) {
  switch (kind) {
    case Kind::Bool: out->i = PyArrayScalar_VAL(value, Bool) != 0; break;
    case Kind::Int8: out->i = reinterpret_cast<PyInt8ScalarObject*>(value)->obval; break;
    case Kind::Int16: out->i = reinterpret_cast<PyInt16ScalarObject*>(value)->obval; break;
    case Kind::Int32: out->i = reinterpret_cast<PyInt32ScalarObject*>(value)->obval; break;
    case Kind::Int64: out->i = reinterpret_cast<PyInt64ScalarObject*>(value)->obval; break;
    case Kind::UInt8: out->u = reinterpret_cast<PyUInt8ScalarObject*>(value)->obval; break;
    case Kind::UInt16: out->u = reinterpret_cast<PyUInt16ScalarObject*>(value)->obval; break;
    case Kind::UInt32: out->u = reinterpret_cast<PyUInt32ScalarObject*>(value)->obval; break;
    case Kind::UInt64: out->u = reinterpret_cast<PyUInt64ScalarObject*>(value)->obval; break;
    case Kind::Float16: out->u = reinterpret_cast<PyHalfScalarObject*>(value)->obval; break;
    case Kind::Float32: out->f = reinterpret_cast<PyFloat32ScalarObject*>(value)->obval; break;
    case Kind::Float64: out->d = reinterpret_cast<PyFloat64ScalarObject*>(value)->obval; break;
    case Kind::Complex64:
      out[0].f = npy_crealf(reinterpret_cast<PyComplex64ScalarObject*>(value)->obval);
      out[1].f = npy_cimagf(reinterpret_cast<PyComplex64ScalarObject*>(value)->obval);
      return out + 2;
    case Kind::Complex128:
      out[0].d = npy_creal(reinterpret_cast<PyComplex128ScalarObject*>(value)->obval);
      out[1].d = npy_cimag(reinterpret_cast<PyComplex128ScalarObject*>(value)->obval);
      return out + 2;
    default: return nullptr;
  }
  return out + 1;
}

Slot* read_complex(PyObject* value, Slot* out) {
  out[0].d = PyComplex_RealAsDouble(value);
  out[1].d = PyComplex_ImagAsDouble(value);
  return out + 2;
}

// A NumPy scalar of the plan's type, by its class; np.longlong is int64 as well.
bool is_numpy_scalar_of(const ArgumentPlan& plan, PyObject* value) {
  if (!plan.numpy_scalars) return false;
  if (Py_TYPE(value) == plan.scalar) return true;
  return PyObject_TypeCheck(value, &PyGenericArrType_Type) &&
         type_of_scalar_class(Py_TYPE(value)) == plan.from;
}

// Numbers of the user's subclasses of int, float and complex; like NumPy's they are not weak.
Slot* read_number_of_subclass(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!plan.numpy_scalars || PyObject_TypeCheck(value, &PyGenericArrType_Type)) return nullptr;
  switch (plan.read) {
    case Read::Int:
    case Read::UInt:
      if (!PyLong_Check(value) || PyLong_CheckExact(value) || PyBool_Check(value)) return nullptr;
      return read_int(value, plan.read == Read::UInt, out);
    case Read::Float:
      if (!PyFloat_Check(value) || PyFloat_CheckExact(value)) return nullptr;
      return out->d = PyFloat_AS_DOUBLE(value), out + 1;
    case Read::Complex:
      if (!PyComplex_Check(value) || PyComplex_CheckExact(value)) return nullptr;
      return read_complex(value, out);
    default: return nullptr;
  }
}

Slot* read_scalar(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (plan.python_scalars) switch (plan.read) {
      case Read::Int:
        if (PyLong_CheckExact(value)) return read_int(value, false, out);
        break;
      case Read::UInt:
        if (PyLong_CheckExact(value)) return read_int(value, true, out);
        break;
      case Read::Float:
        if (PyFloat_CheckExact(value)) return out->d = PyFloat_AS_DOUBLE(value), out + 1;
        break;
      case Read::Bool:
        if (PyBool_Check(value)) return out->i = value == Py_True, out + 1;
        break;
      case Read::Complex:
        if (PyComplex_CheckExact(value)) return read_complex(value, out);
        break;
      default: break;
    }
  return is_numpy_scalar_of(plan, value) ? read_numpy_scalar(value, kind_of(plan.from), out)
                                         : read_number_of_subclass(plan, value, out);
}

Slot* read_str(PyObject* value, Slot* out) {
  if (!PyUnicode_CheckExact(value) && typeof_value(value) != ty::Str) return nullptr;
#if PY_VERSION_HEX < 0x030c0000
  if (PyUnicode_READY(value) < 0) return nullptr;
#endif
  out[0].u = reinterpret_cast<uint64_t>(value) | 1;
  out[1].p = PyUnicode_DATA(value);
  out[2].i = PyUnicode_GET_LENGTH(value);
  out[3].i = PyUnicode_KIND(value);
  return out + 4;
}

// A date or span of the plan's unit.
Slot* read_time(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  const Type& t = type_of(plan.from);
  PyTypeObject* cls = t.kind == Kind::DateTime ? &PyDatetimeArrType_Type : &PyTimedeltaArrType_Type;
  if (Py_TYPE(value) != cls) return nullptr;
  auto* scalar = reinterpret_cast<PyDatetimeScalarObject*>(value);  // a span's is laid out alike
  if (static_cast<TimeUnit>(scalar->obmeta.base) != t.unit || scalar->obmeta.num != t.size) return nullptr;
  out->i = scalar->obval;
  return out + 1;
}

Slot* read_record(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!PyObject_TypeCheck(value, &PyVoidArrType_Type)) return nullptr;
  auto* scalar = reinterpret_cast<PyVoidScalarObject*>(value);
  bool readonly = type_of(plan.from).readonly;
  if (is_read_only_record(value) != readonly || type_of_descr(scalar->descr) != record_like(plan.from, false))
    return nullptr;
  out[0].u = reinterpret_cast<uint64_t>(value) | 1;
  out[1].p = scalar->obval;
  return out + 2;
}

Slot* read_any_array(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!PyArray_Check(value)) return nullptr;
  auto* array = reinterpret_cast<PyArrayObject*>(value);
  bool same = PyArray_NDIM(array) == plan.ndim && (PyArray_FLAGS(array) & plan.flags_mask) == plan.flags &&
              (PyArray_DESCR(array) == plan.descr ||
               type_of_descr(PyArray_DESCR(array)) == type_of_descr(plan.descr));
  if (!same || (Py_TYPE(value) != &PyArray_Type && typeof_value(value) != plan.from)) return nullptr;
  return read_array(array, plan.ndim, out);
}

Slot* read_slice(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!PySlice_Check(value)) return nullptr;
  auto* s = reinterpret_cast<PySliceObject*>(value);
  PyObject* const parts[] = {s->start, s->stop, s->step};
  const std::vector<TypeId>& items = type_of(plan.from).items;
  for (size_t i = 0; i < 3; ++i) {
    bool has = items[i] != ty::None;
    if (has != (parts[i] != Py_None)) return nullptr;
    if (!has) continue;
    out = PyLong_CheckExact(parts[i]) ? read_int(parts[i], false, out) : nullptr;
    if (!out) return nullptr;
  }
  return out;
}

Slot* read_tuple(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!PyTuple_CheckExact(value) || PyTuple_GET_SIZE(value) != static_cast<Py_ssize_t>(plan.items.size()))
    return nullptr;
  Py_ssize_t i = 0;
  for (const ArgumentPlan& item : plan.items)
    if (!(out = read_argument(item, PyTuple_GET_ITEM(value, i++), out))) return nullptr;
  return out;
}

bool is_known(const ArgumentPlan& plan, PyObject* value) {
  if (value == plan.known) return true;
  TypeId type = typeof_value(value);
  PyErr_Clear();  // an int beyond 64 bits
  return type == plan.from;
}

Slot* read_plain(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  switch (plan.read) {
    case Read::None: return value == Py_None ? out : nullptr;
    case Read::Str: return read_str(value, out);
    case Read::Array: return read_any_array(plan, value, out);
    case Read::Tuple: return read_tuple(plan, value, out);
    case Read::List: return read_list(plan, value, out);
    case Read::Slice: return read_slice(plan, value, out);
    case Read::Time: return read_time(plan, value, out);
    case Read::Record: return read_record(plan, value, out);
    case Read::Known: return is_known(plan, value) ? out : nullptr;
    default: break;
  }
  Slot* end = read_scalar(plan, value, out);
  if (!end || !plan.converts) return end;
  if (!convert_scalar(out, plan.from, plan.to, plan.exact && is_weak(value))) return nullptr;
  return out + (is_complex(plan.to) ? 2 : 1);
}

}  // namespace

ArgumentPlan plan_argument(TypeId from, TypeId to, bool exact) {
  ArgumentPlan plan;
  plan.from = from;
  plan.to = to;
  plan.exact = exact;
  plan.read = reader_of(from);
  if (kind_of(to) == Kind::Optional) {
    plan.optional = true;
    plan.to = type_of(to).elem;
    if (from == ty::None) plan.blank = static_cast<uint32_t>(leaf_count(plan.to));
  }
  if (is_scalar(from)) {
    plan.scalar = scalar_class(from);
    plan.converts = from != plan.to;
  }
  if (is_array(from)) plan_array(plan, type_of(from));
  if (is_tuple(from)) {
    const std::vector<TypeId>&items = type_of(from).items, &wanted = type_of(plan.to).items;
    for (size_t i = 0; i < items.size(); ++i) plan.items.push_back(plan_argument(items[i], wanted[i], exact));
  }
  if (is_list(from)) {
    TypeId item = type_of(from).elem;
    plan.items.push_back(plan_argument(item, item, exact));
    take_empty_lists(plan.items[0]);
    plan.item_layout = item_layout_of(item);
  }
  plan.fast = fast_case(plan);
  return plan;
}

void take_empty_lists(ArgumentPlan& plan) {
  plan.takes_empty = true;
  for (ArgumentPlan& item : plan.items) take_empty_lists(item);
}

bool reads_lists(const ArgumentPlan& plan) {
  return plan.read == ArgumentPlan::Read::List ||
         std::any_of(plan.items.begin(), plan.items.end(), reads_lists);
}

void take_only(ArgumentPlan& plan, bool weak) {
  if (plan.read == Read::List) return take_only(plan.items[0], weak);
  if (!is_scalar(plan.from)) return;
  plan.python_scalars = weak;
  plan.numpy_scalars = !weak;
  plan.fast = fast_case(plan);
}

void set_known_object(ArgumentPlan& plan, PyObject* object) {
  if (plan.read == Read::Known) plan.known = Py_NewRef(object);
  if (plan.read == Read::Array && PyArray_Check(object)) {
    PyArray_Descr* descr = PyArray_DESCR(reinterpret_cast<PyArrayObject*>(object));
    if (descr != plan.descr && type_of_descr(descr) == type_of(plan.from).elem) {
      Py_INCREF(descr);
      Py_SETREF(plan.descr, descr);
    }
  }
  if (plan.read == Read::Tuple && PyTuple_Check(object))
    for (size_t i = 0; i < plan.items.size(); ++i)
      set_known_object(plan.items[i], PyTuple_GET_ITEM(object, static_cast<Py_ssize_t>(i)));
}

void clear_known_objects(ArgumentPlan& plan) {
  Py_CLEAR(plan.known);
  for (ArgumentPlan& item : plan.items) clear_known_objects(item);
}

int visit_known_objects(const ArgumentPlan& plan, visitproc visit, void* arg) {
  Py_VISIT(plan.known);
  for (const ArgumentPlan& item : plan.items)
    if (int result = visit_known_objects(item, visit, arg)) return result;
  return 0;
}

Slot* read_argument_slowly(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!plan.optional) return read_plain(plan, value, out);
  out->i = value != Py_None;
  Slot* end = read_plain(plan, value, out + 1);
  for (uint32_t i = 0; end && i < plan.blank; ++i) (end++)->i = 0;
  return end;
}

}  // namespace lancehead
