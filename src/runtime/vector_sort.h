// Highway's vectorised quicksort, compiled into the runtime for each instruction set and chosen at run time.
// It is worth its call from some tens of elements on; it is not stable, knows neither infinities nor nans
// (there may be none among the elements), and of zeros of both signs it may keep either sign.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lancehead {

// VECTOR_SORT(name, element type): what is sorted in vectors.
#define LH_VECTOR_SORTS(VECTOR_SORT) \
  VECTOR_SORT(int16, int16_t)        \
  VECTOR_SORT(uint16, uint16_t)      \
  VECTOR_SORT(int32, int32_t)        \
  VECTOR_SORT(uint32, uint32_t)      \
  VECTOR_SORT(int64, int64_t)        \
  VECTOR_SORT(uint64, uint64_t)      \
  VECTOR_SORT(float, float)          \
  VECTOR_SORT(double, double)

#define LH_DECLARE(name, type) void vector_sort(type* data, size_t count);
LH_VECTOR_SORTS(LH_DECLARE)
#undef LH_DECLARE

}  // namespace lancehead
