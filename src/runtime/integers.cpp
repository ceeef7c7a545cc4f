#include "runtime/integers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runtime/error.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

uint64_t magnitude(int64_t value) {
  return value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}

// For comb and perm: raises unless both are natural numbers.
Status check_natural(Context* ctx, int64_t n, int64_t k) {
  if (n < 0) return raise_row(ctx, ErrorRowId::NegativeArgument, 0, 0, 0, "n");
  if (k < 0) return raise_row(ctx, ErrorRowId::NegativeArgument, 0, 0, 0, "k");
  return kOk;
}

}  // namespace

extern "C" {

uint64_t lh_uint_pow(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1, base *= base)
    if (exponent & 1) result *= base;
  return result;
}

int64_t lh_int_pow(int64_t base, int64_t exponent) {
  return static_cast<int64_t>(lh_uint_pow(static_cast<uint64_t>(base), static_cast<uint64_t>(exponent)));
}

int64_t lh_gcd(int64_t a, int64_t b) {
  return static_cast<int64_t>(std::gcd(magnitude(a), magnitude(b)));
}

int64_t lh_lcm(int64_t a, int64_t b) {
  if (a == 0 || b == 0) return 0;
  uint64_t divisor = std::gcd(magnitude(a), magnitude(b));
  return static_cast<int64_t>(magnitude(static_cast<int64_t>(magnitude(a) / divisor * magnitude(b))));
}

uint64_t lh_uint_gcd(uint64_t a, uint64_t b) {
  return std::gcd(a, b);
}

uint64_t lh_uint_lcm(uint64_t a, uint64_t b) {
  return a == 0 || b == 0 ? 0 : a / std::gcd(a, b) * b;
}

int64_t lh_isqrt(int64_t n) {
  if (n <= 0) return 0;
  // The rounded root is off by one at most.
  int64_t root = static_cast<int64_t>(std::sqrt(static_cast<double>(n)));
  if (static_cast<__int128>(root) * root > n)
    --root;
  else if (static_cast<__int128>(root + 1) * (root + 1) <= n)
    ++root;
  return root;
}

Status lh_comb(Context* ctx, int64_t n, int64_t k, int64_t* out) {
  if (Status status = check_natural(ctx, n, k)) return status;
  *out = 0;
  if (k > n) return kOk;
  k = std::min(k, n - k);
  __int128 result = 1;
  for (int64_t i = 1; i <= k; ++i) {  // the partial results are binomials themselves and grow
    result = result * (n - k + i) / i;
    if (result > INT64_MAX) return raise_row(ctx, ErrorRowId::IntegerOverflow);
  }
  *out = static_cast<int64_t>(result);
  return kOk;
}

Status lh_perm(Context* ctx, int64_t n, int64_t k, int64_t* out) {
  if (Status status = check_natural(ctx, n, k)) return status;
  *out = 0;
  if (k > n) return kOk;
  int64_t result = 1;
  for (int64_t i = 0; i < k; ++i)
    if (__builtin_mul_overflow(result, n - i, &result)) return raise_row(ctx, ErrorRowId::IntegerOverflow);
  *out = result;
  return kOk;
}

Status lh_factorial(Context* ctx, int64_t n, int64_t* out) {
  if (n < 0) return raise_row(ctx, ErrorRowId::FactorialNegative);
  return lh_perm(ctx, n, n, out);
}

}  // extern "C"

LH_MATCHES_ROW(lh_int_pow);
LH_MATCHES_ROW(lh_uint_pow);
LH_MATCHES_ROW(lh_gcd);
LH_MATCHES_ROW(lh_lcm);
LH_MATCHES_ROW(lh_uint_gcd);
LH_MATCHES_ROW(lh_uint_lcm);
LH_MATCHES_ROW(lh_isqrt);
LH_MATCHES_ROW(lh_comb);
LH_MATCHES_ROW(lh_perm);
LH_MATCHES_ROW(lh_factorial);

}  // namespace lancehead
