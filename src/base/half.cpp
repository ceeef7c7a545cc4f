// Half precision by scaling in double, which holds every half and every step exactly.
#include "base/half.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lancehead {
namespace {

constexpr int kFractionBits = 10, kLeastExponent = -14, kGreatestExponent = 15;
constexpr uint16_t kInfinity = 0x7c00, kNan = 0x7e00;

}  // namespace

double half_to_double(uint16_t bits) {
  int exponent = bits >> kFractionBits & 31, fraction = bits & 0x3ff;
  double size = 0;
  if (exponent == 31)
    size = fraction ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
  else if (exponent == 0)
    size = std::ldexp(fraction, kLeastExponent - kFractionBits);
  else
    size = std::ldexp(fraction + 0x400, exponent - 15 - kFractionBits);
  return bits >> 15 ? -size : size;
}

uint16_t double_to_half(double value) {
  auto sign = static_cast<uint16_t>(std::signbit(value) ? 0x8000 : 0);
  if (std::isnan(value)) return sign | kNan;
  double size = std::fabs(value);
  if (std::isinf(size)) return sign | kInfinity;
  if (size == 0) return sign;
  int exponent = std::max(std::ilogb(size), kLeastExponent);
  if (exponent > kGreatestExponent) return sign | kInfinity;
  // The number of steps of the last place; 0x400 of them and more carry into the exponent.
  auto steps = static_cast<int>(std::nearbyint(std::ldexp(size, kFractionBits - exponent)));
  int bits = ((exponent - kLeastExponent) << kFractionBits) + steps;  // a subnormal has less than 0x400 steps
  return static_cast<uint16_t>(sign | (bits > kInfinity ? kInfinity : bits));
}

}  // namespace lancehead
