// Dead code elimination, optimistic: an instruction lives if it has an effect (effects.h: is_removable) or a
// living one uses it; a block parameter lives if it is used, and keeps the arguments passed for it alive. So
// parameters that only feed each other around a loop go too. Writes into an array made here that nobody reads
// are no effect: such arrays go with their writes. One pass over the uses; it ends because every value is
// marked once.
#include <algorithm>

#include "ir/walk.h"
#include "opt/effects.h"
#include "opt/incoming.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

class DeadCode {
 public:
  explicit DeadCode(Function& f)
      : f_(f), incoming_(f), live_value_(f.values.size()), live_inst_(f.insts.size()) {}

  bool run() {
    find_write_only_arrays();
    for (BlockId block : f_.order)
      for (InstId id : f_.block(block).insts)
        if (is_root(f_.inst(id))) mark(id);
    while (!work_.empty()) {
      ValueId v = work_.back();
      work_.pop_back();
      visit(v);
    }
    return sweep();
  }

 private:
  // Does this instruction only write into the array `operand` of it?
  bool only_writes(const Inst& inst, size_t operand) const {
    if (inst.op == Op::ArrayStore) return operand == 0;
    if (inst.op != Op::Nest) return false;
    bool writes = false;
    for (const NestAccess& access : f_.nests[inst.attr].accesses)
      if (access.operand == operand) {
        if (!access.write) return false;
        writes = true;
      }
    return writes;
  }

  void find_write_only_arrays() {
    write_only_.assign(f_.values.size(), false);
    for_each_inst(f_, [&](InstId id) {
      const Inst& inst = f_.inst(id);
      if (inst.op == Op::ArrayAlloc && is_removable(f_, inst)) write_only_[inst.results[0].index] = true;
    });
    for_each_inst(f_, [&](InstId id) {
      const Inst& inst = f_.inst(id);
      for (size_t i = 0; i < inst.operands.size(); ++i)
        if (!only_writes(inst, i)) write_only_[inst.operands[i].index] = false;
      for (const Edge& e : inst.edges)
        for (ValueId v : e.args) write_only_[v.index] = false;
    });
  }

  bool is_root(const Inst& inst) const {
    if (inst.op == Op::ArrayStore) return !write_only_[inst.operands[0].index];
    if (inst.op != Op::Nest) return !is_removable(f_, inst);
    for (const NestAccess& access : f_.nests[inst.attr].accesses)
      if (access.write && !write_only_[inst.operands[access.operand].index]) return true;
    return false;
  }

  void mark(ValueId v) {
    if (live_value_[v.index]) return;
    live_value_[v.index] = true;
    work_.push_back(v);
  }

  // The instruction stays: so do its operands; arguments of edges wait for the parameters.
  void mark(InstId id) {
    if (live_inst_[id.index]) return;
    live_inst_[id.index] = true;
    const Inst& inst = f_.inst(id);
    for (ValueId v : inst.operands) mark(v);
    if (inst.op == Op::Nest)
      for (ValueId v : f_.nests[inst.attr].yields) mark(v);
  }

  void visit(ValueId v) {
    const Value& value = f_.value(v);
    if (value.def.valid()) return mark(value.def);
    const std::vector<ValueId>& params = f_.block(value.block).params;
    size_t index = static_cast<size_t>(std::find(params.begin(), params.end(), v) - params.begin());
    for (EdgeRef ref : incoming_.of(value.block)) mark(edge_of(f_, ref).args[index]);
  }

  bool sweep_insts(std::vector<InstId>& insts) {
    size_t before = insts.size();
    std::erase_if(insts, [&](InstId id) { return !live_inst_[id.index]; });
    return insts.size() != before;
  }

  bool sweep() {
    bool changed = false;
    for (BlockId block : f_.order) {
      changed |= sweep_insts(f_.block(block).insts);
      for (InstId id : f_.block(block).insts)
        if (f_.inst(id).op == Op::Nest)
          changed |= sweep_insts(f_.block(f_.nests[f_.inst(id).attr].body).insts);
    }
    Incoming left(f_);
    for (BlockId block : f_.order) {
      if (block == f_.entry()) continue;
      for (size_t i = f_.block(block).params.size(); i-- > 0;)
        if (!live_value_[f_.block(block).params[i].index]) {
          remove_param(f_, left, block, i);
          changed = true;
        }
    }
    return changed;
  }

  Function& f_;
  Incoming incoming_;
  std::vector<bool> live_value_, live_inst_, write_only_;
  std::vector<ValueId> work_;
};

}  // namespace

bool remove_dead_code(Function& f) {
  return DeadCode(f).run();
}

}  // namespace lancehead
