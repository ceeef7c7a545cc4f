// Semantics as text and as a number.
#include "types/semantics.h"

#include <charconv>

namespace lancehead {
namespace {

constexpr std::string_view kFastmath = "fastmath=";

struct Word {
  const char* text;
  bool Semantics::*member;
  bool when;  // the value that is written
};
constexpr Word kWords[] = {
    {"numba_dialect", &Semantics::numba_dialect, true},
    {"numpy_division", &Semantics::numpy_division, true},
    {"no_bounds", &Semantics::check_bounds, false},
    {"parallel", &Semantics::parallel, true},
};

}  // namespace

std::string semantics_words(const Semantics& semantics) {
  std::string out;
  for (const Word& w : kWords)
    if (semantics.*w.member == w.when) out += std::string(" ") + w.text;
  if (semantics.fastmath) out += " " + std::string(kFastmath) + std::to_string(semantics.fastmath);
  return out;
}

bool read_semantics_word(std::string_view word, Semantics& semantics) {
  for (const Word& w : kWords) {
    if (word != w.text) continue;
    semantics.*w.member = w.when;
    return true;
  }
  if (!word.starts_with(kFastmath)) return false;
  const char* end = word.data() + word.size();
  std::from_chars_result read = std::from_chars(word.data() + kFastmath.size(), end, semantics.fastmath);
  return read.ec == std::errc() && read.ptr == end;
}

uint64_t semantics_bits(const Semantics& semantics) {
  uint64_t bits = semantics.fastmath;
  for (const Word& w : kWords) bits = bits << 1 | static_cast<uint64_t>(semantics.*w.member);
  return bits;
}

}  // namespace lancehead
