#include "runtime/complex.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace lancehead {
namespace {

template <typename T>
struct Complex {
  T re, im;
};

// C's functions by width; the builtins, since C++'s header hides C's declarations.
inline _Complex double c_value(Complex<double> z) {
  return std::bit_cast<_Complex double>(z);
}
inline _Complex float c_value(Complex<float> z) {
  return std::bit_cast<_Complex float>(z);
}
inline Complex<double> from_c(_Complex double z) {
  return {__real__ z, __imag__ z};
}
inline Complex<float> from_c(_Complex float z) {
  return {__real__ z, __imag__ z};
}

#define C_FUNCTION(name)                               \
  inline Complex<double> c_##name(Complex<double> z) { \
    return from_c(__builtin_c##name(c_value(z)));      \
  }                                                    \
  inline Complex<float> c_##name(Complex<float> z) {   \
    return from_c(__builtin_c##name##f(c_value(z)));   \
  }
C_FUNCTION(sqrt)
C_FUNCTION(sin)
C_FUNCTION(cos)
C_FUNCTION(tan)
C_FUNCTION(asin)
C_FUNCTION(acos)
C_FUNCTION(atan)
C_FUNCTION(sinh)
C_FUNCTION(cosh)
C_FUNCTION(tanh)
C_FUNCTION(asinh)
C_FUNCTION(acosh)
C_FUNCTION(atanh)
C_FUNCTION(exp)
C_FUNCTION(log)
#undef C_FUNCTION

inline Complex<double> c_pow(Complex<double> a, Complex<double> b) {
  return from_c(__builtin_cpow(c_value(a), c_value(b)));
}
inline Complex<float> c_pow(Complex<float> a, Complex<float> b) {
  return from_c(__builtin_cpowf(c_value(a), c_value(b)));
}

// The textbook product: C's recovers infinities, NumPy's does not.
template <typename T>
Complex<T> times(Complex<T> a, Complex<T> b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

template <typename T>
Complex<T> scaled(Complex<T> z, T factor) {
  return {z.re * factor, z.im * factor};
}

// 1 / z by Smith's method, in NumPy's order of operations.
template <typename T>
Complex<T> inverse(Complex<T> z) {
  T re = std::fabs(z.re), im = std::fabs(z.im);
  if (re == 0 && im == 0) return {1 / re, 0 / im};
  if (re >= im) {
    T ratio = z.im / z.re, scale = 1 / (z.re + z.im * ratio);
    return {(1 + 0 * ratio) * scale, (0 - 1 * ratio) * scale};
  }
  T ratio = z.re / z.im, scale = 1 / (z.im + z.re * ratio);
  return {(1 * ratio + 0) * scale, (0 * ratio - 1) * scale};
}

template <typename T>
Complex<T> exp2_of(Complex<T> z) {
  return c_exp(scaled(z, std::numbers::ln2_v<T>));
}

template <typename T>
Complex<T> expm1_of(Complex<T> z) {
  T half = std::sin(z.im / 2);
  return {std::expm1(z.re) * std::cos(z.im) - 2 * half * half, std::exp(z.re) * std::sin(z.im)};
}

template <typename T>
Complex<T> log2_of(Complex<T> z) {
  return scaled(c_log(z), std::numbers::log2e_v<T>);
}

template <typename T>
Complex<T> log10_of(Complex<T> z) {
  return scaled(c_log(z), std::numbers::log10e_v<T>);
}

template <typename T>
Complex<T> log1p_of(Complex<T> z) {
  return {std::log(std::hypot(z.re + 1, z.im)), std::atan2(z.im, z.re + 1)};
}

// z ** n for 1 <= n by repeated squaring from the low bit.
template <typename T>
Complex<T> natural_power(Complex<T> z, int n) {
  Complex<T> result{1, 0};
  while (true) {
    if (n & 1) result = times(result, z);
    n >>= 1;
    if (n == 0) return result;
    z = times(z, z);
  }
}

template <typename T>
Complex<T> power(Complex<T> a, Complex<T> b) {
  if (b.re == 0 && b.im == 0) return {1, 0};
  if (a.re == 0 && a.im == 0) {
    T nan = std::numeric_limits<T>::quiet_NaN();
    return b.re > 0 ? Complex<T>{0, 0} : Complex<T>{nan, nan};
  }
  // Small whole exponents are products, as in NumPy: exact where the products are, and kind to infinities.
  if (b.im == 0 && b.re > -100 && b.re < 100 && std::trunc(b.re) == b.re) {
    int n = static_cast<int>(b.re);
    if (n == 1) return a;
    if (n == 2) return times(a, a);
    if (n == 3) return times(a, times(a, a));
    Complex<T> result = natural_power(a, std::abs(n));
    return n < 0 ? inverse(result) : result;
  }
  return c_pow(a, b);
}

template <typename T>
void give(Complex<T> z, T* out) {
  out[0] = z.re;
  out[1] = z.im;
}

}  // namespace

extern "C" {

#define LH_DEFINE(name, function)                        \
  void lh_c##name(double re, double im, double out[2]) { \
    give(function(Complex<double>{re, im}), out);        \
  }                                                      \
  void lh_c##name##f(float re, float im, float out[2]) { \
    give(function(Complex<float>{re, im}), out);         \
  }
LH_DEFINE(sqrt, c_sqrt)
LH_DEFINE(sin, c_sin)
LH_DEFINE(cos, c_cos)
LH_DEFINE(tan, c_tan)
LH_DEFINE(asin, c_asin)
LH_DEFINE(acos, c_acos)
LH_DEFINE(atan, c_atan)
LH_DEFINE(sinh, c_sinh)
LH_DEFINE(cosh, c_cosh)
LH_DEFINE(tanh, c_tanh)
LH_DEFINE(asinh, c_asinh)
LH_DEFINE(acosh, c_acosh)
LH_DEFINE(atanh, c_atanh)
LH_DEFINE(exp, c_exp)
LH_DEFINE(exp2, exp2_of)
LH_DEFINE(expm1, expm1_of)
LH_DEFINE(log, c_log)
LH_DEFINE(log2, log2_of)
LH_DEFINE(log10, log10_of)
LH_DEFINE(log1p, log1p_of)
#undef LH_DEFINE

void lh_cpow(double are, double aim, double bre, double bim, double out[2]) {
  give(power(Complex<double>{are, aim}, Complex<double>{bre, bim}), out);
}
void lh_cpowf(float are, float aim, float bre, float bim, float out[2]) {
  give(power(Complex<float>{are, aim}, Complex<float>{bre, bim}), out);
}

}  // extern "C"

}  // namespace lancehead
