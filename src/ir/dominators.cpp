// The iteration over reverse postorder, then the tree's preorder numbers.
#include "ir/dominators.h"

namespace lancehead {
namespace {

constexpr uint32_t kNone = 0xffffffffu;

// Immediate dominators by position in reverse postorder; the entry is its own.
std::vector<uint32_t> immediate(const Cfg& cfg) {
  const std::vector<BlockId>& order = cfg.reverse_postorder();
  std::vector<uint32_t> idom(order.size(), kNone);
  if (order.empty()) return idom;
  idom[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 1; i < order.size(); ++i) {
      uint32_t best = kNone;
      for (BlockId pred : cfg.preds(order[i])) {
        uint32_t p = cfg.position(pred);
        if (p == Cfg::kUnreachable || idom[p] == kNone) continue;
        if (best == kNone) best = p;
        while (p != best) (p > best ? p : best) = idom[p > best ? p : best];
      }
      changed |= idom[i] != best;
      idom[i] = best;
    }
  }
  return idom;
}

}  // namespace

Dominators::Dominators(const Cfg& cfg) {
  const std::vector<BlockId>& order = cfg.reverse_postorder();
  std::vector<uint32_t> idom = immediate(cfg);
  size_t n = order.size();
  std::vector<uint32_t> size(n, 1), first(n, 0), next(n, 1);
  for (size_t i = n; i-- > 1;) size[idom[i]] += size[i];
  for (size_t i = 1; i < n; ++i) {  // parents come before their children
    first[i] = next[idom[i]];
    next[idom[i]] += size[i];
    next[i] = first[i] + 1;
  }
  size_t blocks = cfg.block_count();
  parent_.resize(blocks);
  first_.assign(blocks, 0);
  size_.assign(blocks, 0);
  for (size_t i = 0; i < n; ++i) {
    first_[order[i].index] = first[i];
    size_[order[i].index] = size[i];
    if (i) parent_[order[i].index] = order[idom[i]];
  }
}

}  // namespace lancehead
