// Builds the lists of edges, and walks the graph depth first.
#include "ir/cfg.h"

#include <algorithm>
#include <utility>

namespace lancehead {

Cfg::Cfg(const Function& f) : position_(f.blocks.size(), kUnreachable) {
  collect(f);
  if (!f.order.empty()) walk(f.order[0]);
}

void Cfg::collect(const Function& f) {
  size_t blocks = f.blocks.size();
  succ_begin_.assign(blocks + 1, 0);
  pred_begin_.assign(blocks + 1, 0);
  for (BlockId b : f.order) {
    for_each_edge(f, b, [&](const Edge& e) {
      ++succ_begin_[b.index + 1];
      ++pred_begin_[e.target.index + 1];
    });
  }
  for (size_t i = 0; i < blocks; ++i) {
    succ_begin_[i + 1] += succ_begin_[i];
    pred_begin_[i + 1] += pred_begin_[i];
  }
  succs_.resize(succ_begin_[blocks]);
  preds_.resize(pred_begin_[blocks]);
  Begins filled = pred_begin_;
  for (BlockId b : f.order) {
    uint32_t at = succ_begin_[b.index];
    for_each_edge(f, b, [&](const Edge& e) {
      succs_[at++] = e.target;
      preds_[filled[e.target.index]++] = b;
    });
  }
}

void Cfg::walk(BlockId entry) {
  constexpr uint32_t kSeen = kUnreachable - 1;
  std::vector<std::pair<BlockId, uint32_t>> stack;  // a block, and its next edge
  position_[entry.index] = kSeen;
  stack.push_back({entry, succ_begin_[entry.index]});
  while (!stack.empty()) {
    auto& [block, next] = stack.back();
    if (next == succ_begin_[block.index + 1]) {
      order_.push_back(block);
      stack.pop_back();
      continue;
    }
    BlockId target = succs_[next++];
    if (position_[target.index] != kUnreachable) continue;
    position_[target.index] = kSeen;
    stack.push_back({target, succ_begin_[target.index]});
  }
  std::reverse(order_.begin(), order_.end());
  for (size_t i = 0; i < order_.size(); ++i) position_[order_[i].index] = static_cast<uint32_t>(i);
}

}  // namespace lancehead
