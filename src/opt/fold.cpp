// Constant folding, one function per class of type.
#include "opt/fold.h"

#include <bit>
#include <cmath>

#include "ir/builder.h"
#include "ir/math_fn.h"

namespace lancehead {
namespace {

using Folded = std::optional<Constant>;

// ---- integers and bool

Folded fold_int_binary(Op op, TypeId type, uint64_t x, uint64_t y) {
  int width = bits_of(type);
  bool is_signed_type = is_signed(type);
  auto sx = static_cast<int64_t>(x), sy = static_cast<int64_t>(y);
  auto make = [&](uint64_t bits) { return int_constant(type, static_cast<int64_t>(bits)); };
  bool overflow = is_signed_type && sy == -1;  // lowest / -1 wraps; C++ leaves it undefined
  switch (op) {
    case Op::Add: return make(x + y);
    case Op::Sub: return make(x - y);
    case Op::Mul: return make(x * y);
    case Op::And: return make(x & y);
    case Op::Or: return make(x | y);
    case Op::Xor: return make(x ^ y);
    case Op::Min: return make((is_signed_type ? sx < sy : x < y) ? x : y);
    case Op::Max: return make((is_signed_type ? sx > sy : x > y) ? x : y);
    case Op::FloorDiv: {
      if (y == 0) return {};
      if (overflow) return make(0 - x);
      if (!is_signed_type) return make(x / y);
      int64_t q = sx / sy;
      return make(static_cast<uint64_t>(sx % sy != 0 && (sx < 0) != (sy < 0) ? q - 1 : q));
    }
    case Op::Mod: {
      if (y == 0) return {};
      if (overflow) return make(0);
      if (!is_signed_type) return make(x % y);
      int64_t r = sx % sy;
      return make(static_cast<uint64_t>(r != 0 && (r < 0) != (sy < 0) ? r + sy : r));
    }
    case Op::Rem:
      if (y == 0) return {};
      if (overflow) return make(0);
      return make(is_signed_type ? static_cast<uint64_t>(sx % sy) : x % y);
    case Op::Shl:
      if (is_signed_type && sy < 0) return {};
      return make(y >= static_cast<uint64_t>(width) ? 0 : x << y);
    case Op::Shr:
      if (is_signed_type && sy < 0) return {};
      if (y >= static_cast<uint64_t>(width)) return make(is_signed_type && sx < 0 ? ~uint64_t{0} : 0);
      return make(is_signed_type ? static_cast<uint64_t>(sx >> y) : x >> y);
    default: return {};
  }
}

Folded fold_bool_binary(Op op, bool x, bool y) {
  switch (op) {
    case Op::And:
    case Op::Min: return bool_constant(x && y);
    case Op::Or:
    case Op::Max: return bool_constant(x || y);
    case Op::Xor: return bool_constant(x != y);
    default: return {};
  }
}

// ---- floats: T is the type's own precision, so that every operation rounds once

template <class T>
struct FloatBits;
template <>
struct FloatBits<float> {
  static float get(uint64_t bits) { return std::bit_cast<float>(static_cast<uint32_t>(bits)); }
  static uint64_t put(float v) { return std::bit_cast<uint32_t>(v); }
};
template <>
struct FloatBits<double> {
  static double get(uint64_t bits) { return std::bit_cast<double>(bits); }
  static uint64_t put(double v) { return std::bit_cast<uint64_t>(v); }
};

// CPython's float_divmod; NumPy's npy_divmod gives the same for a finite x and a finite y other than 0.
template <class T>
std::optional<std::pair<T, T>> python_divmod(T x, T y) {
  if (!std::isfinite(x) || !std::isfinite(y) || y == 0) return {};
  T mod = std::fmod(x, y);
  T div = (x - mod) / y;
  if (mod != 0) {
    if ((y < 0) != (mod < 0)) {
      mod += y;
      div -= 1;
    }
  } else {
    mod = std::copysign(T{0}, y);
  }
  if (div == 0) return {{std::copysign(T{0}, x / y), mod}};
  T floored = std::floor(div);
  if (div - floored > T{0.5}) floored += 1;
  return {{floored, mod}};
}

template <class T>
std::optional<T> fold_float(Op op, T x, T y) {
  switch (op) {
    case Op::Add: return x + y;
    case Op::Sub: return x - y;
    case Op::Mul: return x * y;
    case Op::Div: return x / y;
    case Op::FloorDiv:
      if (auto r = python_divmod(x, y)) return r->first;
      return {};
    case Op::Mod:
      if (auto r = python_divmod(x, y)) return r->second;
      return {};
    case Op::Rem: return std::fmod(x, y);
    case Op::Min:
    case Op::Max:
      if (std::isnan(x) || std::isnan(y) || (x == 0 && y == 0))
        return {};  // which nan, which zero: left to the target
      return (op == Op::Min) == (x < y) ? x : y;
    default: return {};
  }
}

template <class T>
std::optional<T> fold_float_math(MathFn fn, T x, T y) {
  switch (fn) {  // those that IEEE defines to the last bit
    case MathFn::Sqrt: return std::sqrt(x);
    case MathFn::Floor: return std::floor(x);
    case MathFn::Ceil: return std::ceil(x);
    case MathFn::Trunc: return std::trunc(x);
    case MathFn::Rint: return std::nearbyint(x);
    case MathFn::Copysign: return std::copysign(x, y);
    default: return {};
  }
}

template <class T>
Folded fold_float_op(Op op, uint32_t attr, TypeId type, const Constant* const* c) {
  T x = FloatBits<T>::get(c[0]->bits[0]);
  T y = c[1] ? FloatBits<T>::get(c[1]->bits[0]) : T{0};
  std::optional<T> r;
  if (op == Op::Neg)
    r = -x;
  else if (op == Op::Abs)
    r = std::fabs(x);
  else if (op == Op::Math)
    r = fold_float_math(static_cast<MathFn>(attr), x, y);
  else if (c[1])
    r = fold_float(op, x, y);
  if (!r || std::isnan(*r)) return {};  // the sign and payload of a new nan are the target's
  return Constant{type, {FloatBits<T>::put(*r), 0}, {}, {}};
}

// ---- by op

template <class T>
std::optional<bool> compare_values(Op op, T x, T y) {
  switch (op) {
    case Op::Eq: return x == y;
    case Op::Ne: return x != y;
    case Op::Lt: return x < y;
    case Op::Le: return x <= y;
    case Op::Gt: return x > y;
    case Op::Ge: return x >= y;
    default: return {};
  }
}

Folded fold_compare(Op op, const Constant& x, const Constant& y) {
  std::optional<bool> r;
  if (is_float(x.type)) {
    r = compare_values(op, constant_as_double(x), constant_as_double(y));  // float32 widens exactly
  } else if (is_signed(x.type)) {
    r = compare_values(op, constant_as_int(x), constant_as_int(y));
  } else if (is_integer(x.type) || x.type == ty::Bool) {
    r = compare_values(op, x.bits[0], y.bits[0]);
  }
  if (!r) return {};
  return bool_constant(*r);
}

Folded fold_float_to_int(double v, TypeId to) {
  double low = is_signed(to) ? -std::ldexp(1.0, bits_of(to) - 1) : 0.0;
  double high = std::ldexp(1.0, is_signed(to) ? bits_of(to) - 1 : bits_of(to));
  double t = std::trunc(v);
  if (!(t >= low && t < high)) return {};
  return int_constant(
      to, is_signed(to) ? static_cast<int64_t>(t) : static_cast<int64_t>(static_cast<uint64_t>(t)));
}

double as_float(const Constant& c) {
  return is_signed(c.type) || is_float(c.type) ? constant_as_double(c) : static_cast<double>(c.bits[0]);
}

// An integer goes to float32 directly: by way of double it would round twice.
Folded fold_int_to_float32(const Constant& c) {
  float v = is_signed(c.type) ? static_cast<float>(constant_as_int(c)) : static_cast<float>(c.bits[0]);
  return Constant{ty::Float32, {FloatBits<float>::put(v), 0}, {}, {}};
}

Folded fold_cast(const Constant& c, TypeId to) {
  if (c.type == to) return c;
  if (!is_scalar(c.type) || !is_scalar(to) || is_complex(c.type) || is_complex(to)) return {};
  if (is_float(c.type)) {
    double v = constant_as_double(c);
    if (to == ty::Bool) return bool_constant(v != 0);
    if (is_integer(to)) return fold_float_to_int(v, to);
    if (std::isnan(v)) return {};
    return float_constant(to, v);
  }
  if (to == ty::Bool) return bool_constant(c.bits[0] != 0);
  if (is_integer(to)) return int_constant(to, constant_as_int(c));
  if (to == ty::Float16) return {};  // by way of float32
  if (to == ty::Float32) return fold_int_to_float32(c);
  return float_constant(to, as_float(c));
}

Folded fold_int_unary(Op op, TypeId type, uint64_t x) {
  switch (op) {
    case Op::Neg: return int_constant(type, static_cast<int64_t>(0 - x));
    case Op::Invert: return int_constant(type, static_cast<int64_t>(~x));
    case Op::Abs:
      return int_constant(type,
                          static_cast<int64_t>(is_signed(type) && static_cast<int64_t>(x) < 0 ? 0 - x : x));
    default: return {};
  }
}

Folded fold_arith(Op op, uint32_t attr, TypeId type, const Constant* const* c) {
  if (type == ty::Float64) return fold_float_op<double>(op, attr, type, c);
  if (type == ty::Float32) return fold_float_op<float>(op, attr, type, c);
  bool is_bool = type == ty::Bool;
  if (!is_bool && !is_integer(type)) return {};
  if (!c[1]) {
    if (!is_bool) return fold_int_unary(op, type, c[0]->bits[0]);
    if (op == Op::Invert) return bool_constant(c[0]->bits[0] == 0);
    return {};
  }
  if (is_bool) return fold_bool_binary(op, c[0]->bits[0], c[1]->bits[0]);
  return fold_int_binary(op, type, c[0]->bits[0], c[1]->bits[0]);
}

Folded fold_complex_part(const Constant& c, int part) {
  return Constant{real_of(c.type), {c.bits[part], 0}, {}, {}};
}

}  // namespace

std::optional<Constant> fold_constant(const Function& f, Op op, uint32_t attr, TypeId type,
                                      const std::vector<ValueId>& operands) {
  if (operands.empty() || operands.size() > 2) return {};
  const Constant* c[2] = {};
  for (size_t i = 0; i < operands.size(); ++i) {
    c[i] = f.constant_of(operands[i]);
    if (!c[i] || !is_scalar(c[i]->type)) return {};
  }
  switch (op) {
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge: return fold_compare(op, *c[0], *c[1]);
    case Op::Cast: return fold_cast(*c[0], type);
    case Op::ComplexMake: return Constant{type, {c[0]->bits[0], c[1]->bits[0]}, {}, {}};
    case Op::ComplexReal: return fold_complex_part(*c[0], 0);
    case Op::ComplexImag: return fold_complex_part(*c[0], 1);
    case Op::WrapIndex: {
      int64_t i = constant_as_int(*c[0]);
      return int_constant(type, i < 0 ? static_cast<int64_t>(c[0]->bits[0] + c[1]->bits[0]) : i);
    }
    default:
      if (op_info(op).rule == TypeRule::Arith) return fold_arith(op, attr, type, c);
      return {};
  }
}

}  // namespace lancehead
