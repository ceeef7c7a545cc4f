// Compiled code in memory: what the dispatcher calls (contract C19).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "types/type.h"

namespace lancehead {

union Slot {  // one leaf
  int64_t i;
  uint64_t u;
  double d;
  float f;
  void* p;
};

struct Context;  // runtime/context.h

using EntryPoint = int32_t (*)(Context*, const Slot* args, Slot* out);

// One specialisation, ready to be called. Shared by its dispatcher and by the code that calls it.
struct Code {
  EntryPoint entry = nullptr;
  std::vector<TypeId> params;
  TypeId result;
  bool from_cache = false;
  std::string symbol;
  std::shared_ptr<void> memory;       // keeps the mapping alive
};

}  // namespace lancehead
