// What the tiers make of loops, and that one process-wide state serves all threads.
#include <gtest/gtest.h>

#include <regex>
#include <thread>

#include "ir/parse.h"
#include "native.h"

namespace lancehead::testing {
namespace {

// y[i] = a * x[i] + y[i], with its checks gone.
constexpr const char* kSaxpy = R"(
function @saxpy(%a: float64, %x: array<float64,1,C>, %y: array<float64,1,C>) -> none stage final {
^entry:
  %n: int64 = array_dim 0 %x
  %zero: int64 = const 0
  %one: int64 = const 1
  %none: none = const none
  br ^head(%zero)
^head(%i: int64):
  %more: bool = lt %i, %n
  condbr %more, ^body, ^end
^body:
  %xi: float64 = array_load %x, %i
  %yi: float64 = array_load %y, %i
  %p: float64 = mul %a, %xi
  %s: float64 = add %p, %yi
  array_store %y, %s, %i
  %next: int64 = add %i, %one
  br ^head(%next)
^end:
  return %none
})";

std::string text_of(const char* ir, LanceheadWant want) {
  Expected<Unit> unit = parse_unit(ir);
  EXPECT_TRUE(unit);
  for (Function& f : unit->functions) f.symbol = f.name;
  EmitOptions options = Native::verified();
  options.want = want;
  return emit(*unit, options).bytes;
}

TEST(Tiers, SaxpyVectorises) {
  std::string text = text_of(kSaxpy, LANCEHEAD_WANT_LLVM);
  EXPECT_TRUE(std::regex_search(text, std::regex("fmul <[0-9]+ x double>"))) << text;
}

// Rows of y may be shorter than x: a guarded loop and its checked copy. The value behind the loops comes from
// both.
constexpr const char* kGuarded = R"(
function @guarded(%a: float64, %x: array<float64,1,C>, %y: array<float64,1,C>) -> int64 stage final {
^entry:
  %n: int64 = array_dim 0 %x
  %m: int64 = array_dim 0 %y
  %zero: int64 = const 0
  %one: int64 = const 1
  %none: int64 = const -1
  %fits: bool = ge %m, %n
  condbr likely %fits, ^fast(%zero, %none), ^checked(%zero, %none)
^fast(%i: int64, %last: int64):
  %more: bool = lt %i, %n
  condbr %more, ^fast_body, ^end(%last)
^fast_body:
  %xi: float64 = array_load %x, %i
  %p: float64 = mul %a, %xi
  array_store %y, %p, %i
  %next: int64 = add %i, %one
  br ^fast(%next, %i)
^checked(%j: int64, %old: int64):
  %left: bool = lt %j, %n
  condbr %left, ^checked_body, ^end(%old)
^checked_body:
  %xj: float64 = array_load %x, %j
  %q: float64 = mul %a, %xj
  %inside: bool = lt %j, %m
  condbr %inside, ^store, ^early
^early:
  check_index 0 %j, %m @2:0-2:1
  br ^end(%j)
^store:
  array_store %y, %q, %j
  %after: int64 = add %j, %one
  br ^checked(%after, %j)
^end(%result: int64):
  return %result
})";

TEST(Tiers, WhatIsRarelyRunIsAFunctionOfItsOwn) {
  std::string text = text_of(kGuarded, LANCEHEAD_WANT_LLVM);
  size_t cold = text.find("define internal");
  ASSERT_NE(cold, std::string::npos) << text;
  EXPECT_GT(text.find("call i32 @lh_raise_builtin"), cold) << text;
  EXPECT_NE(text.find("optnone", cold - 60), std::string::npos) << text;
}

TEST(Tiers, ColdRegionsComputeTheSame) {
  Native native(kGuarded);
  EXPECT_TRUE(native.lean);
  std::vector<double> x = {1, 2, 3, 4}, y(4);
  EXPECT_EQ(native.call<int64_t>("guarded", 2.0, array_leaves(x.data(), {4}), array_leaves(y.data(), {4})),
            3);
  EXPECT_EQ(y, (std::vector<double>{2, 4, 6, 8}));
  EXPECT_EQ(native.call<int64_t>("guarded", 2.0, array_leaves(x.data(), {0}), array_leaves(y.data(), {4})),
            -1);
  y.assign(4, 0);
  native.call<int64_t>("guarded", 3.0, array_leaves(x.data(), {4}), array_leaves(y.data(), {2}));
  EXPECT_EQ(native.status, 1);
  EXPECT_EQ(native.log(), "IndexOutOfBounds(2,0,2,) trace:lh$function$guarded:2");
  EXPECT_EQ(y, (std::vector<double>{3, 6, 0, 0}));
}

TEST(Tiers, SaxpyComputes) {
  Native native(kSaxpy);
  EXPECT_TRUE(native.lean);
  for (size_t n : {0, 1, 7, 100}) {
    std::vector<double> x(n + 1), y(n + 1);
    for (size_t i = 0; i <= n; ++i) x[i] = static_cast<double>(i), y[i] = 0.5;
    auto count = static_cast<int64_t>(n);
    native.call<int64_t>("saxpy", 2.0, array_leaves(x.data(), {count}), array_leaves(y.data(), {count}));
    for (size_t i = 0; i < n; ++i) ASSERT_EQ(y[i], 2.0 * static_cast<double>(i) + 0.5) << i << " of " << n;
    EXPECT_EQ(y[n], 0.5) << "nothing beyond the end is written";
  }
}

