// Aggregates, arrays, strings and the calling convention.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstring>

#include "native.h"

namespace lancehead::testing {
namespace {

class DataTest : public ::testing::TestWithParam<LanceheadTier> {
 protected:
  EmitOptions options() const {
    EmitOptions o = Native::verified();
    o.tier = GetParam();
    return o;
  }
};

TEST_P(DataTest, TuplesAreRowsOfLeaves) {
  Native native(R"(
function @swap(%t: tuple<int64,float64,bool>) -> tuple<bool,tuple<float64,int64>> stage final {
^entry:
  %i: int64 = tuple_get 0 %t
  %x: float64 = tuple_get 1 %t
  %b: bool = tuple_get 2 %t
  %inner: tuple<float64,int64> = tuple_make %x, %i
  %r: tuple<bool,tuple<float64,int64>> = tuple_make %b, %inner
  return %r
})",
                options());
  native.call<bool>("swap", int64_t{4}, 2.5, true);
  EXPECT_EQ(native.get<uint64_t>(0), 1u);
  EXPECT_EQ(native.get<double>(1), 2.5);
  EXPECT_EQ(native.get<int64_t>(2), 4);
}

TEST_P(DataTest, TuplesAreIndexedAtRunTime) {
  for (int count : {3, 12}) {  // by selects, and in memory
    std::string type = "tuple<int64";
    for (int i = 1; i < count; ++i) type += ",int64";
    Native native("function @at(%t: " + type + R"(>, %i: int64) -> int64 stage final {
^entry:
  %x: int64 = tuple_at %t, %i
  return %x
})",
                  options());
    std::vector<Slot> items(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) items[static_cast<size_t>(i)].i = i * i;
    for (int64_t i = 0; i < count; ++i) EXPECT_EQ(native.call<int64_t>("at", items, i), i * i);
  }
}

TEST_P(DataTest, OptionalsHoldAValueOrNone) {
  Native native(R"(
function @half(%n: int64) -> optional<int64> stage final {
^entry:
  %one: int64 = const 1
  %zero: int64 = const 0
  %low: int64 = and %n, %one
  %even: bool = eq %low, %zero
  condbr %even, ^yes, ^no
^yes:
  %h: int64 = shr %n, %one
  %r: optional<int64> = optional_make %h
  br ^end(%r)
^no:
  %s: optional<int64> = optional_none
  br ^end(%s)
^end(%x: optional<int64>):
  return %x
}

function @or_zero(%x: optional<int64>) -> int64 stage final {
^entry:
  %has: bool = optional_has %x
  %v: int64 = optional_get %x
  %zero: int64 = const 0
  %r: int64 = select %has, %v, %zero
  return %r
})",
                options());
  native.call<bool>("half", int64_t{10});
  EXPECT_EQ(native.get<bool>(0), true);
  EXPECT_EQ(native.get<int64_t>(1), 5);
  native.call<bool>("half", int64_t{11});
  EXPECT_EQ(native.get<bool>(0), false);
  EXPECT_EQ(native.call<int64_t>("or_zero", true, int64_t{9}), 9);
  EXPECT_EQ(native.call<int64_t>("or_zero", false, int64_t{9}), 0);
}

TEST_P(DataTest, ManyArgumentLeavesPassTuplesByPointer) {
  std::string type = "tuple<int64,float32,bool,int8";
  for (int i = 4; i < 24; ++i) type += ",int64";
  type += ">";
  Native native("function @outer(%t: " + type +
                    ", %k: int64) -> float64 stage final {\n  callee @inner symbol inner (" + type +
                    R"(, int64) -> float64 reads
^entry:
  %r: float64 = call @inner %t, %k
  return %r
}

function @inner(%t: )" +
                    type + R"(, %k: int64) -> float64 stage final {
^entry:
  %a: int64 = tuple_get 0 %t
  %b: float32 = tuple_get 1 %t
  %c: bool = tuple_get 2 %t
  %d: int8 = tuple_get 3 %t
  %e: int64 = tuple_get 23 %t
  %af: float64 = cast %a
  %bf: float64 = cast %b
  %cf: float64 = cast %c
  %df: float64 = cast %d
  %ef: float64 = cast %e
  %kf: float64 = cast %k
  %1: float64 = add %af, %bf
  %2: float64 = add %1, %cf
  %3: float64 = add %2, %df
  %4: float64 = add %3, %ef
  %5: float64 = add %4, %kf
  return %5
})",
                options());
  std::vector<Slot> t(24);
  t[0].i = 100;
  t[1].f = 0.5f;
  t[2].u = 1;
  t[3].i = 0xf8;  // -8 as an int8; the other bytes of the slot are free
  t[23].i = 1000;
  EXPECT_EQ(native.call<double>("outer", t, int64_t{7}), 100 + 0.5 + 1 - 8 + 1000 + 7);
}

