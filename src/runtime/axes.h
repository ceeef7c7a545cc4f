// The axes of an array in the order in which np.sum visits them: smallest stride innermost, axes that
// continue each other merged. And the address ranges of arrays.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

// The leaves of an array, see types/layout.def.
inline const char* array_data(const Slot* array) {
  return static_cast<const char*>(array[1].p);
}
inline int64_t array_extent(const Slot* array, int64_t axis) {
  return array[2 + axis].i;
}
inline int64_t array_stride(const Slot* array, int64_t ndim, int64_t axis) {
  return array[2 + ndim + axis].i;
}

inline constexpr int64_t kMaxDims = 64;         // NumPy's
inline constexpr int64_t kMostGathered = 8192;  // np.getbufsize()

// Walks over the rows of an array, each as long as the memory order allows.
class RowWalk {
 public:
  RowWalk(const Slot* array, int64_t ndim);

  bool done() const { return done_; }
  void next();
  const char* row() const { return row_; }
  int64_t count() const { return axes_[0].extent; }
  int64_t stride() const { return axes_[0].stride; }
  // np.sum's choice for an array of several rows: block = 0 if it adds row by row, else how many elements, in
  // the order of the walk, it gathers and adds at once. Every `span` elements a new block starts.
  struct Gathering {
    int64_t block, span;
  };
  Gathering gathering() const;

 private:
  struct Axis {
    int64_t extent, stride, index;
  };

  void sort();
  void merge();

  Axis axes_[kMaxDims];  // innermost first
  int64_t ndim_;
  const char* row_;
  bool done_ = false;
};

extern "C" bool lh_may_overlap(const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                               int64_t b_ndim, int64_t b_itemsize);
extern "C" bool lh_reshape_strides(const Slot* array, int64_t ndim, int64_t itemsize, int64_t* memory,
                                   int64_t n);
extern "C" void lh_copy_array(const Slot* to, int64_t ndim, int64_t itemsize, const Slot* from,
                              int64_t from_ndim, int64_t from_itemsize);

}  // namespace lancehead
