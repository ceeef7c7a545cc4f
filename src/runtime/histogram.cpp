#include "runtime/histogram.h"

#include <algorithm>
#include <cmath>

#include "runtime/signature.h"
#include "runtime/sort_buffer.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"

namespace lancehead {
namespace {

constexpr int64_t kBlock = 65536;

struct Bins {
  double first, last, span;
  bool single;
  const Slot* edges;
  int64_t count;
};

// The bin of x, -1 for none. E: the type of the edges; S: that of the division.
template <typename E, typename S, typename T>
int64_t bin_of(T value, const Bins& bins, const E* edges) {
  using Limit = std::conditional_t<std::is_same_v<T, float>, E, double>;  // what the range is rounded to
  const Limit limited = static_cast<Limit>(value);
  if (!(limited >= static_cast<Limit>(bins.first) && limited <= static_cast<Limit>(bins.last))) return -1;
  E x = static_cast<E>(value);
  S part = static_cast<S>(static_cast<E>(x - static_cast<E>(bins.first))) / static_cast<S>(bins.span);
  int64_t bin = static_cast<int64_t>(part * static_cast<S>(bins.count));
  if (bin == bins.count) --bin;
  if (x < edges[bin]) return bin - 1;
  return bin + (x >= edges[bin + 1] && bin != bins.count - 1);
}

// Calls add(place, bin) for each element that is in a bin, in order.
template <typename E, typename S, typename T, typename Add>
void for_each_bin(const Lane& lane, int64_t count, const Bins& bins, Add add) {
  const E* edges = static_cast<const E*>(bins.edges[1].p);
  for (int64_t i = 0; i < count; ++i) {
    int64_t bin = bin_of<E, S>(lane_at<T>(lane, i), bins, edges);
    if (bin >= 0) add(i, bin);
  }
}

template <typename T, typename Add>
void visit_bins(const Lane& lane, int64_t count, int64_t edge_size, const Bins& bins, Add add) {
  if constexpr (std::is_arithmetic_v<T>) {
    if (edge_size == sizeof(double))
      for_each_bin<double, double, T>(lane, count, bins, add);
    else if (bins.single)
      for_each_bin<float, float, T>(lane, count, bins, add);
    else
      for_each_bin<float, double, T>(lane, count, bins, add);
  }
}

// As np.linspace computes it; false if neighbours are equal.
template <typename F, typename E>
bool fill_edges(E* edges, int64_t bins, double first, double last) {
  const F start = static_cast<F>(first), span = static_cast<F>(static_cast<F>(last) - start);
  const F step = span / static_cast<F>(bins);
  for (int64_t i = 0; i < bins; ++i) {
    F place = step == 0 ? static_cast<F>(i) / static_cast<F>(bins) * span : static_cast<F>(i) * step;
    edges[i] = static_cast<E>(place + start);
  }
  edges[bins] = static_cast<E>(last);
  for (int64_t i = 0; i < bins; ++i)
    if (edges[i] >= edges[i + 1]) return false;
  return true;
}

}  // namespace

extern "C" Status lh_histogram_range(Context* ctx, const Slot* array, int64_t, int64_t, int64_t element,
                                     const Slot* out, int64_t, int64_t) {
  double* range = static_cast<double*>(out[1].p);
  const int64_t count = array_extent(array, 0);
  const Lane lane{static_cast<char*>(array[1].p), array_stride(array, 1, 0)};
  return with_element_type(element, [&]<typename T>(T) -> Status {
    if constexpr (std::is_arithmetic_v<T>) {
      T least = count > 0 ? lane_at<T>(lane, 0) : T{0}, greatest = count > 0 ? least : T{1};
      bool nans = least != least;
      for (int64_t i = 0; i < count; ++i) {
        T x = lane_at<T>(lane, i);
        least = x < least ? x : least;
        greatest = x > greatest ? x : greatest;
        nans |= x != x;
      }
      range[0] = static_cast<double>(least);
      range[1] = static_cast<double>(greatest);
      if (nans || !std::isfinite(range[0]) || !std::isfinite(range[1]))
        return raise_row(ctx, ErrorRowId::RangeNotFinite);
      if constexpr (std::is_integral_v<T>)
        range[2] = static_cast<double>(static_cast<uint64_t>(greatest) - static_cast<uint64_t>(least));
      else
        range[2] = static_cast<double>(static_cast<T>(greatest - least));
      if (least == greatest) {
        using Half = std::conditional_t<std::is_integral_v<T>, double, T>;
        range[0] = static_cast<double>(static_cast<Half>(static_cast<Half>(least) - Half(0.5)));
        range[1] = static_cast<double>(static_cast<Half>(static_cast<Half>(least) + Half(0.5)));
        range[2] =
            static_cast<double>(static_cast<Half>(static_cast<Half>(range[1]) - static_cast<Half>(range[0])));
      }
    }
    return kOk;
  });
}

extern "C" Status lh_histogram_edges(Context* ctx, const Slot* edges, int64_t, int64_t itemsize, double first,
                                     double last, bool native) {
  const int64_t bins = array_extent(edges, 0) - 1;
  bool apart;
  if (itemsize == sizeof(double))
    apart = fill_edges<double>(static_cast<double*>(edges[1].p), bins, first, last);
  else if (native)
    apart = fill_edges<float>(static_cast<float*>(edges[1].p), bins, first, last);
  else
    apart = fill_edges<double>(static_cast<float*>(edges[1].p), bins, first, last);
  return apart ? kOk : raise_row(ctx, ErrorRowId::TooManyBins, bins);
}

extern "C" void lh_histogram(const Slot* array, int64_t, int64_t, int64_t element, double first, double last,
                             double span, bool single, const Slot* edges, int64_t, int64_t edge_size,
                             const Slot* counts, int64_t, int64_t) {
  const Bins bins{first, last, span, single, edges, array_extent(counts, 0)};
  const Lane lane{static_cast<char*>(array[1].p), array_stride(array, 1, 0)};
  int64_t* out = static_cast<int64_t*>(counts[1].p);
  with_element_type(element, [&]<typename T>(T) {
    visit_bins<T>(lane, array_extent(array, 0), edge_size, bins, [&](int64_t, int64_t bin) { ++out[bin]; });
  });
}

extern "C" Status lh_histogram_weights(Context* ctx, const Slot* array, int64_t, int64_t, int64_t element,
                                       double first, double last, double span, bool single, const Slot* edges,
                                       int64_t, int64_t edge_size, const Slot* weights, int64_t, int64_t,
                                       const Slot* sums, int64_t, int64_t sum_size) {
  const Bins bins{first, last, span, single, edges, array_extent(sums, 0)};
  const Lane lane{static_cast<char*>(array[1].p), array_stride(array, 1, 0)};
  const Lane weight{static_cast<char*>(weights[1].p), array_stride(weights, 1, 0)};
  Buffer<double> block;
  if (Status status = block.reserve(ctx, bins.count)) return status;
  const int64_t count = array_extent(array, 0);
  for (int64_t at = 0; at < count; at += kBlock) {
    std::fill_n(block.data(), bins.count, 0.0);
    with_element_type(element, [&]<typename T>(T) {
      const Lane part{lane.data + at * lane.stride, lane.stride};
      visit_bins<T>(part, std::min(kBlock, count - at), edge_size, bins,
                    [&](int64_t i, int64_t bin) { block[bin] += lane_at<double>(weight, at + i); });
    });
    if (sum_size == sizeof(double)) {
      double* out = static_cast<double*>(sums[1].p);
      for (int64_t bin = 0; bin < bins.count; ++bin) out[bin] += block[bin];
    } else {
      float* out = static_cast<float*>(sums[1].p);
      for (int64_t bin = 0; bin < bins.count; ++bin) out[bin] += static_cast<float>(block[bin]);
    }
  }
  return kOk;
}

LH_MATCHES_ROW(lh_histogram_range);
LH_MATCHES_ROW(lh_histogram_edges);
LH_MATCHES_ROW(lh_histogram);
LH_MATCHES_ROW(lh_histogram_weights);

}  // namespace lancehead
