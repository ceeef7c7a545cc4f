// The functions that compiled code may call, by symbol: the rows of runtime/calls.def and ir/math.def, and
// those of C's library and the compiler's own that LLVM makes calls of. Nothing else can be linked to by
// compiled code.
#pragma once

#include <string_view>

namespace lancehead {

void* lh_find_symbol(std::string_view name);  // null if there is none

}  // namespace lancehead
