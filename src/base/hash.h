// Content hashes: 128 bits, the same on every machine, fed incrementally (MurmurHash3's finaliser over two
// lanes). They name cache entries and symbols; they are no defence against an adversary (contract C12 says
// whom a store trusts).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lancehead {

struct Hash128 {
  uint64_t lo = 0;
  uint64_t hi = 0;
  friend bool operator==(const Hash128&, const Hash128&) = default;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
  std::string hex() const;
};

class Hasher {
 public:
  Hasher& add(uint64_t word);
  Hasher& add(std::string_view bytes);  // length, then the bytes
  Hasher& add(const Hash128& hash) { return add(hash.lo).add(hash.hi); }
  Hash128 finish() const;

 private:
  uint64_t a_ = 0x9e3779b97f4a7c15ull;
  uint64_t b_ = 0xc2b2ae3d27d4eb4full;
  uint64_t words_ = 0;
};

}  // namespace lancehead
