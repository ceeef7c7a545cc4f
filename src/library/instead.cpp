// How calls are spelled in messages, and what to write instead of those that compiled code does not have.
#include "library/instead.h"

namespace lancehead {
namespace {

struct Instead {
  std::string_view name;
  const char* text;
};

constexpr Instead kInstead[] = {
#define INSTEAD(name, text) {name, text},
#include "library/instead.def"
};

}  // namespace

std::string_view user_name(std::string_view canonical) {
  for (std::string_view prefix : {std::string_view("builtins."), std::string_view("io.open")})
    if (canonical.starts_with(prefix)) return canonical.substr(canonical.find('.') + 1);
  // Calls with lists and tuples are named with their shape (python/lancehead/library/array_likes.py).
  return canonical.substr(0, canonical.find('('));
}

const char* instead_of(std::string_view canonical) {
  for (const Instead& row : kInstead)
    if (row.name == canonical) return row.text;
  return "";
}

}  // namespace lancehead
