// Python's operators on bool, integers, floats and complex numbers.
#include "library/scalar_operators.h"

#include "base/check.h"
#include "library/numbers.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_constant_int(const Argument& a) {
  return a.constant && is_integer(a.constant->type);
}

// Casts both operands to `type`, then one instruction.
Lookup plain(const Query& q, TypeId type, Op op, Facts facts) {
  (void)q;
  return found(
      type, [=](Emitter& e, const Values& v) { return e.binary(op, e.cast(v[0], type), e.cast(v[1], type)); },
      facts);
}

ValueId is_zero(Emitter& e, ValueId v) {
  TypeId t = e.type(v);
  if (!is_complex(t)) return e.compare(Op::Eq, v, e.cast(e.int64(0), t));
  TypeId real = real_of(t);
  ValueId zero = e.b.float_value(real, 0.0);
  return e.binary(Op::And, e.compare(Op::Eq, e.value(Op::ComplexReal, {v}, real), zero),
                  e.compare(Op::Eq, e.value(Op::ComplexImag, {v}, real), zero));
}

// CPython's quotient of complex numbers: both parts of the divisor are scaled by the larger one (Smith's
// method).
ValueId complex_quotient(Emitter& e, ValueId x, ValueId y) {
  TypeId t = e.type(x), real = real_of(t);
  auto part = [&](Op op, ValueId v) { return e.value(op, {v}, real); };
  auto mul = [&](ValueId a, ValueId b) { return e.binary(Op::Mul, a, b); };
  ValueId a = part(Op::ComplexReal, x), b = part(Op::ComplexImag, x);
  ValueId c = part(Op::ComplexReal, y), d = part(Op::ComplexImag, y);
  ValueId by_real = e.compare(Op::Ge, part(Op::Abs, c), part(Op::Abs, d));
  ValueId large = e.select(by_real, c, d), small = e.select(by_real, d, c);
  ValueId ratio = e.binary(Op::Div, small, large);
  ValueId divisor = e.binary(Op::Add, mul(small, ratio), large);
  ValueId first = e.select(by_real, a, b), second = e.select(by_real, b, a);
  ValueId re = e.binary(Op::Div, e.binary(Op::Add, first, mul(second, ratio)), divisor);
  ValueId scaled = mul(first, ratio);  // of the real part if the divisor's real part is larger
  ValueId im = e.select(by_real, e.binary(Op::Sub, second, scaled), e.binary(Op::Sub, scaled, second));
  return e.value(Op::ComplexMake, {re, e.binary(Op::Div, im, divisor)}, t);
}

// Of complex64, which Python does not have, it is NumPy's.
ValueId quotient(Emitter& e, Op op, ValueId x, ValueId y) {
  return e.type(x) == ty::Complex128 ? complex_quotient(e, x, y) : e.binary(op, x, y);
}

// A division: a zero divisor raises, or with error_model='numpy' gives inf, nan, or 0 for integers.
ValueId divide(Emitter& e, Op op, ValueId x, ValueId y) {
  TypeId t = e.type(x);
  ValueId zero = is_zero(e, y);
  if (!e.semantics().numpy_division) {
    ErrorRow row = is_integer(t) ? ErrorRow::IntegerDivisionByZero : ErrorRow::DivisionByZero;
    e.check(e.value(Op::Invert, {zero}, ty::Bool), row);
    return quotient(e, op, x, y);
  }
  if (!is_integer(t)) return quotient(e, op, x, y);
  ValueId safe = e.select(zero, e.b.integer(t, 1), y);
  return e.select(zero, e.b.integer(t, 0), e.binary(op, x, safe));
}

Lookup division(const Query& q, TypeId type, Op op) {
  Facts facts = weak_if_all(q);
  if (op == Op::Mod && is_constant_int(q.args[1]))
    facts.nonneg = is_signed(type) && constant_as_int(*q.args[1].constant) > 0;
  return found(
      type,
      [=](Emitter& e, const Values& v) { return divide(e, op, e.cast(v[0], type), e.cast(v[1], type)); },
      facts);
}

