// What writer and reader of the byte form share. Numbers are LEB128; a type, string, constant or location is
// its index in the table plus 1, 0 for none; an operand is the zigzag distance from the number that the next
// value will get.
//
//   magic, fingerprint (8 bytes each, little endian)
//   strings: count, each length and bytes
//   types:   count, each kind, flags, ndim, handle, elem, name, items; parts come before what they are parts
//   of functions: count, each its header, its tables, its blocks
#pragma once

#include <cstdint>

namespace lancehead::byte_form {

inline constexpr uint64_t kMagic = 0x33305249'6461654cu;  // "LeadIR03"

enum TypeFlag : uint8_t { kLayoutBits = 3, kReadonly = 4, kAligned = 8, kKnownShift = 4 };
enum FunctionFlag : uint8_t {
  kFastmath = 1,
  kCheckBounds = 2,
  kNumpyDivision = 4,
  kParallel = 8,
  kExported = 16
};
enum FactFlag : uint8_t { kNonneg = 1, kWeak = 2, kNotNone = 4, kHasConstant = 8 };
enum InstFlag : uint8_t { kUnwinds = 1, kHasLoc = 2 };
enum NestFlag : uint8_t { kIndices = 1, kNestParallel = 2 };

}  // namespace lancehead::byte_form