TEST_P(DataTest, StringsAreConstantsOfTheirWidth) {
  Native native(R"(
function @text(%wide: bool) -> str stage final {
^entry:
  %a: str = const "abc\xc3\xa9"
  %b: str = const "\xe2\x82\xacuro"
  %same: bool = rtcall StrEqual %a, %a
  %r: str = rtcall StrConcat %b, %a
  %x: str = select %wide, %r, %a
  return %x
})",
                options());
  native.call<int64_t>("text", false);
  EXPECT_EQ(native.get<int64_t>(2), 4);
  EXPECT_EQ(native.get<int64_t>(3), 1);
  EXPECT_EQ(std::memcmp(native.out[1].p, "abc\xe9\0", 5), 0) << "Latin-1, terminated";
  native.call<int64_t>("text", true);
  EXPECT_EQ(native.get<int64_t>(2), 8);
  EXPECT_EQ(native.get<int64_t>(3), 2);
  EXPECT_EQ(static_cast<const uint16_t*>(native.out[1].p)[0], 0x20ac);
}

TEST_P(DataTest, RuntimeCallsTakeArraysOfAnyShape) {
  Native native(R"(
function @overlap(%a: array<float64,2,C>, %b: array<float32,1,A>) -> bool stage final {
^entry:
  %r: bool = rtcall MayOverlap %a, %b
  return %r
})",
                options());
  double x[4];
  float y[3];
  auto b = array_leaves(y, {3});
  EXPECT_FALSE(native.call<bool>("overlap", array_leaves(x, {2, 2}), b));
  EXPECT_EQ(native.log(), "overlap:2:8:1:4");
  b[1].p = x;
  EXPECT_TRUE(native.call<bool>("overlap", array_leaves(x, {2, 2}), b));
}

constexpr const char* kTranspose = R"(
function @transposed(%a: array<ELEM,2,C>) -> array<ELEM,2,F> stage final {
^entry:
  %n: int64 = array_dim 0 %a
  %m: int64 = array_dim 1 %a
  %r: array<ELEM,2,F> = array_alloc 1 %n, %m @1:0-1:1
  %zero: int64 = const 0
  %one: int64 = const 1
  %i0: int64 = sub %n, %one
  %j0: int64 = sub %m, %one
  br ^loop(%i0, %j0)
^loop(%i: int64, %j: int64):
  %x: ELEM = array_load %a, %i, %j
  array_store %r, %x, %i, %j
  %more: bool = gt %j, %zero
  %next: int64 = sub %j, %one
  condbr %more, ^loop(%i, %next), ^row
^row:
  %rows: bool = gt %i, %zero
  %up: int64 = sub %i, %one
  condbr %rows, ^loop(%up, %j0), ^end
^end:
  return %r
})";

std::string with_elem(std::string text, const std::string& elem) {
  for (size_t at; (at = text.find("ELEM")) != std::string::npos;) text.replace(at, 4, elem);
  return text;
}

template <class T>
void expect_transposed(const std::string& elem, const EmitOptions& options, T first) {
  Native native(with_elem(kTranspose, elem), options);
  T data[2][3] = {};
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) data[i][j] = static_cast<T>((i + j) % 2 ? T{} : first);
  native.call<int64_t>("transposed", array_leaves(&data[0][0], {2, 3}));
  ASSERT_EQ(native.status, 0) << elem;
  EXPECT_EQ(native.log(), "alloc:" + std::to_string(sizeof data) + ":1");
  EXPECT_EQ(native.get<int64_t>(1) - native.get<int64_t>(0), 64) << "the payload follows the header";
  int64_t size = sizeof(T);
  for (auto [slot, value] : {std::pair{2, int64_t{2}}, {3, int64_t{3}}, {4, size}, {5, 2 * size}})
    EXPECT_EQ(native.get<int64_t>(static_cast<size_t>(slot)), value) << elem;
  const T* result = static_cast<const T*>(native.out[1].p);
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) EXPECT_EQ(result[j * 2 + i], data[i][j]) << elem;
}

