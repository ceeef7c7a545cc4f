// Writes the loops of one nest: index arithmetic over byte strides, the body's clone, accumulators for its
// reductions.
#pragma once

#include <vector>

#include "ir/builder.h"

namespace lancehead {

// One access, ready to be walked: an address, and per dimension of the nest the bytes to the next element
// (invalid: 0).
struct Walk {
  ValueId address;
  std::vector<ValueId> strides;
  TypeId elem;
  bool write = false;
};

struct LoopPlan {
  const NestInfo* nest = nullptr;  // body, yields, reductions
  std::vector<ValueId> extents;    // outermost first
  std::vector<uint32_t> order;     // loop -> the dimension that it walks
  ValueId begin;                   // where the outermost loop begins (invalid: at 0)
  std::vector<ValueId> first;      // of the dimensions: the index where the walks' addresses are (empty: 0)
  std::vector<Walk> walks;         // one per access
  bool polls = false;              // poll on the innermost back edge: such a loop is not vectorised
};

// Emits at the builder's block, whose terminator is not yet there, and leaves the builder where the loops
// have ended. Returns the reductions' results.
std::vector<ValueId> write_loops(Builder& b, const LoopPlan& plan);

// The value that a reduction begins with.
ValueId reduction_identity(Builder& b, Reduction reduction, TypeId type);
// acc combined with the next value.
ValueId reduce(Builder& b, Reduction reduction, ValueId acc, ValueId next);

}  // namespace lancehead
