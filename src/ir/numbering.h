// Dense numbers of a function's values and blocks in the order in which the text and byte forms write them:
// the live blocks in order, each with its parameters, then its instructions' results, a nest's body right
// after the nest's results.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/function.h"

namespace lancehead {

struct Numbering {
  static constexpr uint32_t kNone = 0xffffffffu;

  explicit Numbering(const Function& function);

  // kNone for what is out of range or not live.
  uint32_t of(ValueId id) const { return id.index < value.size() ? value[id.index] : kNone; }
  uint32_t of(BlockId id) const { return id.index < block.size() ? block[id.index] : kNone; }

  std::vector<uint32_t> value;  // by ValueId
  std::vector<uint32_t> block;  // by BlockId; bodies of nests have none
  uint32_t values = 0;          // how many are live
};

}  // namespace lancehead
