#include "runtime/axes.h"

#include <algorithm>
#include <cstdlib>

#include "runtime/signature.h"

namespace lancehead {
namespace {

struct AddressRange {
  uintptr_t first, end;  // equal: nothing
};

AddressRange addresses_of(const Slot* array, int64_t ndim, int64_t itemsize) {
  uintptr_t low = reinterpret_cast<uintptr_t>(array_data(array)), high = low;
  for (int64_t i = 0; i < ndim; ++i) {
    int64_t extent = array_extent(array, i);
    if (extent == 0) return {low, low};
    int64_t reach = (extent - 1) * array_stride(array, ndim, i);
    (reach < 0 ? low : high) += static_cast<uintptr_t>(reach);
  }
  return {low, high + static_cast<uintptr_t>(itemsize)};
}

}  // namespace

RowWalk::RowWalk(const Slot* array, int64_t ndim) : ndim_(ndim), row_(array_data(array)) {
  for (int64_t i = 0; i < ndim; ++i) {
    int64_t axis = ndim - 1 - i, extent = array_extent(array, axis);
    axes_[i] = {extent, extent == 1 ? 0 : array_stride(array, ndim, axis), 0};
    if (extent == 0) done_ = true;
  }
  if (ndim_ == 0) axes_[ndim_++] = {1, 0, 0};
  sort();
  merge();
}

// Insertion by stride. A stride of 0 (one element, or a broadcast axis) says nothing about the order.
void RowWalk::sort() {
  for (int64_t i = 1; i < ndim_; ++i) {
    int64_t place = i;
    int64_t stride = std::abs(axes_[i].stride);
    if (stride == 0) continue;
    for (int64_t j = i - 1; j >= 0; --j) {
      int64_t inner = std::abs(axes_[j].stride);
      if (inner == 0) continue;
      if (inner <= stride) break;
      place = j;
    }
    std::rotate(axes_ + place, axes_ + i, axes_ + i + 1);
  }
}

void RowWalk::merge() {
  int64_t last = 0;
  for (int64_t i = 1; i < ndim_; ++i) {
    Axis& inner = axes_[last];
    const Axis& outer = axes_[i];
    if (inner.extent == 1 || outer.extent == 1 || inner.extent * inner.stride == outer.stride) {
      inner.extent *= outer.extent;
      if (inner.stride == 0) inner.stride = outer.stride;
    } else {
      axes_[++last] = outer;
    }
  }
  ndim_ = last + 1;
}

// NumPy (2.3 and later) weighs the number of passes against the length of each, an axis more at a time:
// gathering costs a second pass and is limited to the buffer. A block is a multiple of the axes inside the
// last one.
RowWalk::Gathering RowWalk::gathering() const {
  double best_size = static_cast<double>(axes_[0].extent);
  double best_cost = 1;
  Gathering best{0, 0};
  int64_t size = axes_[0].extent;
  for (int64_t i = 1; i < ndim_ && (i == 1 || size < kMostGathered); ++i) {
    constexpr double kCost = 2;
    int64_t core = size;
    size *= axes_[i].extent;
    if (kCost * best_size > best_cost * static_cast<double>(std::min(size, kMostGathered))) continue;
    best_size = static_cast<double>(size);
    best_cost = kCost;
    best = {size <= kMostGathered ? size : core * (kMostGathered / core), size};
  }
  return best;
}

void RowWalk::next() {
  for (int64_t i = 1; i < ndim_; ++i) {
    Axis& axis = axes_[i];
    row_ += axis.stride;
    if (++axis.index < axis.extent) return;
    row_ -= axis.extent * axis.stride;
    axis.index = 0;
  }
  done_ = true;
}

extern "C" bool lh_may_overlap(const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                               int64_t b_ndim, int64_t b_itemsize) {
  AddressRange x = addresses_of(a, a_ndim, a_itemsize), y = addresses_of(b, b_ndim, b_itemsize);
  return std::max(x.first, y.first) < std::min(x.end, y.end);
}

LH_MATCHES_ROW(lh_may_overlap);

}  // namespace lancehead
