// What a function's body means, as far as the options of its jit say so (contract C7). A call does not change
// it: each function has its own, and inner functions and library functions in Python have that of their
// caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lancehead {

struct Semantics {
  bool numba_dialect = false;   // array with scalar: scalars are int64 and float64, not weak
  bool numpy_division = false;  // error_model='numpy'
  bool check_bounds = true;
  bool parallel = false;  // nests and prange may run in parallel
  uint8_t fastmath = 0;   // bits of FastMath
  friend bool operator==(const Semantics&, const Semantics&) = default;
};

// The words of texts, those that differ from the defaults, each after a space: " no_bounds fastmath=127".
std::string semantics_words(const Semantics& semantics);
bool read_semantics_word(std::string_view word, Semantics& semantics);  // false: it is none
// All of it as one number.
uint64_t semantics_bits(const Semantics& semantics);

}  // namespace lancehead
