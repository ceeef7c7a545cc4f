// What liblancehead_parallel.so offers to the main module: fork and join, nothing else. Chunks, errors and
// thread numbers are the business of runtime/parallel_gate.h.
#pragma once

#include <cstdint>

namespace lancehead {

// Participant k of a region, on the thread with that number among those that work for the caller's outermost
// region.
using Participant = void (*)(void* environment, int64_t k, int64_t thread);

inline constexpr uint32_t kParallelTableVersion = 1;

struct ParallelTable {
  uint32_t version;
  // Calls participant(environment, k, .) once for each k in [0, participants), k = 0 on this thread, and
  // returns when all have returned. An outermost region takes at most `threads` threads, this one included; a
  // nested one shares those of the region around it.
  void (*run)(Participant participant, void* environment, int64_t participants, int64_t threads, bool nested);
  // Ends all threads of the pool; the next region starts new ones. False if some other living thread has used
  // the pool: then it stays. No region is running.
  bool (*finish)();
};

inline constexpr const char* kParallelTableSymbol =
    "lh_parallel_table";  // const ParallelTable* lh_parallel_table()

}  // namespace lancehead
