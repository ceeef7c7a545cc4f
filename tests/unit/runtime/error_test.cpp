#include "runtime/error.h"

#include <gtest/gtest.h>

#include "runtime/hooks_for_tests.h"
#include "runtime/ledger.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

using test::class_named;
using test::FakeObject;
using test::WithHooks;

class Errors : public testing::Test {
 protected:
  void TearDown() override {
    lh_release(ctx_.error);
    EXPECT_EQ(lh_live_blocks(), before_);
  }
  OwnerWord make(const char* cls) { return lh_error_make(&ctx_, class_named(cls), 0, nullptr); }

  WithHooks hooks_;
  Context ctx_;
  int64_t before_ = lh_live_blocks();
};

TEST_F(Errors, RowsHaveClassAndMessage) {
  EXPECT_EQ(raise_row(&ctx_, ErrorRowId::IndexOutOfBounds, 7, 1, 5), kRaised);
  const ErrorObject& error = error_object(ctx_.error);
  EXPECT_EQ(error_row_message(error), "index 7 is out of bounds for axis 1 with size 5");
  EXPECT_STREQ(error_row_class(error.row), "IndexError");
  OwnerWord taken = lh_error_take(&ctx_);
  EXPECT_EQ(ctx_.error, 0u);
  EXPECT_TRUE(lh_error_matches(taken, class_named("IndexError")));
  EXPECT_TRUE(lh_error_matches(taken, class_named("Exception")));
  EXPECT_FALSE(lh_error_matches(taken, class_named("ValueError")));
  lh_release(taken);
}

TEST_F(Errors, RowsTakeText) {
  raise_row(&ctx_, ErrorRowId::Unassigned, 0, 0, 0, "total");
  EXPECT_EQ(error_row_message(error_object(ctx_.error)),
            "cannot access local variable 'total' where it is not associated with a value");
}

TEST_F(Errors, ArgumentsAreRetained) {
  MemoryHeader* block = allocate_block(8, false);
  Slot slots[2];
  slots[0].u = owner_of(block);
  slots[1].i = 42;
  OwnerWord error = lh_error_make(&ctx_, class_named("ValueError"), 2, slots);
  lh_release(owner_of(block));
  EXPECT_EQ(lh_live_blocks(), before_ + 2);
  EXPECT_EQ(error_object(error).slots[1].i, 42);
  lh_error_set(&ctx_, error);
}

TEST_F(Errors, PythonExceptionsAreOwned) {
  FakeObject exception;
  OwnerWord error = make_python_error(&exception);
  EXPECT_TRUE(lh_error_matches(error, class_named("FromPython")));
  lh_release(error);
  EXPECT_EQ(exception.references, 1);
  lh_drain_python_ledger();
  EXPECT_EQ(exception.references, 0);
}

TEST_F(Errors, SettingChainsThePendingOne) {
  raise_row(&ctx_, ErrorRowId::DivisionByZero);
  OwnerWord first = ctx_.error;
  OwnerWord second = make("KeyError");
  lh_error_set(&ctx_, second);
  EXPECT_EQ(ctx_.error, second);
  EXPECT_EQ(error_object(second).context, first);
}

TEST_F(Errors, CauseSuppressesContext) {
  OwnerWord error = make("ValueError"), cause = make("KeyError");
  lh_error_cause(error, cause);
  EXPECT_EQ(error_object(error).cause, cause);
  EXPECT_TRUE(error_object(error).suppress_context);
  lh_error_no_cause(error);
  EXPECT_EQ(error_object(error).cause, 0u);
  lh_release(cause);
  lh_release(error);
}

TEST_F(Errors, ContextNeverGoesInCircles) {
  OwnerWord a = make("A"), b = make("B"), c = make("C");
  lh_error_context(b, a);
  lh_error_context(c, b);
  lh_error_context(a, c);  // c -> b -> a would come back
  EXPECT_EQ(error_object(a).context, c);
  EXPECT_EQ(error_object(c).context, b);
  EXPECT_EQ(error_object(b).context, 0u);
  lh_error_context(a, a);
  EXPECT_EQ(error_object(a).context, c);
  for (OwnerWord error : {a, b, c}) lh_release(error);
}

