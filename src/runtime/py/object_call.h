// Calling Python from compiled code.
#pragma once

#include "runtime/context.h"

namespace lancehead {

// Calls `callable` with the items of a tuple value; what it returns is dropped, what it raises becomes the
// pending error.
Status call_python(Context* ctx, void* callable, uint32_t type, const Slot* slots);

}  // namespace lancehead
