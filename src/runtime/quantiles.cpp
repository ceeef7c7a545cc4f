// Single elements of the order of a lane are selected (runtime/selection.h); where many are wanted it is
// sorted. The arithmetic is NumPy's, operation by operation, so that the bits are.
#include "runtime/quantiles.h"

#include <cmath>
#include <limits>

#include "runtime/selection.h"
#include "runtime/signature.h"
#include "runtime/sort_lanes.h"

namespace lancehead {
namespace {

constexpr int64_t kMostSelected = 8;

// The elements of one lane in their order, as far as they are asked for. With `skip_nans` nans are left out,
// else `nan()` says whether there is one.
template <typename T>
class Ordered {
 public:
  Ordered(Context* ctx, bool skip_nans) : ctx_(ctx), skip_nans_(skip_nans) {}

  // `places`: how many elements will be asked for at most.
  Status take(const Lane& lane, int64_t count, int64_t places) {
    source_ = is_contiguous<T>(lane) ? reinterpret_cast<const T*>(lane.data) : nullptr;
    has_nan_ = copied_ = false;
    count_ = count;
    const bool sorts = !is_selected<T> || count <= kSortedAtOnce || places > kMostSelected;
    if (source_ && !sorts && !skip_nans_) return kOk;
    if (Status status = copy(lane)) return status;
    if (has_nan_ && !skip_nans_) return kOk;
    is_sorted_ = sorts;
    return sorts ? sort_elements(ctx_, copy_.data(), count_, buffers_) : kOk;
  }

  int64_t count() const { return count_; }
  // Whether that is what comes of the lane.
  bool is_nan() const { return has_nan_ && (!skip_nans_ || count_ == 0); }
  T nan() const { return nan_; }

  // Elements number `first` and first + 1 (the same where `pair` is false). There may be a nan afterwards.
  Status pick(int64_t first, bool pair, T* out) {
    if constexpr (is_selected<T>) {
      if (!copied_) {
        bool found = false;
        if (Status status = pick_between(first, pair, out, found)) return status;
        if (found || has_nan_) return kOk;
        if (Status status = copy({reinterpret_cast<char*>(const_cast<T*>(source_)), sizeof(T)}))
          return status;
      }
      if (!is_sorted_) return pick_from(copy_.data(), count_, first, pair, out);
    }
    out[0] = copy_[first];
    out[1] = copy_[first + pair];
    return kOk;
  }

 private:
  Status copy(const Lane& lane) {
    if (Status status = copy_.reserve(ctx_, count_)) return status;
    gather_lane(lane, count_, copy_.data());
    copied_ = true;
    is_sorted_ = false;
    if constexpr (!std::is_integral_v<T>) {
      int64_t kept = 0;
      for (int64_t i = 0; i < count_; ++i) {
        const T x = copy_[i];
        const bool is_nan = is_nan_element(x);
        if (is_nan) has_nan_ = true, nan_ = x;
        copy_[kept] = x;
        kept += !is_nan;
      }
      if (skip_nans_) count_ = kept;
    }
    return kOk;
  }

  Status pick_from(T* data, int64_t count, int64_t first, bool pair, T* out) {
    if (Status status = select_place(ctx_, data, count, first, buffers_)) return status;
    out[0] = out[1] = data[first];
    if (pair) out[1] = *std::min_element(data + first + 1, data + count);
    return kOk;
  }

  // In one pass that leaves the lane as it is, unless the sample misled.
  Status pick_between(int64_t first, bool pair, T* out, bool& found) {
    const auto [low, high] = sampled_pivots(source_, count_, first, first + pair);
    if (low != low || high != high) return find_nan();
    if (Status status = between_.reserve(ctx_, count_ + static_cast<int64_t>(kVectorOverrun))) return status;
    size_t lows = 0, highs = 0;
    const size_t inside =
        vector_between(source_, static_cast<size_t>(count_), low, high, between_.data(), &lows, &highs);
    if (static_cast<int64_t>(lows + highs + inside) != count_) return find_nan();
    const int64_t place = first - static_cast<int64_t>(lows);
    if (place < 0 || place + pair >= static_cast<int64_t>(inside)) return kOk;
    found = true;
    if (low < high) return pick_from(between_.data(), static_cast<int64_t>(inside), place, pair, out);
    out[0] = out[1] = low;
    return kOk;
  }

  Status find_nan() {
    has_nan_ = true;
    nan_ = *std::find_if(source_, source_ + count_, [](T x) { return x != x; });
    return kOk;
  }

