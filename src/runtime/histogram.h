// Histograms with bins of one width, by np.histogram's formula: its rounding decides what is in which bin.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

extern "C" {
// `out`, three float64: the least element of a vector, its greatest, and their difference, as np.histogram
// takes them for the outer edges of the bins.
Status lh_histogram_range(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                          const Slot* out, int64_t out_ndim, int64_t out_itemsize);
// Fills a vector of float32 or float64 with numbers at equal distances from `first` to `last`. If `native`
// they are computed in that type.
Status lh_histogram_edges(Context* ctx, const Slot* edges, int64_t ndim, int64_t itemsize, double first,
                          double last, bool native);
// Adds 1 for each element of `array` (see runtime/sort_keys.h for `element`) in [first, last] to its bin of
// `counts`, int64. `edges`, float32 or float64, is one longer. `span` is what differences from `first` are
// divided by, in float32 if `single`.
void lh_histogram(const Slot* array, int64_t ndim, int64_t itemsize, int64_t element, double first,
                  double last, double span, bool single, const Slot* edges, int64_t edges_ndim,
                  int64_t edges_itemsize, const Slot* counts, int64_t counts_ndim, int64_t counts_itemsize);
// Adds the elements of `weights`, a vector of float64, to float32 or float64 instead: those of blocks of
// 65536 first, as NumPy does it.
Status lh_histogram_weights(Context* ctx, const Slot* array, int64_t ndim, int64_t itemsize, int64_t element,
                            double first, double last, double span, bool single, const Slot* edges,
                            int64_t edges_ndim, int64_t edges_itemsize, const Slot* weights,
                            int64_t weights_ndim, int64_t weights_itemsize, const Slot* sums,
                            int64_t sums_ndim, int64_t sums_itemsize);
}

}  // namespace lancehead
