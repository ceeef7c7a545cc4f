// Proofs of inequalities between int64 values, at a place in the function. What is known there:
//
//   - what values are by their definition: extents are >= 0, ... (facts.h)
//   - the conditions of the branches that dominate the place, as `linear form >= 0` over true integers
//   - the count of a loop over a range: within max(n, 0) iterations, and within stop - start of them, n and
//   stop - start are
//     the count itself
//   - variables that a loop steps by a constant, kept from wrapping by one of the above: never below (above)
//   their start
//
// A proof of T >= 0 subtracts multiples of known forms from T until a constant >= 0 is left. A form that was
// derived modulo 2**64 serves as a fact only if it is proved not to wrap; of an index it need not be: once it
// lies in [0, n) as a true integer it is the index.
#pragma once

#include <functional>
#include <vector>

#include "ir/loops.h"
#include "opt/incoming.h"
#include "opt/linear.h"

namespace lancehead {

class Ranges {
 public:
  Ranges(const Function& f, const Cfg& cfg, const Dominators& dominators, const Loops& loops,
         const Incoming& incoming);

  // 0 <= i < n, or either half, wherever control is in the block.
  bool in_range(BlockId at, ValueId i, ValueId n);
  bool nonneg(BlockId at, ValueId i);
  bool negative(BlockId at, ValueId i);
  // Does this comparison of int64 values hold (or not hold)? Both false: not known.
  bool holds(BlockId at, const Inst& comparison);
  bool fails(BlockId at, const Inst& comparison);

  // A form R over values that `is_fixed` accepts with target >= R at this place; an invalid form if none is
  // found. The target must be equal to what is meant as true integers.
  Linear lower_bound(BlockId at, const Linear& target, const std::function<bool(ValueId)>& is_fixed);
  // The value as a form that is equal as true integers here.
  Linear exact(BlockId at, ValueId v) { return exact_form(facts_at(at), v); }

 private:
  using Facts = std::vector<Linear>;  // each >= 0

  const Facts& facts_at(BlockId block);
  void add_condition(Facts& facts, ValueId condition, bool holds, int depth = 4);
  void add_comparison(Facts& facts, Op op, ValueId x, ValueId y);
  void add_count(Facts& facts, ValueId count);
  std::pair<Linear, int64_t> steps_of(ValueId v) const;
  void add_stepped(BlockId header, Facts& facts);
  Linear exact_form(const Facts& facts, ValueId v);
  bool compare(const Facts& facts, Op op, ValueId x, ValueId y);

  bool prove(const Facts& facts, const Linear& target) { return steps_ = 0, prove(facts, target, 5); }
  bool prove(const Facts& facts, const Linear& target, int depth);
  Linear eliminate(const Facts& facts, const Linear& target, const std::function<bool(ValueId)>& is_fixed,
                   int depth);
  bool prove_index(const Facts& facts, const Linear& i, const Linear& n);

  const Function& f_;
  const Dominators& dominators_;
  const Loops& loops_;
  const Incoming& incoming_;
  std::vector<Facts> facts_;  // by block
  std::vector<bool> known_;
  std::vector<uint32_t> loop_of_header_;
  int steps_ = 0;
};

}  // namespace lancehead
