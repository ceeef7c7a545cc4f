// Sums of floats and complex numbers in NumPy's order (contract C7), without an array of what is added.
#pragma once

#include "opt/nest/loops.h"

namespace lancehead {

// Is it such a sum that the nest computes? Then it computes nothing else.
bool sums_floats(const Function& f, const NestInfo& nest);

// ..., of the elements of an array as they are?
bool sums_elements(const Function& f, const NestInfo& nest);

// Emits the sum over the plan's dimensions, the last one the fastest; as write_loops does.
ValueId write_sum(Builder& b, const LoopPlan& plan);

}  // namespace lancehead
