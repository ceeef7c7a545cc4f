// Sorting in place: by insertion, by counting (8 and 16 bits), by Highway's vectorised quicksort.
#include <algorithm>
#include <cstring>
#include <limits>

#include "runtime/signature.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/sort_lanes.h"
#include "runtime/vector_sort.h"

namespace lancehead {
namespace {

template <typename T>
void sort_by_insertion(T* data, int64_t count) {
  for (int64_t i = 1; i < count; ++i) {
    T x = data[i];
    int64_t k = i;
    for (; k > 0 && comes_before(x, data[k - 1]); --k) data[k] = data[k - 1];
    data[k] = x;
  }
}

// Of 8 or 16 bits: how often each value occurs says it all. Needs no memory of its own.
template <typename T, int64_t kValues>
void sort_by_counting(T* data, int64_t count, int64_t* counts) {
  std::fill_n(counts, kValues, 0);
  for (int64_t i = 0; i < count; ++i) ++counts[order_key(data[i])];
  constexpr T kLeast = std::is_signed_v<T> ? static_cast<T>(T{1} << (8 * sizeof(T) - 1)) : T{0};
  for (int64_t key = 0; key < kValues; ++key)
    data = std::fill_n(data, counts[key], static_cast<T>(static_cast<T>(key) + kLeast));
}

constexpr int64_t kValues16 = 65536;

template <typename T>
Status sort_integers(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers) {
  if constexpr (sizeof(T) == 1) {
    int64_t counts[256];
    sort_by_counting<T, 256>(data, count, counts);
  } else {
    constexpr int64_t kWorthCounting = 8192;
    if (sizeof(T) == 2 && count >= kWorthCounting) {
      if (Status status = buffers.places.reserve(ctx, kValues16)) return status;
      if constexpr (sizeof(T) == 2) sort_by_counting<T, kValues16>(data, count, buffers.places.data());
    } else {
      vector_sort(data, static_cast<size_t>(count));
    }
  }
  return kOk;
}

// Sorts what the vectors cannot: infinities go to the ends, nans behind them, as they stood. The finite
// numbers, in between, are left unsorted. `nans` has room for the nans.
template <typename T>
T* set_apart(T* data, int64_t count, int64_t lows, int64_t highs, T* nans) {
  const T infinity = std::numeric_limits<T>::infinity();
  int64_t finite = 0, found = 0;
  for (int64_t i = 0; i < count; ++i) {
    T x = data[i];
    if (x != x)
      nans[found++] = x;
    else if (x != infinity && x != -infinity)
      data[finite++] = x;
  }
  std::copy_backward(data, data + finite, data + lows + finite);
  std::fill_n(data, lows, -infinity);
  std::copy_n(nans, found, std::fill_n(data + lows + finite, highs, infinity));
  return data + lows;
}

// Whether any element is an infinity, a nan or a negative zero.
template <typename T>
bool has_specials(const T* data, int64_t count) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  constexpr Bits kInfinity = sizeof(T) == 4 ? Bits{0x7f800000} : static_cast<Bits>(0x7ff0000000000000);
  constexpr Bits kNegativeZero = Bits{1} << (8 * sizeof(T) - 1);
  int64_t found = 0;
  for (int64_t i = 0; i < count; ++i) {
    Bits bits;
    std::memcpy(&bits, data + i, sizeof bits);
    found += (bits & ~kNegativeZero) >= kInfinity;
    found += bits == kNegativeZero;
  }
  return found > 0;
}

// Zeros of both signs compare equal, and the vectors may lose signs: they are written again as they stood.
template <typename T>
Status sort_specials(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers) {
  const T infinity = std::numeric_limits<T>::infinity();
  int64_t nans = 0, lows = 0, highs = 0, zeros = 0;
  for (int64_t i = 0; i < count; ++i) {
    nans += data[i] != data[i];
    lows += data[i] == -infinity;
    highs += data[i] == infinity;
    zeros += data[i] == 0;
  }
  const int64_t finite = count - nans - lows - highs;
  if (Status status = buffers.elements.reserve(ctx, std::max(nans, zeros))) return status;
  data = set_apart(data, count, lows, highs, buffers.elements.data());
  std::copy_if(data, data + finite, buffers.elements.data(), [](T x) { return x == 0; });
  vector_sort(data, static_cast<size_t>(finite));
  std::copy_n(buffers.elements.data(), zeros, std::lower_bound(data, data + finite, T{0}));
  return kOk;
}

template <typename T>
Status sort_floats(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers) {
  if (has_specials(data, count)) return sort_specials(ctx, data, count, buffers);
  vector_sort(data, static_cast<size_t>(count));
  return kOk;
}

// As integers: NaT, the least one, goes last.
Status sort_ticks(Context*, Ticks* data, int64_t count) {
  auto* counts = reinterpret_cast<int64_t*>(data);
  vector_sort(counts, static_cast<size_t>(count));
  int64_t* numbers = std::upper_bound(counts, counts + count, INT64_MIN);
  std::rotate(counts, numbers, counts + count);
  return kOk;
}

// By the order of the places: two sorts of keys are faster than one of numbers that are compared part by
// part.
template <typename T>
Status sort_by_order(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers) {
  if (Status status = buffers.order.reserve(ctx, count)) return status;
  if (Status status = buffers.elements.reserve(ctx, count)) return status;
  if (Status status = order_elements(ctx, data, count, false, buffers.order.data(), buffers)) return status;
  std::copy_n(data, count, buffers.elements.data());
  for (int64_t i = 0; i < count; ++i) data[i] = buffers.elements[buffers.order[i]];
  return kOk;
}

}  // namespace

