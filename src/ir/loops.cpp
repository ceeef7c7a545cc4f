// Finds loops by their headers in reverse postorder, so that an outer loop is found before those inside it.
#include "ir/loops.h"

#include <algorithm>

namespace lancehead {
namespace {

BlockId preheader_of(const Cfg& cfg, const Loop& loop) {
  BlockId found;
  for (BlockId pred : cfg.preds(loop.header)) {
    if (!cfg.reachable(pred) ||
        std::find(loop.latches.begin(), loop.latches.end(), pred) != loop.latches.end())
      continue;
    if (found.valid()) return {};
    found = pred;
  }
  return found.valid() && cfg.succs(found).size() == 1 ? found : BlockId();
}

}  // namespace

Loops::Loops(const Cfg& cfg, const Dominators& dominators) : of_block_(cfg.block_count(), Loop::kNone) {
  find(cfg, dominators);
  for (uint32_t i = 0; i < loops_.size(); ++i) {
    Loop& loop = loops_[i];
    loop.parent = of_block_[loop.header.index];  // so far the innermost of those before it
    if (loop.parent != Loop::kNone) {
      loop.depth = loops_[loop.parent].depth + 1;
      loops_[loop.parent].innermost = false;
    }
    fill(cfg, loop);
    for (BlockId b : loop.blocks) of_block_[b.index] = i;
    loop.preheader = preheader_of(cfg, loop);
  }
}

void Loops::find(const Cfg& cfg, const Dominators& dominators) {
  for (BlockId header : cfg.reverse_postorder()) {
    Loop loop;
    loop.header = header;
    for (BlockId pred : cfg.preds(header)) {
      if (!dominators.dominates(header, pred)) continue;
      if (std::find(loop.latches.begin(), loop.latches.end(), pred) == loop.latches.end())
        loop.latches.push_back(pred);
    }
    if (!loop.latches.empty()) loops_.push_back(std::move(loop));
  }
}

void Loops::fill(const Cfg& cfg, Loop& loop) {
  std::vector<bool> inside(cfg.block_count());
  inside[loop.header.index] = true;
  loop.blocks = {loop.header};
  std::vector<BlockId> work;
  auto add = [&](BlockId b) {
    if (inside[b.index] || !cfg.reachable(b)) return;
    inside[b.index] = true;
    loop.blocks.push_back(b);
    work.push_back(b);
  };
  for (BlockId latch : loop.latches) add(latch);
  while (!work.empty()) {
    BlockId b = work.back();
    work.pop_back();
    for (BlockId pred : cfg.preds(b)) add(pred);
  }
  std::sort(loop.blocks.begin(), loop.blocks.end(),
            [&](BlockId a, BlockId b) { return cfg.position(a) < cfg.position(b); });
}

bool Loops::contains(uint32_t loop, BlockId block) const {
  for (uint32_t i = innermost(block); i != Loop::kNone; i = loops_[i].parent)
    if (i == loop) return true;
  return false;
}

}  // namespace lancehead
