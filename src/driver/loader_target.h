// What loading needs to know of a target: its ELF machine number, how each relocation is computed, and a jump
// to anywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lancehead {

// How a relocation's value is made of S (the symbol), A (the addend), P (the place).
enum class RelocationForm : uint8_t {
  Absolute,   // S + A
  Relative,   // S + A - P
  Call,       // S + A - P, by way of a stub where S is too far
  TableSlot,  // G + A - P, where G is a word of the object's table that holds S
};

struct RelocationRule {
  uint32_t type;
  RelocationForm form;
  uint8_t bytes;  // 4 or 8, written little endian
};

struct LoaderTarget {
  uint16_t machine;
  const RelocationRule* rules;
  size_t rule_count;
  size_t stub_bytes;
  void (*write_stub)(std::byte* at, uint64_t target);

  const RelocationRule* rule(uint32_t type) const {
    for (size_t i = 0; i < rule_count; ++i)
      if (rules[i].type == type) return &rules[i];
    return nullptr;
  }
};

// The target that this process runs on.
const LoaderTarget& loader_target();

}  // namespace lancehead
