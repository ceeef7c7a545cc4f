// The numbers by which compiled code names element types to the runtime: places in types/elements.def.
#pragma once

#include <cstdint>

#include "types/type.h"

namespace lancehead {

int64_t element_code(TypeId scalar);  // -1: the runtime has no loops for it

}  // namespace lancehead
