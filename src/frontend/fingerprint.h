// Content hashes of snapshots: what the cache's keys and manifests are made of (contract C12). File names,
// first lines and handles have no part in them, so that a function is the same in another file, at another
// line, in another process; positions within the function count, since tracebacks show them. An object that
// has no plain form counts by its class and name: what it does comes in by its own question.
#pragma once

#include "base/hash.h"
#include "frontend/snapshot.h"

namespace lancehead {

Hash128 fingerprint(const CodeData& code);  // with the codes among its constants
Hash128 fingerprint(const PyValue& value);
Hash128 fingerprint(const Snapshot& snapshot);

}  // namespace lancehead
