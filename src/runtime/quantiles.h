// Medians and quantiles of the lanes of an array along an axis, as NumPy computes them.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

// How a quantile is estimated, in the order of METHODS in python/lancehead/library/quantiles.py. Those up to
// Nearest give elements as they are, the others numbers between two neighbours.
enum class QuantileMethod : int64_t {
  InvertedCdf,
  ClosestObservation,
  Lower,
  Higher,
  Nearest,
  AveragedInvertedCdf,
  InterpolatedInvertedCdf,
  Hazen,
  Weibull,
  Linear,
  MedianUnbiased,
  NormalUnbiased,
  Midpoint,
};

// What an `options` holds beside a method: nans are passed over; `q` are percentages.
inline constexpr int64_t kQuantileMethods = 255, kSkipNans = 256, kPercentages = 512;

extern "C" {
// `element` is a code of runtime/sort_keys.h; `axis` is counted from the first one. `out` is contiguous and
// has an element per lane: of the array's type if it has nans, else float64. A lane with a nan has it as its
// median.
Status lh_median(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                 int64_t axis, bool skip_nans, const Slot* out, int64_t out_ndim, int64_t out_itemsize);
// `q`, a vector of float64; `out`, contiguous, has first the numbers of all lanes for the first of them, and
// so on: of the array's type for methods that give elements, else float32 (`single`) or float64.
Status lh_quantiles(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                    int64_t axis, int64_t options, const Slot* q, int64_t q_ndim, int64_t q_itemsize,
                    bool single, const Slot* out, int64_t out_ndim, int64_t out_itemsize);
// By inverted_cdf, with a weight (float64) for each element.
Status lh_weighted_quantiles(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                             int64_t axis, int64_t options, const Slot* weights, int64_t weights_ndim,
                             int64_t weights_itemsize, const Slot* q, int64_t q_ndim, int64_t q_itemsize,
                             const Slot* out, int64_t out_ndim, int64_t out_itemsize);
}

}  // namespace lancehead
