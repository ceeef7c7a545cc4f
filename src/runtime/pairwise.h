// NumPy's pairwise summation: the same tree of additions, so that the bits equal np.sum's. Rows of up to 128
// numbers (64 complex ones) are added with 8 accumulators, longer ones are halved at a multiple of 8.
#pragma once

#include <complex>
#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

// How many numbers the left part of a longer row has.
inline int64_t pairwise_half(int64_t count) {
  return count / 2 - count / 2 % 8;
}
inline int64_t pairwise_half_complex(int64_t count) {  // their parts are halved at a multiple of 8
  return (count - count % 8) / 2;
}

// The sum of one row of numbers of the first argument's type, of -0.0 where there are none; the stride is in
// bytes.
double pairwise_row(double, const char* data, int64_t count, int64_t stride);
float pairwise_row(float, const char* data, int64_t count, int64_t stride);
std::complex<double> pairwise_row(std::complex<double>, const char* data, int64_t count, int64_t stride);
std::complex<float> pairwise_row(std::complex<float>, const char* data, int64_t count, int64_t stride);

extern "C" {

// One strided row, from 0.
double lh_pairwise_sum(const void* data, int64_t count, int64_t stride);
float lh_pairwise_sum_float(const void* data, int64_t count, int64_t stride);
void lh_pairwise_sum_complex(const void* data, int64_t count, int64_t stride, void* out);
void lh_pairwise_sum_complex_float(const void* data, int64_t count, int64_t stride, void* out);

// All elements of an array of any layout, in np.sum's order.
double lh_array_sum(const Slot* array, int64_t ndim, int64_t itemsize);
float lh_array_sum_float(const Slot* array, int64_t ndim, int64_t itemsize);
void lh_array_sum_complex(const Slot* array, int64_t ndim, int64_t itemsize, void* out);
void lh_array_sum_complex_float(const Slot* array, int64_t ndim, int64_t itemsize, void* out);
}
}  // namespace lancehead
