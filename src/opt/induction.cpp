// Canonical induction variables. A loop that counts down, as loops over a range do,
//
//   head(next, left):  has = left > 0; condbr has, body, exit       body: ... br head(next + step, left - 1)
//
// gets one variable k that counts its iterations, from 0 by 1 to the count, and every int64 that a constant
// number or a loop invariant is added to in each iteration becomes a function of k:
//
//   head(k):  condbr k < count, body, exit;   next = start + k * step;   left = count - k
//
// (integers wrap, so both forms give the same numbers). The analyses of bounds and the back end's vectoriser
// see one shape. Loops that test anything else keep their form, but the rest of their linear variables is not
// touched either. A loop is rewritten once: afterwards its test is k < count.
#include <algorithm>

#include "ir/builder.h"
#include "ir/loops.h"
#include "opt/edit.h"
#include "opt/facts.h"
#include "opt/incoming.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

class LoopCounter {
 public:
  LoopCounter(Function& f, const Loops& loops, Incoming& incoming, uint32_t loop)
      : f_(f), loops_(loops), incoming_(incoming), index_(loop), loop_(loops.all()[loop]) {}

  // Fills `replaced` with the old variables; true if the loop was rewritten.
  bool run(Replacements& replaced) {
    find_edges();
    std::optional<size_t> left = find_countdown();
    if (!left) return false;
    unify_entry();
    const std::vector<ValueId> params = f_.block(loop_.header).params;
    ValueId count = edge_of(f_, entry_).args[*left];
    ValueId k = add_counter();
    for (size_t i = 0; i < params.size(); ++i) {
      ValueId step = i == *left ? ValueId() : step_of(i);
      if (i == *left) replaced.replace(params[i], emit(Op::Sub, {count, k}));
      if (!step.valid()) continue;
      ValueId start = edge_of(f_, entry_).args[i];
      auto n = int_value(f_, step);  // a constant of the loop's inside is made again
      ValueId moved = n == 1 ? k : emit(Op::Mul, {k, n ? constant(*n) : step});
      replaced.replace(params[i], is_int(f_, start, 0) ? moved : emit(Op::Add, {moved, start}));
    }
    f_.terminator(loop_.header).operands[0] = emit(Op::Lt, {k, count});
    return true;
  }

 private:
  void find_edges() {
    for (EdgeRef ref : incoming_.of(loop_.header))
      (loops_.contains(index_, f_.inst(ref.inst).block) ? back_ : entries_).push_back(ref);
  }

  // One edge into the loop: where there are several, they meet in a block before it.
  void unify_entry() {
    if (entries_.size() == 1) {
      entry_ = entries_[0];
      return;
    }
    BlockId before = f_.add_block();
    std::vector<ValueId> args;
    for (ValueId v : f_.block(loop_.header).params) args.push_back(f_.add_param(before, f_.type(v)));
    for (EdgeRef ref : entries_) edge_of(f_, ref).target = before;
    Builder b(f_);
    b.set_block(before);
    b.br(loop_.header, std::move(args));
    entry_ = {f_.block(before).insts[0], 0};
    std::erase_if(incoming_.of(loop_.header),
                  [&](EdgeRef ref) { return std::find(back_.begin(), back_.end(), ref) == back_.end(); });
    incoming_.of(loop_.header).push_back(entry_);
  }

  bool is_invariant(ValueId v) const { return !loops_.contains(index_, f_.block_of(v)) || f_.constant_of(v); }

  // What is added to parameter i on every way around the loop; invalid if that is not one invariant value.
  ValueId step_of(size_t i) const {
    ValueId param = f_.block(loop_.header).params[i];
    if (f_.type(param) != ty::Int64) return {};
    ValueId step;
    for (EdgeRef ref : back_) {
      const Inst* in = f_.def(edge_of(f_, ref).args[i]);
      if (!in || in->op != Op::Add) return {};
      ValueId other = in->operands[0] == param   ? in->operands[1]
                      : in->operands[1] == param ? in->operands[0]
                                                 : ValueId();
      if (!other.valid() || !is_invariant(other)) return {};
      if (step.valid() && step != other &&
          (!int_value(f_, step) || int_value(f_, step) != int_value(f_, other)))
        return {};
      step = other;
    }
    return step;
  }

  // The parameter that the header's test compares with 0: left > 0 goes on.
  std::optional<size_t> find_countdown() const {
    const Inst& test = f_.terminator(loop_.header);
    if (test.op != Op::CondBr) return {};
    if (!loops_.contains(index_, test.edges[0].target) || loops_.contains(index_, test.edges[1].target))
      return {};
    const Inst* compare = f_.def(test.operands[0]);
    if (!compare || compare->op != Op::Gt || !is_int(f_, compare->operands[1], 0)) return {};
    const std::vector<ValueId>& params = f_.block(loop_.header).params;
    for (size_t i = 0; i < params.size(); ++i)
      if (params[i] == compare->operands[0]) {
        ValueId step = step_of(i);
        if (step.valid() && is_int(f_, step, -1)) return i;
      }
    return {};
  }

  // In the header, one after the other from its start.
  ValueId emit(Op op, std::vector<ValueId> operands) {
    return insert_value(f_, loop_.header, at_++, op, std::move(operands),
                        op == Op::Lt ? ty::Bool : ty::Int64);
  }

  ValueId constant(int64_t n) { return insert_constant(f_, loop_.header, at_++, int_constant(ty::Int64, n)); }

  ValueId add_counter() {
    ValueId k = f_.add_param(loop_.header, ty::Int64);
    f_.value(k).facts.nonneg = true;
    BlockId before = f_.inst(entry_.inst).block;
    size_t at = index_in_block(f_, entry_.inst);
    if (at > 0 && f_.inst(f_.block(before).insts[at - 1]).unwinds) --at;
    edge_of(f_, entry_).args.push_back(insert_constant(f_, before, at, int_constant(ty::Int64, 0)));
    ValueId one = constant(1);
    ValueId next = emit(Op::Add, {k, one});
    for (EdgeRef ref : back_) edge_of(f_, ref).args.push_back(next);
    return k;
  }

  Function& f_;
  const Loops& loops_;
  Incoming& incoming_;
  uint32_t index_;
  const Loop& loop_;
  EdgeRef entry_;
  std::vector<EdgeRef> entries_, back_;
  size_t at_ = 0;
};

}  // namespace

bool canonical_induction(Function& f) {
  Cfg cfg(f);
  Dominators dominators(cfg);
  Loops loops(cfg, dominators);
  if (loops.all().empty()) return false;
  Incoming incoming(f);
  Replacements replaced;
  bool changed = false;
  for (uint32_t i = 0; i < loops.all().size(); ++i)
    changed |= LoopCounter(f, loops, incoming, i).run(replaced);
  replaced.apply(f);
  return changed;
}

}  // namespace lancehead
