// np.sum of n numbers that are computed as they are added, in memory that the caller lends
// (types/tree_sum.def):
//
//   for (count = begin(memory, n); count > 0; count = next(memory)) write the next `count` numbers to memory
//
// and then the sum stands in memory. The tree of additions is that of the sum of one array
// (runtime/pairwise.h).
#pragma once

#include <cstdint>

namespace lancehead {
extern "C" {

int64_t lh_tree_sum_begin(void* memory, int64_t n);
int64_t lh_tree_sum_next(void* memory);
int64_t lh_tree_sum_begin_float(void* memory, int64_t n);
int64_t lh_tree_sum_next_float(void* memory);
int64_t lh_tree_sum_begin_complex(void* memory, int64_t n);
int64_t lh_tree_sum_next_complex(void* memory);
int64_t lh_tree_sum_begin_complex_float(void* memory, int64_t n);
int64_t lh_tree_sum_next_complex_float(void* memory);
}
}  // namespace lancehead
