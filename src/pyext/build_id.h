// What tells this build of the extension from every other.
#pragma once

#include <string>

namespace lancehead {

std::string build_id();  // hexadecimal; "unknown" if the linker left none

}  // namespace lancehead