Lookup integer_power(const Query& q, TypeId type) {
  Facts facts = weak_if_all(q);
  const Argument& exponent = q.args[1];
  if (is_constant_int(exponent) && is_signed(exponent.type) && constant_as_int(*exponent.constant) < 0) {
    return found(
        ty::Float64,
        [](Emitter& e, const Values& v) {
          ValueId base = e.cast(v[0], ty::Float64);
          if (!e.semantics().numpy_division)
            e.check(e.value(Op::Invert, {is_zero(e, base)}, ty::Bool), ErrorRow::DivisionByZero);
          return e.math(MathFn::Pow, {base, e.cast(v[1], ty::Float64)});
        },
        facts);
  }
  if (is_constant_int(exponent)) {
    uint64_t n = exponent.constant->bits[0];
    if (n <= 64)
      return found(
          type, [=](Emitter& e, const Values& v) { return emit_power_constant(e, e.cast(v[0], type), n); },
          facts);
  }
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        ValueId base = e.cast(v[0], type), n = e.cast(v[1], type);
        if (is_signed(e.type(v[1])))
          e.check(e.compare(Op::Ge, n, e.b.integer(type, 0)), ErrorRow::NegativePower);
        return e.rtcall(is_signed(type) ? RtFn::IntPow : RtFn::UintPow, {base, n}, type);
      },
      facts);
}

Lookup power(const Query& q, TypeId type) {
  if (is_integer(type)) return integer_power(q, type);
  Facts facts = weak_if_all(q);
  const Argument& exponent = q.args[1];
  if (is_constant_int(exponent) && constant_as_int(*exponent.constant) == 2)
    return found(
        type,
        [=](Emitter& e, const Values& v) {
          ValueId x = e.cast(v[0], type);
          return e.binary(Op::Mul, x, x);
        },
        facts);
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        return e.math(MathFn::Pow, {e.cast(v[0], type), e.cast(v[1], type)});
      },
      facts);
}

Lookup shift(const Query& q, TypeId type, Op op) {
  Facts facts = weak_if_all(q);
  facts.nonneg = op == Op::Shr && nonneg_as(q.args[0], type);
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        ValueId count = e.cast(v[1], type);
        if (is_signed(e.type(v[1])))
          e.check(e.compare(Op::Ge, count, e.b.integer(type, 0)), ErrorRow::NegativeShift);
        return e.binary(op, e.cast(v[0], type), count);
      },
      facts);
}

Lookup bitwise(const Query& q, TypeId type, Op op) {
  Facts facts = weak_if_all(q);
  if (q.args[0].type == ty::Bool && q.args[1].type == ty::Bool) type = ty::Bool;
  facts.nonneg =
      op == Op::And && is_signed(type) && (nonneg_as(q.args[0], type) || nonneg_as(q.args[1], type));
  return plain(q, type, op, facts);
}

// Comparing a signed with an unsigned 64-bit integer is exact: a negative one is less than any unsigned.
ValueId compare_mixed_sign(Emitter& e, CompareOp op, ValueId s, ValueId u, bool swapped) {
  Op opcode = compare_opcode(op);
  ValueId negative = e.compare(Op::Lt, s, e.int64(0));
  ValueId as_unsigned = e.cast(s, ty::UInt64);
  ValueId plain = swapped ? e.compare(opcode, u, as_unsigned) : e.compare(opcode, as_unsigned, u);
  bool less = op == CompareOp::Lt || op == CompareOp::Le,
       greater = op == CompareOp::Gt || op == CompareOp::Ge;
  bool if_negative = op == CompareOp::Ne || (swapped ? greater : less);
  return e.select(negative, e.b.boolean(if_negative), plain);
}

}  // namespace

Op compare_opcode(CompareOp op) {
  switch (op) {
    case CompareOp::Lt: return Op::Lt;
    case CompareOp::Le: return Op::Le;
    case CompareOp::Eq: return Op::Eq;
    case CompareOp::Ne: return Op::Ne;
    case CompareOp::Gt: return Op::Gt;
    case CompareOp::Ge: return Op::Ge;
  }
  return Op::Eq;
}

ValueId emit_power_constant(Emitter& e, ValueId x, uint64_t n) {
  if (n == 0) return e.cast(e.int64(1), e.type(x));
  ValueId result;
  for (;;) {
    if (n & 1) result = result.valid() ? e.binary(Op::Mul, result, x) : x;
    n >>= 1;
    if (!n) return result;
    x = e.binary(Op::Mul, x, x);
  }
}

namespace {

// The sum, difference or product of two integers that are known, if it fits: ranks and axes are computed so.
std::optional<int64_t> folded(BinaryOp op, const Query& q) {
  const Constant *x = q.args[0].constant, *y = q.args[1].constant;
  if (!x || !y || x->type != ty::Int64 || y->type != ty::Int64) return std::nullopt;
  const int64_t i = constant_as_int(*x), j = constant_as_int(*y);
  int64_t out = 0;
  bool overflows = true;
  if (op == BinaryOp::Add) overflows = __builtin_add_overflow(i, j, &out);
  if (op == BinaryOp::Sub) overflows = __builtin_sub_overflow(i, j, &out);
  if (op == BinaryOp::Mul) overflows = __builtin_mul_overflow(i, j, &out);
  return overflows ? std::nullopt : std::optional(out);
}

}  // namespace

