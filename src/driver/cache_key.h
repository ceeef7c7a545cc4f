// The level-1 key of the cache (contract C12), and what build and machine entries are for.
#pragma once

#include "base/hash.h"
#include "driver/compiler.h"

namespace lancehead {

// Code, constants, argument types and facts, options, the machine's processor. The build is checked in the
// entry's header.
Hash128 cache_key(const CompileRequest& request, const Snapshot& root);
// The extension and the back end as installed: their sizes and times of change.
Hash128 build_identity();

}  // namespace lancehead
