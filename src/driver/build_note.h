// The hash of a shared library's contents that its linker left in it.
#pragma once

#include <string>

namespace lancehead {

// The GNU build id of a 64-bit ELF file, as bytes; empty if it has none. Reads the file's head alone.
std::string build_note(const std::string& path);

}  // namespace lancehead
