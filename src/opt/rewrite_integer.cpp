// Rules for integers and bool. A comment shows each rule; c, d are constants.
#include <bit>

#include "opt/facts.h"
#include "opt/rewrite.h"

namespace lancehead {
namespace {

using Int = std::optional<int64_t>;

// The value plus the constant, as int_constant wraps it.
ValueId wrapped(Rewriter& r, TypeId type, uint64_t bits) {
  return r.integer(type, static_cast<int64_t>(bits));
}

ValueId rewrite_add(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0], y = e.operands[1];
  if (Int c = int_value(r.f, y)) {
    if (*c == 0) return x;  // x + 0 => x
    if (const Inst* in = r.def(x, Op::Add))
      if (Int d = int_value(r.f, in->operands[1])) {  // (x + d) + c => x + (d + c)
        ValueId base = in->operands[0];
        return r.emit(Op::Add,
                      {base, wrapped(r, e.type, static_cast<uint64_t>(*c) + static_cast<uint64_t>(*d))},
                      e.type);
      }
    return {};
  }
  if (const Inst* in = r.def(y, Op::Neg))
    return r.emit(Op::Sub, {x, in->operands[0]}, e.type);  // x + -y => x - y
  if (const Inst* in = r.def(x, Op::Neg))
    return r.emit(Op::Sub, {y, in->operands[0]}, e.type);  // -x + y => y - x
  if (const Inst* in = r.def(x, Op::Sub); in && in->operands[1] == y)
    return in->operands[0];  // (x - y) + y => x
  if (const Inst* in = r.def(y, Op::Sub); in && in->operands[1] == x)
    return in->operands[0];  // y + (x - y) => x
  return {};
}

// x as base + constant.
std::pair<ValueId, uint64_t> split_constant(const Rewriter& r, ValueId x) {
  if (const Inst* in = r.def(x, Op::Add))
    if (Int c = int_value(r.f, in->operands[1])) return {in->operands[0], static_cast<uint64_t>(*c)};
  return {x, 0};
}

ValueId rewrite_sub(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0], y = e.operands[1];
  if (Int c = int_value(r.f, y))  // x - c => x + -c
    return r.emit(Op::Add, {x, wrapped(r, e.type, 0 - static_cast<uint64_t>(*c))}, e.type);
  if (is_int(r.f, x, 0)) return r.emit(Op::Neg, {y}, e.type);  // 0 - y => -y
  auto [x_base, x_constant] = split_constant(r, x);
  auto [y_base, y_constant] = split_constant(r, y);
  if (x_base == y_base) return wrapped(r, e.type, x_constant - y_constant);  // (x + c) - (x + d) => c - d
  if (const Inst* in = r.def(x, Op::Add)) {
    if (in->operands[0] == y) return in->operands[1];  // (y + z) - y => z
    if (in->operands[1] == y) return in->operands[0];
  }
  if (const Inst* in = r.def(y, Op::Sub); in && in->operands[0] == x)
    return in->operands[1];  // x - (x - y) => y
  if (const Inst* in = r.def(y, Op::Neg))
    return r.emit(Op::Add, {x, in->operands[0]}, e.type);  // x - -y => x + y
  return {};
}

ValueId rewrite_mul(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0];
  Int c = int_value(r.f, e.operands[1]);
  if (!c) return {};
  if (*c == 0) return e.operands[1];                                       // x * 0 => 0
  if (*c == 1) return x;                                                   // x * 1 => x
  if (*c == -1 && is_signed(e.type)) return r.emit(Op::Neg, {x}, e.type);  // x * -1 => -x
  if (const Inst* in = r.def(x, Op::Mul))
    if (Int d = int_value(r.f, in->operands[1])) {  // (x * d) * c => x * (d * c)
      ValueId base = in->operands[0];
      return r.emit(
          Op::Mul, {base, wrapped(r, e.type, static_cast<uint64_t>(*c) * static_cast<uint64_t>(*d))}, e.type);
    }
  return {};
}

// Floor division and Python's modulus by 2**k are a shift and a mask for either sign.
ValueId rewrite_divide(Rewriter& r, const Expr& e) {
  Int c = int_value(r.f, e.operands[1]);
  if (!c) return {};
  ValueId x = e.operands[0];
  if (*c == 1) return e.op == Op::FloorDiv ? x : r.integer(e.type, 0);  // x // 1 => x;  x % 1 => 0
  bool power = *c > 0 && std::has_single_bit(static_cast<uint64_t>(*c));
  if (!power) return {};
  if (e.op == Op::Rem && is_signed(e.type) && !is_nonneg(r.f, x)) return {};
  if (e.op == Op::FloorDiv)  // x // 2**k => x >> k
    return r.emit(Op::Shr, {x, r.integer(e.type, std::countr_zero(static_cast<uint64_t>(*c)))}, e.type);
  return r.emit(Op::And, {x, r.integer(e.type, *c - 1)}, e.type);  // x % 2**k => x & (2**k - 1)
}

