// The kernels of ufuncs.def.
#include "library/kernels.h"

#include <cmath>
#include <limits>

#include "library/scalar_operators.h"

namespace lancehead::kernels {
namespace {

using Values = std::vector<ValueId>;

ValueId zero_of(Emitter& e, ValueId like) {
  return e.cast(e.int64(0), e.type(like));
}
ValueId one_of(Emitter& e, ValueId like) {
  return e.cast(e.int64(1), e.type(like));
}
ValueId real(Emitter& e, ValueId v) {
  return e.value(Op::ComplexReal, {v}, real_of(e.type(v)));
}
ValueId imag(Emitter& e, ValueId v) {
  return e.value(Op::ComplexImag, {v}, real_of(e.type(v)));
}
ValueId complex(Emitter& e, ValueId re, ValueId im) {
  return e.value(Op::ComplexMake, {re, im}, complex_of(e.type(re)));
}
ValueId not_of(Emitter& e, ValueId v) {
  return e.value(Op::Invert, {v}, ty::Bool);
}
ValueId infinity(Emitter& e, TypeId t) {
  return e.b.float_value(t, std::numeric_limits<double>::infinity());
}
bool is_exact(Emitter& e, ValueId v) {
  return is_integer(e.type(v)) || e.type(v) == ty::Bool;
}

// Integer division whose divisor may be 0, where NumPy gives 0.
ValueId guarded(Emitter& e, Op op, ValueId x, ValueId y) {
  ValueId zero = e.compare(Op::Eq, y, zero_of(e, y));
  ValueId result = e.binary(op, x, e.select(zero, one_of(e, y), y));
  return e.select(zero, zero_of(e, x), result);
}

ValueId either_part(Emitter& e, ValueId v, ValueId (*test)(Emitter&, const Values&), Op join) {
  return e.binary(join, test(e, {real(e, v)}), test(e, {imag(e, v)}));
}

// Complex numbers are ordered by their real parts, then by their imaginary ones, as NumPy orders them.
ValueId ordered(Emitter& e, CompareOp by, const Values& v) {
  if (!is_complex(e.type(v[0]))) return emit_scalar_compare(e, by, v[0], v[1]);
  Op op = compare_opcode(by);
  ValueId x = real(e, v[0]), y = real(e, v[1]), xi = imag(e, v[0]), yi = imag(e, v[1]);
  Op strict = op == Op::Lt || op == Op::Le ? Op::Lt : Op::Gt;
  ValueId numbers = e.binary(Op::And, e.compare(Op::Eq, xi, xi), e.compare(Op::Eq, yi, yi));
  ValueId by_real = e.binary(Op::And, e.compare(strict, x, y), numbers);
  return e.binary(Op::Or, by_real, e.binary(Op::And, e.compare(Op::Eq, x, y), e.compare(op, xi, yi)));
}

// The first operand if it stands in the order to the second or `nan` is not a number, else the second.
ValueId extreme(Emitter& e, CompareOp op, const Values& v, ValueId nan) {
  return e.select(e.binary(Op::Or, ordered(e, op, v), kernels::isnan(e, {nan})), v[0], v[1]);
}

ValueId round_with(Emitter& e, MathFn fn, ValueId v) {
  return is_exact(e, v) ? v : e.math(fn, {v});
}

// As NumPy, which computes the factor in the type of the numbers.
ValueId scaled(Emitter& e, ValueId v, double numerator, double denominator) {
  double factor = e.type(v) == ty::Float32
                      ? static_cast<double>(static_cast<float>(numerator) / static_cast<float>(denominator))
                      : numerator / denominator;
  return e.binary(Op::Mul, v, e.b.float_value(e.type(v), factor));
}

// The absolute value of an integer, which 64 bits without sign hold for every type.
ValueId magnitude(Emitter& e, ValueId x) {
  bool negatable = is_signed(e.type(x));
  return e.cast(negatable ? e.value(Op::Abs, {e.cast(x, ty::Int64)}, ty::Int64) : x, ty::UInt64);
}

ValueId of_magnitudes(Emitter& e, RtFn fn, const Values& v) {
  Values magnitudes;
  for (ValueId x : v) magnitudes.push_back(magnitude(e, x));
  return e.cast(e.rtcall(fn, magnitudes, ty::UInt64), e.type(v[0]));
}

}  // namespace

ValueId add(Emitter& e, const Values& v) {
  return e.binary(e.type(v[0]) == ty::Bool ? Op::Or : Op::Add, v[0], v[1]);
}
ValueId multiply(Emitter& e, const Values& v) {
  return e.binary(e.type(v[0]) == ty::Bool ? Op::And : Op::Mul, v[0], v[1]);
}

ValueId floor_divide(Emitter& e, const Values& v) {
  return is_exact(e, v[0]) ? guarded(e, Op::FloorDiv, v[0], v[1]) : e.binary(Op::FloorDiv, v[0], v[1]);
}
ValueId remainder(Emitter& e, const Values& v) {
  return is_exact(e, v[0]) ? guarded(e, Op::Mod, v[0], v[1]) : e.binary(Op::Mod, v[0], v[1]);
}
ValueId fmod(Emitter& e, const Values& v) {
  return is_exact(e, v[0]) ? guarded(e, Op::Rem, v[0], v[1]) : e.binary(Op::Rem, v[0], v[1]);
}

ValueId power(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  const Constant* n = e.b.function().constant_of(v[1]);
  if (n && !is_complex(t) && constant_as_double(*n) == 2.0) return e.binary(Op::Mul, v[0], v[0]);
  if (!is_integer(t)) return e.math(MathFn::Pow, {v[0], v[1]});
  TypeId wide = integer_type(64, is_signed(t));
  RtFn fn = is_signed(t) ? RtFn::IntPow : RtFn::UintPow;
  return e.cast(e.rtcall(fn, {e.cast(v[0], wide), e.cast(v[1], wide)}, wide), t);
}

// NumPy: a count of the width and more gives 0, or -1 for negative numbers shifted right.
ValueId left_shift(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  TypeId unsigned_type = integer_type(bits_of(t), false);
  ValueId small = e.compare(Op::Lt, e.cast(v[1], unsigned_type), e.b.integer(unsigned_type, bits_of(t)));
  ValueId count = e.select(small, v[1], zero_of(e, v[1]));
  return e.select(small, e.binary(Op::Shl, v[0], count), zero_of(e, v[0]));
}
ValueId right_shift(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  TypeId unsigned_type = integer_type(bits_of(t), false);
  ValueId small = e.compare(Op::Lt, e.cast(v[1], unsigned_type), e.b.integer(unsigned_type, bits_of(t)));
  ValueId count = e.select(small, v[1], zero_of(e, v[1]));
  ValueId sign =
      is_signed(t) ? e.select(e.compare(Op::Lt, v[0], zero_of(e, v[0])), e.b.integer(t, -1), zero_of(e, v[0]))
                   : zero_of(e, v[0]);
  return e.select(small, e.binary(Op::Shr, v[0], count), sign);
}

ValueId identity(Emitter&, const Values& v) {
  return v[0];
}
ValueId logical_and(Emitter& e, const Values& v) {
  return e.binary(Op::And, e.cast(v[0], ty::Bool), e.cast(v[1], ty::Bool));
}
ValueId logical_or(Emitter& e, const Values& v) {
  return e.binary(Op::Or, e.cast(v[0], ty::Bool), e.cast(v[1], ty::Bool));
}
ValueId logical_xor(Emitter& e, const Values& v) {
  return e.binary(Op::Xor, e.cast(v[0], ty::Bool), e.cast(v[1], ty::Bool));
}
ValueId logical_not(Emitter& e, const Values& v) {
  return not_of(e, e.cast(v[0], ty::Bool));
}

ValueId less(Emitter& e, const Values& v) {
  return ordered(e, CompareOp::Lt, v);
}
ValueId less_equal(Emitter& e, const Values& v) {
  return ordered(e, CompareOp::Le, v);
}
ValueId greater(Emitter& e, const Values& v) {
  return ordered(e, CompareOp::Gt, v);
}
ValueId greater_equal(Emitter& e, const Values& v) {
  return ordered(e, CompareOp::Ge, v);
}

ValueId maximum(Emitter& e, const Values& v) {
  return is_complex(e.type(v[0])) ? extreme(e, CompareOp::Ge, v, v[0]) : e.binary(Op::Max, v[0], v[1]);
}
ValueId minimum(Emitter& e, const Values& v) {
  return is_complex(e.type(v[0])) ? extreme(e, CompareOp::Le, v, v[0]) : e.binary(Op::Min, v[0], v[1]);
}

// A nan gives the other operand.
ValueId fmax(Emitter& e, const Values& v) {
  return is_exact(e, v[0]) ? e.binary(Op::Max, v[0], v[1]) : extreme(e, CompareOp::Ge, v, v[1]);
}
ValueId fmin(Emitter& e, const Values& v) {
  return is_exact(e, v[0]) ? e.binary(Op::Min, v[0], v[1]) : extreme(e, CompareOp::Le, v, v[1]);
}

ValueId isnan(Emitter& e, const Values& v) {
  if (is_exact(e, v[0])) return e.b.boolean(false);
  if (is_complex(e.type(v[0]))) return either_part(e, v[0], isnan, Op::Or);
  return e.compare(Op::Ne, v[0], v[0]);
}
ValueId isinf(Emitter& e, const Values& v) {
  if (is_exact(e, v[0])) return e.b.boolean(false);
  if (is_complex(e.type(v[0]))) return either_part(e, v[0], isinf, Op::Or);
  return e.compare(Op::Eq, e.value(Op::Abs, {v[0]}, e.type(v[0])), infinity(e, e.type(v[0])));
}
ValueId isfinite(Emitter& e, const Values& v) {
  if (is_exact(e, v[0])) return e.b.boolean(true);
  if (is_complex(e.type(v[0]))) return either_part(e, v[0], isfinite, Op::And);
  return e.compare(Op::Lt, e.value(Op::Abs, {v[0]}, e.type(v[0])), infinity(e, e.type(v[0])));
}
ValueId signbit(Emitter& e, const Values& v) {
  ValueId sign = e.math(MathFn::Copysign, {one_of(e, v[0]), v[0]});
  return e.compare(Op::Lt, sign, zero_of(e, v[0]));
}

ValueId absolute(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  if (is_complex(t)) return e.math(MathFn::Hypot, {real(e, v[0]), imag(e, v[0])});
  if (t == ty::Bool || (is_integer(t) && !is_signed(t))) return v[0];
  return e.value(Op::Abs, {v[0]}, t);
}

namespace {

// A complex number divided by its absolute value (NumPy 2); with one infinite part, the sign of that part. Of
// 0 it is 0, of two infinite parts or nan it is nan.
ValueId complex_sign(Emitter& e, const Values& v) {
  ValueId re = real(e, v[0]), im = imag(e, v[0]), size = absolute(e, v);
  ValueId zero = zero_of(e, size), one = one_of(e, size);
  ValueId re_infinite = isinf(e, {re}), im_infinite = isinf(e, {im}), infinite = isinf(e, {size});
  ValueId by = e.select(e.compare(Op::Eq, size, zero), one, size);
  ValueId nan = e.b.float_value(e.type(re), std::numeric_limits<double>::quiet_NaN());
  ValueId both = e.binary(Op::And, re_infinite, im_infinite);
  auto part = [&](ValueId x, ValueId own) {
    ValueId side = e.select(own, e.math(MathFn::Copysign, {one, x}), zero);
    ValueId of_infinity = e.select(both, nan, side);
    ValueId finite = e.select(e.compare(Op::Eq, size, zero), zero, e.binary(Op::Div, x, by));
    ValueId known = e.select(e.compare(Op::Ne, size, size), nan, finite);
    return e.select(infinite, of_infinity, known);
  };
  return complex(e, part(re, re_infinite), part(im, im_infinite));
}

// 1 / (re + im j) as NumPy's loop: scaled by the larger part, 0 gives nan.
ValueId complex_reciprocal(Emitter& e, const Values& v) {
  ValueId re = real(e, v[0]), im = imag(e, v[0]), one = one_of(e, re);
  auto size = [&](ValueId x) { return e.value(Op::Abs, {x}, e.type(x)); };
  ValueId upright = e.compare(Op::Le, size(im), size(re));
  ValueId larger = e.select(upright, re, im), smaller = e.select(upright, im, re);
  ValueId ratio = e.binary(Op::Div, smaller, larger);
  ValueId by = e.binary(Op::Add, larger, e.binary(Op::Mul, smaller, ratio));
  auto negated = [&](ValueId x) { return e.value(Op::Neg, {x}, e.type(x)); };
  return complex(e, e.binary(Op::Div, e.select(upright, one, ratio), by),
                 e.binary(Op::Div, negated(e.select(upright, ratio, one)), by));
}

}  // namespace

// -1, 0, 1; nan stays.
ValueId sign(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  if (is_complex(t)) return complex_sign(e, v);
  ValueId zero = zero_of(e, v[0]), one = one_of(e, v[0]);
  ValueId above = e.compare(Op::Gt, v[0], zero);
  if (is_integer(t) && !is_signed(t)) return e.select(above, one, zero);
  ValueId minus = e.cast(e.int64(-1), t);
  ValueId below = e.compare(Op::Lt, v[0], zero);
  ValueId rest = is_float(t) ? e.select(e.compare(Op::Ne, v[0], v[0]), v[0], zero) : zero;
  return e.select(above, one, e.select(below, minus, rest));
}

ValueId square(Emitter& e, const Values& v) {
  return e.binary(Op::Mul, v[0], v[0]);
}
// Of an integer: 1 divided by it in C, which is 0 but for 1 and -1.
ValueId reciprocal(Emitter& e, const Values& v) {
  TypeId t = e.type(v[0]);
  if (is_complex(t)) return complex_reciprocal(e, v);
  if (!is_exact(e, v[0])) return e.binary(Op::Div, one_of(e, v[0]), v[0]);
  ValueId own = e.compare(Op::Eq, v[0], one_of(e, v[0]));
  if (is_signed(t)) own = e.binary(Op::Or, own, e.compare(Op::Eq, v[0], e.b.integer(t, -1)));
  return e.select(own, v[0], zero_of(e, v[0]));
}
ValueId conjugate(Emitter& e, const Values& v) {
  if (!is_complex(e.type(v[0]))) return v[0];
  ValueId im = imag(e, v[0]);
  return complex(e, real(e, v[0]), e.value(Op::Neg, {im}, e.type(im)));
}

ValueId gcd(Emitter& e, const Values& v) {
  return of_magnitudes(e, RtFn::UintGcd, v);
}
ValueId lcm(Emitter& e, const Values& v) {
  return of_magnitudes(e, RtFn::UintLcm, v);
}

// The set bits of the absolute value: sums of neighbouring bits, pairs, nibbles, and of all bytes at once.
// The back end knows this form and takes the machine's instruction.
ValueId bitwise_count(Emitter& e, const Values& v) {
  auto number = [&](uint64_t n) { return e.b.integer(ty::UInt64, static_cast<int64_t>(n)); };
  auto shifted = [&](ValueId x, uint64_t by) { return e.binary(Op::Shr, x, number(by)); };
  auto masked = [&](ValueId x, uint64_t mask) { return e.binary(Op::And, x, number(mask)); };
  ValueId x = magnitude(e, v[0]);
  x = e.binary(Op::Sub, x, masked(shifted(x, 1), 0x5555555555555555));
  x = e.binary(Op::Add, masked(x, 0x3333333333333333), masked(shifted(x, 2), 0x3333333333333333));
  x = masked(e.binary(Op::Add, x, shifted(x, 4)), 0x0f0f0f0f0f0f0f0f);
  return e.cast(shifted(e.binary(Op::Mul, x, number(0x0101010101010101)), 56), ty::UInt8);
}

ValueId ldexp(Emitter& e, const Values& v) {  // a float32 is scaled in double and rounded once
  return e.cast(e.rtcall(RtFn::Ldexp, {e.cast(v[0], ty::Float64), v[1]}, ty::Float64), e.type(v[0]));
}
ValueId mantissa(Emitter& e, const Values& v) {
  return e.cast(e.rtcall(RtFn::FrexpMantissa, {e.cast(v[0], ty::Float64)}, ty::Float64), e.type(v[0]));
}
ValueId exponent(Emitter& e, const Values& v) {
  return e.cast(e.rtcall(RtFn::FrexpExponent, {e.cast(v[0], ty::Float64)}, ty::Int64), ty::Int32);
}
// What trunc takes away, with the number's sign.
ValueId fraction(Emitter& e, const Values& v) {
  ValueId rest = e.binary(Op::Sub, v[0], trunc(e, v));
  return e.math(MathFn::Copysign, {e.select(isinf(e, v), zero_of(e, v[0]), rest), v[0]});
}

ValueId heaviside(Emitter& e, const Values& v) {
  ValueId zero = zero_of(e, v[0]), one = one_of(e, v[0]);
  ValueId at_zero = e.select(e.compare(Op::Eq, v[0], zero), v[1], v[0]);
  return e.select(e.compare(Op::Lt, v[0], zero), zero, e.select(e.compare(Op::Gt, v[0], zero), one, at_zero));
}

ValueId floor(Emitter& e, const Values& v) {
  return round_with(e, MathFn::Floor, v[0]);
}
ValueId ceil(Emitter& e, const Values& v) {
  return round_with(e, MathFn::Ceil, v[0]);
}
ValueId trunc(Emitter& e, const Values& v) {
  return round_with(e, MathFn::Trunc, v[0]);
}
ValueId rint(Emitter& e, const Values& v) {
  if (!is_complex(e.type(v[0]))) return e.math(MathFn::Rint, {v[0]});
  return complex(e, e.math(MathFn::Rint, {real(e, v[0])}), e.math(MathFn::Rint, {imag(e, v[0])}));
}
ValueId radians(Emitter& e, const Values& v) {
  return scaled(e, v[0], M_PI, 180.0);
}
ValueId degrees(Emitter& e, const Values& v) {
  return scaled(e, v[0], 180.0, M_PI);
}

}  // namespace lancehead::kernels
