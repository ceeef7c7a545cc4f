// Sums and products of doubles with what rounding loses, as a second double.
#pragma once

#include <cmath>

namespace lancehead {

struct DoubleLength {
  double high, low;
};

inline DoubleLength exact_sum(double a, double b) {
  double high = a + b;
  double b_part = high - a;
  return {high, (a - (high - b_part)) + (b - b_part)};
}

inline DoubleLength exact_product(double a, double b) {
  double high = a * b;
  return {high, std::fma(a, b, -high)};
}

}  // namespace lancehead
