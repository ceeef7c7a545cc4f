// CPython's packed side tables of a code object (the formats of 3.11 to 3.13, Objects/locations.md and
// Objects/exception_handling_notes.txt in CPython's sources). Offsets are in code units of two bytes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace lancehead {

struct ExceptionEntry {
  uint32_t begin = 0;
  uint32_t end = 0;  // exclusive
  uint32_t target = 0;
  uint32_t depth = 0;
  bool lasti = false;  // the handler also gets the number of the instruction that raised
};

// False if the table is malformed: truncated, out of range of `units`, overlapping or not sorted.
bool read_exception_table(std::string_view table, uint32_t units, std::vector<ExceptionEntry>* entries);

// One range per code unit, lines relative to the first line; units that the table does not cover, and
// everything after a malformed entry, are unknown.
std::vector<SourceRange> read_line_table(std::string_view table, uint32_t units);

}  // namespace lancehead
