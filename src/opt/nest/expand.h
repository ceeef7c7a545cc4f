// Nests to loops.
#pragma once

#include "ir/function.h"

namespace lancehead {

bool expand_nests(Function& f);

}  // namespace lancehead
