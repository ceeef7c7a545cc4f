// From stage typed to stage resolved: every generic op is replaced by what implements it. Here alone casts
// are inserted, at uses, edges, calls and returns (contract C4).
#pragma once

#include "infer/session.h"
#include "ir/function.h"

namespace lancehead {

// The resolved form of an inferred instance. Calls name their callees by `symbol`, which every instance must
// have by now. What the instance gives: the signature's type if it has one, else what was inferred; None if
// it never returns.
TypeId result_type(const Instance& instance);
Function resolve(Session& session, Instance& instance);

}  // namespace lancehead
