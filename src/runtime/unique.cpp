// Groups of equal elements in sorted arrays (search.h).
#include "runtime/search.h"

#include <cstring>

#include "runtime/axes.h"
#include "runtime/signature.h"
#include "runtime/sort_keys.h"

namespace lancehead {
namespace {

template <typename T>
T* elements_of(const Slot* array) {
  return static_cast<T*>(array[1].p);
}

// As == has it: a nan, NaT too, equals nothing.
template <typename T>
bool are_equal(const T& a, const T& b) {
  if constexpr (std::is_arithmetic_v<T> || is_complex_element<T>)
    return a == b;
  else
    return order_key(a) == order_key(b) && !is_nan_element(a);
}

// The nans of sorted elements are the last ones: how many elements there are before. Complex numbers with a
// nan in any part come last too.
template <typename T>
int64_t count_before_nans(const T* data, int64_t count) {
  while (count > 0 && is_nan_element(data[count - 1])) --count;
  return count;
}

template <typename T>
void gather(const Slot* from, int64_t stride, const Slot* places, const Slot* to) {
  const char* data = array_data(from);
  const int64_t* place = elements_of<int64_t>(places);
  T* out = elements_of<T>(to);
  const int64_t count = array_extent(places, 0);
  for (int64_t i = 0; i < count; ++i) std::memcpy(out + i, data + place[i] * stride, sizeof(T));
}

}  // namespace

extern "C" void lh_gather(const Slot* from, int64_t ndim, int64_t itemsize, const Slot* places, int64_t,
                          int64_t, const Slot* to, int64_t, int64_t) {
  const int64_t stride = array_stride(from, ndim, 0);
  switch (itemsize) {
    case 1: return gather<uint8_t>(from, stride, places, to);
    case 2: return gather<uint16_t>(from, stride, places, to);
    case 4: return gather<uint32_t>(from, stride, places, to);
    case 8: return gather<uint64_t>(from, stride, places, to);
    default: return gather<std::complex<double>>(from, stride, places, to);
  }
}

extern "C" int64_t lh_unique(const Slot* sorted, int64_t, int64_t, int64_t element, bool equal_nan) {
  return with_element_type(element, [&]<typename T>(T) -> int64_t {
    T* data = elements_of<T>(sorted);
    const int64_t count = array_extent(sorted, 0);
    if (count == 0) return 0;
    const int64_t numbers = equal_nan ? count_before_nans(data, count) : count;
    int64_t found = numbers > 0;
    T last = data[0];
    for (int64_t i = 1; i < numbers; ++i) {
      T x = data[i];
      data[found] = x;
      found += !are_equal(x, last);
      last = x;
    }
    if (numbers < count) data[found++] = data[numbers];
    return found;
  });
}

extern "C" int64_t lh_group_starts(const Slot* sorted, int64_t, int64_t, int64_t element, bool equal_nan,
                                   const Slot* starts, int64_t, int64_t) {
  return with_element_type(element, [&]<typename T>(T) -> int64_t {
    const T* data = elements_of<T>(sorted);
    int64_t* out = elements_of<int64_t>(starts);
    const int64_t count = array_extent(sorted, 0);
    const int64_t numbers = equal_nan ? count_before_nans(data, count) : count;
    int64_t found = 0;
    for (int64_t i = 0; i < numbers; ++i) {
      out[found] = i;
      found += i == 0 || !are_equal(data[i], data[i - 1]);
    }
    if (numbers < count) out[found++] = numbers;
    return found;
  });
}

extern "C" int64_t lh_row_group_starts(const Slot* rows, int64_t, int64_t, int64_t element, const Slot* order,
                                       int64_t, int64_t, const Slot* starts, int64_t, int64_t) {
  return with_element_type(element, [&]<typename T>(T) -> int64_t {
    const T* data = elements_of<T>(rows);
    const int64_t* places = elements_of<int64_t>(order);
    int64_t* out = elements_of<int64_t>(starts);
    const int64_t count = array_extent(rows, 0), width = array_extent(rows, 1);
    int64_t found = 0;
    for (int64_t i = 0; i < count; ++i) {
      bool same = i > 0;
      for (int64_t k = 0; same && k < width; ++k)
        same = are_equal(data[places[i] * width + k], data[places[i - 1] * width + k]);
      if (!same) out[found++] = i;
    }
    return found;
  });
}

extern "C" void lh_group_numbers(const Slot* starts, int64_t, int64_t, int64_t count, const Slot* order,
                                 int64_t, int64_t, const Slot* groups, int64_t, int64_t) {
  const int64_t* first = elements_of<int64_t>(starts);
  const int64_t* places = elements_of<int64_t>(order);
  int64_t* out = elements_of<int64_t>(groups);
  const int64_t elements = array_extent(order, 0);
  for (int64_t group = 0; group < count; ++group) {
    const int64_t end = group + 1 < count ? first[group + 1] : elements;
    for (int64_t i = first[group]; i < end; ++i) out[places[i]] = group;
  }
}

LH_MATCHES_ROW(lh_gather);
LH_MATCHES_ROW(lh_unique);
LH_MATCHES_ROW(lh_group_starts);
LH_MATCHES_ROW(lh_row_group_starts);
LH_MATCHES_ROW(lh_group_numbers);

}  // namespace lancehead