TEST(Tiers, OverlappingArraysAreRead) {  // in the order of the loop
  Native native(kSaxpy);
  std::vector<double> data(33, 1.0);
  native.call<int64_t>("saxpy", 1.0, array_leaves(data.data(), {32}), array_leaves(data.data() + 1, {32}));
  for (size_t i = 0; i < data.size(); ++i) ASSERT_EQ(data[i], static_cast<double>(i + 1));
}

// r = a * b, a loop over addresses as nests become; the result's place is KIND of array.
constexpr const char* kProduct = R"(
function @product(%a: array<float64,1,C>, %b: array<float64,1,C>) -> array<float64,1,C> stage final {
^entry:
  %n: int64 = array_dim 0 %a
  %size: int64 = const 8
  %zero: int64 = const 0
  %one: int64 = const 1
  %fresh: array<float64,1,C> = array_alloc 0 %n
  %pa: pointer = array_data %a
  %pb: pointer = array_data %b
  %pr: pointer = array_data KIND
  br ^head(%zero)
^head(%i: int64 !nonneg):
  %more: bool = lt %i, %n
  condbr %more, ^body, ^end
^body:
  %offset: int64 = mul %i, %size
  %qa: pointer = offset %pa, %offset
  %qb: pointer = offset %pb, %offset
  %qr: pointer = offset %pr, %offset
  %x: float64 = load %qa
  %y: float64 = load %qb
  %p: float64 = mul %x, %y
  store %qr, %p
  %next: int64 = add %i, %one
  br ^head(%next)
^end:
  return %fresh
})";

std::string product_into(const std::string& place) {
  std::string text = kProduct;
  return text.replace(text.find("KIND"), 4, place);
}

TEST(Tiers, AFreshArrayOverlapsNoArgument) {
  std::string fresh = text_of(product_into("%fresh").c_str(), LANCEHEAD_WANT_LLVM);
  EXPECT_TRUE(std::regex_search(fresh, std::regex("fmul <[0-9]+ x double>"))) << fresh;
  EXPECT_EQ(fresh.find("vector.memcheck"), std::string::npos) << fresh;
  std::string argument = text_of(product_into("%b").c_str(), LANCEHEAD_WANT_LLVM);
  EXPECT_NE(argument.find("vector.memcheck"), std::string::npos) << argument;
}

TEST(Tiers, AFreshArrayIsFilled) {
  Native native(product_into("%fresh"));
  std::vector<double> a(77), b(77);
  for (size_t i = 0; i < a.size(); ++i) a[i] = static_cast<double>(i), b[i] = 0.5;
  native.call<int64_t>("product", array_leaves(a.data(), {77}), array_leaves(b.data(), {77}));
  const double* result = static_cast<const double*>(native.out[1].p);
  for (size_t i = 0; i < a.size(); ++i) ASSERT_EQ(result[i], a[i] * b[i]);
}

// A sum of floats is not reordered, so nothing is won by vectorising.
TEST(Tiers, FloatSumIsQuick) {
  Native native(R"(
function @sum(%x: array<float64,1,C>) -> float64 stage final {
^entry:
  %n: int64 = array_dim 0 %x
  %zero: int64 = const 0
  %one: int64 = const 1
  %start: float64 = const 0.0
  br ^head(%zero, %start)
^head(%i: int64, %sum: float64):
  %more: bool = lt %i, %n
  condbr %more, ^body, ^end
^body:
  %xi: float64 = array_load %x, %i
  %s: float64 = add %sum, %xi
  %next: int64 = add %i, %one
  br ^head(%next, %s)
^end:
  return %sum
})");
  EXPECT_FALSE(native.lean);
  double data[] = {1e100, 1.0, -1e100};
  EXPECT_EQ(native.call<double>("sum", array_leaves(data, {3})), 0.0);
}

TEST(Tiers, NoContractionWithoutFastmath) {
  std::string assembly = text_of(kSaxpy, LANCEHEAD_WANT_ASSEMBLY);
  EXPECT_EQ(assembly.find("vfmadd"), std::string::npos);
  EXPECT_NE(assembly.find("mulpd"), std::string::npos);
}

TEST(Tiers, FastmathFlagsAreTheUsers) {
  Expected<Unit> unit = parse_unit(kSaxpy);
  ASSERT_TRUE(unit);
  unit->functions[0].symbol = "saxpy";
  unit->functions[0].fastmath = true;
  EmitOptions options = Native::verified();
  options.want = LANCEHEAD_WANT_LLVM_RAW;
  options.fastmath = LANCEHEAD_FAST_CONTRACT | LANCEHEAD_FAST_NSZ;
  std::string text = emit(*unit, options).bytes;
  EXPECT_NE(text.find("fmul nsz contract double"), std::string::npos) << text;
}

TEST(Tiers, ThreadsCompileAtOnce) {
  std::vector<std::thread> threads;
  std::vector<std::string> objects(4);
  for (std::string& object : objects)
    threads.emplace_back([&object] {
      for (int i = 0; i < 5; ++i) object = text_of(kSaxpy, LANCEHEAD_WANT_OBJECT);
    });
  for (std::thread& t : threads) t.join();
  for (const std::string& object : objects) EXPECT_EQ(object, objects[0]);
}

TEST(Tiers, PreparingIsOnlyForSpeed) {
  std::string before = text_of(kSaxpy, LANCEHEAD_WANT_OBJECT);
  prepare_emission();
  EXPECT_EQ(text_of(kSaxpy, LANCEHEAD_WANT_OBJECT), before);
}

}  // namespace
}  // namespace lancehead::testing