template <typename T>
Status sort_elements(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers) {
  if (count <= kInsertionLength) {
    sort_by_insertion(data, count);
    return kOk;
  }
  if constexpr (std::is_integral_v<T>)
    return sort_integers(ctx, data, count, buffers);
  else if constexpr (std::is_floating_point_v<T>)
    return sort_floats(ctx, data, count, buffers);
  else if constexpr (std::is_same_v<T, Ticks>)
    return sort_ticks(ctx, data, count);
  else
    return sort_by_order(ctx, data, count, buffers);
}

#define LH_INSTANTIATE(T) template Status sort_elements<T>(Context*, T*, int64_t, SortBuffers<T>&);
LH_INSTANTIATE(int8_t)
LH_INSTANTIATE(int16_t)
LH_INSTANTIATE(int32_t)
LH_INSTANTIATE(int64_t)
LH_INSTANTIATE(uint8_t)
LH_INSTANTIATE(uint16_t)
LH_INSTANTIATE(uint32_t)
LH_INSTANTIATE(uint64_t)
LH_INSTANTIATE(Half)
LH_INSTANTIATE(float)
LH_INSTANTIATE(double)
LH_INSTANTIATE(std::complex<float>)
LH_INSTANTIATE(std::complex<double>)
LH_INSTANTIATE(Ticks)
#undef LH_INSTANTIATE

extern "C" Status lh_sort(Context* ctx, const Slot* array, int64_t ndim, int64_t, int64_t element,
                          int64_t axis) {
  if (Status status = check_axis(ctx, ndim, axis)) return status;
  return with_element_type(element, [&]<typename T>(T) -> Status {
    SortBuffers<T> buffers;
    Buffer<T> copy;
    for (LaneWalk walk(array, ndim, axis); !walk.done(); walk.next()) {
      if (is_contiguous<T>(walk.lane())) {
        T* data = reinterpret_cast<T*>(walk.lane().data);
        if (Status status = sort_elements(ctx, data, walk.count(), buffers)) return status;
        continue;
      }
      if (Status status = copy.reserve(ctx, walk.count())) return status;
      gather_lane(walk.lane(), walk.count(), copy.data());
      if (Status status = sort_elements(ctx, copy.data(), walk.count(), buffers)) return status;
      scatter_lane(copy.data(), walk.count(), walk.lane());
    }
    return kOk;
  });
}

LH_MATCHES_ROW(lh_sort);

}  // namespace lancehead
