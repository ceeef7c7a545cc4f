// One pass over many numbers in vectors, compiled into the runtime for each instruction set and chosen at run
// time. What selection needs (runtime/selection.h). Of floats infinities and zeros of both signs are as good
// as others.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lancehead {

// VECTOR_SELECT(name, element type): what is selected in vectors.
#define LH_VECTOR_SELECTS(VECTOR_SELECT) \
  VECTOR_SELECT(int32, int32_t)          \
  VECTOR_SELECT(uint32, uint32_t)        \
  VECTOR_SELECT(int64, int64_t)          \
  VECTOR_SELECT(uint64, uint64_t)        \
  VECTOR_SELECT(float, float)            \
  VECTOR_SELECT(double, double)

// How many elements more than it keeps `vector_between` may write.
inline constexpr size_t kVectorOverrun = 64;

#define LH_DECLARE(name, type)                                                                            \
  /* Puts those less than the pivot first, in no order; how many they are. There are no nans. */          \
  size_t vector_split(type* data, size_t count, type pivot);                                              \
  /* Copies those that are neither less than `low` nor greater than `high`, in their order; how many they \
     are. Nans are neither copied nor counted as lows or highs. */                                        \
  size_t vector_between(const type* data, size_t count, type low, type high, type* between, size_t* lows, \
                        size_t* highs);
LH_VECTOR_SELECTS(LH_DECLARE)
#undef LH_DECLARE

}  // namespace lancehead