Lookup scalar_binary(BinaryOp op, const Query& q) {
  TypeId a = q.args[0].type, b = q.args[1].type;
  TypeId type = arithmetic_type(a, b);
  if (std::optional<int64_t> value = folded(op, q))
    return found_constant(int_constant(ty::Int64, *value), weak_if_all(q).weak);
  bool integers = is_integer(type), complex = is_complex(type);
  switch (op) {
    case BinaryOp::Add: return plain(q, type, Op::Add, weak_if_all(q));
    case BinaryOp::Sub: return plain(q, type, Op::Sub, weak_if_all(q));
    case BinaryOp::Mul: return plain(q, type, Op::Mul, weak_if_all(q));
    case BinaryOp::TrueDiv: return division(q, integers ? ty::Float64 : type, Op::Div);
    case BinaryOp::FloorDiv: return complex ? no_match() : division(q, type, Op::FloorDiv);
    case BinaryOp::Mod: return complex ? no_match() : division(q, type, Op::Mod);
    case BinaryOp::Pow: return power(q, type);
    case BinaryOp::LShift: return integers ? shift(q, type, Op::Shl) : no_match();
    case BinaryOp::RShift: return integers ? shift(q, type, Op::Shr) : no_match();
    case BinaryOp::And: return integers ? bitwise(q, type, Op::And) : no_match();
    case BinaryOp::Or: return integers ? bitwise(q, type, Op::Or) : no_match();
    case BinaryOp::Xor: return integers ? bitwise(q, type, Op::Xor) : no_match();
    case BinaryOp::MatMul: return no_match();
  }
  return no_match();
}

Lookup scalar_unary(UnaryOp op, const Query& q) {
  TypeId t = q.args[0].type;
  Facts facts = weak_if_all(q);
  TypeId wide = op == UnaryOp::Neg && is_integer(t) ? ty::Int64 : widened(t);
  const Constant* c = q.args[0].constant;
  switch (op) {
    case UnaryOp::Neg:
      if (c && wide == ty::Int64 && t != ty::UInt64) {
        uint64_t negated = 0 - static_cast<uint64_t>(constant_as_int(*c));  // wraps, as the operator does
        return found_constant(int_constant(wide, static_cast<int64_t>(negated)), facts.weak);
      }
      if (c && is_float(t)) return found_constant(float_constant(t, -constant_as_double(*c)), facts.weak);
      return found(
          wide, [=](Emitter& e, const Values& v) { return e.value(Op::Neg, {e.cast(v[0], wide)}, wide); },
          facts);
    case UnaryOp::Pos:
      facts.nonneg = nonneg_as(q.args[0], wide);
      return found(
          wide, [=](Emitter& e, const Values& v) { return e.cast(v[0], wide); }, facts);
    case UnaryOp::Invert:
      if (!is_integer(wide)) return no_match();
      if (t == ty::Bool) {
        if (q.consulted_weakness) *q.consulted_weakness = true;
        if (!facts.weak) wide = ty::Bool;
      }
      return found(
          wide, [=](Emitter& e, const Values& v) { return e.value(Op::Invert, {e.cast(v[0], wide)}, wide); },
          facts);
  }
  return no_match();
}

ValueId emit_scalar_compare(Emitter& e, CompareOp op, ValueId x, ValueId y) {
  TypeId a = e.type(x), b = e.type(y);
  if (is_signed(a) && b == ty::UInt64) return compare_mixed_sign(e, op, e.cast(x, ty::Int64), y, false);
  if (a == ty::UInt64 && is_signed(b)) return compare_mixed_sign(e, op, e.cast(y, ty::Int64), x, true);
  TypeId common = promote(a, b);
  return e.compare(compare_opcode(op), e.cast(x, common), e.cast(y, common));
}

Lookup scalar_compare(CompareOp op, TypeId a, TypeId b) {
  bool ordered = op != CompareOp::Eq && op != CompareOp::Ne;
  if (ordered && (is_complex(a) || is_complex(b))) return no_match();
  Facts facts;
  facts.weak = true;
  return found(
      ty::Bool, [=](Emitter& e, const Values& v) { return emit_scalar_compare(e, op, v[0], v[1]); }, facts);
}

}  // namespace lancehead
