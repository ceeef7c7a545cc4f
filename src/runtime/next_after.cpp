// math.nextafter(x, y, steps=n): n doubles on from x towards y, no further than y.
#include <bit>
#include <cmath>

#include "runtime/math.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

constexpr uint64_t kSign = uint64_t{1} << 63;

// Numbers in the order of the doubles; both zeros are kSign.
uint64_t rank_of(double x) {
  uint64_t bits = std::bit_cast<uint64_t>(x);
  return bits & kSign ? kSign - (bits & ~kSign) : kSign + bits;
}

double of_rank(uint64_t rank) {
  return std::bit_cast<double>(rank >= kSign ? rank - kSign : kSign | (kSign - rank));
}

}  // namespace

extern "C" double lh_nextafter_steps(double x, double y, int64_t steps) {
  if (steps == 0) return x;
  if (std::isnan(x) || std::isnan(y)) return x + y;
  uint64_t from = rank_of(x), to = rank_of(y), count = static_cast<uint64_t>(steps);
  uint64_t distance = from < to ? to - from : from - to;
  if (distance <= count) return y;
  double result = of_rank(from < to ? from + count : from - count);
  return result == 0.0 ? std::copysign(result, x) : result;
}

LH_MATCHES_ROW(lh_nextafter_steps);

}  // namespace lancehead
