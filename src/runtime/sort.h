// Sorting of arrays in NumPy's order. Every sort here is stable as far as one can tell: equal numbers that
// differ, zeros of both signs and nans, keep their order, whatever `kind` was asked for.
#pragma once

#include <cstdint>

#include "runtime/context.h"
#include "runtime/sort_buffer.h"

namespace lancehead {

// Up to so many elements are sorted by insertion.
inline constexpr int64_t kInsertionLength = 24;

template <typename T>
struct SortBuffers {
  Buffer<T> elements;
  Buffer<uint64_t> keys, packed;
  Buffer<int64_t> places, order;
};

// Sorts contiguous elements.
template <typename T>
Status sort_elements(Context* ctx, T* data, int64_t count, SortBuffers<T>& buffers);

// The places of the elements in the order of the elements: order[k] is the place of the k-th one. With
// `refine`, `order` holds places already, and is sorted stably by the elements at those places.
template <typename T>
Status order_elements(Context* ctx, const T* data, int64_t count, bool refine, int64_t* order,
                      SortBuffers<T>& buffers);

extern "C" {
// `element` is a code of runtime/sort_keys.h, `axis` may count from the last one.
Status lh_sort(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
               int64_t axis);
// `order`, int64, has the array's shape. With `refine` it holds an order already: see order_elements.
Status lh_argsort(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                  int64_t axis, bool refine, const Slot* order, int64_t order_ndim, int64_t order_itemsize);
// Puts the elements in an order in which those at the places of `kth`, a vector of int64, are where sorting
// would put them, smaller ones before and greater ones behind.
Status lh_partition(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                    int64_t axis, const Slot* kth, int64_t kth_ndim, int64_t kth_itemsize);
// The places of the elements in such an order.
Status lh_argpartition(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                       int64_t axis, const Slot* kth, int64_t kth_ndim, int64_t kth_itemsize,
                       const Slot* order, int64_t order_ndim, int64_t order_itemsize);
}

}  // namespace lancehead
