#include "runtime/math.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <limits>
#include <numbers>

#include "runtime/signature.h"

namespace lancehead {
namespace {

// log(exp(x) + exp(y)) without overflow, as NumPy: equal arguments (infinities too) apart, nan from the
// difference.
template <typename T, typename Tail>
T log_of_sum(T x, T y, T log_of_two, Tail tail) {
  if (x == y) return x + log_of_two;
  T difference = x - y;
  if (difference > 0) return x + tail(-difference);
  if (difference <= 0) return y + tail(difference);
  return difference;
}

template <typename T>
T log_add_exp(T x, T y) {
  return log_of_sum(x, y, std::numbers::ln2_v<T>, [](T d) { return std::log1p(std::exp(d)); });
}

template <typename T>
T log_add_exp2(T x, T y) {
  return log_of_sum(x, y, T{1}, [](T d) { return std::numbers::log2e_v<T> * std::log1p(std::exp2(d)); });
}

// The distance to the next number away from zero, with the sign of x (of zero: positive).
template <typename T>
T spacing(T x) {
  if (std::isinf(x)) return std::numeric_limits<T>::quiet_NaN();
  T infinity = std::numeric_limits<T>::infinity();
  return std::nextafter(x, x < 0 ? -infinity : infinity) - x;
}

}  // namespace

extern "C" {

double lh_float_pow_int(double base, int64_t exponent) {
  return std::pow(base, static_cast<double>(exponent));
}

double lh_frexp_mantissa(double x) {
  int exponent;
  return std::frexp(x, &exponent);
}

int64_t lh_frexp_exponent(double x) {
  if (!std::isfinite(x)) return 0;
  int exponent;
  std::frexp(x, &exponent);
  return exponent;
}

double lh_ldexp(double x, int64_t exponent) {
  return std::ldexp(x, static_cast<int>(std::clamp<int64_t>(exponent, INT_MIN, INT_MAX)));
}

double lh_ulp(double x) {
  if (std::isnan(x)) return x;
  x = std::fabs(x);
  if (std::isinf(x)) return x;
  double next = std::nextafter(x, std::numeric_limits<double>::infinity());
  return std::isinf(next) ? x - std::nextafter(x, 0.0) : next - x;
}

// The reentrant forms: lgamma itself writes a global.
double lh_lgamma(double x) {
  int sign;
  return ::lgamma_r(x, &sign);
}
float lh_lgammaf(float x) {
  int sign;
  return ::lgammaf_r(x, &sign);
}

double lh_logaddexp(double x, double y) {
  return log_add_exp(x, y);
}
float lh_logaddexpf(float x, float y) {
  return log_add_exp(x, y);
}
double lh_logaddexp2(double x, double y) {
  return log_add_exp2(x, y);
}
float lh_logaddexp2f(float x, float y) {
  return log_add_exp2(x, y);
}
double lh_spacing(double x) {
  return spacing(x);
}
float lh_spacingf(float x) {
  return spacing(x);
}

}  // extern "C"

LH_MATCHES_ROW(lh_float_pow_int);
LH_MATCHES_ROW(lh_frexp_mantissa);
LH_MATCHES_ROW(lh_frexp_exponent);
LH_MATCHES_ROW(lh_ldexp);
LH_MATCHES_ROW(lh_ulp);

}  // namespace lancehead
