// The kind of text tests of inlining: the last function calls those before it.
#include <gtest/gtest.h>

#include "ir/bytes.h"
#include "ir/compact.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "ir/walk.h"
#include "opt/inline.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_unit;
using testing::TextKind;
using testing::TextOptions;

// ; test: inline : the last function, with those before it as bodies, each after its own inlining if it is
// small enough.
const TextKind kInline("opt", "inline", [](const std::string& input, const TextOptions&) {
  Unit unit = read_unit(input);
  std::vector<const Function*> bodies;
  auto find_body = [&](const std::string& symbol) -> const Function* {
    for (const Function* body : bodies)
      if (body->symbol == symbol) return body;
    return nullptr;
  };
  for (Function& f : unit.functions) {
    if (auto broken = verify(f, "the input")) ADD_FAILURE() << broken->message();
    inline_calls(f, find_body);
    if (auto broken = verify(f, "inline")) ADD_FAILURE() << broken->message() << "\n" << print(f);
    if (is_inlinable(f)) bodies.push_back(&f);
  }
  Function& last = unit.functions.back();
  compact(last);
  EXPECT_FALSE(verify(last, "compact"));
  std::string text = print(last, {.locations = true});
  Expected<Unit> again = from_bytes(to_bytes(Unit{{last}}));
  EXPECT_TRUE(again && print(*again, {.locations = true}) == text) << "the byte form differs";
  return text;
});

// A chain of additions.
Function chain(int length) {
  std::string text = "function @f(%0: float64) -> float64 stage resolved symbol f {\n^0:\n";
  for (int k = 0; k < length; ++k)
    text += "  %" + std::to_string(k + 1) + ": float64 = add %" + std::to_string(k) + ", %0\n";
  return testing::read_function(text + "  return %" + std::to_string(length) + "\n}\n");
}

TEST(Inline, BodiesAreSmall) {
  EXPECT_TRUE(is_inlinable(chain(1)));
  EXPECT_TRUE(is_inlinable(chain(40)));
  EXPECT_FALSE(is_inlinable(chain(41)));
  Function chunk = chain(1);
  chunk.exported = false;
  EXPECT_FALSE(is_inlinable(chunk)) << "the body of a parallel loop";
}

TEST(Inline, CallersDoNotGrowForEver) {
  std::string text =
      "function @g(%0: float64) -> float64 stage resolved symbol g {\n"
      "  callee @f symbol f (float64) -> float64\n^0:\n";
  constexpr int kCalls = 200;
  for (int k = 0; k < kCalls; ++k)
    text += "  %" + std::to_string(k + 1) + ": float64 = call @f %" + std::to_string(k) + "\n";
  Function g = testing::read_function(text + "  return %0\n}\n");
  Function body = chain(40);
  EXPECT_TRUE(inline_calls(g, [&](const std::string&) { return &body; }));
  EXPECT_FALSE(verify(g, "inline"));
  EXPECT_GT(g.inlined.size(), 50u);
  EXPECT_LT(g.inlined.size(), 120u);
}

size_t count_calls(const Function& f) {
  size_t n = 0;
  for_each_inst(f, [&](InstId id) { n += f.inst(id).op == Op::Call; });
  return n;
}

// Calls itself twice, with a handler around the second call, after `work` additions.
Function recursive(int work) {
  std::string text =
      "function @f(%0: int64) -> int64 stage resolved symbol f {\n"
      "  callee @f symbol f (int64) -> int64 raises\n^0:\n";
  for (int k = 0; k < work; ++k)
    text += "  %" + std::to_string(k + 1) + ": int64 = add %" + std::to_string(k) + ", %0\n";
  return testing::read_function(text + R"(
  %c: bool = lt %0, %1
  condbr %c, ^1, ^2
^1:
  return %0
^2:
  %a: int64 = call @f %1
  %b: int64 = call @f %a unwind ^4
  br ^3
^3:
  return %b
^4:
  %e: exception = catch
  return %0
})");
}

TEST(Inline, RecursionIsUnrolledTwice) {
  Function f = recursive(1);
  EXPECT_TRUE(unroll_recursion(f));
  EXPECT_FALSE(verify(f, "recursion"));
  EXPECT_EQ(f.inlined.size(), 2u + 4u);
  EXPECT_EQ(count_calls(f), 8u);
  EXPECT_FALSE(is_inlinable(f));
}

TEST(Inline, RecursionOfLargerFunctionsIsUnrolledLess) {
  Function once = recursive(8), never = recursive(30);
  EXPECT_TRUE(unroll_recursion(once));
  EXPECT_EQ(count_calls(once), 4u);
  EXPECT_FALSE(unroll_recursion(never));
  EXPECT_EQ(count_calls(never), 2u);
}

}  // namespace
}  // namespace lancehead