  Context* ctx_;
  bool skip_nans_, has_nan_ = false, copied_ = false, is_sorted_ = false;
  int64_t count_ = 0;
  const T* source_ = nullptr;
  T nan_{};
  Buffer<T> copy_, between_;
  SortBuffers<T> buffers_;
};

// ---- medians

template <typename T>
using Median = std::conditional_t<std::is_integral_v<T>, double, T>;

// The mean of `count` of the two elements: as NumPy adds, to 0, so that it is never -0.
template <typename T>
Median<T> mean_of(const T* pair, int count) {
  using R = Median<T>;
  if constexpr (is_complex_element<T>) {
    using Part = typename T::value_type;
    const T sum = T{} + (count == 2 ? pair[0] + pair[1] : pair[0]);
    // As NumPy divides by a complex number without an imaginary part.
    const Part scale = Part{1} / static_cast<Part>(count), none{0};
    return {(sum.real() + sum.imag() * none) * scale, (sum.imag() - sum.real() * none) * scale};
  } else {
    const R sum =
        R{0} + (count == 2 ? static_cast<R>(pair[0]) + static_cast<R>(pair[1]) : static_cast<R>(pair[0]));
    return sum / static_cast<R>(count);
  }
}

template <typename T>
Median<T> no_number() {
  if constexpr (is_complex_element<T>)
    return {std::numeric_limits<typename T::value_type>::quiet_NaN(),
            std::numeric_limits<typename T::value_type>::quiet_NaN()};
  else
    return std::numeric_limits<Median<T>>::quiet_NaN();
}

template <typename T>
Status median_of(Ordered<T>& ordered, Median<T>& out) {
  const int64_t count = ordered.count();
  const bool pairs = count % 2 == 0;
  T pair[2] = {};
  if (count > 0 && !ordered.is_nan())
    if (Status status = ordered.pick((count - 1) / 2, pairs, pair)) return status;
  if constexpr (std::is_integral_v<T>)
    out = count == 0 ? no_number<T>() : mean_of(pair, pairs ? 2 : 1);
  else
    out = ordered.is_nan() ? ordered.nan() : count == 0 ? no_number<T>() : mean_of(pair, pairs ? 2 : 1);
  return kOk;
}

template <typename T>
Status medians(Context* ctx, LaneWalk walk, bool skip_nans, Median<T>* out) {
  Ordered<T> ordered(ctx, skip_nans);
  for (; !walk.done(); walk.next(), ++out) {
    if (Status status = ordered.take(walk.lane(), walk.count(), 1)) return status;
    if (Status status = median_of(ordered, *out)) return status;
  }
  return kOk;
}

// ---- quantiles

// Between which elements of `count` a quantile lies: `first` and the one behind it (the same, unless `pair`),
// and how far from the first.
struct Position {
  int64_t first;
  bool pair;
  double weight;
};

double virtual_index(double n, double q, double alpha, double beta) {
  return n * q + (alpha + q * (1 - alpha - beta)) - 1;
}

// The element behind the quantile, or at it where `stays`.
int64_t step_of(double index, bool even_stays) {
  const double before = std::floor(index);
  const bool stays = index == before && (even_stays || std::fmod(before, 2) != 0);
  return static_cast<int64_t>(std::max(stays ? before : before + 1, 0.0));
}

double index_of(QuantileMethod method, double n, double q) {
  switch (method) {
    case QuantileMethod::AveragedInvertedCdf: return n * q - 1;
    case QuantileMethod::InterpolatedInvertedCdf: return virtual_index(n, q, 0, 1);
    case QuantileMethod::Hazen: return virtual_index(n, q, 0.5, 0.5);
    case QuantileMethod::Weibull: return virtual_index(n, q, 0, 0);
    case QuantileMethod::MedianUnbiased: return virtual_index(n, q, 1 / 3.0, 1 / 3.0);
    case QuantileMethod::NormalUnbiased: return virtual_index(n, q, 3 / 8.0, 3 / 8.0);
    case QuantileMethod::Midpoint: return 0.5 * (std::floor((n - 1) * q) + std::ceil((n - 1) * q));
    default: return (n - 1) * q;
  }
}

Position position_of(QuantileMethod method, int64_t count, double q) {
  const double n = static_cast<double>(count), line = (n - 1) * q;
  switch (method) {
    case QuantileMethod::InvertedCdf: return {step_of(n * q - 1, true), false, 0};
    case QuantileMethod::ClosestObservation: return {step_of(n * q - 1 - 0.5, false), false, 0};
    case QuantileMethod::Lower: return {static_cast<int64_t>(std::floor(line)), false, 0};
    case QuantileMethod::Higher: return {static_cast<int64_t>(std::ceil(line)), false, 0};
    case QuantileMethod::Nearest: return {static_cast<int64_t>(std::nearbyint(line)), false, 0};
    default: break;
  }
  const double index = index_of(method, n, q);
  double before = std::floor(index);
  const bool above = index >= n - 1, below = index < 0;
  const int64_t first = below ? 0 : above ? count - 1 : static_cast<int64_t>(before);
  if (above) before = -1;  // as NumPy counts the last element
  if (below) before = 0;
  double weight = index - before;
  if (method == QuantileMethod::AveragedInvertedCdf) weight = weight == 0 ? 0.5 : 1;
  if (method == QuantileMethod::Midpoint) weight = std::fmod(index, 1) == 0 ? 0 : 0.5;
  return {first, !above && !below, weight};
}

// Of integers the difference wraps, as NumPy's does.
template <typename R, typename T>
R between(T a, T b, double weight) {
  R difference;
  if constexpr (std::is_integral_v<T>)
    difference = static_cast<R>(static_cast<T>(static_cast<uint64_t>(b) - static_cast<uint64_t>(a)));
  else
    difference = static_cast<R>(b - a);
  if (weight >= 0.5) return static_cast<R>(b) - difference * static_cast<R>(1 - weight);
  return static_cast<R>(a) + difference * static_cast<R>(weight);
}

// What the lanes of one array have in common.
struct Plan {
  QuantileMethod method;
  bool skip_nans, is_percent;
  Lane q;
  int64_t wanted, lanes;

