// Emission with handlers, conversions, and small control flow.
#include "library/emitter.h"

#include <cmath>

#include "base/check.h"
#include "library/numbers.h"
#include "library/times.h"
#include "types/record_access.h"

namespace lancehead {

InstId Emitter::add(Op op, std::vector<ValueId> operands, std::vector<TypeId> results, uint32_t attr) {
  InstId id = b.add(op, std::move(operands), std::move(results), attr);
  bool raises = op == Op::RtCall ? rt_info(static_cast<RtFn>(attr)).effects & MayRaise : may_raise(op);
  if (!raises || !handler_.target.valid()) return id;
  Inst& inst = b.function().inst(id);
  inst.unwinds = true;
  inst.edges.push_back(handler_);
  if (is_terminator(op)) return id;
  BlockId next = new_block();
  b.br(next);
  b.set_block(next);
  return id;
}

ValueId Emitter::value(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr) {
  return b.function().inst(add(op, std::move(operands), {type}, attr)).results[0];
}

ValueId Emitter::math(MathFn fn, std::vector<ValueId> operands) {
  TypeId t = type(operands[0]);
  return value(Op::Math, std::move(operands), t, static_cast<uint32_t>(fn));
}

ValueId Emitter::rtcall(RtFn fn, std::vector<ValueId> operands, TypeId result) {
  return value(Op::RtCall, std::move(operands), result, static_cast<uint32_t>(fn));
}

void Emitter::check(ValueId condition, ErrorRow row, std::vector<ValueId> parameters,
                    const std::string& text) {
  if (const Constant* c = b.function().constant_of(condition); c && c->bits[0]) return;
  std::vector<ValueId> operands = {condition};
  operands.insert(operands.end(), parameters.begin(), parameters.end());
  if (!text.empty()) operands.push_back(b.string(text));
  add(Op::Check, std::move(operands), {}, static_cast<uint32_t>(row));
}

ValueId Emitter::item(ValueId aggregate, uint32_t index, TypeId type) {
  const Inst* def = b.function().def(aggregate);
  if (def && def->op == Op::TupleMake) return def->operands[index];
  return value(Op::TupleGet, {aggregate}, type, index);
}

ValueId Emitter::dim(ValueId array, int axis) {
  const Inst* def = b.function().def(array);
  size_t k = static_cast<size_t>(axis);
  if (def && def->op == Op::ArrayAlloc) return def->operands[k];
  if (def && def->op == Op::ArrayView) return def->operands[2 + k];
  return value(Op::ArrayDim, {array}, ty::Int64, static_cast<uint32_t>(axis));
}

ValueId Emitter::stride(ValueId array, int axis) {
  const Inst* def = b.function().def(array);
  const Type& t = type_of(type(array));
  size_t k = static_cast<size_t>(axis);
  if (def && def->op == Op::ArrayView) return def->operands[2 + t.ndim + k];
  return value(Op::ArrayStride, {array}, ty::Int64, static_cast<uint32_t>(axis));
}

std::vector<ValueId> Emitter::dims(ValueId array) {
  std::vector<ValueId> out;
  for (int k = 0; k < type_of(type(array)).ndim; ++k) out.push_back(dim(array, k));
  return out;
}

ValueId Emitter::element(ValueId array, const std::vector<ValueId>& indices) {
  TypeId elem = element_of(type_of(type(array)));
  std::vector<ValueId> operands = {array};
  operands.insert(operands.end(), indices.begin(), indices.end());
  if (!is_record(elem)) return value(Op::ArrayLoad, std::move(operands), elem);
  return value(Op::ArrayView, {array, value(Op::ArrayAddress, std::move(operands), ty::Pointer)}, elem);
}

// ---- conversions

ValueId Emitter::cast(ValueId v, TypeId to) {
  TypeId from = type(v);
  if (from == to || !to.valid()) return v;
  const Type& f = type_of(from);
  const Type& t = type_of(to);
  if (f.kind == Kind::Optional || t.kind == Kind::Optional) return cast_optional(v, to);
  if (is_scalar(from) && is_scalar(to)) return cast_scalar(v, to);
  if (is_plain(from) && is_plain(to)) return cast_time(*this, v, to);
  if (t.kind == Kind::DType) return b.known(to);  // of what names it
  if (f.kind == Kind::Array && t.kind == Kind::Array) return retype_array(v, to);
  if (f.items.size() == t.items.size() && f.kind == t.kind) return cast_items(v, to);
  LH_UNREACHABLE("no cast from " + spell(from) + " to " + spell(to));
}

ValueId Emitter::fit(ValueId v, TypeId to, bool weak) {
  const Constant* c = b.function().constant_of(v);
  if (weak && c && is_integer(c->type) && is_integer(to) && !fits(*c, to) && !semantics_.numba_dialect) {
    std::string value = is_signed(c->type) ? std::to_string(constant_as_int(*c)) : std::to_string(c->bits[0]);
    check(b.boolean(false), ErrorRow::IntegerBounds, {}, value + " out of bounds for " + spell(to));
  }
  return cast(v, to);
}

ValueId Emitter::cast_scalar(ValueId v, TypeId to) {
  const Constant* c = b.function().constant_of(v);
  if (c && !is_complex(c->type)) {
    bool from_float = is_float(c->type);
    bool rounds_once = from_float || to == ty::Float64 || std::abs(constant_as_double(*c)) < 0x1p53;
    if (is_float(to) && rounds_once) return b.constant(float_constant(to, constant_as_double(*c)));
    if (is_complex(to)) return b.constant(complex_constant(to, constant_as_double(*c), 0.0));
    if (!from_float && is_integer(to)) return b.constant(int_constant(to, constant_as_int(*c)));
    if (!from_float && to == ty::Bool) return b.constant(bool_constant(constant_as_int(*c) != 0));
  }
  return value(Op::Cast, {v}, to);
}

ValueId Emitter::cast_optional(ValueId v, TypeId to) {
  const Type& f = type_of(type(v));
  const Type& t = type_of(to);
  if (type(v) == ty::None) return value(Op::OptionalNone, {}, to);
  if (f.kind != Kind::Optional) return value(Op::OptionalMake, {cast(v, t.elem)}, to);
  ValueId has = value(Op::OptionalHas, {v}, ty::Bool);
  if (t.kind != Kind::Optional) {
    check(has, ErrorRow::NoneValue);
    return cast(value(Op::OptionalGet, {v}, f.elem), to);
  }
  return branch(
      has, {to},
      [&] {
        return std::vector{value(Op::OptionalMake, {cast(value(Op::OptionalGet, {v}, f.elem), t.elem)}, to)};
      },
      [&] { return std::vector{value(Op::OptionalNone, {}, to)}; })[0];
}

ValueId Emitter::cast_items(ValueId v, TypeId to) {
  const Type& f = type_of(type(v));
  const Type& t = type_of(to);
  std::vector<ValueId> items;
  for (uint32_t i = 0; i < f.items.size(); ++i) items.push_back(cast(item(v, i, f.items[i]), t.items[i]));
  if (f.kind == Kind::Enumerate)  // the running number
    items.push_back(item(v, static_cast<uint32_t>(f.items.size()), ty::Int64));
  return make(to, std::move(items));
}

ValueId Emitter::retype_array(ValueId v, TypeId to) {
  std::vector<ValueId> operands = {v, value(Op::ArrayData, {v}, ty::Pointer)};
  int ndim = type_of(to).ndim;
  for (int k = 0; k < ndim; ++k) operands.push_back(dim(v, k));
  for (int k = 0; k < ndim; ++k) operands.push_back(stride(v, k));
  return value(Op::ArrayView, std::move(operands), to);
}

ValueId Emitter::truth(ValueId v) {
  TypeId t = type(v);
  const Type& d = type_of(t);
  if (t == ty::Bool) return v;
  if (is_scalar(t)) return cast_scalar(v, ty::Bool);
  switch (d.kind) {
    case Kind::None: return b.boolean(false);
    case Kind::Tuple: return b.boolean(!d.items.empty());
    case Kind::List: return compare(Op::Ne, value(Op::ListLen, {v}, ty::Int64), int64(0));
    case Kind::Str: return compare(Op::Ne, item(v, 2, ty::Int64), int64(0));
    case Kind::Optional: {
      ValueId has = value(Op::OptionalHas, {v}, ty::Bool);
      return branch(
          has, {ty::Bool}, [&] { return std::vector{truth(value(Op::OptionalGet, {v}, d.elem))}; },
          [&] { return std::vector{b.boolean(false)}; })[0];
    }
    default: return b.boolean(true);
  }
}

std::vector<ValueId> Emitter::branch(ValueId condition, const std::vector<TypeId>& types, const Branch& then,
                                     const Branch& otherwise) {
  BlockId then_block = new_block(), else_block = new_block();
  b.condbr(condition, then_block, {}, else_block);
  b.set_block(then_block);
  std::vector<ValueId> then_values = then();
  BlockId then_end = b.block();
  b.set_block(else_block);
  std::vector<ValueId> else_values = otherwise();
  BlockId joined = new_block();
  std::vector<ValueId> out;
  for (TypeId t : types) out.push_back(b.function().add_param(joined, t));
  b.br(joined, std::move(else_values));
  b.set_block(then_end);
  b.br(joined, std::move(then_values));
  b.set_block(joined);
  return out;
}

}  // namespace lancehead
