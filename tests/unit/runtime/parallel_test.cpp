// Parallel regions on three pools: plain threads made here, the library on oneTBB, and none.
#include "runtime/parallel_gate.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#include "runtime/error.h"
#include "runtime/hooks_for_tests.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

enum class PoolKind { None, Threads, OneTbb };

// A thread per participant. Nested regions get new numbers, which are given back when they end.
std::atomic<int64_t> g_next_number{0};
void run_on_threads(Participant participant, void* environment, int64_t participants, int64_t, bool nested) {
  if (!nested) g_next_number = 1;
  std::vector<std::thread> threads;
  for (int64_t k = 1; k < participants; ++k)
    threads.emplace_back([=] { participant(environment, k, g_next_number++); });
  participant(environment, 0, nested ? g_next_number++ : 0);
  for (auto& thread : threads) thread.join();
}
constexpr ParallelTable kThreads{kParallelTableVersion, run_on_threads, [] { return true; }};

constexpr const char* kLibrary = LANCEHEAD_LIB_DIR "/liblancehead_parallel.so";

const ParallelTable* onetbb() {
  void* library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  EXPECT_NE(library, nullptr) << dlerror();
  return reinterpret_cast<const ParallelTable* (*)()>(dlsym(library, kParallelTableSymbol))();
}

class Regions : public testing::TestWithParam<PoolKind> {
 protected:
  void SetUp() override {
    lh_set_max_threads(GetParam() == PoolKind::None ? 1 : 4);
    lh_set_num_threads(4);
    if (GetParam() == PoolKind::Threads) lh_set_parallel_table(&kThreads);
    if (GetParam() == PoolKind::OneTbb) lh_set_parallel_table(onetbb());
  }
  void TearDown() override {
    EXPECT_EQ(ctx_.error, 0u);
    EXPECT_EQ(lh_live_blocks(), before_);
    lh_set_parallel_table(nullptr);
  }

  Context ctx_;
  int64_t before_ = lh_live_blocks();
};

INSTANTIATE_TEST_SUITE_P(Pools, Regions, testing::Values(PoolKind::None, PoolKind::Threads, PoolKind::OneTbb),
                         [](const auto& info) {
                           return info.param == PoolKind::None      ? "None"
                                  : info.param == PoolKind::Threads ? "Threads"
                                                                    : "OneTbb";
                         });

// Calls f(ctx, first, last) for each chunk.
template <typename F>
Status parallel_for(Context* ctx, int64_t count, int64_t grain, F f) {
  auto body = [](Context* inner, void* environment, int64_t first, int64_t last) -> Status {
    return (*static_cast<F*>(environment))(inner, first, last);
  };
  return lh_parallel_for(ctx, body, &f, count, grain);
}

TEST(Chunks, DependOnCountAndGrainAlone) {
  EXPECT_EQ(lh_parallel_chunk(0, 0), 1);
  EXPECT_EQ(lh_parallel_chunk(1, 1), 1);
  EXPECT_EQ(lh_parallel_chunk(128, 1), 1);
  EXPECT_EQ(lh_parallel_chunk(129, 1), 2);
  EXPECT_EQ(lh_parallel_chunk(100, 7), 7);
  EXPECT_EQ(lh_parallel_chunk(100, 65), 80);
  EXPECT_EQ(lh_parallel_chunk(10000000, 1), 78128);
  EXPECT_EQ(lh_parallel_chunk(INT64_MAX, 1) % 16, 0);
  EXPECT_EQ(lh_parallel_chunk(5, INT64_MAX), INT64_MAX);
}

TEST_P(Regions, RunEachIterationOnce) {
  for (int64_t count : {0, 1, 2, 3, 5, 100, 127, 128, 129, 1000, 20000})
    for (int64_t grain : {0, 1, 7, 100, 30000}) {
      std::unique_ptr<std::atomic<int>[]> seen(new std::atomic<int>[static_cast<size_t>(count)]());
      std::atomic<bool> right_chunks{true};
      int64_t chunk = lh_parallel_chunk(count, grain);
      ASSERT_EQ(parallel_for(&ctx_, count, grain,
                             [&](Context*, int64_t first, int64_t last) {
                               if (first % chunk != 0 || last != std::min(first + chunk, count))
                                 right_chunks = false;
                               for (int64_t i = first; i < last; ++i) ++seen[static_cast<size_t>(i)];
                               return kOk;
                             }),
                kOk);
      EXPECT_TRUE(right_chunks);
      for (int64_t i = 0; i < count; ++i) ASSERT_EQ(seen[static_cast<size_t>(i)], 1) << i << " of " << count;
    }
}

