// From stage typed to stage resolved: every generic op is replaced by what implements it. Here alone casts are inserted, at
// uses, edges, calls and returns (contract C4).
#pragma once

#include "infer/session.h"
#include "ir/function.h"

namespace lancehead {

// The resolved form of an inferred instance. Calls name their callees by `symbol`, which every instance must have by now.
Function resolve(Session& session, Instance& instance);

}  // namespace lancehead
