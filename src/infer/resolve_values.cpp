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

void Resolver::unpack(const Inst& inst) {
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

}  // namespace lancehead
