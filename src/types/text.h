// The canonical text of types: compact, without spaces, unambiguous, and read back to the same id. The IR's
// text form, symbol names and tests use it; users see spell() of types/type.h instead.
//
//   int64   array<float64,2,C>   array<float64,1,A,readonly,unaligned>   tuple<int64,float64>   optional<str>
//   slice<int64,none,none>   known<callable,numpy.sin>   dtype<float64>   closure<12,int64>
//   bound_method<sum,...>
//
// A kind's parts stand in the order that text.cpp's table gives; whatever else a type carries follows as
// |key:value, so that a kind without a row there still reads back. Names of characters other than
// [A-Za-z0-9_.] are quoted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "types/type.h"

namespace lancehead {

std::string type_text(TypeId id);  // "?" for the invalid id
std::optional<TypeId> parse_type(std::string_view text);
// Reads a type from the front of `text` and removes it; `text` is unspecified after a failure.
std::optional<TypeId> take_type(std::string_view& text);

// Names in type texts and IR texts: bare, or quoted with escapes (\" \\ \n \t \xHH). Names never hold a
// space.
bool is_bare_name(std::string_view name);
void append_name(std::string& out, std::string_view name);                        // bare if it can be
void append_quoted(std::string& out, std::string_view text, bool spaces = true);  // without `spaces`: \x20
std::optional<std::string> take_name(std::string_view& text);                     // either form
std::optional<std::string> take_quoted(std::string_view& text);

}  // namespace lancehead
