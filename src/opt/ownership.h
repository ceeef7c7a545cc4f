// Explicit reference counting: the last pass.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Inserts retain, release and the cleanup of errors into a function of stage final; see ownership.cpp.
bool insert_ownership(Function& f);

}  // namespace lancehead
