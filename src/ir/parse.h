// Reads the text form that print.h describes. What it accepts is well formed (every value and block that is
// used is defined once, every name is known) but not verified. Errors say line, column and what was expected.
// Labels of values and blocks may be any names, and definitions may come after uses.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "ir/function.h"

namespace lancehead {

Expected<Function> parse_function(std::string_view text);
Expected<Unit> parse_unit(std::string_view text);

}  // namespace lancehead
