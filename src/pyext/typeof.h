// Types of Python values (contract C5, C7): what the dispatcher keys on when its fast comparison has failed.
#pragma once

#include "pyext/numpy_api.h"
#include "types/type.h"

namespace lancehead {

// The type of a value. Invalid if it has none, with an OverflowError set if it is an int beyond 64 bits, a
// TypingError if tuples hold too much; otherwise without a Python error.
TypeId typeof_value(PyObject* value);
TypeId type_of_array(PyArrayObject* array);

// True for what is a Python number (contract C7's weak values): exact bool, int, float, complex.
bool is_weak(PyObject* value);

}  // namespace lancehead