TEST_P(Regions, KeepTheErrorOfTheLowestIteration) {
  for (int64_t lowest : {0, 1, 17, 500, 999})
    for (int repeat = 0; repeat < 20; ++repeat) {
      ASSERT_EQ(parallel_for(&ctx_, 1000, 1,
                             [&](Context* ctx, int64_t first, int64_t last) {
                               for (int64_t i = first; i < last; ++i)
                                 if (i >= lowest && (i - lowest) % 13 == 0)
                                   return raise_row(ctx, ErrorRowId::IndexOutOfBounds, i);
                               return kOk;
                             }),
                kRaised);
      OwnerWord error = lh_error_take(&ctx_);
      EXPECT_EQ(error_object(error).parameters[0], lowest);
      lh_release(error);
    }
}

TEST_P(Regions, PassAnInterruptionOn) {
  EXPECT_EQ(parallel_for(&ctx_, 100, 1,
                         [](Context*, int64_t first, int64_t) { return first == 50 ? kInterrupted : kOk; }),
            kInterrupted);
}

// The region is stopped by whichever thread sees the signal; its caller runs the handler and has the
// handler's exception.
TEST_P(Regions, RunTheSignalHandlerWhenAnotherThreadHasStoppedThem) {
  PythonHooks hooks;
  hooks.interrupted = [](Context* ctx) { return raise_row(ctx, ErrorRowId::DivisionByZero); };
  lh_set_python_hooks(hooks);
  Status status = parallel_for(&ctx_, 100, 1, [](Context* ctx, int64_t first, int64_t) {
    return first == 50 ? raise_row(ctx, ErrorRowId::Interrupted) : kOk;
  });
  lh_set_python_hooks({});
  EXPECT_EQ(status, kRaised);
  OwnerWord error = lh_error_take(&ctx_);
  EXPECT_EQ(error_object(error).row,
            GetParam() == PoolKind::None ? ErrorRowId::Interrupted : ErrorRowId::DivisionByZero);
  lh_release(error);
}

TEST_P(Regions, GiveEachThreadItsContext) {
  int32_t flag = 0;
  ctx_.interrupt = &flag;
  std::atomic<int> in_use[8] = {};
  std::atomic<bool> fine{true};
  parallel_for(&ctx_, 64, 1, [&](Context* ctx, int64_t, int64_t) {
    if (ctx->thread < 0 || ctx->thread >= 4 || ++in_use[ctx->thread] != 1) fine = false;
    if (ctx->interrupt != &flag || ctx->error != 0) fine = false;
    std::this_thread::yield();
    --in_use[ctx->thread];
    return kOk;
  });
  EXPECT_TRUE(fine);
}

TEST_P(Regions, Nest) {
  std::atomic<int64_t> sum{0};
  std::atomic<int> in_use[256] = {};
  std::atomic<bool> alone{true};
  for (int repeat = 0; repeat < 10; ++repeat) {
    sum = 0;
    ASSERT_EQ(parallel_for(&ctx_, 6, 1,
                           [&](Context* outer, int64_t i, int64_t) {
                             return parallel_for(outer, 8, 1, [&, i](Context* inner, int64_t j, int64_t) {
                               if (++in_use[inner->thread] != 1) alone = false;
                               sum += i * 8 + j;
                               --in_use[inner->thread];
                               return kOk;
                             });
                           }),
              kOk);
    EXPECT_EQ(sum, 48 * 47 / 2);
  }
  EXPECT_TRUE(alone);
}

TEST_P(Regions, PassErrorsOutOfNestedOnes) {
  ASSERT_EQ(parallel_for(&ctx_, 6, 1,
                         [&](Context* outer, int64_t i, int64_t) {
                           return parallel_for(outer, 8, 1, [=](Context* inner, int64_t j, int64_t) {
                             return i >= 2 && j >= 3 ? raise_row(inner, ErrorRowId::IndexOutOfBounds, i, j)
                                                     : kOk;
                           });
                         }),
            kRaised);
  OwnerWord error = lh_error_take(&ctx_);
  EXPECT_EQ(error_object(error).parameters[0], 2);
  EXPECT_EQ(error_object(error).parameters[1], 3);
  lh_release(error);
}

TEST_P(Regions, ObeyTheMask) {
  lh_set_num_threads(2);
  EXPECT_EQ(lh_get_num_threads(), GetParam() == PoolKind::None ? 1 : 2);
  std::atomic<int64_t> highest{0}, inherited{2};
  parallel_for(&ctx_, 64, 1, [&](Context* ctx, int64_t, int64_t) {
    if (ctx->thread > highest) highest = ctx->thread;
    if (lh_get_num_threads() != 2) inherited = lh_get_num_threads();
    return kOk;
  });
  EXPECT_LT(highest, 2);
  EXPECT_EQ(inherited, GetParam() == PoolKind::None ? 1 : 2);
  lh_set_num_threads(99);
  EXPECT_EQ(lh_get_num_threads(), lh_max_threads());
  lh_set_num_threads(-1);
  EXPECT_EQ(lh_get_num_threads(), 1);
}

