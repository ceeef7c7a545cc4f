// Proofs that arrays do not overlap. A frozen array (types/array_data.h) shares its memory with none that is
// written. A fresh allocation is no part of anything that existed before it; as long as nothing but nests,
// element accesses and views of it has it, no other value can come to share its memory.
#include "opt/nest/overlap.h"

namespace lancehead {

ValueId array_root(const Function& f, ValueId array) {
  while (const Inst* inst = f.def(array)) {
    if (inst->op != Op::ArrayView) break;
    array = inst->operands[0];
  }
  return array;
}

namespace {

bool is_frozen(const Function& f, ValueId array) {
  const Inst* inst = f.def(array);
  return inst && inst->op == Op::Const && f.constants[inst->attr].array->is_frozen();
}

}  // namespace

// Do all uses of the allocation keep its address from other array values?
bool Disjointness::is_private(ValueId alloc) const {
  for (const Use& use : uses_.of(alloc)) {
    const Inst& inst = f_.inst(use.user);
    if (use.kind != Use::Kind::Operand) return false;
    switch (inst.op) {
      case Op::ArrayDim:
      case Op::ArrayStride:
      case Op::ArrayLoad:
      case Op::ArrayStore:
      case Op::Nest:
      case Op::Return: break;
      case Op::ArrayData:
      case Op::ArrayAddress: break;  // addresses serve views of the same root, loads and stores
      case Op::ArrayView:
        if (use.index != 0 || !is_private(inst.results[0])) return false;
        break;
      case Op::RtCall:
        if (inst.results.empty() || is_managed(f_.type(inst.results[0]))) return false;
        break;
      default: return false;
    }
  }
  return true;
}

bool Disjointness::disjoint(ValueId x, ValueId y) const {
  ValueId a = array_root(f_, x), b = array_root(f_, y);
  if (a == b) return false;
  if (is_frozen(f_, a) || is_frozen(f_, b)) return true;
  auto is_alloc = [&](ValueId v) { return f_.def(v) && f_.def(v)->op == Op::ArrayAlloc; };
  auto is_argument = [&](ValueId v) { return !f_.def(v) && f_.value(v).block == f_.entry(); };
  if (!is_alloc(a)) std::swap(a, b);
  if (!is_alloc(a)) return false;
  return is_alloc(b) || is_argument(b) || is_private(a) || (is_alloc(b) && is_private(b));
}

}  // namespace lancehead
