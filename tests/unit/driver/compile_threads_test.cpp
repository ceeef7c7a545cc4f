// Compile jobs of several threads, from recorded answers instead of Python, down to machine code (contract
// C15).
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "driver/backend_library.h"
#include "driver/compiler.h"
#include "driver/compiler_lock.h"
#include "driver/linker.h"
#include "infer/recording.h"
#include "replays.h"
#include "runtime/context.h"

namespace lancehead {
namespace {

using testing::replay_named;

CompileRequest request_of(const Recording& recording) {
  CompileRequest out;
  out.function = recording.function;
  out.result = recording.result;
  out.options.allow_cache = false;
  out.options.parallel = recording.semantics.parallel;
  for (const ParamSpec& p : recording.params) {
    out.args.push_back(p.type);
    ArgumentFacts facts;
    facts.weak = p.weak;
    out.facts.push_back(facts);
  }
  return out;
}

Answer answer_to(const Recording& recording, const Question& question) {
  for (const auto& [asked, answer] : recording.answers)
    if (asked == question) return answer;
  return {};
}

std::shared_ptr<const Code> compiled(const Recording& recording) {
  CompileJob job(request_of(recording));
  CompileJob::State state;
  while ((state = job.run()) == CompileJob::State::Questions) {
    std::vector<Question> questions = job.questions();
    for (const Question& q : questions) job.answer(q, answer_to(recording, q));
  }
  if (state == CompileJob::State::Failed) ADD_FAILURE() << job.error().message();
  return job.code();
}

class CompileThreads : public ::testing::Test {
 protected:
  void SetUp() override { set_backend_library(LANCEHEAD_LIB_DIR "/liblancehead_llvm.so"); }

  // What each of the threads gets for each of the programs, which they take in different orders.
  static std::vector<std::vector<std::shared_ptr<const Code>>> run(const std::vector<Recording>& programs,
                                                                   size_t threads) {
    std::vector<std::vector<std::shared_ptr<const Code>>> out(threads);
    std::vector<std::thread> running;
    for (size_t k = 0; k < threads; ++k) {
      out[k].resize(programs.size());
      running.emplace_back([&, k] {
        for (size_t i = 0; i < programs.size(); ++i) {
          size_t program = (i + k) % programs.size();
          out[k][program] = compiled(programs[program]);
        }
      });
    }
    for (std::thread& thread : running) thread.join();
    return out;
  }
};

TEST_F(CompileThreads, ShareUnits) {
  std::vector<Recording> programs;
  for (const char* name : {"add_int", "math_loop", "mandelbrot", "call_chain", "recursion", "prange_sum"})
    programs.push_back(replay_named(name));
  size_t before = loaded_unit_count();
  {
    auto codes = run(programs, 4);
    for (size_t program = 0; program < programs.size(); ++program)
      for (const auto& row : codes) {
        ASSERT_TRUE(row[program] && row[program]->entry);
        EXPECT_EQ(row[program]->entry, codes[0][program]->entry);  // one unit, made once
      }
    EXPECT_GE(loaded_unit_count(), before + programs.size());
  }
  EXPECT_EQ(loaded_unit_count(), before);
}

TEST_F(CompileThreads, ForkWaitsForThem) {
  std::vector<Recording> programs = {replay_named("matmul_loops"), replay_named("black_scholes")};
  std::atomic<bool> done{false};
  std::thread forker([&] {
    while (!done) {
      compiler_before_fork();
      compiler_after_fork();
    }
  });
  auto codes = run(programs, 2);
  done = true;
  forker.join();
  EXPECT_TRUE(codes[0][0] && codes[1][1]);
}

TEST_F(CompileThreads, RunsWhatItCompiled) {
  std::shared_ptr<const Code> code = compiled(replay_named("add_int"));
  ASSERT_TRUE(code);
  Context ctx;
  Slot in[2], out[1];
  in[0].i = 40;
  in[1].i = 2;
  EXPECT_EQ(code->entry(&ctx, in, out), kOk);
  EXPECT_EQ(out[0].i, 42);
}

}  // namespace
}  // namespace lancehead
