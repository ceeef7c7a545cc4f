// Loops of one nest, in the IR.
#pragma once

#include <vector>

#include "ir/builder.h"

namespace lancehead {

// A nest with its operands taken apart. Arrays that are written may be replaced by a temporary.
struct NestPlan {
  NestInfo info;
  std::vector<ValueId> extents;
  std::vector<ValueId> arrays;  // by access
  std::vector<TypeId> reduced;  // types of the reductions' results
};

// Appends loops that run the nest at the builder's position, which moves behind them; the results of its
// reductions. A linear loop where every array is contiguous and has the nest's shape, with a test and a
// strided version where only run time can tell.
std::vector<ValueId> emit_nest(Builder& b, const NestPlan& plan);

}  // namespace lancehead
