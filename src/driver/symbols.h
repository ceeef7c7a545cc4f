// Symbols of specialisations: hashes of what they are compiled from (contract C19: symbols are hashes).
#pragma once

#include <string>
#include <vector>

#include "infer/session.h"

namespace lancehead {

// Gives every instance of an inferred session its symbol, and returns the recursion groups, callees before
// callers. The hash covers the code, the typed values, the constants (globals among them), the options, and
// the symbols of what is called; inside a recursion group the code of the callee stands for its symbol.
std::vector<std::vector<Instance*>> assign_symbols(Session& session);

}  // namespace lancehead
