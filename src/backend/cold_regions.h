// What is rarely run is taken out of the functions that hold it, into functions of their own that LLVM does
// not optimise: the checked copy of a guarded loop, the general form of an array expression. They are as big
// as the code that matters, and would cost as much of a first call.
#pragma once

#include <vector>

#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"

namespace lancehead {

// An edge that is not expected to be taken.
struct ColdEdge {
  llvm::BranchInst* branch;
  unsigned successor;
};

// To be called on fresh modules only: nothing that the edges name may have changed since they were made.
void move_cold_regions_out(const std::vector<ColdEdge>& edges);

}  // namespace lancehead
