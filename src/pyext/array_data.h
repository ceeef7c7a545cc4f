// The content of an array that compiled code holds as a constant (types/array_data.h).
#pragma once

#include <memory>

#include "pyext/numpy_api.h"
#include "types/array_data.h"

namespace lancehead {

// A small array's bytes; a large one by a handle (live_array.h).
std::shared_ptr<const ArrayData> array_data(PyArrayObject* array, TypeId dtype);

}  // namespace lancehead
