// Constants as literals: none, true, 12, 1.5, nan, "text", (1.0, -2.0) for complex numbers and tuples;
// array((2, 3), (24, 8), 0, "00ff..") for the extents, strides, origin and bytes of an array, array((2, 3),
// (24, 8), 7) for one whose data is the live object 7; bits(0x1, 0x2) for whatever these do not give back bit
// by bit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/function.h"

namespace lancehead {

// A literal that is read but whose type is not yet known.
struct Literal {
  enum class Kind : uint8_t { Word, Text, List, Bits, Array };  // Word: none, true, numbers
  Kind kind = Kind::Word;
  std::string text;
  std::vector<Literal> items;
  TypeId type;  // as written after ':', or invalid
};

// Reads a literal from the front of `text` and removes it, with `: type` where that follows.
std::optional<Literal> take_literal(std::string_view& text);
// The constant of this type that the literal says; its own `: type` wins, and without any the literal's
// natural type is taken. Items of tuples are added to the function's constants.
std::optional<Constant> make_constant(Function& function, const Literal& literal, TypeId type);
// Appends the literal, with `: type` unless the constant is of type `expected`.
void append_constant(std::string& out, const Function& function, uint32_t constant, TypeId expected);

}  // namespace lancehead
