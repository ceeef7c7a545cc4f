// Versions loops (contract C7): in front of a loop whose checked indices have bounds that can be computed
// there, one test chooses between the loop without those checks and the original, which is kept as it was:
//
//   for i..: for j..: check a[i + u, j + v]         =>   if (0 <= smallest indices and largest indices <
//   extents)
//                                                          for i..: for j..: a[i + u, j + v]
//                                                        else
//                                                          the original loops
//
// A check of index i against n needs i >= 0 and n - 1 - i >= 0. Each is bounded from below by a linear form R
// of values that the loop does not change, with the facts that hold at the check (ranges.h); the test is R >=
// 0 for each. A test may be false where no check would have failed: then the original runs, and nothing but
// time is lost. The terms of a test cannot overflow: it is one comparison of lengths, or it also asks that
// every value in it is below 2**47 in magnitude, and coefficients are small.
//
// The outermost loop in which every check can be bounded is taken; else an innermost one in which some can.
// Both copies are left alone from then on, and the number of versions is limited, so it ends.
#include <algorithm>
#include <map>

#include "ir/builder.h"
#include "opt/clone_loop.h"
#include "opt/facts.h"
#include "opt/passes.h"
#include "opt/ranges.h"

namespace lancehead {
namespace {

constexpr int kMostVersions = 6;
constexpr size_t kMostInsts = 600;  // of a loop that is copied
constexpr size_t kMostTests = 24;
constexpr int64_t kMostValue = int64_t{1} << 47, kMostCoefficient = 1 << 10;

// A check and what makes it needless.
struct Guarded {
  InstId check;
  Linear low, high;  // both >= 0: the check holds
};

struct Plan {
  uint32_t loop = Loop::kNone;
  std::vector<Guarded> checks;
};

class GuardPlanner {
 public:
  GuardPlanner(Function& f, const std::vector<bool>& done)
      : f_(f),
        done_(done),
        cfg_(f),
        dominators_(cfg_),
        loops_(cfg_, dominators_),
        incoming_(f),
        ranges_(f, cfg_, dominators_, loops_, incoming_) {}

  const Loop& loop(uint32_t i) const { return loops_.all()[i]; }

  // The next loop to version; loop kNone if there is none.
  Plan next() {
    for (uint32_t i = 0; i < loops_.all().size(); ++i) {  // outer loops first
      const Loop& l = loops_.all()[i];
      if (is_done(l) || !l.preheader.valid() || size_of(l) > kMostInsts) continue;
      Plan plan{i, {}};
      bool all = collect(plan);
      if (!plan.checks.empty() && (all || l.innermost)) return plan;
    }
    return {};
  }

 private:
  bool is_done(const Loop& l) const { return l.header.index < done_.size() && done_[l.header.index]; }

  size_t size_of(const Loop& l) const {
    size_t n = 0;
    for (BlockId block : l.blocks) n += f_.block(block).insts.size();
    return n;
  }

  // False if some check cannot be bounded.
  bool collect(Plan& plan) {
    bool all = true;
    auto is_fixed = [&](ValueId v) { return !loops_.contains(plan.loop, f_.block_of(v)); };
    for (BlockId block : loops_.all()[plan.loop].blocks)
      for (InstId id : f_.block(block).insts) {
        if (f_.inst(id).op != Op::CheckIndex) continue;
        if (plan.checks.size() >= kMostTests || !bound(plan, id, is_fixed)) all = false;
      }
    return all;
  }

  bool bound(Plan& plan, InstId id, const std::function<bool(ValueId)>& is_fixed) {
    const Inst& check = f_.inst(id);
    BlockId at = check.block;
    ValueId index = check.operands[0];
    if (const Inst* wrap = f_.def(index); wrap && wrap->op == Op::WrapIndex) index = wrap->operands[0];
    Linear i = linear_form(f_, index), room = ranges_.exact(at, check.operands[1]).minus(i);
    room.add(Linear::Wide{-1});
    Guarded guarded{id, ranges_.lower_bound(at, i, is_fixed), ranges_.lower_bound(at, room, is_fixed)};
    if (!is_usable(guarded.low) || !is_usable(guarded.high)) return false;
    plan.checks.push_back(std::move(guarded));
    return true;
  }

  // A test that is known to fail is none.
  static bool is_usable(const Linear& form) {
    if (!form.valid() || form.terms().size() > 6) return false;
    if (form.is_constant() && form.constant() < 0) return false;
    for (const Linear::Term& t : form.terms())
      if (t.second > kMostCoefficient || t.second < -kMostCoefficient) return false;
    return form.constant() > -kMostValue && form.constant() < kMostValue;
  }

  Function& f_;
  const std::vector<bool>& done_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
  Incoming incoming_;
  Ranges ranges_;
};

// Writes the test at the end of the loop's preheader and puts it in charge.
class GuardWriter {
 public:
  explicit GuardWriter(Function& f) : f_(f), b_(f) {}

