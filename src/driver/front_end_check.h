// Runs the front end alone over a code object and all those inside it, which need no function, no globals and
// no argument types: every name is bound to something opaque. For tools/code_sweep.py and its test.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "frontend/snapshot.h"

namespace lancehead {

struct FrontEndReport {
  std::string qualname;
  int32_t line = 0;
  std::string decode_error;  // empty: it was decoded
  uint32_t instructions = 0;
  std::string refusal;                   // why there is no SSA; empty: there is
  std::string broken;                    // the rule of the verifier that the SSA breaks
  std::vector<std::string> unsupported;  // what its ops `unsupported` say
};

std::vector<FrontEndReport> check_front_end(std::shared_ptr<const CodeData> code);

}  // namespace lancehead
