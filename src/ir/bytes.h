// The byte form of a unit: what crosses the seam to LLVM and what the cache keeps. Types are written by their
// structure, since ids are the process's own; handles are written as they are. Equal units give equal bytes,
// whatever passes have left behind in them: only live blocks, and of the tables only what these use, are
// written, densely numbered (ir/numbering.h). At stage final, locations keep their lines alone. Bytes of
// another version of the IR's tables are refused.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "ir/function.h"

namespace lancehead {

// The unit must be well formed: what is used is defined in a live block.
std::vector<uint8_t> to_bytes(const Unit& unit);
// Any bytes: the answer is a unit whose every index is in range, or an error. Whether it makes sense,
// verify() says.
Expected<Unit> from_bytes(std::span<const uint8_t> bytes);

// Changes with every table that the byte form's numbers come from.
uint64_t ir_fingerprint();

}  // namespace lancehead
