// Python's pow(base, exponent, modulus) of 64-bit integers; the result has the modulus' sign.
#include "runtime/error.h"
#include "runtime/integers.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

uint64_t magnitude(int64_t value) {
  return value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}

uint64_t multiply(uint64_t a, uint64_t b, uint64_t modulus) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b % modulus);
}

uint64_t power(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1 % modulus;
  for (; exponent != 0; exponent >>= 1, base = multiply(base, base, modulus))
    if (exponent & 1) result = multiply(result, base, modulus);
  return result;
}

// The x with a * x = 1 modulo `modulus`, by Euclid's algorithm; false if there is none.
bool invert(uint64_t a, uint64_t modulus, uint64_t* out) {
  __int128 previous = 0, current = 1;
  uint64_t rest = modulus, divisor = a;
  while (divisor != 0) {
    uint64_t quotient = rest / divisor;
    uint64_t next_rest = rest - quotient * divisor;
    __int128 next = previous - static_cast<__int128>(quotient) * current;
    rest = divisor;
    divisor = next_rest;
    previous = current;
    current = next;
  }
  if (rest != 1) return false;
  *out = static_cast<uint64_t>(previous < 0 ? previous + modulus : previous);
  return true;
}

}  // namespace

extern "C" Status lh_pow_mod(Context* ctx, int64_t base, int64_t exponent, int64_t modulus, int64_t* out) {
  if (modulus == 0) return raise_row(ctx, ErrorRowId::PowModZero);
  uint64_t m = magnitude(modulus);
  uint64_t b = magnitude(base) % m;
  if (base < 0 && b != 0) b = m - b;
  if (exponent < 0 && !invert(b, m, &b)) return raise_row(ctx, ErrorRowId::NotInvertible);
  uint64_t result = power(b, magnitude(exponent), m);
  if (modulus < 0 && result != 0) result -= m;
  *out = static_cast<int64_t>(result);
  return kOk;
}

LH_MATCHES_ROW(lh_pow_mod);

}  // namespace lancehead
