// What compiled code and the runtime share at the machine level (contract C19): the leaf of a value and the
// context that every compiled function gets as its first argument. The layout is that of types/context.def.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lancehead {

union Slot {  // one leaf
  int64_t i;
  uint64_t u;
  double d;
  float f;
  void* p;
};
static_assert(sizeof(Slot) == 8);

// Null, the address of a MemoryHeader, or the address of a PyObject with the low bit set (contract C10).
using OwnerWord = uint64_t;

// What a function that may raise returns. Interrupted leaves no error in the context.
using Status = int32_t;
inline constexpr Status kOk = 0;
inline constexpr Status kRaised = 1;
inline constexpr Status kInterrupted = 2;

struct alignas(64) Context {
  OwnerWord error = 0;           // the pending error, owned
  uintptr_t stack_limit = 0;     // lowest address that a frame may reach
  int32_t* interrupt = nullptr;  // the flag that poll reads; null: never interrupted
  int64_t thread = 0;            // number of the thread in its parallel region
  int64_t reserved[4] = {};
};
static_assert(sizeof(Context) == 64);
#define CTX(field, offset) static_assert(offsetof(Context, field) == (offset));
#include "types/context.def"
#undef CTX

}  // namespace lancehead
