// Control flow, checks, errors and calls: what compiled code does, and what it asks the runtime for.
#include <gtest/gtest.h>

#include "native.h"

namespace lancehead::testing {
namespace {

class ControlTest : public ::testing::TestWithParam<LanceheadTier> {
 protected:
  EmitOptions options() const {
    EmitOptions o = Native::verified();
    o.tier = GetParam();
    return o;
  }
};

TEST_P(ControlTest, LoopsByBlockArguments) {
  Native native(R"(
function @fib(%n: int64) -> int64 stage final {
^entry:
  %zero: int64 = const 0
  %one: int64 = const 1
  br ^head(%zero, %zero, %one)
^head(%i: int64, %a: int64, %b: int64):
  %more: bool = lt %i, %n
  condbr %more, ^body, ^end
^body:
  %c: int64 = add %a, %b
  %next: int64 = add %i, %one
  br ^head(%next, %b, %c)
^end:
  return %a
})",
                options());
  EXPECT_EQ(native.call<int64_t>("fib", int64_t{50}), 12586269025);
}

TEST_P(ControlTest, EntryBlockMayBeALoop) {
  Native native(R"(
function @down(%n: int64, %sum: int64) -> int64 stage final {
^entry:
  %one: int64 = const 1
  %zero: int64 = const 0
  %m: int64 = sub %n, %one
  %t: int64 = add %sum, %n
  %more: bool = gt %m, %zero
  condbr %more, ^entry(%m, %t), ^end
^end:
  return %t
})",
                options());
  EXPECT_EQ(native.call<int64_t>("down", int64_t{10}, int64_t{0}), 55);
}

TEST_P(ControlTest, BothEdgesMayMeet) {
  Native native(R"(
function @pick(%c: bool, %a: int64, %b: int64) -> int64 stage final {
^entry:
  condbr %c, ^end(%a), ^end(%b)
^end(%x: int64):
  return %x
})",
                options());
  EXPECT_EQ(native.call<int64_t>("pick", true, int64_t{1}, int64_t{2}), 1);
  EXPECT_EQ(native.call<int64_t>("pick", false, int64_t{1}, int64_t{2}), 2);
}

constexpr const char* kChecks = R"(
function @at(%i: int64, %n: int64, %assigned: bool) -> int64 stage final {
^entry:
  %w: int64 = wrap_index %i, %n @2:0-2:1
  check_index 1 %w, %n @2:0-2:1
  check_assigned "x" %assigned @3:0-3:1
  %zero: int64 = const 0
  %positive: bool = gt %w, %zero
  %text: str = const "min"
  check EmptySequence %positive, %text @3:0-3:1
  return %w
})";

TEST_P(ControlTest, ChecksRaise) {
  Native native(kChecks, options());
  EXPECT_EQ(native.call<int64_t>("at", int64_t{-1}, int64_t{5}, true), 4);
  EXPECT_EQ(native.status, 0);
  EXPECT_EQ(native.log(), "");
  struct Case {
    int64_t index;
    bool assigned;
    const char* log;
  };
  for (const Case& c : {Case{5, true, "IndexOutOfBounds(5,1,5,) trace:lh$function$at:2"},
                        Case{-6, true, "IndexOutOfBounds(-1,1,5,) trace:lh$function$at:2"},
                        Case{1, false, "Unassigned(0,0,0,x) trace:lh$function$at:3"},
                        Case{0, true, "EmptySequence(0,0,0,min) trace:lh$function$at:3"}}) {
    native.call<int64_t>("at", c.index, int64_t{5}, c.assigned);
    EXPECT_EQ(native.status, 1);
    EXPECT_EQ(native.log(), c.log);
  }
}

constexpr const char* kHandler = R"(
function @guarded(%i: int64, %n: int64) -> int64 stage final {
^entry:
  check_index 0 %i, %n unwind ^handler(%i) @1:0-1:1
  br ^end
^end:
  return %i
^handler(%x: int64):
  %error: exception = catch
  %matches: bool = error_matches builtins.TypeError %error
  condbr %matches, ^matched, ^unmatched
^matched:
  release %error
  return %x
^unmatched:
  %ten: int64 = const 10
  %small: bool = lt %x, %ten
  condbr %small, ^new, ^old
^new:
  %made: exception = error_make builtins.KeyError %x
  throw %made @4:0-4:1
^old:
  reraise %error @5:0-5:1
})";

TEST_P(ControlTest, HandlersCatch) {
  Native native(kHandler, options());
  EXPECT_EQ(native.call<int64_t>("guarded", int64_t{3}, int64_t{5}), 3);
  native.call<int64_t>("guarded", int64_t{6}, int64_t{5});
  EXPECT_EQ(native.status, 1);
  EXPECT_EQ(native.log(),
            "IndexOutOfBounds(6,0,5,) trace:lh$function$guarded:1 take "
            "matches:lh$class$builtins.TypeError make:lh$class$builtins.KeyError:7:6 set "
            "trace:lh$function$guarded:4");
  native.call<int64_t>("guarded", int64_t{20}, int64_t{5});
  EXPECT_EQ(native.status, 1);
  EXPECT_EQ(native.log(),
            "IndexOutOfBounds(20,0,5,) trace:lh$function$guarded:1 take "
            "matches:lh$class$builtins.TypeError set");
}

