// The order of the passes: from a resolved function to final ones.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ir/function.h"

namespace lancehead {

struct OptimiseOptions {
  // The body of a callee that may be inlined (what an earlier call gave as `inlinable`), or null.
  std::function<const Function*(const std::string& symbol)> find_body;
};

struct Optimised {
  std::vector<Function> functions;     // stage final: the function itself, then bodies of parallel loops made from it
  std::optional<Function> inlinable;   // stage resolved, simplified: if it is small enough to be inlined in callers
};

Optimised optimise(Function function, const OptimiseOptions& options);

}  // namespace lancehead
