// Which eager signature a call takes whose types are those of none (contract C7; numba-features.md section
// 6): rated as Numba rates overloads.
#pragma once

#include <vector>

#include "pyext/dispatcher_state.h"

namespace lancehead {

// The overload that arguments of these types convert to best. Null with a TypeError if none fits, or several
// do equally well.
const Overload* best_overload(const DispatcherState& state, const BoundCall& call,
                              const std::vector<TypeId>& types);

}  // namespace lancehead
