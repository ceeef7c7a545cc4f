// The table behind dtypes.h.
#include "pyext/dtypes.h"

namespace lancehead {
namespace {

struct Row {
  int number;
  TypeId type;
};

// Two C types of one size give the same type; the first row of a type is the one that new arrays get.
constexpr Row kRows[] = {
    {NPY_BOOL, ty::Bool},
    {NPY_INT8, ty::Int8},
    {NPY_INT16, ty::Int16},
    {NPY_INT32, ty::Int32},
    {NPY_INT64, ty::Int64},
    {NPY_UINT8, ty::UInt8},
    {NPY_UINT16, ty::UInt16},
    {NPY_UINT32, ty::UInt32},
    {NPY_UINT64, ty::UInt64},
    {NPY_FLOAT32, ty::Float32},
    {NPY_FLOAT64, ty::Float64},
    {NPY_COMPLEX64, ty::Complex64},
    {NPY_COMPLEX128, ty::Complex128},
    {NPY_LONGLONG, ty::Int64},
    {NPY_ULONGLONG, ty::UInt64},
};

}  // namespace

TypeId type_of_descr(PyArray_Descr* descr) {
  if (!PyArray_ISNBO(descr->byteorder)) return {};
  for (const Row& row : kRows)
    if (row.number == descr->type_num) return row.type;
  return {};
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
