// Arrays that compiled code reads where they are (types/array_data.h): their handles, and what keeps them
// alive. An array lives as long as what was told of it, and the code that reads it; its handle goes with it.
#pragma once

#include "driver/linker.h"
#include "pyext/numpy_api.h"

namespace lancehead {

// The handle that the array has for as long as someone has `keeper`. Under the GIL.
uint32_t live_array_handle(PyArrayObject* array, std::shared_ptr<const void>& keeper);
// With or without the GIL; without an object if it has gone.
LiveArray find_live_array(uint32_t handle);

}  // namespace lancehead
