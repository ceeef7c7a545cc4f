// S-expressions, the syntax of .snap files (snap_text.h): a tree of atoms, strings and lists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace lancehead {

struct Sexpr {
  enum class Kind : uint8_t { Atom, String, List };
  Kind kind = Kind::List;
  uint32_t line = 0;
  std::string text;          // Atom, String
  std::vector<Sexpr> items;  // List

  bool is_list() const { return kind == Kind::List; }
  bool is_atom(std::string_view name) const { return kind == Kind::Atom && text == name; }
  // A list whose first item is this atom.
  bool headed(std::string_view name) const { return is_list() && !items.empty() && items[0].is_atom(name); }
};

// The one expression that the text is; comments run from ';' to the end of the line.
Expected<Sexpr> parse_sexpr(std::string_view text);

std::string quote_string(std::string_view text);

}  // namespace lancehead