TEST_P(Regions, OfSeveralThreadsAtOnce) {
  if (GetParam() == PoolKind::Threads) lh_set_num_threads(2);
  std::atomic<int64_t> sum{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 3; ++t)
    callers.emplace_back([&] {
      Context ctx;
      for (int repeat = 0; repeat < 50; ++repeat)
        parallel_for(&ctx, 100, 1, [&](Context*, int64_t first, int64_t last) {
          sum += last - first;
          return kOk;
        });
    });
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(sum, 3 * 50 * 100);
}

TEST_P(Regions, ReleaseTheGilWhileTheyRun) {
  if (GetParam() == PoolKind::None) lh_set_max_threads(4);  // asked for, but there is no library
  static std::atomic<int> released, taken;
  released = taken = 0;
  PythonHooks hooks;
  hooks.release_gil = []() -> void* {
    ++released;
    return &released;
  };
  hooks.acquire_gil = [](void* token) {
    if (token == &released) ++taken;
  };
  lh_set_python_hooks(hooks);
  std::atomic<bool> held{false};
  {
    GilMark mark(true);
    parallel_for(&ctx_, 8, 1, [&](Context* outer, int64_t, int64_t) {
      if (t_gil_held && GetParam() != PoolKind::None) held = true;
      return parallel_for(outer, 4, 1, [&](Context*, int64_t, int64_t) { return kOk; });
    });
    EXPECT_TRUE(t_gil_held);
  }
  lh_set_python_hooks({});
  EXPECT_FALSE(held);
  EXPECT_EQ(released, taken);
  EXPECT_EQ(released, GetParam() == PoolKind::None ? released.load() : 1);
}

// Sums in a region; -1 if the region failed.
int64_t sum_in_region(Context* ctx) {
  std::atomic<int64_t> sum{0};
  Status status = parallel_for(ctx, 100, 1, [&](Context*, int64_t first, int64_t last) {
    sum += last - first;
    return kOk;
  });
  return status == kOk ? sum.load() : -1;
}

int exit_code_of(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_P(Regions, WorkOnBothSidesOfAFork) {
  for (int repeat = 0; repeat < 3; ++repeat) {
    EXPECT_EQ(sum_in_region(&ctx_), 100);
    lh_parallel_before_fork();
    pid_t child = fork();
    if (child == 0) {
      lh_parallel_after_fork_child();
      _exit(sum_in_region(&ctx_) == 100 ? 0 : 1);
    }
    lh_parallel_after_fork_parent();
    EXPECT_EQ(exit_code_of(child), 0);
  }
  EXPECT_EQ(sum_in_region(&ctx_), 100);
}

TEST_P(Regions, AreSerialInAChildForkedInsideOne) {
  std::atomic<int> code{-2};
  parallel_for(&ctx_, 8, 1, [&](Context* ctx, int64_t first, int64_t) {
    if (first != 3) return kOk;
    lh_parallel_before_fork();
    pid_t child = fork();
    if (child == 0) {
      lh_parallel_after_fork_child();
      _exit(sum_in_region(ctx) == 100 ? 0 : 1);
    }
    lh_parallel_after_fork_parent();
    code = exit_code_of(child);
    return kOk;
  });
  EXPECT_EQ(code, 0);
  EXPECT_EQ(sum_in_region(&ctx_), 100);
}

TEST(Gate, OpensTheLibraryAtTheFirstRegion) {
  pid_t child = fork();
  if (child == 0) {
    Context ctx;
    lh_set_max_threads(2);
    lh_set_num_threads(2);
    lh_set_parallel_library(kLibrary);
    _exit(sum_in_region(&ctx) == 100 && dlopen(kLibrary, RTLD_NOLOAD | RTLD_NOW) ? 0 : 1);
  }
  EXPECT_EQ(exit_code_of(child), 0);
}

TEST(Gate, RunsSeriallyWithoutTheLibrary) {
  pid_t child = fork();
  if (child == 0) {
    Context ctx;
    lh_set_max_threads(2);
    lh_set_num_threads(2);
    lh_set_parallel_library("/nowhere/liblancehead_parallel.so");
    _exit(sum_in_region(&ctx) == 100 ? 0 : 1);
  }
  EXPECT_EQ(exit_code_of(child), 0);
}

}  // namespace
}  // namespace lancehead
