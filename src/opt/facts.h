// What the definition of a value says about it, whatever path leads there: structural facts, found by a short
// walk up the definitions. Facts that hold only under a branch are the business of opt/checks.
#pragma once

#include <optional>

#include "ir/function.h"

namespace lancehead {

// The integer (or bool) constant that the value is.
std::optional<int64_t> int_value(const Function& f, ValueId v);
inline bool is_int(const Function& f, ValueId v, int64_t n) {
  return int_value(f, v) == n;
}

// Is this integer known to be >= 0, read as signed?
bool is_nonneg(const Function& f, ValueId v, int depth = 6);

}  // namespace lancehead
