// Quantiles of weighted elements: the first element at which the running sum of the weights, in the order of
// the elements, reaches the quantile's share of the whole.
#include <algorithm>
#include <limits>

#include "runtime/quantiles.h"
#include "runtime/signature.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"

namespace lancehead {
namespace {

template <typename T>
struct WeightedLane {
  Buffer<T> elements;
  Buffer<double> weights, sums;
  Buffer<int64_t> order;
  SortBuffers<T> buffers;
  int64_t count = 0;

  Status take(Context* ctx, const LaneWalk& walk, bool skip_nans) {
    const int64_t all = walk.count();
    if (Status status = elements.reserve(ctx, all)) return status;
    if (Status status = weights.reserve(ctx, all)) return status;
    if (Status status = sums.reserve(ctx, all)) return status;
    if (Status status = order.reserve(ctx, all)) return status;
    count = 0;
    for (int64_t i = 0; i < all; ++i) {
      const T x = lane_at<T>(walk.lane(), i);
      if (skip_nans && is_nan_element(x)) continue;
      elements[count] = x;
      weights[count++] = lane_at<double>(walk.second(), i);
    }
    return order_elements(ctx, elements.data(), count, false, order.data(), buffers);
  }

  // The shares of the whole; false if they are none.
  bool add_up() {
    double sum = 0;
    for (int64_t i = 0; i < count; ++i) sums[i] = sum = i == 0 ? weights[order[i]] : sum + weights[order[i]];
    for (int64_t i = 0; i < count; ++i) sums[i] /= sum;
    if (sums[count - 1] != sums[count - 1]) return false;
    for (int64_t i = 0; i < count && sums[i] == 0; ++i)
      sums[i] = -1;  // elements without weight come before all
    return true;
  }

  T last() { return elements[order[count - 1]]; }
  T at(double q) {
    const int64_t place = std::lower_bound(sums.data(), sums.data() + count, q) - sums.data();
    return elements[order[std::min(place, count - 1)]];
  }
};

template <typename T>
T nan_of() {
  if constexpr (std::is_floating_point_v<T>)
    return std::numeric_limits<T>::quiet_NaN();
  else if constexpr (std::is_same_v<T, Half>)
    return {0x7e00};
  else
    return T{};
}

}  // namespace

extern "C" Status lh_weighted_quantiles(Context* ctx, const Slot* array, int64_t ndim, int64_t,
                                        int64_t element, int64_t axis, int64_t options, const Slot* weights,
                                        int64_t, int64_t, const Slot* q, int64_t, int64_t, const Slot* out,
                                        int64_t, int64_t) {
  const Lane wanted{static_cast<char*>(q[1].p), array_stride(q, 1, 0)};
  const int64_t number = array_extent(q, 0);
  const bool is_percent = options & kPercentages, skip_nans = options & kSkipNans;
  auto quantile = [&](int64_t k) { return lane_at<double>(wanted, k) / (is_percent ? 100 : 1); };
  for (int64_t k = 0; k < number; ++k)
    if (!(quantile(k) >= 0 && quantile(k) <= 1))
      return raise_row(ctx, is_percent ? ErrorRowId::PercentileRange : ErrorRowId::QuantileRange);
  int64_t lanes = 1;
  for (int64_t k = 0; k < ndim; ++k) lanes *= k == axis ? 1 : array_extent(array, k);
  return with_element_type(element, [&]<typename T>(T) -> Status {
    T* to = static_cast<T*>(out[1].p);
    WeightedLane<T> lane;
    for (LaneWalk walk(array, ndim, axis, weights); !walk.done(); walk.next(), ++to) {
      if (walk.count() == 0) return raise_row(ctx, ErrorRowId::IndexOutOfBounds, -1, 0, 0);
      if (Status status = lane.take(ctx, walk, skip_nans)) return status;
      if (lane.count > 0 && !lane.add_up()) return raise_row(ctx, ErrorRowId::WeightsNotFinite);
      const bool is_nan = lane.count == 0 || is_nan_element(lane.last());
      const T nan = lane.count == 0 ? nan_of<T>() : lane.last();
      for (int64_t k = 0; k < number; ++k) to[k * lanes] = is_nan ? nan : lane.at(quantile(k));
    }
    return kOk;
  });
}

LH_MATCHES_ROW(lh_weighted_quantiles);

}  // namespace lancehead
