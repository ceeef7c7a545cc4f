// The least or greatest of many numbers in vectors, compiled into the runtime for each instruction set and
// chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lancehead {

// VECTOR_EXTREME(name, element type): what is compared in vectors. Other integers g++ compares as well by
// itself.
#define LH_VECTOR_EXTREMES(VECTOR_EXTREME) \
  VECTOR_EXTREME(int64, int64_t)           \
  VECTOR_EXTREME(uint64, uint64_t)         \
  VECTOR_EXTREME(float, float)             \
  VECTOR_EXTREME(double, double)

// `count` is at least 32, `data` need not be aligned. Where there is a nan `has_nan` becomes true, and the
// result says nothing. Of zeros of both signs any may be the result.
#define LH_DECLARE(name, type)                                      \
  type vector_least(const type* data, size_t count, bool& has_nan); \
  type vector_greatest(const type* data, size_t count, bool& has_nan);
LH_VECTOR_EXTREMES(LH_DECLARE)
#undef LH_DECLARE

}  // namespace lancehead
