// The natural loops of a function: a header that dominates the sources of the edges back to it (the latches),
// and all blocks that reach a latch without passing the header. Back edges to the same header make one loop.
// Cycles without such a header (irreducible control flow) are no loops here.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/dominators.h"

namespace lancehead {

struct Loop {
  static constexpr uint32_t kNone = 0xffffffffu;

  BlockId header;
  std::vector<BlockId> latches;
  BlockId preheader;  // the only block outside that leads to the header, and leads nowhere else; or none
  std::vector<BlockId> blocks;  // the header first, then in reverse postorder; those of inner loops included
  uint32_t parent = kNone;      // the innermost loop around it
  uint32_t depth = 1;           // 1: outermost
  bool innermost = true;
};

class Loops {
 public:
  Loops(const Cfg& cfg, const Dominators& dominators);

  // Outer loops before inner ones.
  const std::vector<Loop>& all() const { return loops_; }
  // The innermost loop that has the block, or Loop::kNone.
  uint32_t innermost(BlockId block) const { return of_block_[block.index]; }
  // Is the block in this loop, or in one within it?
  bool contains(uint32_t loop, BlockId block) const;

 private:
  void find(const Cfg& cfg, const Dominators& dominators);
  void fill(const Cfg& cfg, Loop& loop);

  std::vector<Loop> loops_;
  std::vector<uint32_t> of_block_;
};

}  // namespace lancehead
