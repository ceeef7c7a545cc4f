// Classification of values: definitions before uses, in reverse postorder.
#include "opt/owners.h"

#include <algorithm>

#include "opt/effects.h"

namespace lancehead {

namespace {

// Of the constants, a live array alone has an owner.
bool has_owner(const Function& f, uint32_t constant) {
  const Constant& c = f.constants[constant];
  if (c.array) return !c.array->is_frozen();
  return std::any_of(c.items.begin(), c.items.end(), [&](uint32_t item) { return has_owner(f, item); });
}

}  // namespace

Owners::Owners(const Function& f, const Cfg& cfg)
    : f_(f), numbers_(f.values.size(), kNone), needed_(f.values.size()), counted_(f.values.size()) {
  for (BlockId block : cfg.reverse_postorder()) {
    for (ValueId v : f.block(block).params) {
      if (!is_managed(f.type(v))) continue;
      counted_[v.index] = true;
      if (block != f.entry()) number_owner(v);
    }
    for (InstId id : f.block(block).insts)
      for (size_t i = 0; i < f.inst(id).results.size(); ++i) classify_result(f.inst(id), i);
  }
}

void Owners::number_owner(ValueId v) {
  numbers_[v.index] = static_cast<uint32_t>(values_.size());
  needed_[v.index] = {numbers_[v.index]};
  values_.push_back(v);
}

void Owners::classify_result(const Inst& inst, size_t result) {
  ValueId v = inst.results[result];
  std::vector<uint32_t>& needed = needed_[v.index];
  auto needs = [&](ValueId operand) {
    for (uint32_t owner : needed_[operand.index])
      if (std::find(needed.begin(), needed.end(), owner) == needed.end()) needed.push_back(owner);
  };
  if (f_.type(v) == ty::Pointer) {  // an address: of whatever it was made from
    for (ValueId operand : inst.operands) needs(operand);
    return;
  }
  if (!is_managed(f_.type(v))) return;
  if (inst.op == Op::Const) {
    counted_[v.index] = has_owner(f_, inst.attr);
    return;
  }
  size_t of = 0;
  Owns owns = result_owns(inst, result, &of);
  if (owns == Owns::Owned) {
    counted_[v.index] = true;
    number_owner(v);
  } else if (owns == Owns::Interior) {
    counted_[v.index] = counted_[inst.operands[of].index];
    needs(inst.operands[of]);
  }
}

uint32_t Owners::movable(ValueId v) const {
  while (numbers_[v.index] == kNone) {
    const Inst* inst = f_.def(v);
    if (!inst || inst->op != Op::ArrayView) return kNone;
    v = inst->operands[0];
  }
  return numbers_[v.index];
}

}  // namespace lancehead
