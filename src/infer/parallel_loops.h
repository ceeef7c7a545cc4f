// prange loops of functions with parallel=True become parallel loops (contracts C9, C15): the loop moves into
// a function of its own that runs one chunk of the iterations, and what it reduces is folded by another. Runs
// on inferred instances, before resolve. Every scalar that the loop writes is private, a recognised reduction
// or a last value; anything else is an error.
#pragma once

#include "infer/session.h"

namespace lancehead {

// Outlines the parallel loops of every instance; new instances are added to the session. A diagnostic on what
// cannot be parallel.
std::unique_ptr<Diagnostic> outline_parallel_loops(Session& session);

}  // namespace lancehead