TEST_F(Errors, WhatWasHandledEndsTheChain) {
  OwnerWord a = make("A"), b = make("B"), c = make("C");
  lh_error_chain(a, a);
  EXPECT_EQ(error_object(a).context, 0u);
  lh_error_context(b, a);
  lh_error_chain(b, c);
  EXPECT_EQ(error_object(b).context, a);
  EXPECT_EQ(error_object(a).context, c);
  lh_error_chain(b, a);
  lh_error_chain(b, c);
  EXPECT_EQ(error_object(a).context, c);
  EXPECT_EQ(error_object(c).context, 0u);
  for (OwnerWord error : {a, b, c}) lh_release(error);
}

TEST_F(Errors, ChainsThatMeetAreCut) {
  OwnerWord a = make("A"), b = make("B"), c = make("C");
  lh_error_context(c, b);
  lh_error_context(b, a);
  lh_error_chain(a, c);  // c -> b -> a would come back
  EXPECT_EQ(error_object(a).context, c);
  EXPECT_EQ(error_object(c).context, b);
  EXPECT_EQ(error_object(b).context, 0u);
  for (OwnerWord error : {a, b, c}) lh_release(error);
}

TEST_F(Errors, LongChainsAreReleased) {
  OwnerWord last = make("E");
  for (int i = 0; i < 1000000; ++i) {
    OwnerWord next = make("E");
    error_object(next).context = last;
    last = next;
  }
  lh_release(last);
}

TEST_F(Errors, TraceGrowsOutwards) {
  int inner, outer;
  raise_row(&ctx_, ErrorRowId::DivisionByZero);
  lh_error_trace(&ctx_, &inner, 3);
  lh_error_trace(&ctx_, &outer, 1);
  const auto& trace = error_object(ctx_.error).trace;
  ASSERT_EQ(trace.size(), 2u);
  EXPECT_EQ(trace[0].function, &inner);
  EXPECT_EQ(trace[0].line_offset, 3);
  EXPECT_EQ(trace[1].function, &outer);
}

TEST_F(Errors, LongTracesKeepTheirEnds) {
  raise_row(&ctx_, ErrorRowId::Recursion);
  constexpr int64_t kDepth = 100000;
  for (int64_t k = 0; k < kDepth; ++k) EXPECT_EQ(lh_error_trace(&ctx_, &ctx_, k), kRaised);
  const auto& trace = error_object(ctx_.error).trace;
  EXPECT_LE(trace.size(), 1000u);
  for (int64_t k = 0; k < 250; ++k) {
    EXPECT_EQ(trace[static_cast<size_t>(k)].line_offset, k);
    EXPECT_EQ(trace[trace.size() - 1 - static_cast<size_t>(k)].line_offset, kDepth - 1 - k);
  }
}

TEST_F(Errors, PollReadsTheFlag) {
  EXPECT_EQ(lh_poll(&ctx_), kOk);
  int32_t flag = 0;
  ctx_.interrupt = &flag;
  EXPECT_EQ(lh_poll(&ctx_), kOk);
  flag = 1;
  EXPECT_EQ(lh_poll(&ctx_), kRaised);
  EXPECT_STREQ(error_row_class(error_object(ctx_.error).row), "KeyboardInterrupt");
}

TEST_F(Errors, AnInterruptionReachesAHandlerAsAnError) {
  EXPECT_EQ(lh_error_trace(&ctx_, nullptr, 0), kInterrupted);
  OwnerWord error = lh_error_take(&ctx_);
  EXPECT_EQ(error_object(error).row, ErrorRowId::Interrupted);
  lh_release(error);
}

TEST_F(Errors, CallingPythonWithoutPythonRaises) {
  EXPECT_EQ(lh_object_call(&ctx_, nullptr, 0, nullptr), kRaised);
  EXPECT_EQ(error_object(ctx_.error).row, ErrorRowId::NoPython);
}

}  // namespace
}  // namespace lancehead
