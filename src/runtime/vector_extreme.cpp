// Of x86's instruction sets two are compiled, as in vector_sort.cpp; machines without AVX2 take elements one
// by one.
#include "runtime/vector_extreme.h"

namespace lancehead {
namespace {

struct VectorExtremes {
#define LH_POINTERS(name, type)                     \
  type (*least_##name)(const type*, size_t, bool&); \
  type (*greatest_##name)(const type*, size_t, bool&);
  LH_VECTOR_EXTREMES(LH_POINTERS)
#undef LH_POINTERS
};

}  // namespace
}  // namespace lancehead

#if defined(__x86_64__)
#define HWY_DISABLED_TARGETS (~(HWY_SCALAR | HWY_EMU128 | HWY_AVX2 | HWY_AVX3))
#endif

#define HWY_TARGET_INCLUDE "runtime/vector_extreme_per_target.h"
#include <hwy/foreach_target.h>

#include "runtime/vector_extreme_per_target.h"

namespace lancehead {
namespace {

const VectorExtremes& best_extremes() {
#if HWY_TARGETS & HWY_AVX3
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
    return N_AVX3::kExtremes;
#endif
#if HWY_TARGETS & HWY_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    return N_AVX2::kExtremes;
#endif
  return HWY_STATIC_DISPATCH(kExtremes);
}

const VectorExtremes& extremes() {
  static const VectorExtremes& best = best_extremes();
  return best;
}

}  // namespace

#define LH_DEFINE(name, type)                                           \
  type vector_least(const type* data, size_t count, bool& has_nan) {    \
    return extremes().least_##name(data, count, has_nan);               \
  }                                                                     \
  type vector_greatest(const type* data, size_t count, bool& has_nan) { \
    return extremes().greatest_##name(data, count, has_nan);            \
  }
LH_VECTOR_EXTREMES(LH_DEFINE)
#undef LH_DEFINE

}  // namespace lancehead
