// simplify_values: every pure instruction is folded (fold.h), rewritten (rewrite.h) or numbered, so that
// equal expressions are one value (common subexpressions, scoped by dominance). The blocks are visited in
// preorder of the dominator tree: an expression is looked for in the scopes of the blocks that dominate it,
// and the operands of an instruction are simplified before it is. What a nest's body computes is simplified
// within it.
//
// A condition that a dominating branch or check has decided is a constant below it, and a check that a
// dominating equal one has made goes. After a check that unwinds, that holds in the block that follows, not
// in the handler.
#include <unordered_map>

#include "ir/dominators.h"
#include "opt/effects.h"
#include "opt/facts.h"
#include "opt/fold.h"
#include "opt/incoming.h"
#include "opt/passes.h"
#include "opt/rewrite.h"

namespace lancehead {
namespace {

struct ExprHash {
  size_t operator()(const Expr& e) const {
    uint64_t h = static_cast<uint64_t>(e.op) << 40 ^ static_cast<uint64_t>(e.type.index) << 20 ^ e.attr;
    for (ValueId v : e.operands) h = (h ^ v.index) * 0x9e3779b97f4a7c15ull;
    return h ^ h >> 29;
  }
};
struct ExprEqual {
  bool operator()(const Expr& x, const Expr& y) const {
    return x.op == y.op && x.attr == y.attr && x.type == y.type && x.operands == y.operands;
  }
};

class ValueSimplifier final : public Rewriter {
 public:
  using Rewriter::emit;
  explicit ValueSimplifier(Function& function)
      : Rewriter(function), incoming_(function), decided_(function.values.size(), Decided::No) {}

  bool run() {
    Cfg cfg(f);
    Dominators dominators(cfg);
    std::vector<std::vector<BlockId>> below(f.blocks.size());
    for (BlockId block : cfg.reverse_postorder())
      if (BlockId parent = dominators.parent(block); parent.valid()) below[parent.index].push_back(block);
    struct Step {
      BlockId block;
      Scope scope;  // what was known before the block
      bool leave;
    };
    std::vector<Step> stack = {{f.entry(), {}, false}};
    while (!stack.empty()) {
      Step step = stack.back();
      stack.pop_back();
      if (step.leave) {
        leave_scope(step.scope);
        continue;
      }
      stack.push_back({step.block, scope(), true});
      learn_on_entry(step.block);
      simplify_block(step.block);
      for (BlockId child : below[step.block.index]) stack.push_back({child, {}, false});
    }
    if (!replaced_.empty()) changed_ = true;
    replaced_.apply(f);
    return changed_;
  }

  ValueId emit(Expr e) override {
    if (auto folded = fold_constant(f, e.op, e.attr, e.type, e.operands)) return constant(*folded);
    Op op = e.op;
    if (ValueId v = rewrite(*this, e); v.valid()) return v;
    if (e.op != op)  // turned round: a < b is b > a
      if (auto folded = fold_constant(f, e.op, e.attr, e.type, e.operands)) return constant(*folded);
    return number(std::move(e), InstId());
  }

  ValueId constant(const Constant& c) override {
    uint32_t index = f.add_constant(c);
    ValueId v = number(Expr{Op::Const, index, c.type, {}}, InstId());
    Facts& facts = f.value(v).facts;
    facts.constant = index;
    if (is_signed(c.type)) facts.nonneg = constant_as_int(c) >= 0;
    return v;
  }

 private:
  enum class Decided : uint8_t { No, True, False };
  struct Scope {
    size_t numbers = 0, decisions = 0;
  };

  Scope scope() const { return {log_.size(), decisions_.size()}; }

  void leave_scope(Scope mark) {
    for (; log_.size() > mark.numbers; log_.pop_back()) numbers_.erase(log_.back());
    for (; decisions_.size() > mark.decisions; decisions_.pop_back())
      decided_[decisions_.back().index] = Decided::No;
  }

  // ---- conditions

  void learn(ValueId condition, bool holds) {
    if (decided_.size() < f.values.size()) decided_.resize(f.values.size(), Decided::No);
    if (decided_[condition.index] != Decided::No || f.constant_of(condition)) return;
    decided_[condition.index] = holds ? Decided::True : Decided::False;
    decisions_.push_back(condition);
    const Inst* inst = f.def(condition);
    if (!inst) return;
    if (inst->op == Op::Invert) learn(inst->operands[0], !holds);
    if ((inst->op == Op::And && holds) || (inst->op == Op::Or && !holds)) {
      ValueId x = inst->operands[0], y = inst->operands[1];
      learn(x, holds);
      learn(y, holds);
    }
  }

  // The expression under which a check that was made is remembered.
  static Expr check_key(const Inst& inst) { return {inst.op, inst.attr, ty::None, inst.operands}; }

  void learn_check(const Inst& inst) {
    if (inst.op == Op::Check || inst.op == Op::CheckAssigned) return learn(inst.operands[0], true);
    if (inst.op != Op::CheckIndex) return;
    Expr key = check_key(inst);
    if (numbers_.emplace(key, ValueId()).second) log_.push_back(std::move(key));
  }

