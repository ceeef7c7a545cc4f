// The order of the passes: from a resolved function to final ones.
#pragma once

#include <optional>
#include <vector>

#include "ir/function.h"
#include "opt/inline.h"

namespace lancehead {

struct OptimiseOptions {
  FindBody find_body;  // bodies of callees: what earlier calls gave as `inlinable`
};

struct Optimised {
  std::vector<Function>
      functions;  // stage final: the function itself, then bodies of parallel loops made from it
  std::optional<Function>
      inlinable;  // stage resolved, simplified: if it is small enough to be inlined in callers
};

Optimised optimise(Function function, const OptimiseOptions& options);

}  // namespace lancehead
