// From a code object's bytes to canonical instructions (contract C3). Any input is safe: bytes that no
// CPython makes give a BadBytecode diagnostic. Adding a CPython: opcodes_3xx.def, decode_3xx.cpp, a line in
// decode.cpp, fixtures.
#pragma once

#include <memory>

#include "base/diagnostic.h"
#include "frontend/pycode.h"

namespace lancehead {

Expected<PyCode> decode(std::shared_ptr<const CodeData> data);

}  // namespace lancehead
