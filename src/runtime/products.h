// Products of arrays of one element type (types/elements.def): np.matmul and its like, np.dot, np.vdot. By
// the BLAS that NumPy brought (blas.h) where NumPy calls it, else by our own loops. The result's array is
// apart from the operands, and has the shape that theirs make; ValueError where these don't fit each other.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

// What is multiplied along the last axes; the axes before are broadcast to those of the result.
enum class ProductKind : int64_t { MatMul, VecDot, MatVec, VecMat, VDot };

extern "C" {
// `plain`: sums from the first product on, as NumPy makes them of what is no BLAS's.
Status lh_matmul(Context* ctx, const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                 int64_t b_ndim, int64_t b_itemsize, const Slot* out, int64_t out_ndim, int64_t out_itemsize,
                 int64_t kind, int64_t element, bool plain);
// np.dot: the last axis of `a` with the last but one of `b`. `out` is C-contiguous.
Status lh_dot(Context* ctx, const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b, int64_t b_ndim,
              int64_t b_itemsize, const Slot* out, int64_t out_ndim, int64_t out_itemsize, int64_t element,
              bool plain);
// np.dot of two vectors of floats.
double lh_vector_dot(const char* a, int64_t a_stride, const char* b, int64_t b_stride, int64_t count);
float lh_vector_dot_float(const char* a, int64_t a_stride, const char* b, int64_t b_stride, int64_t count);
// np.einsum: views with the axes of the sum, those of the result first. The views from `operands` on don't
// count.
Status lh_einsum(Context* ctx, const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                 int64_t b_ndim, int64_t b_itemsize, const Slot* out, int64_t out_ndim, int64_t out_itemsize,
                 int64_t operands, int64_t element);
Status lh_einsum_of_four(Context* ctx, const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                         int64_t b_ndim, int64_t b_itemsize, const Slot* c, int64_t c_ndim,
                         int64_t c_itemsize, const Slot* d, int64_t d_ndim, int64_t d_itemsize,
                         const Slot* out, int64_t out_ndim, int64_t out_itemsize, int64_t operands,
                         int64_t element);
}

}  // namespace lancehead
