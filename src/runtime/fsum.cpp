// math.fsum: the exact sum of doubles, rounded once. Shewchuk's algorithm: the running sum is kept as a row
// of doubles that do not overlap, in order of growing magnitude; their exact sum is the sum so far.
#include <cmath>
#include <vector>

#include "runtime/error.h"
#include "runtime/math.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

struct Parts {
  std::vector<double> values;

  // Adds x exactly; false if that overflows.
  bool add(double x) {
    size_t used = 0;
    for (double part : values) {
      if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
      double high = x + part;
      double low = part - (high - x);
      if (low != 0) values[used++] = low;
      x = high;
    }
    values.resize(used);
    if (x != 0) {
      if (!std::isfinite(x)) return false;
      values.push_back(x);
    }
    return true;
  }

  // The sum, rounded half to even.
  double rounded() const {
    size_t n = values.size();
    if (n == 0) return 0.0;
    double high = values[--n], low = 0;
    while (n > 0) {
      double x = high, y = values[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // high is right unless the rest lies exactly half-way and the parts below push it to the other side.
    if (n > 0 && ((low < 0 && values[n - 1] < 0) || (low > 0 && values[n - 1] > 0))) {
      double twice = low * 2;
      double other = high + twice;
      if (twice == other - high) high = other;
    }
    return high;
  }
};

}  // namespace

extern "C" Status lh_fsum(Context* ctx, const void* data, int64_t count, int64_t stride, double* out) {
  Parts parts;
  double special = 0;  // sum of the infinities and nans
  double infinities = 0;
  const char* p = static_cast<const char*>(data);
  for (int64_t i = 0; i < count; ++i, p += stride) {
    double x = *reinterpret_cast<const double*>(p);
    if (!std::isfinite(x)) {
      if (std::isinf(x)) infinities += x;
      special += x;
      parts.values.clear();
    } else if (!parts.add(x)) {
      return raise_row(ctx, ErrorRowId::FsumOverflow);
    }
  }
  if (special != 0) {
    if (std::isnan(infinities)) return raise_row(ctx, ErrorRowId::FsumInfinities);
    *out = special;
  } else {
    *out = parts.rounded();
  }
  return kOk;
}

LH_MATCHES_ROW(lh_fsum);

}  // namespace lancehead
