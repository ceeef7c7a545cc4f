// The SSA builder: the IR of all fixtures, with the diagnostics of what is not supported, and that no code
// crashes it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "frontend/build.h"
#include "frontend_fixture.h"
#include "ir/print.h"
#include "ir/verify.h"

namespace lancehead {
namespace {

using testing::check_fixture;
using testing::fixture_names;

std::string place_text(const Diagnostic& diagnostic) {
  const SourceRange& range = diagnostic.place.range;
  return fmt::format("{}:{}-{}:{}", range.line, range.column, range.end_line, range.end_column);
}

std::string refused(const CodeData& code, const Diagnostic& error) {
  return fmt::format("{}: {} {} at {}\n", code.qualname, error.id_name(), error.message(), place_text(error));
}

// The function and those made inside it. Of one that holds something unsupported, the first such thing.
std::string built(const Snapshot& snapshot, const std::shared_ptr<const CodeData>& code) {
  Expected<BuiltFunction> out = build_function(snapshot, code);
  if (!out) return refused(*code, out.error());
  if (!out->unsupported.empty()) {
    EXPECT_FALSE(verify(out->function, "build")) << print(out->function);
    return refused(*code, out->unsupported[0]);
  }
  std::optional<Diagnostic> broken = verify(out->function, "build");
  EXPECT_FALSE(broken) << broken->message();
  std::string text = print(out->function);
  if (auto broken = verify(out->function, "build")) ADD_FAILURE() << broken->message() << "\n" << text;
  for (size_t i = 0; i < out->inner_codes.size(); ++i) {
    const InnerDefaults& defaults = out->inner_defaults[i];
    if (!defaults.positional.empty() || !defaults.keyword.empty()) {
      text += fmt::format("defaults {} {}\n", defaults.positional.size(), defaults.keyword.size());
    }
    text += built(snapshot, out->inner_codes[i]);
  }
  return text;
}

class BuildFixture : public ::testing::TestWithParam<std::string> {};

TEST_P(BuildFixture, GivesTheExpectedText) {
  check_fixture("build", GetParam(), [](const Snapshot& snapshot) { return built(snapshot, snapshot.code); });
}

INSTANTIATE_TEST_SUITE_P(Cases, BuildFixture, ::testing::ValuesIn(fixture_names()),
                         [](const auto& info) { return info.param; });

// Each code of the fixtures with a few random bytes changed: a function or a diagnostic.
TEST(Build, SurvivesRandomChanges) {
  std::mt19937 random(20261124);
  size_t functions = 0;
  for (const std::string& name : fixture_names()) {
    for (int python : testing::kPythons) {
      for (Snapshot& snapshot : testing::read_fixture(name, python)) {
        const std::shared_ptr<const CodeData> original = snapshot.code;
        for (int round = 0; round < 60; ++round) {
          CodeData data = *original;
          for (int changes = 1 + random() % 3; changes > 0; --changes) {
            data.code[random() % data.code.size()] = static_cast<char>(random());
          }
          snapshot.code = std::make_shared<CodeData>(std::move(data));
          Expected<BuiltFunction> out = build_function(snapshot, snapshot.code);
          if (!out) continue;
          ++functions;
          std::optional<Diagnostic> broken = verify(out->function, "build");
          ASSERT_FALSE(broken) << broken->message() << "\n" << print(out->function);
        }
      }
    }
  }
  EXPECT_GT(functions, 0u);
}

}  // namespace
}  // namespace lancehead
