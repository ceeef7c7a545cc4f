// The edges into each block, and a map from values to what replaces them: the two side tables that passes
// over the control flow share.
#pragma once

#include <vector>

#include "ir/function.h"

namespace lancehead {

struct EdgeRef {
  InstId inst;
  uint32_t index = 0;
  friend bool operator==(const EdgeRef&, const EdgeRef&) = default;
};

inline Edge& edge_of(Function& f, EdgeRef e) {
  return f.inst(e.inst).edges[e.index];
}
inline const Edge& edge_of(const Function& f, EdgeRef e) {
  return f.inst(e.inst).edges[e.index];
}

// By BlockId; edges of live blocks only.
class Incoming {
 public:
  explicit Incoming(const Function& f);
  const std::vector<EdgeRef>& of(BlockId block) const { return edges_[block.index]; }
  std::vector<EdgeRef>& of(BlockId block) { return edges_[block.index]; }

 private:
  std::vector<std::vector<EdgeRef>> edges_;
};

// value -> the value that replaces it; chains are followed and shortened.
class Replacements {
 public:
  void replace(ValueId from, ValueId to);
  ValueId find(ValueId v);
  bool empty() const { return count_ == 0; }
  // Rewrites every use in live blocks and nest bodies.
  void apply(Function& f);

 private:
  std::vector<ValueId> to_;
  size_t count_ = 0;
};

// Removes from `order` the blocks that no path from the entry reaches.
bool remove_unreachable_blocks(Function& f);

// Puts a block into the middle of the edge: it passes the arguments on.
BlockId split_edge(Function& f, EdgeRef ref);

// Removes parameter `index` of the block and the argument on each edge to it.
void remove_param(Function& f, const Incoming& incoming, BlockId block, size_t index);

}  // namespace lancehead
