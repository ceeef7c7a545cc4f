// From many nests to few.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Computes elements where they are read: an array made by one nest to be read by one other is never stored;
// see fuse.cpp.
bool fuse_nests(Function& f);

}  // namespace lancehead
