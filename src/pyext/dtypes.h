// NumPy's dtypes, classes of scalars and type numbers against our element types.
#pragma once

#include "pyext/numpy_api.h"
#include "types/type.h"

namespace lancehead {

// The element type of a dtype; invalid if we have none (other kinds, other byte orders).
TypeId type_of_descr(PyArray_Descr* descr);
// The dtype of an element type, a new reference; null with a Python error.
PyArray_Descr* descr_of_type(TypeId type);
// NumPy's type number of a scalar type; -1 if `type` is no scalar.
int type_number(TypeId type);
// The type of a NumPy scalar; invalid if there is none.
TypeId type_of_numpy_scalar(PyObject* scalar);
bool is_read_only_record(PyObject* scalar);
// The scalar type whose NumPy scalars are of exactly this class; invalid if there is none. Dates, spans and
// records are not told by their class.
TypeId type_of_scalar_class(PyTypeObject* type);
// The class of a scalar type's NumPy scalars.
PyTypeObject* scalar_class(TypeId type);

}  // namespace lancehead
