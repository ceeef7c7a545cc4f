// Resolving slices and unpacking.
#include "infer/resolver.h"

namespace lancehead {

void Resolver::build_slice(const Inst& inst) {
  TypeId type = old_.type(inst.results[0]);
  std::vector<ValueId> parts;
  for (size_t k = 0; k < 3; ++k) {
    ValueId v = operand(inst.operands[k]);
    parts.push_back(type_of(type).items[k] == ty::None ? v : e_.cast(v, ty::Int64));
  }
  define(inst.results[0], e_.make(type, std::move(parts)));
}

void Resolver::build_list(const Inst& inst) {
  TypeId type = old_.type(inst.results[0]);
  std::vector<ValueId> items;
  for (ValueId v : operands(inst)) items.push_back(e_.cast(v, type_of(type).elem));
  define(inst.results[0], e_.value(Op::ListMake, std::move(items), type));
}

void Resolver::unpack_list(const Inst& inst) {
  ValueId list = operand(inst.operands[0]);
  ValueId n = e_.value(Op::ListLen, {list}, ty::Int64);
  ValueId wanted = e_.int64(static_cast<int64_t>(inst.results.size()));
  e_.check(e_.compare(Op::Ge, n, wanted), ErrorRow::UnpackTooFew, {wanted, n});
  e_.check(e_.compare(Op::Le, n, wanted), ErrorRow::UnpackTooMany, {wanted});
  TypeId item = type_of(e_.type(list)).elem;
  for (size_t k = 0; k < inst.results.size(); ++k)
    define(inst.results[k], e_.value(Op::ListGet, {list, e_.int64(static_cast<int64_t>(k))}, item));
}

void Resolver::unpack(const Inst& inst) {
  if (is_list(old_.type(inst.operands[0]))) return unpack_list(inst);
  if (is_array(old_.type(inst.operands[0]))) return unpack_array(inst);
  ValueId tuple = operand(inst.operands[0]);
  const Type& t = type_of(e_.type(tuple));
  for (uint32_t k = 0; k < inst.results.size(); ++k) define(inst.results[k], e_.item(tuple, k, t.items[k]));
}

void Resolver::unpack_array(const Inst& inst) {
  ValueId array = operand(inst.operands[0]);
  ValueId n = e_.dim(array, 0), wanted = e_.int64(static_cast<int64_t>(inst.results.size()));
  e_.check(e_.compare(Op::Ge, n, wanted), ErrorRow::UnpackTooFew, {wanted, n});
  e_.check(e_.compare(Op::Le, n, wanted), ErrorRow::UnpackTooMany, {wanted});
  ValueId iterator = e_.make(iterator_type(Kind::ArrayIter, e_.type(array)), {array, e_.int64(0)});
  for (ValueId result : inst.results) {
    std::vector<ValueId> step = emit_next(e_, iterator);
    define(result, step[1]);
    iterator = step[2];
  }
}

// Values that are the same by how they are made: a key is made twice for `a[1:] += b`.
bool Resolver::same_key(ValueId a, ValueId b) const {
  if (a == b) return true;
  uint32_t constant = old_.value(a).facts.constant;
  if (constant != Id<void>::kNone && constant == old_.value(b).facts.constant && old_.type(a) == old_.type(b))
    return true;
  const Inst* x = old_.def(a);
  const Inst* y = old_.def(b);
  if (!x || !y || x->op != y->op || x->operands.size() != y->operands.size()) return false;
  if (x->op != Op::BuildSlice && x->op != Op::BuildTuple) return false;
  for (size_t k = 0; k < x->operands.size(); ++k)
    if (!same_key(x->operands[k], y->operands[k])) return false;
  return true;
}

// Whether the store ends an in-place operation on a view of what it stores into: `a[1:] += b` has changed `a`
// by then, and storing the view into itself would change nothing.
bool Resolver::stores_back(const Inst& inst) const {
  if (!is_array(old_.type(inst.operands[2]))) return false;
  const Inst* changed = old_.def(inst.operands[2]);
  if (!changed || changed->op != Op::Inplace) return false;
  const Inst* view = old_.def(changed->operands[0]);
  if (!view) return false;
  if (in_.notes[old_.value(changed->operands[0]).def.index].callee) return false;  // it was a copy
  return view->op == Op::GetItem && is_array(old_.type(changed->operands[0])) &&
         view->operands[0] == inst.operands[0] && same_key(view->operands[1], inst.operands[1]);
}

}  // namespace lancehead
