// MurmurHash3's 64-bit finaliser (Appleby, public domain) as the mixing step of two lanes.
#include "base/hash.h"

#include <cstring>

namespace lancehead {
namespace {

uint64_t mix(uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdull;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ull;
  x ^= x >> 33;
  return x;
}

uint64_t rotate(uint64_t x, int k) {
  return (x << k) | (x >> (64 - k));
}

}  // namespace

Hasher& Hasher::add(uint64_t word) {
  a_ = mix(a_ ^ word) + b_;
  b_ = rotate(b_ ^ mix(word + 0x9e3779b97f4a7c15ull * ++words_), 29) + a_;
  return *this;
}

Hasher& Hasher::add(std::string_view bytes) {
  add(static_cast<uint64_t>(bytes.size()));
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    add(word);
  }
  if (i < bytes.size()) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, bytes.size() - i);
    add(word);
  }
  return *this;
}

Hash128 Hasher::finish() const {
  uint64_t lo = mix(a_ + words_);
  uint64_t hi = mix(b_ ^ lo);
  return {lo, hi};
}

std::string Hash128::hex() const {
  static const char kDigits[] = "0123456789abcdef";
  std::string out(32, '0');
  for (int i = 0; i < 16; ++i) {
    out[static_cast<size_t>(15 - i)] = kDigits[(hi >> (4 * i)) & 15];
    out[static_cast<size_t>(31 - i)] = kDigits[(lo >> (4 * i)) & 15];
  }
  return out;
}

}  // namespace lancehead
