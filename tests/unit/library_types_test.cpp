// The result types of operators and ufuncs for every pair of scalar types, against what NumPy gives:
// tests/infer/numpy_types.txt, written by make_types.py beside it. What differs names its row of
// docs/deviations.md.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "library/match.h"

namespace lancehead {
namespace {

constexpr std::string_view kLetters = "?bBhHiIlLfdFD";

TypeId type_of_letter(char letter) {
  static constexpr TypeId kTypes[] = {ty::Bool,    ty::Int8,      ty::UInt8,     ty::Int16,  ty::UInt16,
                                      ty::Int32,   ty::UInt32,    ty::Int64,     ty::UInt64, ty::Float32,
                                      ty::Float64, ty::Complex64, ty::Complex128};
  return kTypes[kLetters.find(letter)];
}

char letter_of(TypeId type) {
  if (type == ty::Float16) return 'e';
  for (char letter : kLetters)
    if (type_of_letter(letter) == type) return letter;
  return '!';
}

// Of the dtype or the scalar; '.' if there is no result.
char letter_of(const Lookup& found) {
  if (!found || !*found) return '.';
  TypeId type = (*found)->result;
  return letter_of(is_array(type) ? type_of(type).elem : type);
}

Argument array_of(char letter) {
  return {array_type(type_of_letter(letter), 1, Layout::C), {}, nullptr};
}

Argument weak_number(char kind) {
  Argument a{kind == 'w' ? ty::Int64 : kind == 'x' ? ty::Float64 : ty::Complex128, {}, nullptr};
  a.facts.weak = true;
  return a;
}

// What we give where NumPy gives `numpy`.
char expected_of_ufunc(const std::string& name, char numpy) {
  bool steps = name == "nextafter" || name == "spacing";
  return steps && numpy == 'e' ? 'f' : numpy;  // deviation: half-steps
}

char expected_of_operator(const std::string& op, char a, char b, char numpy) {
  bool logic = op == "&" || op == "|" || op == "^", compares = op == "<" || op == "==";
  auto is = [&](char letter, std::string_view letters) {
    return letters.find(letter) != std::string_view::npos;
  };
  if (op == "<" && (is(a, "FD") || is(b, "FD"))) return '.';  // deviation: complex-order
  if (compares) return numpy;
  bool mixed = (a == 'L' && is(b, "bhil")) || (b == 'L' && is(a, "bhil"));
  if (mixed && op != "/") return 'l';                           // deviation: uint64-int64, bool-arithmetic
  if (a == '?' && b == '?' && !logic && op != "/") return 'l';  // deviation: bool-arithmetic
  if (is(numpy, "bhil")) return 'l';                            // deviation: int-64-bits
  return is(numpy, "BHIL") ? 'L' : numpy;
}

Lookup lookup_of_operator(const std::string& op, const Query& q) {
  for (BinaryOp b :
       {BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul, BinaryOp::TrueDiv, BinaryOp::FloorDiv, BinaryOp::Mod,
        BinaryOp::Pow, BinaryOp::LShift, BinaryOp::RShift, BinaryOp::And, BinaryOp::Or, BinaryOp::Xor})
    if (op == spelling(b)) return find_binary(b, q, false);
  return find_compare(op == "<" ? CompareOp::Lt : CompareOp::Eq, q);
}

struct Line {
  std::string kind, name, first, row;
};

std::vector<Line> read_lines(std::string_view kind) {
  std::ifstream in(std::string(LANCEHEAD_TESTS_DIR) + "/infer/numpy_types.txt");
  std::vector<Line> out;
  for (std::string text; std::getline(in, text);) {
    std::istringstream words(text);
    Line line;
    words >> line.kind >> line.name >> line.first;
    if (!(words >> line.row)) line.row.swap(line.first);
    if (line.kind == kind) out.push_back(std::move(line));
  }
  return out;
}

TEST(LibraryTypes, UfuncsGiveNumPysTypes) {
  Semantics semantics;
  size_t checked = 0;
  for (const Line& line : read_lines("ufunc")) {
    std::string name = "numpy." + line.name;
    Query q;
    q.name = name;
    q.semantics = &semantics;
    for (size_t k = 0; k < line.row.size(); ++k) {
      Argument second = k < kLetters.size() ? array_of(kLetters[k]) : weak_number("wxy"[k - kLetters.size()]);
      q.args = line.first.empty() ? std::vector<Argument>{second}
                                  : std::vector<Argument>{array_of(line.first[0]), second};
      char other = k < kLetters.size() ? kLetters[k] : "wxy"[k - kLetters.size()];
      EXPECT_EQ(letter_of(find_call(q)), expected_of_ufunc(line.name, line.row[k]))
          << name << " of " << line.first << " and " << other;
      ++checked;
    }
  }
  EXPECT_GT(checked, 5000u);
}

TEST(LibraryTypes, OperatorsOnScalars) {
  Semantics semantics;
  size_t checked = 0;
  for (const Line& line : read_lines("operator")) {
    for (size_t k = 0; k < line.row.size(); ++k) {
      Query q;
      q.semantics = &semantics;
      q.args = {{type_of_letter(line.first[0]), {}, nullptr}, {type_of_letter(kLetters[k]), {}, nullptr}};
      EXPECT_EQ(letter_of(lookup_of_operator(line.name, q)),
                expected_of_operator(line.name, line.first[0], kLetters[k], line.row[k]))
          << line.first << " " << line.name << " " << kLetters[k];
      ++checked;
    }
  }
  EXPECT_GT(checked, 2000u);
}

}  // namespace
}  // namespace lancehead