  // What the only edge into the block says.
  void learn_on_entry(BlockId block) {
    if (incoming_.of(block).size() != 1) return;
    EdgeRef ref = incoming_.of(block)[0];
    const Inst& inst = f.inst(ref.inst);
    if (inst.op == Op::CondBr) return learn(inst.operands[0], ref.index == 0);
    const std::vector<InstId>& insts = f.block(inst.block).insts;
    if (inst.op == Op::Br && insts.size() >= 2 && f.inst(insts[insts.size() - 2]).unwinds)
      learn_check(f.inst(insts[insts.size() - 2]));
  }

  ValueId simplified_operand(ValueId v) {
    v = replaced_.find(v);
    if (f.type(v) != ty::Bool || v.index >= decided_.size() || decided_[v.index] == Decided::No) return v;
    return constant(bool_constant(decided_[v.index] == Decided::True));
  }

  // ---- instructions

  // The value of the expression if a dominating one is equal, else that of a new instruction, `reuse` if it
  // is valid.
  ValueId number(Expr e, InstId reuse) {
    if (auto it = numbers_.find(e); it != numbers_.end()) return it->second;
    InstId id = reuse;
    if (!id.valid()) {
      id = InstId(f.insts.size());
      f.insts.emplace_back();
      Inst& inst = f.insts.back();
      inst.loc = loc_;
      inst.block = block_;
      ValueId v = f.new_value(e.type, id);
      f.inst(id).results = {v};
      changed_ = true;
    }
    Inst& inst = f.inst(id);
    inst.op = e.op;
    inst.attr = e.attr;
    inst.operands = e.operands;
    ValueId v = inst.results[0];
    // Nothing may stand between an instruction that unwinds and the terminator.
    bool before_last = !out_.empty() && f.inst(out_.back()).unwinds;
    out_.insert(out_.end() - (before_last ? 1 : 0), id);
    log_.push_back(e);
    numbers_.emplace(std::move(e), v);
    return v;
  }

  void simplify_block(BlockId block) {
    std::vector<InstId> outer = std::move(out_), in = std::move(f.block(block).insts);
    out_.clear();
    BlockId outer_block = block_;
    block_ = block;
    for (InstId id : in) simplify_inst(id);
    block_ = outer_block;
    f.block(block).insts = std::move(out_);
    out_ = std::move(outer);
  }

  void simplify_inst(InstId id) {
    loc_ = f.inst(id).loc;
    for (size_t i = 0; i < f.inst(id).operands.size(); ++i) {
      ValueId v = simplified_operand(f.inst(id).operands[i]);  // may add an instruction
      f.inst(id).operands[i] = v;
    }
    const Inst& inst = f.inst(id);
    if (inst.op == Op::Nest) return simplify_nest(id);
    if (is_needless_check(inst)) {
      changed_ = true;
      return;
    }
    bool numbered = inst.results.size() == 1 && inst.edges.empty() && inst.op != Op::Undef &&
                    is_pure(f, inst) && !(inst.op == Op::RtCall && result_owns(inst, 0) == Owns::Owned);
    if (!numbered) {
      drop_unwind(id);
      out_.push_back(id);
      if (!f.inst(id).unwinds) learn_check(f.inst(id));
      return;
    }
    simplify_pure(id);
  }

  void simplify_pure(InstId id) {
    const Inst& inst = f.inst(id);
    ValueId result = inst.results[0];
    Expr e{inst.op, inst.attr, f.type(result), inst.operands};
    const Constant* known = e.op == Op::Const ? nullptr : f.constant_of(result);
    ValueId v;
    if (known && known->type == e.type)
      v = constant(Constant(*known));
    else if (auto folded = fold_constant(f, e.op, e.attr, e.type, e.operands))
      v = constant(*folded);
    else
      v = rewrite(*this, e);
    if (!v.valid()) v = number(std::move(e), id);
    if (v != result) replaced_.replace(result, v);
  }

  // check true; check_index of constants in range; a check that was made before
  bool is_needless_check(const Inst& inst) const {
    if (inst.op == Op::Check || inst.op == Op::CheckAssigned) return is_int(f, inst.operands[0], 1);
    if (inst.op != Op::CheckIndex) return false;
    if (numbers_.count(check_key(inst))) return true;
    auto i = int_value(f, inst.operands[0]), n = int_value(f, inst.operands[1]);
    return i && n && 0 <= *i && *i < *n;
  }

  // A call that turns out not to raise needs no handler.
  void drop_unwind(InstId id) {
    Inst& inst = f.inst(id);
    if (!inst.unwinds || can_raise(f, inst)) return;
    inst.unwinds = false;
    inst.edges.pop_back();
    changed_ = true;
  }

  // The body is a scope of its own: its values mean one element each. What it needs from outside stays
  // outside.
  void simplify_nest(InstId id) {
    out_.push_back(id);
    Scope outside = scope();
    simplify_block(f.nests[f.inst(id).attr].body);
    leave_scope(outside);
    for (ValueId& v : f.nests[f.inst(id).attr].yields) v = replaced_.find(v);
  }

  std::unordered_map<Expr, ValueId, ExprHash, ExprEqual> numbers_;
  std::vector<Expr> log_;
  Incoming incoming_;
  std::vector<Decided> decided_;
  std::vector<ValueId> decisions_;
  Replacements replaced_;
  std::vector<InstId> out_;
  BlockId block_;
  LocId loc_;
  bool changed_ = false;
};

}  // namespace

bool simplify_values(Function& f) {
  return ValueSimplifier(f).run();
}

}  // namespace lancehead
