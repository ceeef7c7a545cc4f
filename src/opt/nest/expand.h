// From nests to loops.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Replaces every nest by loops over addresses; see expand.cpp.
bool expand_nests(Function& f);

}  // namespace lancehead
