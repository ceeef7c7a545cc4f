// Compile-time check that a C function is what its row in runtime/calls.def says: LH_MATCHES_ROW(function),
// once beside each definition. How the letters of a row become C parameters is written at the head of
// calls.def.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "runtime/context.h"

namespace lancehead {

struct StrLeaves;  // runtime/str.h

namespace signature {

struct Row {
  std::string_view symbol;
  std::string_view letters;
  unsigned effects;
};

inline constexpr unsigned Pure = 0, Reads = 1, Writes = 2, MayRaise = 4, Allocates = 8;
inline constexpr Row kRows[] = {
#define RT(id, symbol, letters, effects, ownership, py) {symbol, letters, effects},
#include "runtime/calls.def"
#undef RT
};

// A C type: its own letter, or '*' and the letter of what it points to. 'c' context, 'T' status, 'v' void,
// '?' any other.
struct Code {
  char letter;
  char pointee;
};

template <typename T>
constexpr char letter_of() {
  if constexpr (std::is_void_v<T>)
    return 'v';
  else if constexpr (std::is_same_v<T, Context>)
    return 'c';
  else if constexpr (std::is_same_v<T, Status>)
    return 'T';
  else if constexpr (std::is_same_v<T, int64_t>)
    return 'I';
  else if constexpr (std::is_same_v<T, uint64_t>)
    return 'O';
  else if constexpr (std::is_same_v<T, double>)
    return 'D';
  else if constexpr (std::is_same_v<T, float>)
    return 'F';
  else if constexpr (std::is_same_v<T, bool>)
    return 'B';
  else if constexpr (std::is_same_v<T, StrLeaves>)
    return 'S';
  else
    return '?';
}

template <typename T>
constexpr Code code_of() {
  if constexpr (std::is_pointer_v<T>)
    return {'*', letter_of<std::remove_cv_t<std::remove_pointer_t<T>>>()};
  else
    return {letter_of<T>(), 0};
}

// Whether a C type with this letter may stand for a letter of calls.def.
constexpr bool stands_for(char letter, char c_letter) {
  if (letter == 'I') return c_letter == 'I' || c_letter == 'O';
  if (letter == 'E') return c_letter == 'O';
  return letter == c_letter;
}

constexpr bool value_fits(char letter, Code code) {
  if (letter == 'P') return code.letter == '*';
  if (letter == 'S') return code.letter == '*' && code.pointee == 'S';
  return stands_for(letter, code.letter);
}

constexpr bool out_fits(char letter, Code code) {
  return code.letter == '*' && (letter == 'P' ? code.pointee == '?' : stands_for(letter, code.pointee));
}

// codes[0] is the result, then the parameters.
constexpr bool fits(const Row& row, const Code* codes, size_t count) {
  size_t next = 1;
  auto take = [&](auto accepts) { return next < count && accepts(codes[next++]); };
  if (row.effects & (MayRaise | Allocates))
    if (!take([](Code code) { return code.letter == '*' && code.pointee == 'c'; })) return false;
  size_t arrow = row.letters.find('>');
  for (char letter : row.letters.substr(0, arrow)) {
    if (!take([=](Code code) { return value_fits(letter == 'A' ? 'P' : letter, code); })) return false;
    if (letter != 'A') continue;  // an array is its leaves, its ndim and its itemsize
    for (int i = 0; i < 2; ++i)
      if (!take([](Code code) { return code.letter == 'I'; })) return false;
  }
  char result = arrow + 1 < row.letters.size() ? row.letters[arrow + 1] : 'v';
  bool by_pointer = result != 'v' && ((row.effects & MayRaise) || result == 'S');
  if (by_pointer && !take([=](Code code) { return out_fits(result, code); })) return false;
  if (next != count) return false;
  if (row.effects & MayRaise) return codes[0].letter == 'T';
  return by_pointer ? codes[0].letter == 'v' : value_fits(result, codes[0]);
}

template <typename R, typename... A>
constexpr bool matches(std::string_view symbol, R (*)(A...)) {
  constexpr Code codes[] = {code_of<R>(), code_of<A>()...};
  for (const Row& row : kRows)
    if (row.symbol == symbol) return fits(row, codes, sizeof...(A) + 1);
  return false;
}

}  // namespace signature
}  // namespace lancehead

#define LH_MATCHES_ROW(function)                                       \
  static_assert(::lancehead::signature::matches(#function, &function), \
                "not as its row in "                                   \
                "runtime/calls.def")
