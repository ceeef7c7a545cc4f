// Integer functions of 64 bits. Results wrap (contract C7) but where CPython's exact result is asked for:
// those raise OverflowError beyond int64.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {
extern "C" {

int64_t lh_int_pow(int64_t base, int64_t exponent);  // exponent >= 0
uint64_t lh_uint_pow(uint64_t base, uint64_t exponent);
int64_t lh_gcd(int64_t a, int64_t b);
int64_t lh_lcm(int64_t a, int64_t b);
uint64_t lh_uint_gcd(uint64_t a, uint64_t b);
uint64_t lh_uint_lcm(uint64_t a, uint64_t b);
int64_t lh_isqrt(int64_t n);  // of negative n: 0, the caller has checked
Status lh_comb(Context* ctx, int64_t n, int64_t k, int64_t* out);
Status lh_perm(Context* ctx, int64_t n, int64_t k, int64_t* out);
Status lh_factorial(Context* ctx, int64_t n, int64_t* out);
Status lh_pow_mod(Context* ctx, int64_t base, int64_t exponent, int64_t modulus, int64_t* out);
}
}  // namespace lancehead
