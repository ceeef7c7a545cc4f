// Of x86's instruction sets two are compiled, as in vector_sort.cpp; machines without AVX2 take elements one
// by one.
#include "runtime/vector_select.h"

namespace lancehead {
namespace {

struct VectorSelects {
#define LH_POINTERS(name, type)                \
  size_t (*split_##name)(type*, size_t, type); \
  size_t (*between_##name)(const type*, size_t, type, type, type*, size_t*, size_t*);
  LH_VECTOR_SELECTS(LH_POINTERS)
#undef LH_POINTERS
};

}  // namespace
}  // namespace lancehead

#if defined(__x86_64__)
#define HWY_DISABLED_TARGETS (~(HWY_SCALAR | HWY_EMU128 | HWY_AVX2 | HWY_AVX3))
#endif

#define HWY_TARGET_INCLUDE "runtime/vector_select_per_target.h"
#include <hwy/foreach_target.h>

#include "runtime/vector_select_per_target.h"

namespace lancehead {
namespace {

const VectorSelects& best_selects() {
#if HWY_TARGETS & HWY_AVX3
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
    return N_AVX3::kSelects;
#endif
#if HWY_TARGETS & HWY_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    return N_AVX2::kSelects;
#endif
  return HWY_STATIC_DISPATCH(kSelects);
}

const VectorSelects& selects() {
  static const VectorSelects& best = best_selects();
  return best;
}

}  // namespace

#define LH_DEFINE(name, type)                                                                             \
  size_t vector_split(type* data, size_t count, type pivot) {                                             \
    return selects().split_##name(data, count, pivot);                                                    \
  }                                                                                                       \
  size_t vector_between(const type* data, size_t count, type low, type high, type* between, size_t* lows, \
                        size_t* highs) {                                                                  \
    return selects().between_##name(data, count, low, high, between, lows, highs);                        \
  }
LH_VECTOR_SELECTS(LH_DEFINE)
#undef LH_DEFINE

}  // namespace lancehead
