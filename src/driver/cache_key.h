// The level-1 key of the cache (contract C12), and what build and machine entries are for.
#pragma once

#include "base/hash.h"
#include "driver/compiler.h"

namespace lancehead {

// The build, the function's code and what its names are bound to, argument types and facts, options, the
// machine's processor. Manifests under one key differ in what else was asked.
Hash128 cache_key(const CompileRequest& request, const Snapshot& root);
// The extension and the back end as installed.
Hash128 build_identity();

}  // namespace lancehead
