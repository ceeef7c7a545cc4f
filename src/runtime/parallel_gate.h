// Parallel regions (contract C15). The iterations [0, count) are cut into chunks by count and grain alone, so
// that what is combined per chunk does not depend on the number of threads. Each participant takes the chunks
// of its own part, then those that others have left. Of several errors the one of the lowest iteration is
// kept. The pool is in a library that the first region opens; without it, and in a forked child whose pool
// was lost, regions run on the calling thread.
#pragma once

#include <cstdint>

#include "runtime/context.h"
#include "runtime/parallel_table.h"

namespace lancehead {

using ParallelBody = Status (*)(Context* ctx, void* environment, int64_t first, int64_t last);

// Where the pool's library lies; called once, before the first region.
void lh_set_parallel_library(const char* path);
// Uses this pool instead of opening the library.
void lh_set_parallel_table(const ParallelTable* table);

extern "C" {

int64_t lh_parallel_chunk(int64_t count, int64_t grain);
Status lh_parallel_for(Context* ctx, ParallelBody body, void* environment, int64_t count, int64_t grain);

// Numba's mask: how many threads the regions started by this thread may use. A region's participants inherit
// it.
int64_t lh_get_num_threads();
void lh_set_num_threads(int64_t threads);  // cut to 1..lh_max_threads()
int64_t lh_max_threads();
void lh_set_max_threads(
    int64_t threads);  // at start; the default is the number of CPUs that the process may use

// Around a fork, by the thread that forks, without the GIL: waits for running regions, ends the pool's
// threads. The child starts new ones, or runs serially if the fork came from inside a region or the pool
// could not be ended.
void lh_parallel_before_fork();
void lh_parallel_after_fork_parent();
void lh_parallel_after_fork_child();
}

}  // namespace lancehead
