// math.hypot of three numbers and more, and math.dist: the square root of the sum of squares, scaled so that
// nothing overflows, with the errors of squares and sums carried along, and one correction of the root.
#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/double_length.h"
#include "runtime/math.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

// A sum of squares of numbers below 1. It starts at 1, so that every term is the smaller one.
struct SquareSum {
  double sum = 1.0, square_errors = 0.0, sum_errors = 0.0;

  void add_product(double a, double b) {
    DoubleLength square = exact_product(a, b);
    DoubleLength total = exact_sum(sum, square.high);
    sum = total.high;
    square_errors += square.low;
    sum_errors += total.low;
  }
  double value() const { return sum - 1.0 + (square_errors + sum_errors); }
};

// coordinate(i) for i < count are the numbers.
template <typename Coordinate>
double norm(int64_t count, Coordinate coordinate) {
  double largest = 0.0;
  bool has_nan = false;
  for (int64_t i = 0; i < count; ++i) {
    double size = std::fabs(coordinate(i));
    has_nan = has_nan || std::isnan(size);
    largest = std::max(largest, std::isnan(size) ? 0.0 : size);
  }
  if (std::isinf(largest)) return largest;
  if (has_nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0.0 || count == 1) return largest;
  // Subnormal numbers are made normal first: their own scale would overflow.
  double unit = largest < std::numeric_limits<double>::min() ? std::numeric_limits<double>::min() : 1.0;
  int exponent;
  std::frexp(largest / unit, &exponent);
  double scale = std::ldexp(1.0, -exponent);
  SquareSum squares;
  for (int64_t i = 0; i < count; ++i) {
    double x = coordinate(i) / unit * scale;
    squares.add_product(x, x);
  }
  double root = std::sqrt(squares.value());
  squares.add_product(-root, root);
  root += squares.value() / (2.0 * root);
  return root / scale * unit;
}

double at(const void* data, int64_t stride, int64_t i) {
  return *reinterpret_cast<const double*>(static_cast<const char*>(data) + i * stride);
}

}  // namespace

extern "C" {

double lh_vector_norm(const void* data, int64_t count, int64_t stride) {
  return norm(count, [=](int64_t i) { return at(data, stride, i); });
}

double lh_distance(const void* p, int64_t p_stride, const void* q, int64_t q_stride, int64_t count) {
  return norm(count, [=](int64_t i) { return at(p, p_stride, i) - at(q, q_stride, i); });
}

}  // extern "C"

LH_MATCHES_ROW(lh_vector_norm);
LH_MATCHES_ROW(lh_distance);

}  // namespace lancehead
