// Only the headers of Highway are used, nothing is linked: its library is a shared one, which takes longer to
// open than all of ours. Of x86's instruction sets two are compiled; machines without AVX2 use std::sort.
#include "runtime/vector_sort.h"

#include <algorithm>

namespace lancehead {
namespace {

struct VectorSorts {
#define LH_POINTER(name, type) void (*sort_##name)(type*, size_t);
  LH_VECTOR_SORTS(LH_POINTER)
#undef LH_POINTER
};

}  // namespace
}  // namespace lancehead

#define VQSORT_ONLY_STATIC 1
#if __has_include(<hwy/contrib/sort/order.h>)  // from 1.0.5 on
#define LH_HIGHWAY_SORTS_STATICALLY 1
#else
#define LH_HIGHWAY_SORTS_STATICALLY 0
#endif

#if defined(__x86_64__)
#define HWY_DISABLED_TARGETS (~(HWY_SCALAR | HWY_EMU128 | HWY_AVX2 | HWY_AVX3))
#endif

#define HWY_TARGET_INCLUDE "runtime/vector_sort_per_target.h"
#include <hwy/foreach_target.h>

#include "runtime/vector_sort_per_target.h"

#if !LH_HIGHWAY_SORTS_STATICALLY
// What the headers need of the library: the seed of the sampling of pivots. Bad luck costs time, not the
// order.
void hwy::Sorter::Fill24Bytes(const void*, size_t count, void* bytes) {
  const uint64_t words[3] = {count ^ 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb};
  std::copy_n(reinterpret_cast<const char*>(words), sizeof words, static_cast<char*>(bytes));
}
#endif

namespace lancehead {
namespace {

const VectorSorts& best_sorts() {
#if HWY_TARGETS & HWY_AVX3
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
    return N_AVX3::kSorts;
#endif
#if HWY_TARGETS & HWY_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    return N_AVX2::kSorts;
#endif
  return HWY_STATIC_DISPATCH(kSorts);
}

const VectorSorts& sorts() {
  static const VectorSorts& best = best_sorts();
  return best;
}

}  // namespace

#define LH_DEFINE(name, type)                  \
  void vector_sort(type* data, size_t count) { \
    sorts().sort_##name(data, count);          \
  }
LH_VECTOR_SORTS(LH_DEFINE)
#undef LH_DEFINE

}  // namespace lancehead
