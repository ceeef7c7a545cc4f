// Rules for tuples, optionals, complex numbers, and for arrays as aggregates of extents, strides and an
// address.
#include "opt/facts.h"
#include "opt/rewrite.h"
#include "types/layout.h"

namespace lancehead {
namespace {

ValueId rewrite_tuple_get(Rewriter& r, const Expr& e) {
  const Inst* in = r.f.def(e.operands[0]);
  if (!in) return {};
  if (in->op == Op::TupleMake) return in->operands[e.attr];
  if (in->op == Op::OptionalMake) return e.attr == 0 ? r.boolean(true) : in->operands[0];
  if (in->op == Op::OptionalNone && e.attr == 0) return r.boolean(false);
  if (in->op == Op::OptionalNone && !is_managed(e.type)) return r.emit(Op::Undef, {}, e.type);
  if (in->op != Op::Const) return {};
  const Constant& c = r.f.constants[in->attr];
  if (kind_of(c.type) != Kind::Tuple || e.attr >= c.items.size()) return {};
  Constant item = r.f.constants[c.items[e.attr]];
  return item.type == e.type ? r.constant(item) : ValueId();
}

// tuple_make(tuple_get(t, 0), tuple_get(t, 1), ...) => t
ValueId rewrite_tuple_make(Rewriter& r, const Expr& e) {
  ValueId whole;
  for (size_t i = 0; i < e.operands.size(); ++i) {
    const Inst* in = r.def(e.operands[i], Op::TupleGet);
    if (!in || in->attr != i || (i > 0 && in->operands[0] != whole)) return {};
    whole = in->operands[0];
  }
  bool same = whole.valid() && r.f.type(whole) == e.type && parts_of(e.type).size() == e.operands.size();
  return same ? whole : ValueId();
}

ValueId rewrite_optional(Rewriter& r, const Expr& e) {
  const Inst* in = r.f.def(e.operands[0]);
  if (!in) return {};
  bool has = e.op == Op::OptionalHas;
  if (in->op == Op::OptionalMake) return has ? r.boolean(true) : in->operands[0];
  if (in->op == Op::OptionalNone && has) return r.boolean(false);
  if (in->op == Op::TupleMake && in->operands.size() == 2) return in->operands[has ? 0 : 1];
  return {};
}

// The extents, strides and address that an array was made with.
ValueId rewrite_array_part(Rewriter& r, const Expr& e) {
  ValueId array = e.operands[0];
  const Type& type = type_of(r.f.type(array));
  const Inst* in = r.f.def(array);
  uint32_t ndim = type.ndim;
  if (in && in->op == Op::ArrayView) {  // base, address, extents, strides
    if (e.op == Op::ArrayData) return in->operands[1];
    return in->operands[2 + (e.op == Op::ArrayStride ? ndim : 0) + e.attr];
  }
  if (e.op == Op::ArrayData) return {};
  if (in && in->op == Op::Const) {
    const ArrayData& data = *r.f.constants[in->attr].array;
    return r.constant(int_constant(ty::Int64, (e.op == Op::ArrayDim ? data.shape : data.strides)[e.attr]));
  }
  bool allocated = in && in->op == Op::ArrayAlloc;
  if (e.op == Op::ArrayDim) return allocated ? in->operands[e.attr] : ValueId();
  // Contiguous arrays: the last axis (F: the first) steps by the element's size.
  if (type.layout == Layout::A) return {};
  if (e.attr == (type.layout == Layout::C ? ndim - 1 : 0)) return r.integer(ty::Int64, size_of(type.elem));
  return {};
}

}  // namespace

ValueId rewrite_aggregate(Rewriter& r, Expr& e) {
  switch (e.op) {
    case Op::TupleGet: return rewrite_tuple_get(r, e);
    case Op::TupleMake: return rewrite_tuple_make(r, e);
    case Op::TupleAt:
      if (auto i = int_value(r.f, e.operands[1])) {
        uint64_t count = parts_of(r.f.type(e.operands[0])).size();
        if (static_cast<uint64_t>(*i) < count)
          return r.emit(Op::TupleGet, {e.operands[0]}, e.type, static_cast<uint32_t>(*i));
      }
      return {};
    case Op::OptionalHas:
    case Op::OptionalGet: return rewrite_optional(r, e);
    case Op::ComplexReal:
    case Op::ComplexImag:
      if (const Inst* in = r.def(e.operands[0], Op::ComplexMake))
        return in->operands[e.op == Op::ComplexReal ? 0 : 1];
      return {};
    default: return {};
  }
}

ValueId rewrite_array(Rewriter& r, Expr& e) {
  if (e.op != Op::Offset) return rewrite_array_part(r, e);
  ValueId address = e.operands[0], bytes = e.operands[1];
  auto c = int_value(r.f, bytes);
  if (c == 0) return address;  // p + 0 => p
  const Inst* in = r.def(address, Op::Offset);
  if (!in || !c) return {};
  auto d = int_value(r.f, in->operands[1]);
  if (!d) return {};
  ValueId base = in->operands[0];  // (p + d) + c => p + (d + c)
  return r.emit(Op::Offset,
                {base, r.integer(ty::Int64, static_cast<int64_t>(static_cast<uint64_t>(*c) +
                                                                 static_cast<uint64_t>(*d)))},
                e.type);
}

}  // namespace lancehead
