// Where sorting would put an element, without sorting. Two pivots that enclose the wanted place are taken
// from a sorted sample (Floyd and Rivest, Expected time bounds for selection); passes in vectors leave what
// lies between them, which soon is short enough to be sorted.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/vector_select.h"

namespace lancehead {

inline constexpr int64_t kSortedAtOnce = 4096;

// What is worth passes of its own: the others are sorted about as fast.
template <typename T>
inline constexpr bool is_selected = std::is_arithmetic_v<T> && sizeof(T) >= 4;

// Two elements between which that of the wanted places will most likely be.
template <typename T>
struct Pivots {
  T low, high;
};

// For the places `first` to `last`. There are no nans.
template <typename T>
Pivots<T> sampled_pivots(const T* data, int64_t count, int64_t first, int64_t last) {
  constexpr int64_t kSample = 1024, kMargin = 48;  // places in the sample on either side of the wanted one
  T sample[kSample];
  for (int64_t i = 0; i < kSample; ++i)
    sample[i] = data[static_cast<int64_t>((static_cast<__int128>(count - 1) * i) / (kSample - 1))];
  std::sort(sample, sample + kSample);
  auto about = [=](int64_t place) {
    return static_cast<int64_t>(static_cast<__int128>(place) * kSample / count);
  };
  return {sample[std::max<int64_t>(about(first) - kMargin, 0)],
          sample[std::min<int64_t>(about(last) + kMargin, kSample - 1)]};
}

// The least of the numbers that are greater, or x itself if there is none.
template <typename T>
T next_greater(T x) {
  if constexpr (std::is_floating_point_v<T>)
    return std::nextafter(x, std::numeric_limits<T>::infinity());
  else
    return x < std::numeric_limits<T>::max() ? static_cast<T>(x + 1) : x;
}

// Puts data[place] where sorting would put it, smaller ones before and greater ones behind. There are no
// nans.
template <typename T>
Status select_place(Context* ctx, T* data, int64_t count, int64_t place, SortBuffers<T>& buffers) {
  auto split = [&](int64_t n, T pivot) {
    return static_cast<int64_t>(vector_split(data, static_cast<size_t>(n), pivot));
  };
  while (count > kSortedAtOnce) {
    const auto [low, high] = sampled_pivots(data, count, place, place);
    const int64_t below_high = split(count, high);
    if (place < below_high) {
      const int64_t below_low = split(below_high, low);
      const bool is_between = place >= below_low;
      count = is_between ? below_high - below_low : below_low;
      if (is_between) data += below_low, place -= below_low;
      continue;
    }
    data += below_high, place -= below_high, count -= below_high;
    if (below_high > 0) continue;
    // The pivot is the least of what is left; it may be there many times.
    const T greater = next_greater(high);
    if (!(high < greater)) return kOk;
    const int64_t equal = split(count, greater);
    if (place < equal) return kOk;
    data += equal, place -= equal, count -= equal;
  }
  return sort_elements(ctx, data, count, buffers);
}

}  // namespace lancehead