  void apply(const Loop& loop, const Plan& plan, std::vector<bool>& done) {
    LoopClone original = clone_loop(f_, loop);  // the copy keeps the checks
    InstId branch = f_.block(loop.preheader).insts.back();
    Edge entry = f_.inst(branch).edges[0];
    f_.block(loop.preheader).insts.pop_back();
    b_.set_block(loop.preheader);
    b_.set_loc(f_.inst(branch).loc);
    for (const Guarded& g : plan.checks) {
      require(g.low);
      require(g.high);
    }
    b_.condbr(all_.valid() ? all_ : b_.boolean(true), entry.target, entry.args, original.header, entry.args,
              Likelihood::Likely);
    for (const Guarded& g : plan.checks) remove(g.check);

    done.resize(f_.blocks.size());
    for (BlockId block : loop.blocks) done[block.index] = true;
    for (BlockId block : original.blocks) done[block.index] = true;
  }

 private:
  void require(const Linear& form) {
    if (form.is_constant() || std::find(required_.begin(), required_.end(), form) != required_.end()) return;
    required_.push_back(form);
    if (ValueId test = comparison(form); test.valid()) return both(test);
    ValueId sum = b_.int64(static_cast<int64_t>(form.constant()));
    for (const Linear::Term& t : form.terms()) {
      require_small(t.first);
      ValueId term = t.second == 1 ? t.first : b_.value(Op::Mul, {t.first, b_.int64(t.second)}, ty::Int64);
      sum = b_.value(Op::Add, {sum, term}, ty::Int64);
    }
    both(b_.value(Op::Ge, {sum, b_.int64(0)}, ty::Bool));
  }

  // The test as one comparison whose sides cannot overflow: of a value with a constant, or of two values that
  // are not negative, from one of which a constant is taken. Invalid if the form is not so simple.
  ValueId comparison(const Linear& form) {
    ValueId plus, minus;
    for (const Linear::Term& t : form.terms()) {
      ValueId& side = t.second > 0 ? plus : minus;
      if (side.valid() || (t.second != 1 && t.second != -1)) return {};
      side = t.first;
    }
    auto c = static_cast<int64_t>(form.constant());
    if (!minus.valid()) return b_.value(Op::Ge, {plus, b_.int64(-c)}, ty::Bool);
    if (!plus.valid()) return b_.value(Op::Le, {minus, b_.int64(c)}, ty::Bool);
    if (!is_nonneg(f_, plus) || !is_nonneg(f_, minus)) return {};
    if (c < 0) plus = b_.value(Op::Sub, {plus, b_.int64(-c)}, ty::Int64);
    if (c > 0) minus = b_.value(Op::Sub, {minus, b_.int64(c)}, ty::Int64);
    return b_.value(Op::Ge, {plus, minus}, ty::Bool);
  }

  void require_small(ValueId v) {
    if (std::find(small_.begin(), small_.end(), v) != small_.end()) return;
    small_.push_back(v);
    both(b_.value(Op::Lt, {v, b_.int64(kMostValue)}, ty::Bool));
    if (!is_nonneg(f_, v)) both(b_.value(Op::Gt, {v, b_.int64(-kMostValue)}, ty::Bool));
  }

  void both(ValueId condition) {
    all_ = all_.valid() ? b_.value(Op::And, {all_, condition}, ty::Bool) : condition;
  }

  // The index of a guarded check is what it was before it was wrapped.
  void remove(InstId check) {
    const Inst inst = f_.inst(check);
    std::erase(f_.block(inst.block).insts, check);
    const Inst* wrap = f_.def(inst.operands[0]);
    if (!wrap || wrap->op != Op::WrapIndex) return;
    InstId id = f_.value(inst.operands[0]).def;
    if (f_.inst(id).block != inst.block) return;
    unwrapped_.replace(inst.operands[0], wrap->operands[0]);
    std::erase(f_.block(f_.inst(id).block).insts, id);
  }

 public:
  Replacements unwrapped_;

 private:
  Function& f_;
  Builder b_;
  ValueId all_;
  std::vector<Linear> required_;
  std::vector<ValueId> small_;
};

}  // namespace

bool guard_loops(Function& f) {
  std::vector<bool> done;
  bool changed = false;
  for (int version = 0; version < kMostVersions; ++version) {
    changed |= add_preheaders(f);  // the loop behind one that has been copied has two ways in
    GuardPlanner planner(f, done);
    Plan plan = planner.next();
    if (plan.loop == Loop::kNone) break;
    GuardWriter writer(f);
    writer.apply(planner.loop(plan.loop), plan, done);
    writer.unwrapped_.apply(f);
    changed = true;
  }
  return changed;
}

}  // namespace lancehead