TEST_P(ControlTest, PollsAndResumes) {
  Native native(R"(
function @wait(%n: int64) -> int64 stage final {
^entry:
  poll unwind ^clean @1:0-1:1
  br ^end
^end:
  return %n
^clean:
  resume
})",
                options());
  EXPECT_EQ(native.call<int64_t>("wait", int64_t{3}), 3) << "no flag is never interrupted";
  int32_t flag = 0;
  native.ctx.interrupt = &flag;
  EXPECT_EQ(native.call<int64_t>("wait", int64_t{4}), 4);
  EXPECT_EQ(native.status, 0);
  flag = 1;
  native.call<int64_t>("wait", int64_t{5});
  EXPECT_EQ(native.status, 2);
  EXPECT_EQ(native.log(), "poll trace:lh$function$wait:1");
}

constexpr const char* kRecursive = R"(
function @even(%n: int64) -> bool stage final {
  callee @odd symbol odd (int64) -> bool reads raises
^entry:
  %zero: int64 = const 0
  %one: int64 = const 1
  %done: bool = eq %n, %zero
  condbr %done, ^end(%done), ^more
^more:
  %m: int64 = sub %n, %one
  %r: bool = call @odd %m @1:0-1:1
  br ^end(%r)
^end(%x: bool):
  return %x
}

function @odd(%n: int64) -> bool stage final {
  callee @even symbol even (int64) -> bool reads raises
^entry:
  %zero: int64 = const 0
  %one: int64 = const 1
  %done: bool = eq %n, %zero
  %no: bool = const false
  condbr %done, ^end(%no), ^more
^more:
  %m: int64 = sub %n, %one
  %r: bool = call @even %m @1:0-1:1
  br ^end(%r)
^end(%x: bool):
  return %x
})";

TEST_P(ControlTest, FunctionsOfAUnitRecurse) {
  Native native(kRecursive, options());
  EXPECT_EQ(native.call<int64_t>("even", int64_t{100}), 1) << "the whole slot holds the bool";
  EXPECT_EQ(native.call<int64_t>("odd", int64_t{100}), 0);
}

TEST_P(ControlTest, RecursionIsBounded) {
  Native native(kRecursive, options());
  native.ctx.stack_limit = reinterpret_cast<uint64_t>(__builtin_frame_address(0)) - 4096;
  native.call<int64_t>("even", int64_t{1000000});
  EXPECT_EQ(native.status, 1);
  EXPECT_EQ(native.log().rfind("Recursion(0,0,0,) trace:", 0), 0u) << native.log();
}

TEST_P(ControlTest, OtherUnitsAreCalledThroughTheirSlot) {
  Native native(R"(
function @caller(%x: int64) -> int64 stage final {
  callee @other symbol other (int64) -> int64 reads raises
^entry:
  %y: int64 = call @other %x unwind ^failed(%x) @7:0-7:1
  br ^end
^end:
  return %y
^failed(%z: int64):
  return %z
})",
                options());
  EXPECT_EQ(native.call<int64_t>("caller", int64_t{5}), 105);
  EXPECT_EQ(native.call<int64_t>("caller", int64_t{-5}), -5);
  EXPECT_EQ(native.status, 0);
  EXPECT_EQ(native.log(), "trace:lh$function$caller:7");
}

TEST_P(ControlTest, CallsTheRuntime) {
  Native native(R"(
function @f(%a: int64, %b: int64) -> int64 stage final {
^entry:
  %g: int64 = rtcall Gcd %a, %b
  %r: int64 = rtcall Factorial %g @1:0-1:1
  object_call "#12" %r, %a
  return %r
})",
                options());
  EXPECT_EQ(native.call<int64_t>("f", int64_t{12}, int64_t{18}), 720);
  EXPECT_EQ(native.log(), "object:lh$object$#12:7:720");
  native.call<int64_t>("f", int64_t{-3}, int64_t{0});
  EXPECT_NE(native.status, 0);
  EXPECT_EQ(native.log(), "trace:lh$function$f:1");
}

TEST_P(ControlTest, ResultsMayBeEmpty) {
  Native native(
      "function @f(%a: int64) -> none stage final {\n^entry:\n  %n: none = const none\n  return %n\n}",
      options());
  native.out[0].i = 5;
  native.call<int64_t>("f", int64_t{1});
  EXPECT_EQ(native.status, 0);
  EXPECT_EQ(native.out[0].i, 5) << "nothing is written";
}

TEST_P(ControlTest, AHandledErrorIsGone) {
  std::string text = kHandler;
  text.replace(text.find("TypeError"), 9, "IndexError");
  Native native(text, options());
  EXPECT_EQ(native.call<int64_t>("guarded", int64_t{6}, int64_t{5}), 6);
  EXPECT_EQ(native.status, 0);
  EXPECT_EQ(native.ctx.error, 0u);
  EXPECT_EQ(native.log(),
            "IndexOutOfBounds(6,0,5,) trace:lh$function$guarded:1 take "
            "matches:lh$class$builtins.IndexError release:1");
}

INSTANTIATE_TEST_SUITE_P(Tiers, ControlTest, ::testing::Values(LANCEHEAD_TIER_QUICK, LANCEHEAD_TIER_LEAN),
                         [](const auto& info) {
                           return info.param == LANCEHEAD_TIER_QUICK ? "Quick" : "Lean";
                         });

}  // namespace
}  // namespace lancehead::testing
