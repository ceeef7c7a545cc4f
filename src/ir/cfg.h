// The control flow graph of a function's live blocks: successors, predecessors, reverse postorder. A
// snapshot: edges that change later are not seen. A block appears once per edge among another's successors;
// bodies of nests have no part in it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/function.h"

namespace lancehead {

class Cfg {
 public:
  static constexpr uint32_t kUnreachable = 0xffffffffu;

  explicit Cfg(const Function& function);

  std::span<const BlockId> succs(BlockId block) const { return list(succs_, succ_begin_, block); }
  std::span<const BlockId> preds(BlockId block) const { return list(preds_, pred_begin_, block); }
  size_t block_count() const { return position_.size(); }  // BlockIds, not only live blocks
  // The blocks that the entry reaches, each before those that it dominates; the entry first.
  const std::vector<BlockId>& reverse_postorder() const { return order_; }
  uint32_t position(BlockId block) const { return position_[block.index]; }  // in that order, or kUnreachable
  bool reachable(BlockId block) const { return position_[block.index] != kUnreachable; }

 private:
  using Begins = std::vector<uint32_t>;  // of each block's part; one more than there are blocks

  static std::span<const BlockId> list(const std::vector<BlockId>& all, const Begins& begin, BlockId b) {
    return {all.data() + begin[b.index], begin[b.index + 1] - begin[b.index]};
  }
  void collect(const Function& f);
  void walk(BlockId entry);

  std::vector<BlockId> succs_, preds_, order_;
  Begins succ_begin_, pred_begin_;
  std::vector<uint32_t> position_;
};

}  // namespace lancehead
