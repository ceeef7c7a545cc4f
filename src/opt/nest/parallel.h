// A nest's loops on several threads (contract C15): a parloop if they are large, else a call of what it would
// run.
#pragma once

#include <vector>

#include "opt/nest/loops.h"

namespace lancehead {

// May the reductions be folded chunk by chunk? Sums and products of floats are taken in the order of the
// elements.
bool may_run_in_parallel(const Function& f, const NestInfo& nest);

// Emits a test whether the loops' work is worth more than one thread.
ValueId is_large(Builder& b, const LoopPlan& plan);

// The loops of a plan as a function of their own, which runs a part of the outermost one. Functions that are
// made are added to `functions`. One of the two members is called in each of two blocks; both return the
// reductions' results.
class OutlinedLoops {
 public:
  OutlinedLoops(Builder& b, const LoopPlan& plan, std::vector<Function>& functions);
  std::vector<ValueId> run_parallel();
  std::vector<ValueId> run_serial();

 private:
  Builder& b_;
  std::vector<TypeId> types_;  // of what is reduced
  std::vector<ValueId> initial_;
  std::vector<ValueId> operands_;  // the count, then the captures
  uint32_t loop_ = 0;
};

}  // namespace lancehead
