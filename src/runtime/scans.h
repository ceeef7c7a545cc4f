// Running sums and products, and where extremes are: np.cumsum, np.cumprod, np.argmin, np.argmax.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {
extern "C" {

// Replaces each element by the sum or product (`op`, types/reductions.def) of those up to it along the axis.
void lh_accumulate(int64_t op, int64_t element, const Slot* array, int64_t ndim, int64_t itemsize,
                   int64_t axis);

// The index of the first extreme in the order of the indices; a nan is the extreme. There is an element.
// `op` is Min or Max.
int64_t lh_arg_index(int64_t op, int64_t element, const Slot* array, int64_t ndim, int64_t itemsize);
// ... along an axis, into `target`, which has the array's axes with an extent of 1 for that one.
void lh_arg_reduce(int64_t op, int64_t element, const Slot* target, int64_t target_ndim,
                   int64_t target_itemsize, const Slot* array, int64_t ndim, int64_t itemsize, int64_t axis);
}
}  // namespace lancehead