ValueId rewrite_bits(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0], y = e.operands[1];
  if (x == y) return e.op == Op::Xor ? (e.type == ty::Bool ? r.boolean(false) : r.integer(e.type, 0)) : x;
  Int c = int_value(r.f, y);
  if (!c) return {};
  bool all = e.type == ty::Bool ? *c == 1 : int_constant(e.type, -1).bits[0] == static_cast<uint64_t>(*c);
  if (*c == 0) return e.op == Op::And ? y : x;      // x & 0 => 0;  x | 0, x ^ 0 => x
  if (all && e.op == Op::And) return x;             // x & ~0 => x
  if (all && e.op == Op::Or) return y;              // x | ~0 => ~0
  if (all) return r.emit(Op::Invert, {x}, e.type);  // x ^ ~0 => ~x
  return {};
}

ValueId rewrite_min_max(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0], y = e.operands[1];
  if (x == y) return x;
  if (is_signed(e.type) && is_int(r.f, y, 0) && is_nonneg(r.f, x)) return e.op == Op::Max ? x : y;
  for (Op op : {Op::Min, Op::Max})  // min(min(x, y), y), min(max(x, y), y) => y, and max likewise
    if (const Inst* in = r.def(x, op); in && (in->operands[0] == y || in->operands[1] == y))
      return op == e.op ? x : y;
  return {};
}

ValueId rewrite_unary(Rewriter& r, const Expr& e) {
  ValueId x = e.operands[0];
  const Inst* in = r.def(x, e.op);
  if (e.op == Op::Abs) {
    if (!is_signed(e.type) || is_nonneg(r.f, x) || in)
      return x;  // abs(x) => x for x >= 0; abs(abs(x)) => abs(x)
    return {};
  }
  if (in) return in->operands[0];  // --x => x;  ~~x => x
  if (e.op == Op::Neg) {
    if (const Inst* sub = r.def(x, Op::Sub))
      return r.emit(Op::Sub, {sub->operands[1], sub->operands[0]}, e.type);
    return {};
  }
  if (e.type != ty::Bool) return {};
  const Inst* compare = r.f.def(x);
  if (!compare || op_info(compare->op).rule != TypeRule::Comparison) return {};
  // not (x < y) => x >= y; with floats only == and != have an opposite
  TypeId type = r.f.type(compare->operands[0]);
  bool total = is_integer(type) || type == ty::Bool;
  std::vector<ValueId> operands = compare->operands;
  switch (compare->op) {
    case Op::Eq: return r.emit(Op::Ne, operands, ty::Bool);
    case Op::Ne: return r.emit(Op::Eq, operands, ty::Bool);
    case Op::Lt: return total ? r.emit(Op::Ge, operands, ty::Bool) : ValueId();
    case Op::Le: return total ? r.emit(Op::Gt, operands, ty::Bool) : ValueId();
    case Op::Gt: return total ? r.emit(Op::Le, operands, ty::Bool) : ValueId();
    case Op::Ge: return total ? r.emit(Op::Lt, operands, ty::Bool) : ValueId();
    default: return {};
  }
}

bool commutes(Op op) {
  switch (op) {
    case Op::Add:
    case Op::Mul:
    case Op::And:
    case Op::Or:
    case Op::Xor:
    case Op::Min:
    case Op::Max: return true;
    default: return false;
  }
}

}  // namespace

ValueId rewrite_integer(Rewriter& r, Expr& e) {
  if (commutes(e.op) && r.f.constant_of(e.operands[0]) && !r.f.constant_of(e.operands[1]))
    std::swap(e.operands[0], e.operands[1]);
  if (e.op == Op::Sub || e.op == Op::Min || e.op == Op::Max)
    if (ValueId v = rewrite_extent(r, e); v.valid()) return v;
  switch (e.op) {
    case Op::Add: return rewrite_add(r, e);
    case Op::Sub: return rewrite_sub(r, e);
    case Op::Mul: return rewrite_mul(r, e);
    case Op::FloorDiv:
    case Op::Mod:
    case Op::Rem: return rewrite_divide(r, e);
    case Op::And:
    case Op::Or:
    case Op::Xor: return rewrite_bits(r, e);
    case Op::Min:
    case Op::Max: return rewrite_min_max(r, e);
    case Op::Neg:
    case Op::Invert:
    case Op::Abs: return rewrite_unary(r, e);
    case Op::Shl:
    case Op::Shr: return is_int(r.f, e.operands[1], 0) ? e.operands[0] : ValueId();
    case Op::WrapIndex: {
      Int i = int_value(r.f, e.operands[0]);
      if (is_nonneg(r.f, e.operands[0])) return e.operands[0];                // i >= 0 => i
      if (i) return r.emit(Op::Add, {e.operands[1], e.operands[0]}, e.type);  // i < 0 => n + i
      return {};
    }
    default: return {};
  }
}

}  // namespace lancehead
