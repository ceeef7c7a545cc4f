// The order of elements as places (argsort). A key and its place are packed into one word of 64 bits, and
// those are sorted in vectors: the places make the sort stable. Where a key has no room beside its place it
// is cut short, and runs of equal short keys are sorted again by what was cut off: that always has room.
#include <algorithm>
#include <bit>

#include "runtime/signature.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"
#include "runtime/vector_sort.h"

namespace lancehead {
namespace {

struct Keys {
  const uint64_t* keys;
  int64_t count;
  uint64_t least, greatest;
};

void order_by_insertion(const uint64_t* keys, int64_t count, int64_t* places) {
  for (int64_t i = 1; i < count; ++i) {
    int64_t place = places[i], k = i;
    for (; k > 0 && keys[place] < keys[places[k - 1]]; --k) places[k] = places[k - 1];
    places[k] = place;
  }
}

// `next` has room for a number per value, and one more.
void order_by_counting(const Keys& of, int64_t values, uint64_t* next, int64_t* places) {
  std::fill_n(next, values + 1, 0);
  for (int64_t i = 0; i < of.count; ++i) ++next[of.keys[i] - of.least + 1];
  for (int64_t value = 1; value < values; ++value) next[value] += next[value - 1];
  for (int64_t i = 0; i < of.count; ++i) places[next[of.keys[i] - of.least]++] = i;
}

// Sorts each run of packed words that agree in all but the place, which has `bits` bits, by the last `cut`
// bits of its keys. The run's words are used again for that.
void order_runs(const Keys& of, int cut, int bits, uint64_t* packed, int64_t* places) {
  const uint64_t place_mask = (uint64_t{1} << bits) - 1, cut_mask = (uint64_t{1} << cut) - 1;
  for (int64_t first = 0, end; first < of.count; first = end) {
    uint64_t short_key = packed[first] >> bits;
    for (end = first + 1; end < of.count && packed[end] >> bits == short_key;) ++end;
    int64_t length = end - first;
    if (length <= kInsertionLength) {
      if (length > 1) order_by_insertion(of.keys, length, places + first);
      continue;
    }
    uint64_t* run = packed + first;
    for (int64_t i = 0; i < length; ++i) {
      uint64_t place = run[i] & place_mask;
      run[i] = ((of.keys[place] - of.least) & cut_mask) << bits | place;
    }
    vector_sort(run, static_cast<size_t>(length));
    for (int64_t i = 0; i < length; ++i) places[first + i] = static_cast<int64_t>(run[i] & place_mask);
  }
}

void order_by_words(const Keys& of, int bits, uint64_t* packed, int64_t* places) {
  const int cut = std::max(0, static_cast<int>(std::bit_width(of.greatest - of.least)) - (64 - bits));
  const uint64_t place_mask = (uint64_t{1} << bits) - 1;
  for (int64_t i = 0; i < of.count; ++i)
    packed[i] = (of.keys[i] - of.least) >> cut << bits | static_cast<uint64_t>(i);
  vector_sort(packed, static_cast<size_t>(of.count));
  for (int64_t i = 0; i < of.count; ++i) places[i] = static_cast<int64_t>(packed[i] & place_mask);
  if (cut > 0) order_runs(of, cut, bits, packed, places);
}

// The places 0 .. count - 1, ordered by the keys.
Status order_keys(Context* ctx, const uint64_t* keys, int64_t count, int64_t* places,
                  Buffer<uint64_t>& packed) {
  for (int64_t i = 0; i < count; ++i) places[i] = i;
  if (count <= kInsertionLength) {
    order_by_insertion(keys, count, places);
    return kOk;
  }
  auto [least, greatest] = std::minmax_element(keys, keys + count);
  const Keys of{keys, count, *least, *greatest};
  const uint64_t range = of.greatest - of.least;
  if (range == 0) return kOk;
  constexpr uint64_t kMostCounted = 65536;
  if (range < kMostCounted && range < static_cast<uint64_t>(count)) {
    int64_t values = static_cast<int64_t>(range) + 1;
    if (Status status = packed.reserve(ctx, values + 1)) return status;
    order_by_counting(of, values, packed.data(), places);
    return kOk;
  }
  const int bits = static_cast<int>(std::bit_width(static_cast<uint64_t>(count - 1)));
  if (bits > 32) {
    std::sort(places, places + count,
              [&](int64_t a, int64_t b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; });
    return kOk;
  }
  if (Status status = packed.reserve(ctx, count)) return status;
  order_by_words(of, bits, packed.data(), places);
  return kOk;
}

// Orders by key_of(place), after an order that there may be already.
template <typename T, typename KeyOf>
Status refine_order(Context* ctx, int64_t count, bool refine, int64_t* order, SortBuffers<T>& buffers,
                    KeyOf key_of) {
  if (Status status = buffers.keys.reserve(ctx, count)) return status;
  uint64_t* keys = buffers.keys.data();
  if (!refine) {
    for (int64_t i = 0; i < count; ++i) keys[i] = key_of(i);
    return order_keys(ctx, keys, count, order, buffers.packed);
  }
  if (Status status = buffers.places.reserve(ctx, count)) return status;
  for (int64_t i = 0; i < count; ++i) keys[i] = key_of(order[i]);
  int64_t* places = buffers.places.data();
  if (Status status = order_keys(ctx, keys, count, places, buffers.packed)) return status;
  for (int64_t i = 0; i < count; ++i) places[i] = order[places[i]];
  std::copy_n(places, count, order);
  return kOk;
}

}  // namespace

template <typename T>
Status order_elements(Context* ctx, const T* data, int64_t count, bool refine, int64_t* order,
                      SortBuffers<T>& buffers) {
  if constexpr (is_complex_element<T>) {
    auto by_part = [&](bool refining, auto part) {
      return refine_order(ctx, count, refining, order, buffers,
                          [=](int64_t i) { return uint64_t{order_key(part(data[i]))}; });
    };
    if (Status status = by_part(refine, [](T x) { return x.imag(); })) return status;
    if (Status status = by_part(true, [](T x) { return x.real(); })) return status;
    if (std::none_of(data, data + count, is_nan_element<T>)) return kOk;
    // The nans of the imaginary parts come after all numbers.
    return refine_order(ctx, count, true, order, buffers, [=](int64_t i) -> uint64_t {
      return (data[i].real() != data[i].real()) * 2 + (data[i].imag() != data[i].imag());
    });
  } else {
    return refine_order(ctx, count, refine, order, buffers,
                        [=](int64_t i) { return uint64_t{order_key(data[i])}; });
  }
}

#define LH_INSTANTIATE(T) \
  template Status order_elements<T>(Context*, const T*, int64_t, bool, int64_t*, SortBuffers<T>&);
LH_INSTANTIATE(int8_t)
LH_INSTANTIATE(int16_t)
LH_INSTANTIATE(int32_t)
LH_INSTANTIATE(int64_t)
LH_INSTANTIATE(uint8_t)
LH_INSTANTIATE(uint16_t)
LH_INSTANTIATE(uint32_t)
LH_INSTANTIATE(uint64_t)
LH_INSTANTIATE(float)
LH_INSTANTIATE(double)
LH_INSTANTIATE(Ticks)
LH_INSTANTIATE(Half)
LH_INSTANTIATE(std::complex<float>)
LH_INSTANTIATE(std::complex<double>)
#undef LH_INSTANTIATE

extern "C" Status lh_argsort(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                             int64_t axis, bool refine, const Slot* order, int64_t, int64_t) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  return with_element_type(element, [&]<typename T>(T) -> Status {
    SortBuffers<T> buffers;
    Buffer<T> copy;
    Buffer<int64_t> order_copy;
    for (LaneWalk walk(array, ndim, axis, order); !walk.done(); walk.next()) {
      const T* data = reinterpret_cast<const T*>(walk.lane().data);
      if (!is_contiguous<T>(walk.lane())) {
        if (Status status = copy.reserve(ctx, walk.count())) return status;
        gather_lane(walk.lane(), walk.count(), copy.data());
        data = copy.data();
      }
      const bool in_place = is_contiguous<int64_t>(walk.second());
      int64_t* places = reinterpret_cast<int64_t*>(walk.second().data);
      if (!in_place) {
        if (Status status = order_copy.reserve(ctx, walk.count())) return status;
        places = order_copy.data();
        if (refine) gather_lane(walk.second(), walk.count(), places);
      }
      if (Status status = order_elements(ctx, data, walk.count(), refine, places, buffers)) return status;
      if (!in_place) scatter_lane(places, walk.count(), walk.second());
    }
    return kOk;
  });
}

LH_MATCHES_ROW(lh_argsort);

}  // namespace lancehead
