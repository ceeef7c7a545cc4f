// Partial sorting. Two pivots that enclose the wanted place are taken from a sorted sample (Floyd and Rivest,
// Expected time bounds for selection); one pass without branches puts the elements before, between and behind
// them, and what lies between is soon short enough to be sorted.
#include <algorithm>
#include <limits>

#include "runtime/signature.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"
#include "runtime/vector_sort.h"

namespace lancehead {
namespace {

constexpr int64_t kSortedAtOnce = 4096;
constexpr int64_t kSample = 1024;
constexpr int64_t kMargin = 48;  // places in the sample on either side of the wanted one
constexpr int64_t kMostPlaces = 8;

// What is worth a pass of its own: the others are sorted about as fast.
template <typename T>
inline constexpr bool is_selected = std::is_arithmetic_v<T> && sizeof(T) >= 4;

// Puts data[place] where sorting would put it, among elements none of which is a nan or infinite. `spare` has
// room for twice the elements.
template <typename T>
void select_place(T* data, int64_t count, int64_t place, T* spare) {
  T sample[kSample];
  while (count > kSortedAtOnce) {
    for (int64_t i = 0; i < kSample; ++i)
      sample[i] = data[static_cast<int64_t>((static_cast<__int128>(count - 1) * i) / (kSample - 1))];
    std::sort(sample, sample + kSample);
    int64_t about = static_cast<int64_t>(static_cast<__int128>(place) * kSample / count);
    const T low = sample[std::max<int64_t>(about - kMargin, 0)];
    const T high = sample[std::min<int64_t>(about + kMargin, kSample - 1)];
    T *between = spare, *behind = spare + count;
    int64_t lows = 0, betweens = 0, highs = 0;
    for (int64_t i = 0; i < count; ++i) {
      T x = data[i];
      data[lows] = x;
      between[betweens] = x;
      behind[highs] = x;
      const bool is_low = x < low, is_high = high < x;
      lows += is_low;
      highs += is_high;
      betweens += !(is_low | is_high);
    }
    std::copy_n(between, betweens, data + lows);
    std::copy_n(behind, highs, data + lows + betweens);
    if (place >= lows && place < lows + betweens) {
      if (!(low < high)) return;  // all equal
      if (betweens > count / 2) return std::sort(data + lows, data + lows + betweens);
      data += lows, place -= lows, count = betweens;
    } else if (place < lows) {
      count = lows;
    } else {
      data += lows + betweens, place -= lows + betweens, count = highs;
    }
  }
  vector_sort(data, static_cast<size_t>(count));
}

template <typename T>
Status partition_elements(Context* ctx, T* data, int64_t count, const int64_t* kth, int64_t places,
                          SortBuffers<T>& buffers) {
  if constexpr (is_selected<T>) {
    if (count > kSortedAtOnce && places <= kMostPlaces) {
      int64_t first = 0, end = count;  // what lies outside is where it belongs
      if constexpr (std::is_floating_point_v<T>) {
        constexpr T kInfinity = std::numeric_limits<T>::infinity();
        end = std::partition(data, data + count, [](T x) { return x == x; }) - data;
        first = std::partition(data, data + end, [](T x) { return x == -kInfinity; }) - data;
        end = std::partition(data + first, data + end, [](T x) { return x != kInfinity; }) - data;
      }
      if (Status status = buffers.elements.reserve(ctx, 2 * count)) return status;
      for (int64_t k = 0; k < places && kth[k] < end; ++k) {
        if (kth[k] < first) continue;
        select_place(data + first, end - first, kth[k] - first, buffers.elements.data());
        first = kth[k];
      }
      return kOk;
    }
  }
  return sort_elements(ctx, data, count, buffers);
}

// The places that `kth` asks for, counted from the first element and sorted.
Status wanted_places(Context* ctx, const Slot* kth, int64_t count, Buffer<int64_t>& places) {
  const Lane wanted{static_cast<char*>(kth[1].p), array_stride(kth, 1, 0)};
  const int64_t number = array_extent(kth, 0);
  if (Status status = places.reserve(ctx, number)) return status;
  for (int64_t k = 0; k < number; ++k) {
    int64_t place = lane_at<int64_t>(wanted, k);
    if (place < 0) place += count;
    if (place < 0 || place >= count) return raise_row(ctx, ErrorRowId::PartitionPlace, place, count);
    places[k] = place;
  }
  std::sort(places.data(), places.data() + number);
  return kOk;
}

}  // namespace

extern "C" Status lh_partition(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                               int64_t axis, const Slot* kth, int64_t, int64_t) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  return with_element_type(element, [&]<typename T>(T) -> Status {
    LaneWalk walk(array, ndim, axis);
    const int64_t places = array_extent(kth, 0), count = walk.count();
    Buffer<int64_t> sorted_places;
    if (Status status = wanted_places(ctx, kth, count, sorted_places)) return status;
    SortBuffers<T> buffers;
    Buffer<T> copy;
    for (; !walk.done(); walk.next()) {
      const bool in_place = is_contiguous<T>(walk.lane());
      T* data = reinterpret_cast<T*>(walk.lane().data);
      if (!in_place) {
        if (Status status = copy.reserve(ctx, count)) return status;
        data = copy.data();
        gather_lane(walk.lane(), count, data);
      }
      if (Status status = partition_elements(ctx, data, count, sorted_places.data(), places, buffers))
        return status;
      if (!in_place) scatter_lane(data, count, walk.lane());
    }
    return kOk;
  });
}

// Sorting packed words is about as fast as partitioning with places.
extern "C" Status lh_argpartition(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize,
                                  int64_t element, int64_t axis, const Slot* kth, int64_t, int64_t,
                                  const Slot* order, int64_t order_ndim, int64_t order_itemsize) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  Buffer<int64_t> places;
  if (Status status = wanted_places(ctx, kth, array_extent(array, axis), places)) return status;
  return lh_argsort(ctx, array, ndim, itemsize, element, axis, false, order, order_ndim, order_itemsize);
}

LH_MATCHES_ROW(lh_partition);
LH_MATCHES_ROW(lh_argpartition);

}  // namespace lancehead
