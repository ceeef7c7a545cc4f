// The inner loops of reductions, for the machine that runs.
#pragma once

#include <cstdint>

#include "runtime/elements.h"

namespace lancehead {

enum class ReduceOp : int64_t {
  None,
#define REDUCE(id, name) id,
#include "types/reductions.def"
#undef REDUCE
};

// Combines `count` elements into the target: into one where its stride is 0, else each into its own.
using ReduceKernel = void (*)(char* target, int64_t target_stride, const char* data, int64_t stride,
                              int64_t count);
// Combines `rows` contiguous rows of `count` elements into a contiguous target, in their order.
using RowsKernel = void (*)(char* target, const char* data, int64_t row_stride, int64_t rows, int64_t count);

// For elements `from` and a target of `to`; null where the elements must be converted to `to` first, and then
// there is one for (to, to).
ReduceKernel reduce_kernel(ReduceOp op, Element from, Element to);
// For elements of the target's type; null where there is none.
RowsKernel rows_kernel(ReduceOp op, Element element);

namespace any_machine {
ReduceKernel reduce_kernel(ReduceOp op, Element from, Element to);
RowsKernel rows_kernel(ReduceOp op, Element element);
}  // namespace any_machine
namespace avx2_machine {
ReduceKernel reduce_kernel(ReduceOp op, Element from, Element to);
RowsKernel rows_kernel(ReduceOp op, Element element);
}  // namespace avx2_machine

}  // namespace lancehead
