// Walks over a function: instructions, and the values that an instruction uses. The instructions of a nest's
// body follow the nest's own; what the body yields counts as used by the nest.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Calls visit(ValueId&) for each value that `inst` itself uses: operands, arguments of edges, a nest's
// yields.
template <class Fn, class I, class F>
void for_each_use(Fn& f, I& inst, F visit) {
  for (auto& v : inst.operands) visit(v);
  for (auto& e : inst.edges)
    for (auto& v : e.args) visit(v);
  if (inst.op == Op::Nest)
    for (auto& v : f.nests[inst.attr].yields) visit(v);
}

// Calls visit(InstId) for the instructions of a block in order, those of nest bodies included.
template <class F>
void for_each_inst(const Function& f, BlockId block, F visit) {
  for (InstId id : f.block(block).insts) {
    visit(id);
    const Inst& inst = f.inst(id);
    if (inst.op == Op::Nest)
      for (InstId inner : f.block(f.nests[inst.attr].body).insts) visit(inner);
  }
}

// ... and for those of all live blocks.
template <class F>
void for_each_inst(const Function& f, F visit) {
  for (BlockId block : f.order) for_each_inst(f, block, visit);
}

}  // namespace lancehead
