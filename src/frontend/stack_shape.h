// The last step of decoding: walks the operand stack of freshly emitted instructions symbolically. It proves
// the stack's height at each instruction, removes NULL slots (with the operands that counted them) and
// whatever cannot be reached.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/pycode.h"

namespace lancehead {

// A PyHandler in the making: `depth` counts NULL slots; `lasti` says that one more lies under the exception.
struct RawHandler {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t target = 0;
  uint32_t depth = 0;
  bool lasti = false;
};

// Targets are indices into `insts`. Returns what is wrong with the code, or nothing.
std::string settle_stack(std::vector<PyInst>& insts, const std::vector<RawHandler>& raw_handlers,
                         uint32_t max_height, std::vector<PyHandler>* handlers);

}  // namespace lancehead
