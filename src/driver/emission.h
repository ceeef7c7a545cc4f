// Units of final IR become loaded code (contract C15): outside the compiler's lock, several threads at once,
// each unit by one of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "driver/linker.h"
#include "ir/function.h"

namespace lancehead {

struct PlannedUnit {
  std::string symbol;  // of its first function
  Unit unit;
  std::vector<uint8_t> object;  // not empty: of the cache, instead of the unit's
  std::vector<FunctionSource> sources;
  uint32_t fastmath = 0;      // what its functions that are marked so may do
  std::vector<size_t> calls;  // which of the plan's units it calls
};

// One loaded unit per planned one; each keeps those that it calls alive.
Expected<std::vector<std::shared_ptr<LoadedUnit>>> make_units(const std::vector<PlannedUnit>& plan);

}  // namespace lancehead
