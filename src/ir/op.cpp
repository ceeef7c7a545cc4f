// The table of ops.def and questions to it.
#include "ir/op.h"

#include <iterator>

namespace lancehead {
namespace {

constexpr int N = -1;
constexpr uint8_t G = 1, T = 2, R = 4, F = 8;

constexpr OpInfo kOps[] = {
#define OP(id, text, operands, results, stages, effects, ownership, attr, rule) \
  {#id, text, operands, results, stages, effects, ownership, Attr::attr, TypeRule::rule},
#include "ir/ops.def"
#undef OP
};
static_assert(std::size(kOps) == static_cast<size_t>(Op::kCount));

Owns owns_of_letter(char letter) {
  switch (letter) {
    case 'b': return Owns::Borrowed;
    case 'c': return Owns::Consumed;
    case 's': return Owns::Stored;
    case 'o': return Owns::Owned;
    case 'i': return Owns::Interior;
    default: return Owns::Nothing;
  }
}

}  // namespace

const OpInfo& op_info(Op op) {
  return kOps[static_cast<size_t>(op)];
}

Op op_of_text(std::string_view text) {
  for (size_t i = 0; i < std::size(kOps); ++i)
    if (kOps[i].text == text) return static_cast<Op>(i);
  return Op::kCount;
}

Owns operand_ownership(Op op, size_t operand) {
  std::string_view s = op_info(op).ownership;
  s = s.substr(0, s.find('>'));
  if (s.empty()) return Owns::Nothing;
  return owns_of_letter(operand < s.size() ? s[operand] : s.back());
}

Owns result_ownership(Op op, size_t result, size_t* of) {
  std::string_view s = op_info(op).ownership;
  s = s.substr(s.find('>') + 1);
  size_t at = 0;
  char letter = '.';
  for (size_t k = 0; at < s.size(); ++k) {
    letter = s[at++];
    size_t source = 0;
    if (letter == 'i') source = static_cast<size_t>(s[at++] - '0');
    if (of) *of = source;
    if (k == result) break;
  }
  return owns_of_letter(letter);
}

#define LH_TEXT(id, text) text,
const char* spelling(BinaryOp op) {
  static const char* const kText[] = {LH_BINARY_OPS(LH_TEXT)};
  return kText[static_cast<size_t>(op)];
}
const char* spelling(UnaryOp op) {
  static const char* const kText[] = {LH_UNARY_OPS(LH_TEXT)};
  return kText[static_cast<size_t>(op)];
}
const char* spelling(CompareOp op) {
  static const char* const kText[] = {LH_COMPARE_OPS(LH_TEXT)};
  return kText[static_cast<size_t>(op)];
}
const char* spelling(Likelihood likelihood) {
  static const char* const kText[] = {LH_LIKELIHOODS(LH_TEXT)};
  return kText[static_cast<size_t>(likelihood)];
}
#undef LH_TEXT

}  // namespace lancehead
