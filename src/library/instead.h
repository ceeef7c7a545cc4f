// How messages spell what is called by its canonical name, and what they advise to write instead
// (instead.def).
#pragma once

#include <string_view>

namespace lancehead {

// As the user writes it: builtins without their module.
std::string_view user_name(std::string_view canonical);

// "; what to write", or "" where nothing is known.
const char* instead_of(std::string_view canonical);

}  // namespace lancehead
