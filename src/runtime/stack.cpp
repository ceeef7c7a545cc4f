#include "runtime/stack.h"

#include <pthread.h>

#include <algorithm>
#include <cstddef>

namespace lancehead {
namespace {

constexpr size_t kReserve = size_t{256} << 10;

// Measured once per thread: for the main thread the system reads a file of /proc.
uintptr_t find_limit() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* lowest = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<uintptr_t>(lowest) + std::min(kReserve, size / 4);
}

}  // namespace

extern "C" uintptr_t lh_stack_limit() {
  thread_local const uintptr_t limit = find_limit();
  return limit;
}

}  // namespace lancehead
