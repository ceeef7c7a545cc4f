// The options of jit that reach the compiler.
#pragma once

#include <cstdint>

#include "types/semantics.h"

namespace lancehead {

enum class Dialect : uint8_t { Numpy, Numba };

struct CompileOptions {
  Dialect dialect = Dialect::Numpy;
  bool nogil = false;
  bool parallel = false;
  bool numpy_division = false;  // error_model='numpy'
  bool check_bounds = true;
  bool cache = false;       // cache=True: entries go beside the source
  bool allow_cache = true;  // the user's store (LANCEHEAD_CACHE)
  uint8_t fastmath = 0;     // bits of FastMath
};

// What of the options inference needs.
inline Semantics semantics_of(const CompileOptions& o) {
  return {o.dialect == Dialect::Numba, o.numpy_division, o.check_bounds, o.parallel, o.fastmath};
}

enum FastMath : uint8_t {
  FastNnan = 1,
  FastNinf = 2,
  FastNsz = 4,
  FastArcp = 8,
  FastContract = 16,
  FastAfn = 32,
  FastReassoc = 64,
  FastAll = 127
};

}  // namespace lancehead
