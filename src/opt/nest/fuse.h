// Fusing nests.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Merges producers into their only consumer; see fuse.cpp.
bool fuse_nests(Function& f);

}  // namespace lancehead
