// Whether an array can be seen with another shape without a copy, in C order (what NumPy decides as well:
// axes of the array that continue each other are one, and each such run must be cut into whole axes of the
// new shape).
#include "runtime/axes.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

struct Run {
  int64_t extent, stride;
};

// The array's axes without those of extent 1, those that continue each other merged; outermost first.
int64_t merged_axes(const Slot* array, int64_t ndim, Run* runs) {
  int64_t count = 0;
  for (int64_t k = 0; k < ndim; ++k) {
    const Run axis{array_extent(array, k), array_stride(array, ndim, k)};
    if (axis.extent == 1) continue;
    if (count > 0 && runs[count - 1].stride == axis.extent * axis.stride)
      runs[count - 1] = {runs[count - 1].extent * axis.extent, axis.stride};
    else
      runs[count++] = axis;
  }
  return count;
}

}  // namespace

// `memory` holds the n extents of the new shape, which has as many elements; behind them go the n strides.
extern "C" bool lh_reshape_strides(const Slot* array, int64_t ndim, int64_t itemsize, int64_t* memory,
                                   int64_t n) {
  int64_t* strides = memory + n;
  bool empty = false;
  for (int64_t k = 0; k < n; ++k) empty = empty || memory[k] == 0;
  if (empty) {
    int64_t stride = itemsize;
    for (int64_t k = n; k-- > 0;) {
      strides[k] = stride;
      stride *= memory[k] ? memory[k] : 1;
    }
    return true;
  }
  Run runs[kMaxDims];
  const int64_t count = merged_axes(array, ndim, runs);
  int64_t k = 0;
  for (int64_t r = 0; r < count; ++r) {
    const int64_t first = k;
    int64_t product = 1;
    while (k < n && product < runs[r].extent) product *= memory[k++];
    if (product != runs[r].extent) return false;
    int64_t stride = runs[r].stride;
    for (int64_t i = k; i-- > first;) {
      strides[i] = stride;
      stride *= memory[i];
    }
  }
  for (; k < n; ++k) strides[k] = itemsize;  // axes of extent 1
  return true;
}

LH_MATCHES_ROW(lh_reshape_strides);

}  // namespace lancehead
