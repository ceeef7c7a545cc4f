// Binding the arguments of a call to the parameters of a Python function, as CPython does it.
#pragma once

#include <string>
#include <vector>

#include "frontend/snapshot.h"
#include "infer/instance.h"

namespace lancehead {

// The arguments of a call at typing time.
struct ActualArguments {
  std::vector<ArgumentSource> positional;
  std::vector<std::pair<std::string, ArgumentSource>> keywords;
};

// Sources by parameter; values of defaults are appended to `defaults`. On failure the text of CPython's
// TypeError. `snapshot` gives the defaults and may be null (a function without any).
struct Bound {
  std::vector<ArgumentSource> sources;
  std::vector<PyValue> defaults;
  std::string error;
};
Bound bind_call(const CodeData& code, const Snapshot* snapshot, const ActualArguments& actual,
                const std::string& name);

}  // namespace lancehead
