// The LLVM side of the seam (contract C2): opened at the first compilation that needs it, never before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace lancehead {

// Where liblancehead_llvm.so lies; called once, before the first compilation.
void set_backend_library(std::string path);
std::string backend_library_path();
bool backend_is_open();
// Starts opening it on a thread of its own, to be joined by the first compilation: called when inference
// starts.
void open_backend_ahead();
// Waits until the thread that opens the library is done, if there is one.
void await_backend();

struct Unit;  // ir/function.h

enum class EmitWant : uint8_t { Object, LlvmRaw, Llvm, Assembly };

// An object, or a text, from a unit at stage final.
Expected<std::vector<uint8_t>> emit_unit(const Unit& unit, EmitWant want, uint32_t fastmath);

}  // namespace lancehead
