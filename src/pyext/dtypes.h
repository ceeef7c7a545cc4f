// NumPy's type numbers and classes against our scalar types.
#pragma once

#include "pyext/numpy_api.h"
#include "types/type.h"

namespace lancehead {

// The scalar type of a dtype; invalid if we have none (other kinds, other byte orders).
TypeId type_of_descr(PyArray_Descr* descr);
// NumPy's type number of a scalar type; -1 if `type` is no scalar.
int type_number(TypeId type);
// The scalar type whose NumPy scalars are of exactly this class; invalid if there is none.
TypeId type_of_scalar_class(PyTypeObject* type);
// The class of a scalar type's NumPy scalars.
PyTypeObject* scalar_class(TypeId type);

}  // namespace lancehead
