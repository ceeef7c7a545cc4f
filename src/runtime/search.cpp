// Binary search without branches, for many values in step: so that the loads of one do not wait for
// another's.
#include "runtime/search.h"

#include <algorithm>

#include "runtime/signature.h"
#include "runtime/sort_buffer.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"

namespace lancehead {
namespace {

constexpr int64_t kBlock = 256;
constexpr int64_t kInStep = 16;

// What is compared: the elements themselves where < and <= are cheap, else keys.
template <typename T>
inline constexpr bool is_compared = std::is_arithmetic_v<T> || is_complex_element<T>;
template <typename T>
auto compared(T x) {
  if constexpr (is_compared<T>)
    return x;
  else
    return order_key(x);
}
template <typename T>
using Compared = decltype(compared(T{}));

// Whether x belongs behind an element. No nan is given for x, if x is a float.
template <bool kRight, typename T>
bool belongs_behind(T element, T x) {
  if constexpr (is_complex_element<T>)
    return kRight ? !comes_before(x, element) : comes_before(element, x);
  else
    return kRight ? element <= x : element < x;
}

template <bool kRight, typename T>
void search_in_step(const T* sorted, int64_t count, const T* wanted, int64_t* out) {
  int64_t low[kInStep] = {};
  int64_t length = count;
  while (length > 1) {
    int64_t half = length / 2;
    for (int64_t k = 0; k < kInStep; ++k)
      low[k] += belongs_behind<kRight>(sorted[low[k] + half - 1], wanted[k]) ? half : 0;
    length -= half;
  }
  for (int64_t k = 0; k < kInStep; ++k)
    out[k] = low[k] + (length == 1 && belongs_behind<kRight>(sorted[low[k]], wanted[k]));
}

// `wanted` has room for a multiple of kInStep elements.
template <bool kRight, typename T>
void search_block(const T* sorted, int64_t count, int64_t nans_from, const T* wanted, int64_t number,
                  int64_t* out) {
  for (int64_t i = 0; i < number; i += kInStep) search_in_step<kRight>(sorted, count, wanted + i, out + i);
  if constexpr (std::is_floating_point_v<T>)
    for (int64_t i = 0; i < number; ++i)
      if (wanted[i] != wanted[i]) out[i] = kRight ? count : nans_from;
}

// Through a sorter, which may name places that are not there.
template <bool kRight, typename T>
Status search_by_sorter(Context* ctx, const T* elements, int64_t count, const Lane& sorter, T x,
                        int64_t* out) {
  int64_t low = 0, high = count;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    int64_t place = lane_at<int64_t>(sorter, middle);
    if (place < 0 || place >= count) return raise_row(ctx, ErrorRowId::SorterPlace);
    const T element = elements[place];
    if (kRight ? !comes_before(x, element) : comes_before(element, x))
      low = middle + 1;
    else
      high = middle;
  }
  *out = low;
  return kOk;
}

template <typename T>
struct Search {
  Context* ctx;
  const Compared<T>* sorted;
  int64_t count, nans_from;
  const Lane* sorter;  // null: the elements are sorted

  template <bool kRight>
  Status lane(const Lane& wanted, int64_t number, const Lane& out) const {
    Compared<T> values[kBlock] = {};
    int64_t places[kBlock];
    for (int64_t first = 0; first < number; first += kBlock) {
      int64_t length = std::min(kBlock, number - first);
      for (int64_t i = 0; i < length; ++i) values[i] = compared(lane_at<T>(wanted, first + i));
      if (!sorter) {
        search_block<kRight>(sorted, count, nans_from, values, length, places);
      } else {
        for (int64_t i = 0; i < length; ++i)
          if (Status status = search_by_sorter<kRight>(ctx, sorted, count, *sorter, values[i], places + i))
            return status;
      }
      scatter_lane(places, length, {out.data + first * out.stride, out.stride});
    }
    return kOk;
  }
};

}  // namespace

extern "C" Status lh_search_sorted(Context* ctx, const Slot* sorted, int64_t, int64_t, int64_t element,
                                   const Slot* wanted, int64_t wanted_ndim, int64_t, bool right,
                                   bool has_sorter, const Slot* sorter, int64_t, int64_t, const Slot* out,
                                   int64_t, int64_t) {
  return with_element_type(element, [&]<typename T>(T) -> Status {
    using Value = Compared<T>;
    const Lane lane{static_cast<char*>(sorted[1].p), array_stride(sorted, 1, 0)};
    const int64_t count = array_extent(sorted, 0);
    const Value* values = reinterpret_cast<const Value*>(lane.data);
    Buffer<Value> copy;
    if (!is_contiguous<T>(lane) || !is_compared<T>) {
      if (Status status = copy.reserve(ctx, count)) return status;
      for (int64_t i = 0; i < count; ++i) copy[i] = compared(lane_at<T>(lane, i));
      values = copy.data();
    }
    const Lane places =
        has_sorter ? Lane{static_cast<char*>(sorter[1].p), array_stride(sorter, 1, 0)} : Lane{};
    int64_t nans_from = count;
    if constexpr (std::is_floating_point_v<T>)
      nans_from = std::partition_point(values, values + count, [](T x) { return x == x; }) - values;
    const Search<T> search{ctx, values, count, nans_from, has_sorter ? &places : nullptr};
    for (LaneWalk walk(wanted, wanted_ndim, wanted_ndim - 1, out); !walk.done(); walk.next()) {
      Status status = right ? search.template lane<true>(walk.lane(), walk.count(), walk.second())
                            : search.template lane<false>(walk.lane(), walk.count(), walk.second());
      if (status) return status;
    }
    return kOk;
  });
}

extern "C" int64_t lh_monotonic(const Slot* array, int64_t, int64_t, int64_t element) {
  return with_element_type(element, [&]<typename T>(T) -> int64_t {
    const Lane lane{static_cast<char*>(array[1].p), array_stride(array, 1, 0)};
    bool rises = false, falls = false;
    for (int64_t i = 1; i < array_extent(array, 0); ++i) {
      T last = lane_at<T>(lane, i - 1), next = lane_at<T>(lane, i);
      rises |= comes_before(last, next);
      falls |= comes_before(next, last);
    }
    return !falls ? 1 : !rises ? -1 : 0;
  });
}

LH_MATCHES_ROW(lh_search_sorted);
LH_MATCHES_ROW(lh_monotonic);

}  // namespace lancehead