TEST_P(DataTest, ArraysOfEveryElementLoadAndStore) {
  expect_transposed<bool>("bool", options(), true);
  expect_transposed<int8_t>("int8", options(), -3);
  expect_transposed<uint16_t>("uint16", options(), 65000);
  expect_transposed<int32_t>("int32", options(), -70000);
  expect_transposed<int64_t>("int64", options(), int64_t{-1} << 40);
  expect_transposed<float>("float32", options(), 1.5f);
  expect_transposed<double>("float64", options(), -2.25);
  expect_transposed<std::complex<float>>("complex64", options(), {1.5f, 2.f});
  expect_transposed<std::complex<double>>("complex128", options(), {1.5, -2.});
}

TEST_P(DataTest, ViewsAddressesAndRawMemory) {
  Native native(R"(
function @last_column_sum(%a: array<float64,2,A,unaligned>) -> float64 stage final {
^entry:
  %one: int64 = const 1
  %zero: int64 = const 0
  %n: int64 = array_dim 0 %a
  %m: int64 = array_dim 1 %a
  %s: int64 = array_stride 0 %a
  %last: int64 = sub %m, %one
  %p: pointer = array_address %a, %zero, %last
  %column: array<float64,1,A,unaligned> = array_view %a, %p, %n, %s
  %start: float64 = const 0.0
  br ^loop(%zero, %start, %p)
^loop(%i: int64, %sum: float64, %q: pointer):
  %x: float64 = array_load %column, %i
  %y: float64 = load %q
  %d: float64 = sub %x, %y
  store %q, %d
  %next_sum: float64 = add %sum, %x
  %next: int64 = add %i, %one
  %next_q: pointer = offset %q, %s
  %more: bool = lt %next, %n
  condbr %more, ^loop(%next, %next_sum, %next_q), ^end
^end:
  return %next_sum
})",
                options());
  alignas(8) std::byte storage[64];
  std::byte* data = storage + 1;  // nothing is aligned
  for (int i = 0; i < 6; ++i) {
    double x = i + 0.5;
    std::memcpy(data + 8 * i, &x, 8);
  }
  std::vector<Slot> array = array_leaves(reinterpret_cast<double*>(data), {3, 2});
  EXPECT_EQ(native.call<double>("last_column_sum", array), 1.5 + 3.5 + 5.5);
  double last;
  std::memcpy(&last, data + 40, 8);
  EXPECT_EQ(last, 0.0);
}

TEST_P(DataTest, OwnersAreRetainedAndReleased) {
  Native native(R"(
function @f(%a: array<int64,1,C>, %s: str) -> optional<array<int64,1,C>> stage final {
^entry:
  %t: tuple<array<int64,1,C>,str> = tuple_make %a, %s
  retain %t
  %c: str = const "constant"
  release %c
  release %s
  %r: optional<array<int64,1,C>> = optional_make %a
  return %r
})",
                options());
  std::vector<Slot> args(8);
  args[0].u = 64;
  args[4].u = 128;
  native.run("f", args);
  EXPECT_EQ(native.log(), "retain:64 retain:128 release:128");
  EXPECT_EQ(native.get<uint64_t>(1), 64u);
}

TEST_P(DataTest, MathFunctions) {
  Native native(R"(
function @f(%x: float64) -> float64 stage final {
^entry:
  %a: float64 = math sqrt %x
  %b: float64 = math sin %a
  %c: float64 = math lgamma %x
  %d: float64 = math pow %b, %c
  %e: float64 = math floor %x
  %f: float64 = math copysign %d, %e
  %g: float64 = math rint %x
  %h: float64 = add %f, %g
  return %h
}

function @g(%z: complex128) -> complex128 stage final {
^entry:
  %r: complex128 = math exp %z
  return %r
})",
                options());
  double x = 2.5;
  double expected = std::copysign(std::pow(std::sin(std::sqrt(x)), std::lgamma(x)), std::floor(x)) + 2.0;
  EXPECT_EQ(native.call<double>("f", x), expected);
  EXPECT_EQ(native.call<double>("g", 1.0, 2.0), std::exp(1.0) * std::cos(2.0));
  EXPECT_EQ(native.get<double>(1), std::exp(1.0) * std::sin(2.0));
}

INSTANTIATE_TEST_SUITE_P(Tiers, DataTest, ::testing::Values(LANCEHEAD_TIER_QUICK, LANCEHEAD_TIER_LEAN),
                         [](const auto& info) {
                           return info.param == LANCEHEAD_TIER_QUICK ? "Quick" : "Lean";
                         });

}  // namespace
}  // namespace lancehead::testing
