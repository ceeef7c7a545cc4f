// Inference and resolve, replayed from tests/infer/recordings without Python. Kinds of text tests:
//
//   ; test: typed    from=numbers function=add args=int64!weak,float64 [result=TYPE] [numba_dialect parallel
//   ...] ; test: resolved ...    the same at stage resolved, checked by the verifier ; test: error    ... the
//   diagnostic
//
// and, below, programs that were compiled under Python.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "infer/parallel_loops.h"
#include "infer/recording.h"
#include "infer/resolve.h"
#include "ir/builder.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "text_tests.h"
#include "types/text.h"

namespace lancehead {
namespace {

using testing::TextKind;
using testing::TextOptions;

std::string path_of(const std::string& file) {
  return std::string(LANCEHEAD_TESTS_DIR) + "/infer/" + file;
}

std::string file_text(const std::string& file) {
  std::ifstream in(path_of(file), std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

const Recording& recording_of(const std::string& name) {
  static std::map<std::string, Recording> read;
  auto known = read.find(name);
  if (known != read.end()) return known->second;
  Expected<Recording> recording = read_recording(file_text("recordings/" + name + ".txt"));
  if (!recording) ADD_FAILURE() << name << ": " << recording.error().message();
  return read[name] = recording ? std::move(*recording) : Recording{};
}

uint32_t handle_of(const Recording& recording, const std::string& function) {
  for (const auto& [question, answer] : recording.answers)
    if (question.kind == Question::Kind::Snapshot && answer.snapshot && answer.snapshot->qualname == function)
      return question.handle;
  ADD_FAILURE() << "no function " << function;
  return 0;
}

std::vector<ParamSpec> params_of(std::string_view text) {
  std::vector<ParamSpec> out;
  while (!text.empty()) {
    std::optional<TypeId> type = take_type(text);
    if (!type) {
      ADD_FAILURE() << "no type at the start of: " << text;
      return out;
    }
    bool weak = text.starts_with("!weak");
    if (weak) text.remove_prefix(5);
    if (text.starts_with(",")) text.remove_prefix(1);
    out.push_back({*type, weak, {}});
  }
  return out;
}

std::string option(const TextOptions& options, const std::string& name) {
  auto found = options.find(name);
  return found == options.end() ? "" : found->second;
}

struct Replayed {
  Recording recording;
  std::unique_ptr<Session> session;
  Session::State state;
};

Replayed replayed(const TextOptions& options) {
  Replayed out{recording_of(option(options, "from")), nullptr, {}};
  Semantics semantics;
  semantics.numba_dialect = options.count("numba_dialect");
  semantics.numpy_division = options.count("numpy_division");
  semantics.check_bounds = !options.count("no_bounds");
  semantics.parallel = options.count("parallel");
  TypeId result = parse_type(option(options, "result")).value_or(TypeId());
  out.session = std::make_unique<Session>(semantics, handle_of(out.recording, option(options, "function")),
                                          params_of(option(options, "args")), result);
  out.state = replay(*out.session, out.recording);
  return out;
}

std::string diagnostic_text(const Diagnostic& d) {
  const SourceRange& r = d.place.range;
  return fmt::format("{}: {} ({}:{}-{}:{})\n", d.id_name(), d.message(), r.line, r.column, r.end_line,
                     r.end_column);
}

std::string typed(const std::string&, const TextOptions& options) {
  Replayed r = replayed(options);
  if (r.state != Session::State::Done) return "failed: " + diagnostic_text(r.session->error());
  std::string out;
  for (const auto& instance : r.session->instances())
    out += fmt::format("; returns {}\n{}", type_text(instance->result), print(instance->function));
  return out;
}

// The text of each function at stage resolved, or a single text that says why there are none.
std::vector<std::string> resolved_functions(Session& session) {
  if (std::unique_ptr<Diagnostic> wrong = outline_parallel_loops(session))
    return {"failed: " + diagnostic_text(*wrong)};
  size_t number = 0;
  for (const auto& instance : session.instances()) instance->symbol = fmt::format("s{}", number++);
  std::vector<std::string> out;
  for (const auto& instance : session.instances()) {
    Function f = resolve(session, *instance);
    if (std::optional<Diagnostic> broken = verify(f, "resolve"))
      ADD_FAILURE() << broken->message() << "\n" << print(f);
    out.push_back(print(f));
  }
  return out;
}

std::string resolved(const std::string&, const TextOptions& options) {
  Replayed r = replayed(options);
  if (r.state != Session::State::Done) return "failed: " + diagnostic_text(r.session->error());
  std::string out;
  for (const std::string& function : resolved_functions(*r.session)) out += function;
  return out;
}

std::string error(const std::string&, const TextOptions& options) {
  Replayed r = replayed(options);
  if (r.state != Session::State::Failed) return "no error: " + type_text(r.session->root().result) + "\n";
  return diagnostic_text(r.session->error());
}

const TextKind kTyped("infer", "typed", typed);
const TextKind kResolved("infer", "resolved", resolved);
const TextKind kError("infer", "error", error);

TEST(Recording, IsAFixedPoint) {
  const Recording& recording = recording_of("numbers");
  std::string once = write_recording(recording);
  Expected<Recording> again = read_recording(once);
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(write_recording(*again), once);
}

TEST(Recording, KeepsOptionsAndParameters) {
  Recording r;
  r.semantics.numba_dialect = r.semantics.parallel = true;
  r.semantics.check_bounds = false;
  r.semantics.fastmath = 5;
  r.function = 12;
  r.params = {{ty::Int64, true, int_constant(ty::Int64, -3)},
              {array_type(ty::Float32, 2, Layout::F), false, {}},
              {ty::None, true, none_constant()},
              {ty::Str, true, str_constant("a \"b\"\n")}};
  r.result = ty::Float64;
  r.answers.push_back({{Question::Kind::Library, 0, "numpy.unheard_of"}, {}});
  Expected<Recording> again = read_recording(write_recording(r));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(write_recording(*again), write_recording(r));
  EXPECT_EQ(again->params, r.params);
  EXPECT_EQ(again->semantics, r.semantics);
  EXPECT_EQ(again->result, ty::Float64);
}

TEST(Recording, SaysWhatIsWrong) {
  for (const char* text : {"recording function=x\n", "recording function=1 sideways\n", "param nothing\n",
                           "param int64 strong\n", "answer riddle 1 \"\"\nnone\n", "answer library 1\nnone\n",
                           "answer attribute 1 \"x\"\n(1\n", "what\n"})
    EXPECT_FALSE(read_recording(text)) << text;
}

TEST(Replay, NeedsEveryAnswer) {
  Recording recording = recording_of("numbers");
  uint32_t root = handle_of(recording, "hypot");
  std::erase_if(recording.answers, [](const auto& a) { return a.first.kind == Question::Kind::Attribute; });
  Session session({}, root, {{ty::Float64, true, {}}, {ty::Float64, true, {}}}, {});
  EXPECT_THROW(replay(session, recording), InternalFailure);
}

// ---- what Python programs compiled, with all that was asked: tests/infer/replays, written by
// record_cases.py

std::vector<std::string> replay_names() {
  std::vector<std::string> out;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(LANCEHEAD_TESTS_DIR) + "/infer/replays"))
    out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

// Symbols are hashes that the driver makes, after inference.
std::string without_symbols(std::string text) {
  for (size_t at = 0; (at = text.find(" symbol ", at)) != std::string::npos;)
    text.erase(at, text.find(' ', at + 8) - at);
  return text;
}

std::vector<std::string> sorted_functions(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    size_t end = text.find("\n}\n", at) + 3;
    out.push_back(without_symbols(text.substr(at, end - at)));
    at = end;
  }
  std::sort(out.begin(), out.end());
  return out;
}

class RecordedProgram : public ::testing::TestWithParam<std::string> {};

TEST_P(RecordedProgram, GivesTheSameIrWithoutPython) {
  constexpr std::string_view kDivider = "\n; resolved\n";
  std::string file = "replays/" + GetParam() + ".txt", text = file_text(file);
  size_t divider = text.find(kDivider);
  ASSERT_NE(divider, std::string::npos);
  ASSERT_LT(divider + kDivider.size(), text.size());
  Expected<Recording> recording = read_recording(text.substr(0, divider + 1));
  ASSERT_TRUE(recording) << recording.error().message();
  Session session(recording->semantics, recording->function, recording->params, recording->result);
  ASSERT_EQ(replay(session, *recording), Session::State::Done) << session.error().message();
  std::string resolved;
  for (const std::string& function : resolved_functions(session)) resolved += function;
  if (const char* bless = std::getenv("LANCEHEAD_BLESS"); bless && std::string_view(bless) == "1")
    std::ofstream(path_of(file), std::ios::binary) << text.substr(0, divider) << kDivider << resolved;
  else
    EXPECT_EQ(sorted_functions(resolved), sorted_functions(text.substr(divider + kDivider.size())));
}

INSTANTIATE_TEST_SUITE_P(Replays, RecordedProgram, ::testing::ValuesIn(replay_names()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace lancehead
