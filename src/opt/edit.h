// Small surgery on blocks.
#pragma once

#include <vector>

#include "ir/function.h"

namespace lancehead {

// Moves the instructions of `block` from `index` on, its terminator with them, into a new block and returns
// that. `block` is left without a terminator.
BlockId split_block(Function& f, BlockId block, size_t index);

// The index of an instruction in its block.
size_t index_in_block(const Function& f, InstId id);

// A new instruction without results before position `index` of the block.
InstId insert_inst(Function& f, BlockId block, size_t index, Op op, std::vector<ValueId> operands,
                   uint32_t attr = 0);
// ... with one result, which is returned.
ValueId insert_value(Function& f, BlockId block, size_t index, Op op, std::vector<ValueId> operands,
                     TypeId type, uint32_t attr = 0);

// ... a constant.
ValueId insert_constant(Function& f, BlockId block, size_t index, const Constant& constant);

}  // namespace lancehead
