// Removes what facts prove (ranges.h): check_index, wrap_index of an index that is not negative, and checks
// of comparisons. It only removes, so it ends.
#include "opt/facts.h"
#include "opt/passes.h"
#include "opt/ranges.h"

namespace lancehead {
namespace {

class Checks {
 public:
  explicit Checks(Function& f)
      : f_(f),
        cfg_(f),
        dominators_(cfg_),
        loops_(cfg_, dominators_),
        incoming_(f),
        ranges_(f, cfg_, dominators_, loops_, incoming_) {}

  bool run() {
    bool changed = false;
    for (BlockId block : cfg_.reverse_postorder())
      changed |= std::erase_if(f_.block(block).insts,
                               [&](InstId id) { return is_needless(block, f_.inst(id)); }) > 0;
    replaced_.apply(f_);
    return changed || !replaced_.empty();
  }

 private:
  bool is_needless(BlockId block, Inst& inst) {
    switch (inst.op) {
      case Op::CheckIndex:
        return ranges_.in_range(block, replaced_.find(inst.operands[0]), replaced_.find(inst.operands[1]));
      case Op::WrapIndex:
        if (!ranges_.nonneg(block, replaced_.find(inst.operands[0]))) return false;
        replaced_.replace(inst.results[0], inst.operands[0]);
        return true;
      case Op::Check: {
        const Inst* c = f_.def(inst.operands[0]);
        return c && op_info(c->op).rule == TypeRule::Comparison && ranges_.holds(block, *c);
      }
      default: return false;
    }
  }

  Function& f_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
  Incoming incoming_;
  Ranges ranges_;
  Replacements replaced_;
};

}  // namespace

bool remove_checks(Function& f) {
  return Checks(f).run();
}

}  // namespace lancehead
