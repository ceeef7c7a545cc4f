// NumPy's reductions along axes: sum, prod, min, max, any, all of every element type, in NumPy's order.
#pragma once

#include <cstdint>

#include "runtime/context.h"
#include "runtime/reduce_kernels.h"

namespace lancehead {

extern "C" {
// Combines the elements of `array` into `target`, which has either all axes of the array or those that are
// kept. `axes` has bit k where axis k is reduced. What begins the reduction is stored in the target unless
// `begun`.
void lh_reduce(int64_t op, int64_t to, int64_t from, int64_t axes, bool begun, const Slot* target,
               int64_t target_ndim, int64_t target_itemsize, const Slot* array, int64_t ndim,
               int64_t itemsize);
// ..., of the elements for which `mask`, an array of the same shape, is true.
void lh_reduce_where(int64_t op, int64_t to, int64_t from, int64_t axes, bool begun, const Slot* target,
                     int64_t target_ndim, int64_t target_itemsize, const Slot* array, int64_t ndim,
                     int64_t itemsize, const Slot* mask, int64_t mask_ndim, int64_t mask_itemsize);
}

}  // namespace lancehead
