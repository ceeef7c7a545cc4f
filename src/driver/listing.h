// What inspect_* and parallel_diagnostics show.
#pragma once

#include <string>

#include "driver/compiler.h"
#include "infer/instance.h"
#include "ir/function.h"

namespace lancehead {

// `unit` is the final form of the unit that holds the root.
std::string listing(Listing which, const Instance& root, const Unit& unit, uint8_t fastmath);

}  // namespace lancehead
