// Parallel loops: chunks with captures, partial results combined in order, errors.
#include <gtest/gtest.h>

#include "native.h"

namespace lancehead::testing {
namespace {

// sum of a[i] * k, and its maximum's index by the last chunk, beginning with 1000.
constexpr const char* kSum = R"(
function @total(%a: array<int64,1,C>, %k: int64) -> int64 stage final {
  callee @chunk symbol chunk (int64, int64, array<int64,1,C>, int64) -> tuple<int64,int64> reads raises
  callee @combine symbol combine (tuple<int64,int64>, tuple<int64,int64>) -> tuple<int64,int64>
^entry:
  %n: int64 = array_dim 0 %a
  %start: int64 = const 1000
  %zero: int64 = const 0
  %s: int64, %last: int64 = parloop %n, %a, %k, %start, %zero body @chunk combine @combine captures 2 @3:0-3:1
  %r: int64 = add %s, %last
  return %r
}

function @chunk(%first: int64, %stop: int64, %a: array<int64,1,C>, %k: int64) -> tuple<int64,int64> stage final {
^entry:
  %zero: int64 = const 0
  %one: int64 = const 1
  br ^loop(%first, %zero)
^loop(%i: int64, %sum: int64):
  %x: int64 = array_load %a, %i
  %fine: bool = ge %x, %zero
  check MathDomain %fine @4:0-4:1
  %p: int64 = mul %x, %k
  %next_sum: int64 = add %sum, %p
  %next: int64 = add %i, %one
  %more: bool = lt %next, %stop
  condbr %more, ^loop(%next, %next_sum), ^end
^end:
  %t: tuple<int64,int64> = tuple_make %next_sum, %stop
  return %t
}

function @combine(%x: tuple<int64,int64>, %y: tuple<int64,int64>) -> tuple<int64,int64> stage final {
^entry:
  %a: int64 = tuple_get 0 %x
  %b: int64 = tuple_get 0 %y
  %c: int64 = add %a, %b
  %d: int64 = tuple_get 1 %y
  %t: tuple<int64,int64> = tuple_make %c, %d
  return %t
})";

TEST(Parallel, FoldsPartialResultsInOrder) {
  Native native(kSum);
  for (int64_t n : {0, 1, 3, 10}) {
    std::vector<int64_t> a(static_cast<size_t>(n) + 1);
    int64_t sum = 0;
    for (int64_t i = 0; i < n; ++i) sum += a[static_cast<size_t>(i)] = i + 1;
    EXPECT_EQ(native.call<int64_t>("total", array_leaves(a.data(), {n}), int64_t{2}), 1000 + 2 * sum + n)
        << n;
    EXPECT_EQ(native.log(), "parallel:" + std::to_string(n) + ":1");
  }
}

TEST(Parallel, AnErrorOfTheBodyIsTheLoops) {
  Native native(kSum);
  int64_t a[] = {1, 2, -3, 4};
  native.call<int64_t>("total", array_leaves(a, {4}), int64_t{2});
  EXPECT_EQ(native.status, 1);
  EXPECT_EQ(native.log(),
            "parallel:4:1 MathDomain(0,0,0,) trace:lh$function$chunk:4 trace:lh$function$total:3");
}

TEST(Parallel, LoopsWithoutResultsOnlyWrite) {
  Native native(R"(
function @fill(%a: array<int64,1,C>) -> none stage final {
  callee @chunk symbol chunk (int64, int64, array<int64,1,C>) -> none writes
^entry:
  %n: int64 = array_dim 0 %a
  parloop %n, %a body @chunk captures 1
  %r: none = const none
  return %r
}

function @chunk(%first: int64, %stop: int64, %a: array<int64,1,C>) -> none stage final {
^entry:
  %one: int64 = const 1
  br ^loop(%first)
^loop(%i: int64):
  array_store %a, %i, %i
  %next: int64 = add %i, %one
  %more: bool = lt %next, %stop
  condbr %more, ^loop(%next), ^end
^end:
  %r: none = const none
  return %r
})");
  int64_t a[8] = {};
  native.call<int64_t>("fill", array_leaves(a, {7}));
  EXPECT_EQ(native.status, 0);
  for (int64_t i = 0; i < 7; ++i) EXPECT_EQ(a[i], i);
  EXPECT_EQ(a[7], 0);
}

}  // namespace
}  // namespace lancehead::testing
