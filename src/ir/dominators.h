// The dominator tree (Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm").
#pragma once

#include <vector>

#include "ir/cfg.h"

namespace lancehead {

class Dominators {
 public:
  explicit Dominators(const Cfg& cfg);

  // The closest strict dominator; none for the entry and for unreachable blocks.
  BlockId parent(BlockId block) const { return parent_[block.index]; }
  // Does every path from the entry to `b` pass `a`? Reflexive. Unreachable blocks neither dominate nor are
  // dominated.
  bool dominates(BlockId a, BlockId b) const {
    return first_[b.index] - first_[a.index] < size_[a.index] && size_[b.index] != 0;
  }

 private:
  std::vector<BlockId> parent_;
  // The tree in preorder: a block's number, and how many blocks it dominates (0: unreachable).
  std::vector<uint32_t> first_, size_;
};

}  // namespace lancehead
