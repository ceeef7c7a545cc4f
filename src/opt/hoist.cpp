// Moves what a loop computes anew in each iteration in front of it: pure instructions whose operands are from
// outside the loop. The loop may then not run at all, so only what is harmless wherever it is computed moves:
// no integer division that may be by zero, nothing that owns a reference. Inner loops first, so that a value
// moves out as far as it can; each move takes an instruction out of a loop, so it ends.
#include <algorithm>

#include "ir/builder.h"
#include "ir/loops.h"
#include "opt/effects.h"
#include "opt/facts.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

class Hoist {
 public:
  explicit Hoist(Function& f) : f_(f), cfg_(f), dominators_(cfg_), loops_(cfg_, dominators_) {}

  bool run() {
    bool changed = false;
    for (uint32_t i = static_cast<uint32_t>(loops_.all().size()); i-- > 0;) changed |= run(i);
    return changed;
  }

 private:
  bool is_outside(uint32_t loop, ValueId v) const { return !loops_.contains(loop, f_.block_of(v)); }

  bool is_movable(uint32_t loop, const Inst& inst) const {
    if (inst.results.size() != 1 || !inst.edges.empty() || inst.op == Op::RtCall || !is_pure(f_, inst))
      return false;
    if (inst.op == Op::TupleAt || result_owns(inst, 0) == Owns::Owned) return false;
    if (inst.op == Op::FloorDiv || inst.op == Op::Mod || inst.op == Op::Rem) {
      auto divisor = int_value(f_, inst.operands[1]);
      if (is_integer(f_.type(inst.results[0])) && (!divisor || *divisor == 0)) return false;
    }
    for (ValueId v : inst.operands)
      if (!is_outside(loop, v)) return false;
    return true;
  }

  bool run(uint32_t index) {
    const Loop& loop = loops_.all()[index];
    std::vector<InstId>& before = f_.block(loop.preheader).insts;
    bool changed = false;
    for (BlockId block : loop.blocks)
      changed |= std::erase_if(f_.block(block).insts, [&](InstId id) {
                   if (!is_movable(index, f_.inst(id))) return false;
                   before.insert(before.end() - 1, id);
                   f_.inst(id).block = loop.preheader;
                   return true;
                 }) > 0;
    return changed;
  }

  Function& f_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
};

// A block that all edges into the loop pass, with nothing in it.
void add_preheader(Function& f, const Cfg& cfg, const Loops& loops, uint32_t index) {
  BlockId header = loops.all()[index].header, before = f.add_block();
  std::vector<ValueId> args;
  for (ValueId v : f.block(header).params) args.push_back(f.add_param(before, f.type(v)));
  for (BlockId block : cfg.reverse_postorder())
    if (!loops.contains(index, block))
      for_each_edge(f, block, [&](Edge& e) {
        if (e.target == header) e.target = before;
      });
  Builder b(f);
  b.set_block(before);
  b.br(header, std::move(args));
}

}  // namespace

bool add_preheaders(Function& f) {
  Cfg cfg(f);
  Dominators dominators(cfg);
  Loops loops(cfg, dominators);
  bool changed = false;
  for (uint32_t i = 0; i < loops.all().size(); ++i) {
    BlockId before = loops.all()[i].preheader;
    const std::vector<InstId>* insts = before.valid() ? &f.block(before).insts : nullptr;
    bool fits = insts && !(insts->size() >= 2 && f.inst((*insts)[insts->size() - 2]).unwinds);
    if (fits) continue;
    add_preheader(f, cfg, loops, i);
    changed = true;
  }
  return changed;
}

bool hoist_invariants(Function& f) {
  bool changed = add_preheaders(f);
  return Hoist(f).run() || changed;
}

}  // namespace lancehead
