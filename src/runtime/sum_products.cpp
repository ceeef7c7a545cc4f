// math.sumprod of floats: the sum of exact products in three doubles (Ogita, Rump and Oishi, Accurate sum and
// dot product), rounded once. Where an infinity, a nan or an overflow turns up, the plain sum.
#include <cmath>

#include "runtime/double_length.h"
#include "runtime/math.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

struct TripleLength {
  double high = 0.0, low = 0.0, tiny = 0.0;

  void add_product(double a, double b) {
    DoubleLength product = exact_product(a, b);
    DoubleLength highs = exact_sum(high, product.high);
    DoubleLength lows = exact_sum(low, product.low);
    DoubleLength middle = exact_sum(lows.high, highs.low);
    high = highs.high;
    low = middle.high;
    tiny += lows.low + middle.low;
  }
  double value() const { return high + exact_sum(low, tiny).high; }
};

double at(const void* data, int64_t stride, int64_t i) {
  return *reinterpret_cast<const double*>(static_cast<const char*>(data) + i * stride);
}

}  // namespace

extern "C" double lh_sum_products(const void* p, int64_t p_stride, const void* q, int64_t q_stride,
                                  int64_t count) {
  TripleLength exact;
  double plain = 0.0;
  for (int64_t i = 0; i < count; ++i) {
    double a = at(p, p_stride, i), b = at(q, q_stride, i);
    exact.add_product(a, b);
    plain += a * b;
  }
  return std::isfinite(exact.high) && std::isfinite(exact.tiny) ? exact.value() : plain;
}

LH_MATCHES_ROW(lh_sum_products);

}  // namespace lancehead
