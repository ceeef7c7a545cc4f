// Which values are live at the beginning and at the end of each block. A block's parameters are not live into
// it: they come into being there. What an edge passes is used at the end of the block that the edge leaves.
// Uses in a nest's body happen where the nest stands.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/cfg.h"

namespace lancehead {

// A set of values, as bits.
class ValueSet {
 public:
  explicit ValueSet(size_t values = 0) : words_((values + 63) / 64, 0) {}
  bool has(ValueId v) const { return words_[v.index / 64] >> (v.index % 64) & 1; }
  void add(ValueId v) { words_[v.index / 64] |= uint64_t{1} << (v.index % 64); }
  void remove(ValueId v) { words_[v.index / 64] &= ~(uint64_t{1} << (v.index % 64)); }
  // Adds all of `other` that are not in `but`; says whether that changed anything.
  bool add_all(const ValueSet& other, const ValueSet& but);
  template <class F>
  void for_each(F visit) const {
    for (size_t w = 0; w < words_.size(); ++w)
      for (uint64_t bits = words_[w]; bits; bits &= bits - 1)
        visit(ValueId(w * 64 + static_cast<size_t>(__builtin_ctzll(bits))));
  }

 private:
  std::vector<uint64_t> words_;
};

class Liveness {
 public:
  Liveness(const Function& function, const Cfg& cfg);

  // Of reachable blocks; empty sets for others.
  const ValueSet& live_in(BlockId block) const { return in_[block.index]; }
  const ValueSet& live_out(BlockId block) const { return out_[block.index]; }

 private:
  std::vector<ValueSet> in_, out_;
};

}  // namespace lancehead
