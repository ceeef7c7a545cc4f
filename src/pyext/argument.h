// How an argument is recognised and read: a plan made once per specialisation and parameter, run at every
// call without Python code or allocation (contract C13). Reading borrows: the owner word of an array or str
// is the tagged PyObject.
#pragma once

#include <cstdint>
#include <vector>

#include "pyext/numpy_api.h"
#include "runtime/context.h"
#include "types/type.h"

namespace lancehead {

struct ItemLayout;

struct ArgumentPlan {
  enum class Read : uint8_t {
    Int,
    UInt,
    Float,
    Bool,
    Complex,
    Scalar,
    Array,
    Str,
    None,
    Tuple,
    List,
    Slice,
    Time,
    Record,
    Known
  };

  // The common cases, which are read inline. The ints and floats are Python's.
  enum class Fast : uint8_t { None, Int, Float, Array, NarrowInt, IntAsFloat, NarrowFloat };

  Read read = Read::None;
  Fast fast = Fast::None;
  bool python_scalars = true;  // whether Python numbers are accepted, which are weak (contract C7)
  bool numpy_scalars = true;   // whether NumPy's are
  bool optional = false;       // the parameter is optional: a leaf "has" comes first
  bool converts = false;       // a scalar of type `from` is converted to `to`
  bool exact = false;          // an int that does not fit is an OverflowError
  uint32_t blank = 0;          // leaves of an absent optional
  int64_t low = 0, high = 0;   // NarrowInt: the ints that the parameter holds
  TypeId from, to;
  PyTypeObject* scalar = nullptr;  // NumPy's class of `from`
  PyArray_Descr* descr = nullptr;  // arrays: the usual descriptor, kept for ever
  int ndim = 0;
  int flags_mask = 0, flags = 0;    // of NPY_ARRAY_*
  PyObject* known = nullptr;        // owned: see clear_known_objects
  std::vector<ArgumentPlan> items;  // tuples; lists: one, of every item
  const ItemLayout* item_layout = nullptr;
  bool takes_empty = false;  // a list may have no items
};

// How to read arguments of type `from` for a parameter of type `to`; conversion(from, to) is not None.
// `exact`: see above.
ArgumentPlan plan_argument(TypeId from, TypeId to, bool exact);
// The items of lists, and lists of which the type is said, may be empty.
void take_empty_lists(ArgumentPlan& plan);
bool reads_lists(const ArgumentPlan& plan);
// Restricts a plan to Python's numbers (`weak`, contract C7) or to all others; nothing if it is no scalar's.
void take_only(ArgumentPlan& plan, bool weak);
// The Python object that a Known or DType argument is, and the dtype of an array; the types do not tell which
// of several spellings of a dtype it was.
void set_known_object(ArgumentPlan& plan, PyObject* object);
void clear_known_objects(ArgumentPlan& plan);
int visit_known_objects(const ArgumentPlan& plan, visitproc visit, void* arg);

// Reads `value` into the leaves at `out`. Returns the end of the leaves; null if `value` is not of the plan's
// type (no Python error), or does not fit (the error is set).
Slot* read_argument(const ArgumentPlan& plan, PyObject* value, Slot* out);
Slot* read_argument_slowly(const ArgumentPlan& plan, PyObject* value, Slot* out);

inline Slot* read_array(PyArrayObject* array, int ndim, Slot* out) {
  out[0].u = reinterpret_cast<uint64_t>(array) | 1;
  out[1].p = PyArray_DATA(array);
  const npy_intp* shape = PyArray_DIMS(array);
  const npy_intp* strides = PyArray_STRIDES(array);
  for (int i = 0; i < ndim; ++i) {
    out[2 + i].i = shape[i];
    out[2 + ndim + i].i = strides[i];
  }
  return out + 2 + 2 * ndim;
}

// The common cases, inline; everything else, what does not fit too, by the general reader.
inline Slot* read_argument(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  using Fast = ArgumentPlan::Fast;
  switch (plan.fast) {
    case Fast::None: break;
    case Fast::Float:
      if (!PyFloat_CheckExact(value)) break;
      out->d = PyFloat_AS_DOUBLE(value);
      return out + 1;
    case Fast::NarrowFloat:
      if (!PyFloat_CheckExact(value)) break;
      out->f = static_cast<float>(PyFloat_AS_DOUBLE(value));
      return out + 1;
    case Fast::Int:
    case Fast::NarrowInt:
    case Fast::IntAsFloat: {
      if (!PyLong_CheckExact(value)) break;
      int overflow = 0;
      int64_t i = PyLong_AsLongLongAndOverflow(value, &overflow);
      if (overflow != 0 || (plan.fast == Fast::NarrowInt && (i < plan.low || i > plan.high))) break;
      if (plan.fast == Fast::IntAsFloat)
        out->d = static_cast<double>(i);
      else
        out->i = i;
      return out + 1;
    }
    case Fast::Array: {
      if (Py_TYPE(value) != &PyArray_Type) break;
      auto* array = reinterpret_cast<PyArrayObject*>(value);
      if (PyArray_DESCR(array) == plan.descr && PyArray_NDIM(array) == plan.ndim &&
          (PyArray_FLAGS(array) & plan.flags_mask) == plan.flags) [[likely]]
        return read_array(array, plan.ndim, out);
      break;
    }
  }
  return read_argument_slowly(plan, value, out);
}

}  // namespace lancehead
