// The lanes of an array along one axis, one after the other, with those of a second array of the same shape.
#pragma once

#include <cstdint>
#include <cstring>

#include "runtime/axes.h"
#include "runtime/error.h"

namespace lancehead {

// Counts an axis from the first one; raises AxisError.
inline Status check_axis(Context* ctx, int64_t ndim, int64_t& axis) {
  if (axis < -ndim || axis >= ndim) return raise_row(ctx, ErrorRowId::AxisOutOfBounds, axis, ndim);
  if (axis < 0) axis += ndim;
  return kOk;
}

struct Lane {
  char* data;
  int64_t stride;  // in bytes
};

template <typename T>
T lane_at(const Lane& lane, int64_t i) {
  T value;
  std::memcpy(&value, lane.data + i * lane.stride, sizeof value);
  return value;
}

template <typename T>
void gather_lane(const Lane& lane, int64_t count, T* to) {
  if (lane.stride == static_cast<int64_t>(sizeof(T))) {
    if (count > 0) std::memcpy(to, lane.data, static_cast<size_t>(count) * sizeof(T));
    return;
  }
  for (int64_t i = 0; i < count; ++i) to[i] = lane_at<T>(lane, i);
}

template <typename T>
void scatter_lane(const T* from, int64_t count, const Lane& lane) {
  if (lane.stride == static_cast<int64_t>(sizeof(T))) {
    if (count > 0) std::memcpy(lane.data, from, static_cast<size_t>(count) * sizeof(T));
    return;
  }
  for (int64_t i = 0; i < count; ++i) std::memcpy(lane.data + i * lane.stride, from + i, sizeof(T));
}

// Whether a T can be read where the lane's elements lie, one behind the other.
template <typename T>
bool is_contiguous(const Lane& lane) {
  return lane.stride == static_cast<int64_t>(sizeof(T)) &&
         reinterpret_cast<uintptr_t>(lane.data) % alignof(T) == 0;
}

class LaneWalk {
 public:
  // `second` has the shape of `array`, or is null.
  LaneWalk(const Slot* array, int64_t ndim, int64_t axis, const Slot* second = nullptr) {
    operands_ = second ? 2 : 1;
    const Slot* arrays[2] = {array, second};
    for (int k = 0; k < operands_; ++k) lanes_[k] = {static_cast<char*>(arrays[k][1].p), 0};
    count_ = ndim == 0 ? 1 : array_extent(array, axis);
    for (int64_t i = 0; i < ndim; ++i) {
      if (array_extent(array, i) == 0 && i != axis) done_ = true;
      for (int k = 0; k < operands_; ++k) {
        int64_t stride = array_stride(arrays[k], ndim, i);
        (i == axis ? lanes_[k].stride : axes_[ndim_].strides[k]) = stride;
      }
      if (i != axis) axes_[ndim_++].extent = array_extent(array, i);
    }
  }

  bool done() const { return done_; }
  int64_t count() const { return count_; }  // elements of each lane
  const Lane& lane() const { return lanes_[0]; }
  const Lane& second() const { return lanes_[1]; }

  void next() {
    for (int64_t i = ndim_ - 1; i >= 0; --i) {
      Axis& axis = axes_[i];
      for (int k = 0; k < operands_; ++k) lanes_[k].data += axis.strides[k];
      if (++axis.index < axis.extent) return;
      for (int k = 0; k < operands_; ++k) lanes_[k].data -= axis.extent * axis.strides[k];
      axis.index = 0;
    }
    done_ = true;
  }

 private:
  struct Axis {
    int64_t extent = 0;
    int64_t strides[2] = {};
    int64_t index = 0;
  };

  Axis axes_[kMaxDims];
  Lane lanes_[2] = {};
  int64_t ndim_ = 0, count_ = 0;
  int operands_ = 1;
  bool done_ = false;
};

}  // namespace lancehead
