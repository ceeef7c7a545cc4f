// Functions of floating point that C's library lacks or defines otherwise than CPython and NumPy. None raises
// on domain or range errors (contract C7) but fsum, whose errors are about intermediate results.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {
extern "C" {

double lh_float_pow_int(double base, int64_t exponent);  // CPython's float ** int
double lh_round_digits(double x, int64_t digits);  // CPython's round(x, digits); inf where that overflows
Status lh_fsum(Context* ctx, const void* data, int64_t count, int64_t stride, double* out);
double lh_frexp_mantissa(double x);
int64_t lh_frexp_exponent(double x);
double lh_ldexp(double x, int64_t exponent);
double lh_ulp(double x);
double lh_nextafter_steps(double x, double y, int64_t steps);
double lh_vector_norm(const void* data, int64_t count, int64_t stride);
double lh_distance(const void* p, int64_t p_stride, const void* q, int64_t q_stride, int64_t count);
double lh_sum_products(const void* p, int64_t p_stride, const void* q, int64_t q_stride, int64_t count);

// The rows of ir/math.def whose form is Runtime.
double lh_lgamma(double x);
float lh_lgammaf(float x);
double lh_logaddexp(double x, double y);
float lh_logaddexpf(float x, float y);
double lh_logaddexp2(double x, double y);
float lh_logaddexp2f(float x, float y);
double lh_spacing(double x);
float lh_spacingf(float x);
}
}  // namespace lancehead
