// The order in which NumPy's reductions visit an array, so that float sums have its bits: axes sorted by
// stride, merged where they continue each other, and in stretches as long as NumPy's iterator would hand them
// to its loops.
#pragma once

#include <cstdint>

#include "runtime/axes.h"

namespace lancehead {

// What is walked over in step: the target, the array, and the mask if there is one.
struct WalkOperand {
  char* data;
  int64_t strides[kMaxDims];  // in bytes, by axis of the array; 0 where the operand does not move
};

struct WalkAxis {
  int64_t extent;
  int64_t strides[3];
  int64_t index;
};

class ReduceWalk {
 public:
  static constexpr int kTarget = 0, kArray = 1, kMask = 2;

  // `converts`: the elements of the array go through a buffer, for they are converted.
  ReduceWalk(int64_t ndim, const int64_t* extents, const WalkOperand* operands, int count, bool converts);

  bool done() const { return done_; }
  void next();  // the next row
  int64_t count() const { return axes_[0].extent; }
  char* row(int operand) const { return rows_[operand]; }
  int64_t stride(int operand) const { return axes_[0].strides[operand]; }
  // How many rows from here on have one target, and how far apart they are in the array.
  int64_t rows_of_target() const {
    return ndim_ > 1 && axes_[1].strides[kTarget] == 0 ? axes_[1].extent - axes_[1].index : 1;
  }
  int64_t row_distance() const { return ndim_ > 1 ? axes_[1].strides[kArray] : 0; }
  void skip(int64_t rows);  // of one target
  bool reduces_rows() const { return axes_[0].strides[kTarget] == 0; }

  // How many elements are added at once, 0: a row. Every `span` elements, whole rows, a new stretch starts.
  struct Stretches {
    int64_t length, span;
  };
  Stretches stretches() const;

 private:
  void sort();
  void merge();
  bool collapses(int64_t axis, int operand) const;

  WalkAxis axes_[kMaxDims];  // innermost first
  int64_t ndim_;
  int count_;
  char* rows_[3];
  bool converts_;
  bool done_ = false;
};

}  // namespace lancehead
