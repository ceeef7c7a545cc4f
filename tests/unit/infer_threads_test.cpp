// Several compilations at once in one process, without the driver's lock: what the core shares (the interner,
// tables, timers) must stand it. For ThreadSanitizer too (./dev test --tsan).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "infer/parallel_loops.h"
#include "infer/recording.h"
#include "infer/resolve.h"
#include "ir/print.h"
#include "opt/pipeline.h"
#include "replays.h"

namespace lancehead {
namespace {

std::vector<Recording> all_replays() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(LANCEHEAD_TESTS_DIR "/infer/replays"))
    names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  std::vector<Recording> out;
  for (const std::string& name : names) out.push_back(testing::replay_named(name));
  return out;
}

// The final IR of all functions of the program.
std::string compiled(const Recording& recording) {
  Session session(recording.semantics, recording.function, recording.params, recording.result);
  if (replay(session, recording) != Session::State::Done) return "not typed";
  if (outline_parallel_loops(session)) return "not parallel";
  size_t number = 0;
  for (const auto& instance : session.instances()) instance->symbol = "s" + std::to_string(number++);
  std::string out;
  for (const auto& instance : session.instances())
    for (const Function& f : optimise(resolve(session, *instance), {}).functions) out += print(f);
  return out;
}

TEST(Threads, CompileAtTheSameTime) {
  const std::vector<Recording> recordings = all_replays();
  ASSERT_GE(recordings.size(), 20u);
  std::vector<std::string> expected;
  for (const Recording& r : recordings) expected.push_back(compiled(r));
  std::vector<std::vector<std::string>> results(4);
  std::vector<std::thread> threads;
  for (size_t k = 0; k < results.size(); ++k)
    threads.emplace_back([&, k] {
      for (size_t i = 0; i < recordings.size(); ++i)
        results[k].push_back(compiled(recordings[(i + k * 5) % recordings.size()]));
    });
  for (std::thread& thread : threads) thread.join();
  for (size_t k = 0; k < results.size(); ++k)
    for (size_t i = 0; i < recordings.size(); ++i)
      EXPECT_EQ(results[k][i], expected[(i + k * 5) % recordings.size()]);
}

}  // namespace
}  // namespace lancehead
