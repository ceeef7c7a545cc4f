// From nests to loops.
#pragma once

#include <vector>

#include "ir/function.h"

namespace lancehead {

// Replaces every nest by loops over addresses; see expand.cpp. Loops that are large enough run in parallel
// where the nest allows it; the functions for that are added to `functions`.
bool expand_nests(Function& f, std::vector<Function>& functions);

}  // namespace lancehead
