// Searching in sorted arrays, and what follows from it: groups of equal elements, counts of histograms.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

extern "C" {
// np.searchsorted: for each of `wanted` where it belongs into `sorted`, a vector of the same element type
// (runtime/sort_keys.h). With `has_sorter` the vector is in order by the places that `sorter` holds (int64),
// which else is any array. `out`: int64, of the shape of `wanted`.
Status lh_search_sorted(Context* ctx, const Slot* sorted, int64_t ndim, int64_t itemsize, int64_t element,
                        const Slot* wanted, int64_t wanted_ndim, int64_t wanted_itemsize, bool right,
                        bool has_sorter, const Slot* sorter, int64_t sorter_ndim, int64_t sorter_itemsize,
                        const Slot* out, int64_t out_ndim, int64_t out_itemsize);
// 1 if a vector nowhere decreases, else -1 if it nowhere increases, else 0.
int64_t lh_monotonic(const Slot* array, int64_t ndim, int64_t itemsize, int64_t element);

// to[i] = from[places[i]], for the elements of a vector whatever their type; places and target are
// contiguous.
void lh_gather(const Slot* from, int64_t ndim, int64_t itemsize, const Slot* places, int64_t places_ndim,
               int64_t places_itemsize, const Slot* to, int64_t to_ndim, int64_t to_itemsize);

// What follows is of sorted, contiguous arrays. Elements are equal as == has it; with `equal_nan` nans are
// too. Moves the first element of each group of equal ones to the front; gives how many there are.
int64_t lh_unique(const Slot* sorted, int64_t ndim, int64_t itemsize, int64_t element, bool equal_nan);
// Where the groups of equal elements begin, as int64; gives how many there are.
int64_t lh_group_starts(const Slot* sorted, int64_t ndim, int64_t itemsize, int64_t element, bool equal_nan,
                        const Slot* starts, int64_t starts_ndim, int64_t starts_itemsize);
// The same of the rows of a matrix, in the order that `order` says.
int64_t lh_row_group_starts(const Slot* rows, int64_t ndim, int64_t itemsize, int64_t element,
                            const Slot* order, int64_t order_ndim, int64_t order_itemsize, const Slot* starts,
                            int64_t starts_ndim, int64_t starts_itemsize);
// groups[order[i]] = the number of the group that the i-th element belongs to.
void lh_group_numbers(const Slot* starts, int64_t ndim, int64_t itemsize, int64_t count, const Slot* order,
                      int64_t order_ndim, int64_t order_itemsize, const Slot* groups, int64_t groups_ndim,
                      int64_t groups_itemsize);
}

}  // namespace lancehead