  Plan(int64_t options, const Slot* q_array, const Slot* array, int64_t ndim, int64_t axis)
      : method(static_cast<QuantileMethod>(options & kQuantileMethods)),
        skip_nans(options & kSkipNans),
        is_percent(options & kPercentages),
        q{static_cast<char*>(q_array[1].p), array_stride(q_array, 1, 0)},
        wanted(array_extent(q_array, 0)),
        lanes(1) {
    for (int64_t k = 0; k < ndim; ++k)
      if (k != axis) lanes *= array_extent(array, k);
  }

  double quantile(int64_t k) const {
    const double x = lane_at<double>(q, k);
    return is_percent ? x / 100 : x;
  }

  Status check(Context* ctx) const {
    for (int64_t k = 0; k < wanted; ++k)
      if (double x = quantile(k); !(x >= 0 && x <= 1))
        return raise_row(ctx, is_percent ? ErrorRowId::PercentileRange : ErrorRowId::QuantileRange);
    return kOk;
  }
};

template <typename T, typename R>
Status quantiles_of(Ordered<T>& ordered, const Plan& plan, R* out) {
  for (int64_t k = 0; k < plan.wanted && !ordered.is_nan(); ++k) {
    const Position at = position_of(plan.method, ordered.count(), plan.quantile(k));
    T pair[2] = {};
    if (Status status = ordered.pick(at.first, at.pair, pair)) return status;
    if constexpr (std::is_same_v<T, R>)
      if (plan.method <= QuantileMethod::Nearest) {
        out[k * plan.lanes] = pair[0];
        continue;
      }
    if constexpr (std::is_arithmetic_v<T> && std::is_floating_point_v<R>)
      out[k * plan.lanes] = between<R>(pair[0], pair[1], at.weight);
  }
  return kOk;
}

// All of a lane's quantiles are its nan.
template <typename T, typename R>
void fill_nan(const Ordered<T>& ordered, const Plan& plan, R* out) {
  if constexpr (!std::is_integral_v<T> && std::is_convertible_v<T, R>)
    for (int64_t k = 0; k < plan.wanted; ++k) out[k * plan.lanes] = static_cast<R>(ordered.nan());
}

template <typename T, typename R>
Status quantiles(Context* ctx, LaneWalk walk, const Plan& plan, R* out) {
  if (walk.count() == 0 && plan.lanes > 0) return raise_row(ctx, ErrorRowId::IndexOutOfBounds, -1, 0, 0);
  Ordered<T> ordered(ctx, plan.skip_nans);
  for (; !walk.done(); walk.next(), ++out) {
    if (Status status = ordered.take(walk.lane(), walk.count(), plan.wanted)) return status;
    if (Status status = quantiles_of(ordered, plan, out)) return status;
    if (ordered.is_nan()) fill_nan(ordered, plan, out);
  }
  return kOk;
}

}  // namespace

extern "C" Status lh_median(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                            int64_t axis, bool skip_nans, const Slot* out, int64_t, int64_t) {
  return with_element_type(element, [&]<typename T>(T) -> Status {
    if constexpr (std::is_arithmetic_v<T> || is_complex_element<T>)
      return medians<T>(ctx, LaneWalk(array, ndim, axis), skip_nans, static_cast<Median<T>*>(out[1].p));
    else
      return kOk;  // the library asks for no others
  });
}

extern "C" Status lh_quantiles(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                               int64_t axis, int64_t options, const Slot* q, int64_t, int64_t, bool single,
                               const Slot* out, int64_t, int64_t) {
  const Plan plan(options, q, array, ndim, axis);
  if (Status status = plan.check(ctx)) return status;
  return with_element_type(element, [&]<typename T>(T) -> Status {
    const LaneWalk walk(array, ndim, axis);
    if (plan.method <= QuantileMethod::Nearest || (single && std::is_same_v<T, float>))
      return quantiles<T, T>(ctx, walk, plan, static_cast<T*>(out[1].p));
    return quantiles<T, double>(ctx, walk, plan, static_cast<double*>(out[1].p));
  });
}

LH_MATCHES_ROW(lh_median);
LH_MATCHES_ROW(lh_quantiles);

}  // namespace lancehead
