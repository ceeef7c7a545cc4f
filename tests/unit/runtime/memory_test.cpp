#include "runtime/memory.h"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

#include "runtime/error.h"
#include "runtime/hooks_for_tests.h"
#include "runtime/ledger.h"

// Sizes that no machine has must give null, as malloc does, not end the test.
extern "C" const char* __asan_default_options() {
  return "allocator_may_return_null=1";
}
extern "C" const char* __tsan_default_options() {
  return "allocator_may_return_null=1";
}

namespace lancehead {
namespace {

using test::FakeObject;
using test::WithHooks;

OwnerWord allocate(int64_t itemsize, std::vector<int64_t> extents, bool zeroed) {
  Context ctx;
  OwnerWord owner = 0;
  EXPECT_EQ(
      lh_array_alloc(&ctx, itemsize, static_cast<int64_t>(extents.size()), extents.data(), zeroed, &owner),
      kOk);
  return owner;
}

ErrorRowId allocation_error(int64_t itemsize, std::vector<int64_t> extents) {
  Context ctx;
  OwnerWord owner = 0;
  EXPECT_EQ(lh_array_alloc(&ctx, itemsize, static_cast<int64_t>(extents.size()), extents.data(), 0, &owner),
            kRaised);
  OwnerWord error = lh_error_take(&ctx);
  ErrorRowId row = error_object(error).row;
  lh_release(error);
  return row;
}

TEST(Memory, PayloadIsAlignedAndZeroed) {
  int64_t before = lh_live_blocks();
  for (int64_t count : {0, 1, 7, 1000, 600000}) {
    OwnerWord owner = allocate(8, {count}, true);
    char* payload = static_cast<char*>(header_of(owner)->payload());
    EXPECT_EQ(reinterpret_cast<uintptr_t>(payload) % 64, 0u);
    EXPECT_EQ(header_of(owner)->size, 8 * count);
    for (int64_t i = 0; i < 8 * count; ++i) ASSERT_EQ(payload[i], 0);
    if (count) std::memset(payload, 1, static_cast<size_t>(8 * count));
    lh_release(owner);
  }
  EXPECT_EQ(lh_live_blocks(), before);
}

TEST(Memory, ReferencesKeepABlock) {
  int64_t before = lh_live_blocks();
  OwnerWord owner = allocate(4, {2, 3}, false);
  EXPECT_EQ(header_of(owner)->size, 24);
  lh_retain(owner);
  lh_release(owner);
  EXPECT_EQ(lh_live_blocks(), before + 1);
  lh_release(owner);
  EXPECT_EQ(lh_live_blocks(), before);
  lh_retain(0);
  lh_release(0);
}

TEST(Memory, DestroyRunsOnce) {
  static int destroyed;
  destroyed = 0;
  MemoryHeader* header = allocate_block(16, false, [](void*) { ++destroyed; });
  lh_retain(owner_of(header));
  lh_release(owner_of(header));
  EXPECT_EQ(destroyed, 0);
  lh_release(owner_of(header));
  EXPECT_EQ(destroyed, 1);
}

TEST(Memory, BadExtents) {
  EXPECT_EQ(allocation_error(8, {-1}), ErrorRowId::NegativeDimension);
  EXPECT_EQ(allocation_error(8, {0, -1}), ErrorRowId::NegativeDimension);
  EXPECT_EQ(allocation_error(8, {int64_t{1} << 61}), ErrorRowId::ArrayTooBig);
  EXPECT_EQ(allocation_error(1, {int64_t{1} << 40, int64_t{1} << 40, 0}), ErrorRowId::ArrayTooBig);
  EXPECT_EQ(allocation_error(1, {int64_t{1} << 62}), ErrorRowId::NoMemory);
  EXPECT_EQ(allocation_error(1, {INT64_MAX}), ErrorRowId::NoMemory);
}

TEST(Memory, ThreadsShareABlock) {
  int64_t before = lh_live_blocks();
  OwnerWord owner = allocate(8, {4}, true);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    lh_retain(owner);
    threads.emplace_back([owner] {
      for (int i = 0; i < 1000; ++i) {
        lh_retain(owner);
        lh_release(owner);
      }
      lh_release(owner);
    });
  }
  lh_release(owner);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(lh_live_blocks(), before);
}

TEST(Ledger, WithTheGilCountsAtOnce) {
  WithHooks hooks;
  FakeObject object;
  GilMark mark(true);
  lh_retain(python_owner(&object));
  EXPECT_EQ(object.references, 2);
  lh_release(python_owner(&object));
  EXPECT_EQ(object.references, 1);
  EXPECT_TRUE(lh_python_ledger_is_empty());
}

TEST(Ledger, WithoutTheGilSettlesLater) {
  WithHooks hooks;
  FakeObject kept, lost;
  lost.references = 2;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) lh_retain(python_owner(&kept));
      for (int i = 0; i < 99; ++i) lh_release(python_owner(&kept));
    });
  for (auto& thread : threads) thread.join();
  lh_release(python_owner(&lost));
  EXPECT_EQ(kept.references, 1);
  EXPECT_EQ(lost.references, 2);
  EXPECT_FALSE(lh_python_ledger_is_empty());
  lh_drain_python_ledger();
  EXPECT_EQ(kept.references, 4);
  EXPECT_EQ(lost.references, 1);
  EXPECT_TRUE(lh_python_ledger_is_empty());
}

TEST(Ledger, WhatCancelsLeavesNothing) {
  WithHooks hooks;
  FakeObject object;
  lh_retain(python_owner(&object));
  EXPECT_FALSE(lh_python_ledger_is_empty());
  lh_release(python_owner(&object));
  EXPECT_TRUE(lh_python_ledger_is_empty());
}

}  // namespace
}  // namespace lancehead
