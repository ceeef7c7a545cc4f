// How deep compiled code may go on the thread that asks.
#pragma once

#include <cstdint>

namespace lancehead {

// The lowest address that a frame of compiled code may reach: above it all the runtime and a call of Python
// find room.
extern "C" uintptr_t lh_stack_limit();

}  // namespace lancehead
