// Closes the holes that removing leaves: blocks that nothing reaches, instructions and values of no block,
// rows of the tables that nothing names. What is left is numbered in the order of the text form; ids and
// indices from before are void, those of callees included.
#pragma once

#include "ir/function.h"

namespace lancehead {

void compact(Function& function);

}  // namespace lancehead
