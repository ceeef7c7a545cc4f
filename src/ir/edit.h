// Small changes to a function that passes share. Ids stay valid; what is removed leaves a hole that compact()
// closes. None of these keeps an analysis (Cfg, Uses, ...) up to date.
#pragma once

#include <vector>

#include "ir/function.h"

namespace lancehead {

// Every use of `from` in live blocks, nest bodies included, becomes one of `to`. Facts stay each value's own.
void replace_all_uses(Function& f, ValueId from, ValueId to);

// Takes the instruction out of its block. Its results must have no uses left.
void remove_inst(Function& f, InstId inst);

// Puts an instruction that stands nowhere yet before another one (`before`), or at the end of a block.
void insert_inst(Function& f, InstId inst, InstId before);
void append_inst(Function& f, InstId inst, BlockId block);

// `inst` and all that follow it move to a new block, which stands after the old one in `order`; the old block
// is left without a terminator. An unwinding instruction and its block's terminator move together: split
// before it, or there.
BlockId split_block(Function& f, InstId inst);

// A new empty block behind `after` in `order`.
BlockId add_block_after(Function& f, BlockId after);

// An edge whose source has several successors and whose target has several predecessors gets a block of its
// own, which passes the arguments on; the new block. The unwind edge has none: its target must begin with
// `catch`.
BlockId split_edge(Function& f, InstId from, uint32_t edge);

// The terminator is replaced by a branch.
void replace_terminator(Function& f, BlockId block, BlockId target, std::vector<ValueId> args);

}  // namespace lancehead
