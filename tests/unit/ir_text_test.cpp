// The text forms of types and of the IR: exact round trips, and errors that say where.
#include <gtest/gtest.h>

#include <random>

#include "ir/constant_text.h"
#include "ir/parse.h"
#include "ir/print.h"
#include "text_tests.h"
#include "types/text.h"

namespace lancehead {
namespace {

using testing::read_unit;
using testing::TextKind;
using testing::TextOptions;

const TextKind kPrint("ir", "print", [](const std::string& input, const TextOptions& options) {
  PrintOptions print_options{.locations = options.count("locations") > 0};
  std::string once = print(read_unit(input), print_options);
  std::string twice = print(read_unit(once), print_options);
  EXPECT_EQ(once, twice);
  return twice;
});

const TextKind kParseError("ir", "parse-error", [](const std::string& input, const TextOptions&) {
  Expected<Unit> unit = parse_unit(input);
  return unit ? "accepted" : unit.error().message();
});

TypeId with_everything() {
  Type t;
  t.kind = Kind::RangeIter;
  t.layout = Layout::A;
  t.ndim = 7;
  t.readonly = true;
  t.aligned = false;
  t.known = KnownClass::Ufunc;
  t.handle = 9;
  t.elem = ty::Int8;
  t.items = {ty::Bool, TypeId()};
  t.name = "x|y";
  return intern(t);
}

std::vector<TypeId> sample_types() {
  TypeId array = array_type(ty::Float64, 2, Layout::C);
  std::vector<TypeId> out = {
      array,
      array_type(ty::Complex64, 1, Layout::A, true, false),
      array_type(ty::Bool, 0, Layout::C, true),
      array_type(ty::Int8, 3, Layout::F, false, false),
      tuple_type({}),
      tuple_type({ty::Int64}),
      tuple_type({ty::Int64, tuple_type({array, ty::Str}), tuple_type({})}),
      optional_type(ty::Float32),
      slice_type(true, false, true),
      dtype_type(ty::UInt16),
      known_type(KnownClass::Module, "math"),
      known_type(KnownClass::Callable, "numpy.sin"),
      known_type(KnownClass::Function, "outer.<locals>.<lambda>", 17),
      known_type(KnownClass::Other, "", 4294967295u),
      known_type(KnownClass::Exception, "a \"quoted\\ name\"\n\x01\x7f\xc3\xa9,>"),
      closure_type(12, {ty::Int64, array}),
      closure_type(0, {}),
      bound_method_type(array, "sum"),
      iterator_type(Kind::ArrayIter, array),
      iterator_type(Kind::TupleIter, tuple_type({ty::Int64, ty::Float64})),
      iterator_type(Kind::Enumerate, TypeId(), {ty::RangeIter}),
      iterator_type(Kind::Zip, TypeId(), {ty::RangeIter, iterator_type(Kind::ArrayIter, array)}),
      with_everything(),
  };
  Type omitted;
  omitted.kind = Kind::Omitted;
  omitted.name = "(1, 2)";
  out.push_back(intern(omitted));
  for (int k = 0; k <= static_cast<int>(Kind::Omitted); ++k) out.push_back(simple_type(static_cast<Kind>(k)));
  return out;
}

TEST(TypeText, ReadsBackToTheSameId) {
  for (TypeId t : sample_types()) {
    std::string text = type_text(t);
    std::optional<TypeId> again = parse_type(text);
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(again->index, t.index) << text << " became " << type_text(*again);
    EXPECT_EQ(text.find(' '), std::string::npos) << text;
  }
}

TEST(TypeText, IsReadable) {
  EXPECT_EQ(type_text(array_type(ty::Float64, 2, Layout::C)), "array<float64,2,C>");
  EXPECT_EQ(type_text(array_type(ty::Float64, 1, Layout::A, true, false)),
            "array<float64,1,A,readonly,unaligned>");
  EXPECT_EQ(type_text(tuple_type({ty::Int64, ty::Str})), "tuple<int64,str>");
  EXPECT_EQ(type_text(known_type(KnownClass::Callable, "numpy.sin")), "known<callable,numpy.sin>");
  EXPECT_EQ(type_text(closure_type(12, {ty::Int64})), "closure<12,int64>");
}

TEST(TypeText, RefusesMalformedTexts) {
  for (const char* text :
       {"", "in64", "int64 ", "array", "array<float64,2>", "array<float64,2,D>", "array<float64,2,C",
        "array<float64,300,C>", "tuple<int64,>", "tuple<,int64>", "known<callable,>", "known<thing,x>",
        "known<callable,\"x>", "known<callable,\"\\q\">", "closure<-1>", "optional<>", "range<|elem>",
        "range<|width:3>", "array<float64,2,C,readwrite>"})
    EXPECT_FALSE(parse_type(text)) << text;
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "tuple<";
  EXPECT_FALSE(parse_type(deep));
}

TEST(ConstantText, ReadsBackBitByBit) {
  std::mt19937_64 random(7);
  std::vector<uint64_t> patterns = {0,
                                    1,
                                    0x8000000000000000u,
                                    0x7ff0000000000000u,
                                    0xfff0000000000000u,
                                    0x7ff8000000000000u,
                                    0x7ff8000000000001u,
                                    0xfff8000000000000u,
                                    0x3fb999999999999au,
                                    0x000fffffffffffffu,
                                    0x7fc00000u,
                                    0x80000000u,
                                    0x7f800001u,
                                    255,
                                    65536,
                                    ~0ull};
  for (int i = 0; i < 2000; ++i) patterns.push_back(random());
  for (uint32_t k = static_cast<uint32_t>(Kind::Bool); k <= static_cast<uint32_t>(Kind::Complex128); ++k) {
    for (uint64_t bits : patterns) {
      Function f;
      Constant c{TypeId(k), {bits, is_complex(TypeId(k)) ? patterns[bits % 16] : 0}, {}, {}};
      f.add_constant(c);
      std::string text;
      append_constant(text, f, 0, ty::Untyped);
      std::string_view rest = text;
      std::optional<Literal> literal = take_literal(rest);
      ASSERT_TRUE(literal && rest.empty()) << text;
      std::optional<Constant> again = make_constant(f, *literal, ty::Untyped);
      ASSERT_TRUE(again) << text;
      EXPECT_TRUE(*again == c) << text;
    }
  }
}

// Whatever the text, the parser ends with a function or an error, and a function prints.
TEST(IrText, SurvivesMutilatedTexts) {
  const std::string text =
      R"(function @f(%0: array<float64,1,C>, %1: int64 !nonneg !const=3) -> tuple<int64,str> stage typed {
  callee @g symbol s1 (int64) -> int64 reads writes raises allocates
^0:
  %2: tuple<int64,str> = const (1, "x\n")
  %3: complex128 = const (1.5, -inf)
  %4 = pycall %0(%1, *%2, key=%3) unwind ^3(%2)
  condbr %4, ^1(%3), ^2
^1(%5: complex128):
  %6: float64 = nest %1, %0 dims 1 read #1[0] write #1[-] reduce sum,max indices {
  ^(%7: float64):
    %8: float64 = math sin %7
    yield %8, %8
  }
  br ^2
^2:
  return %2
^3(%9):
  %10 = catch
  raise
}
)";
  ASSERT_TRUE(parse_unit(text)) << parse_unit(text).error().message();
  std::mt19937 random(1);
  auto pick = [&](size_t n) { return random() % n; };
  for (int round = 0; round < 20000; ++round) {
    std::string broken = text;
    for (size_t edits = 1 + pick(4); edits > 0 && !broken.empty(); --edits) {
      size_t at = pick(broken.size());
      switch (pick(4)) {
        case 0: broken.erase(at, 1 + pick(8)); break;
        case 1: broken[at] = text[pick(text.size())]; break;
        case 2: broken.insert(at, text.substr(pick(text.size()), pick(12))); break;
        default: broken.resize(at + 1); break;
      }
    }
    Expected<Unit> unit = parse_unit(broken);
    if (unit) {
      EXPECT_FALSE(print(*unit).empty() && !unit->functions.empty());
    } else {
      EXPECT_NE(unit.error().message().find("line "), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace lancehead
