// A unit of final IR to an object or a text, within the process. Broken IR is an InternalFailure.
#pragma once

#include <cstdint>
#include <string>

#include "backend/api.h"
#include "ir/function.h"

namespace lancehead {

struct EmitOptions {
  LanceheadWant want = LANCEHEAD_WANT_OBJECT;
  LanceheadTier tier = LANCEHEAD_TIER_AUTO;
  uint32_t fastmath = 0;  // LANCEHEAD_FAST_*
  std::string cpu;        // empty: this machine's
  std::string features;
  bool verify = false;  // run LLVM's verifier before the passes
};

struct EmitResult {
  std::string bytes;
  bool lean = false;
  int64_t lower_ns = 0;
  int64_t passes_ns = 0;
  int64_t emit_ns = 0;
};

EmitResult emit(const Unit& unit, const EmitOptions& options);
// Makes for this machine what the first call of emit would make: targets, their tables, a target machine.
void prepare_emission();

}  // namespace lancehead
