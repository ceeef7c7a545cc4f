// Compiled code in memory: what the dispatcher calls (contract C19).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/context.h"
#include "types/type.h"

namespace lancehead {

using EntryPoint = int32_t (*)(Context*, const Slot* args, Slot* out);

// What compiled code names (lh_error_trace) to say in which function an error arose; lives as long as the
// code.
struct FunctionRecord {
  const char* name = "";
  const char* file = "";
  int32_t first_line = 0;
};

// What typing consulted of a parameter beyond its type (contract C8); the dispatcher then tells such
// arguments apart.
enum Consulted : uint8_t {
  ConsultedWeakness = 1,  // whether it is a Python number
  ConsultedValue = 2,     // that it is omitted, and the default's value
};

// One specialisation, ready to be called. Shared by its dispatcher and by the code that calls it.
struct Code {
  EntryPoint entry = nullptr;
  std::vector<TypeId> params;
  TypeId result;
  std::vector<uint8_t> consulted;  // bits of Consulted, one per parameter; empty: nothing of any
  bool from_cache = false;
  std::string cache_note;  // what of the cache was passed over, and why
  std::string symbol;
  std::shared_ptr<void> memory;                   // keeps the mapping alive
  std::vector<std::shared_ptr<const void>> held;  // keepers of the objects that the result's type stands for
};

}  // namespace lancehead
