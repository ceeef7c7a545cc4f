// Finds, runs and blesses text-file tests (text_tests.h).
#include "text_tests.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "ir/parse.h"

namespace lancehead::testing {
namespace {

namespace fs = std::filesystem;

using Kinds = std::map<std::string, std::map<std::string, TextTest>>;  // folder -> kind -> test

Kinds& kinds() {
  static Kinds instance;
  return instance;
}

const fs::path kRoot = LANCEHEAD_TESTS_DIR;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::vector<std::string> text_files() {
  std::vector<std::string> out;
  std::string wanted = variable("LANCEHEAD_TEST_PATH");
  for (const auto& [folder, tests] : kinds()) {
    if (!fs::is_directory(kRoot / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      std::string path = "tests/" + fs::relative(entry.path(), kRoot).string();
      if (entry.path().extension() == ".ir" && path.find(wanted) != std::string::npos) out.push_back(path);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

struct Section {
  std::string head;  // comments before the first section, and the line that opens this one
  std::string kind;
  TextOptions options;
  std::string input;
  std::string expected;
};

void read_head(const std::string& line, Section& section) {
  std::istringstream words(line.substr(std::string("; test:").size()));
  words >> section.kind;
  for (std::string word; words >> word;) {
    size_t equals = word.find('=');
    section.options[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
  }
}

std::vector<Section> read_sections(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<Section> out;
  std::string preamble;
  bool expecting = false;
  for (std::string line; std::getline(in, line);) {
    line += '\n';
    if (line.rfind("; test:", 0) == 0) {
      Section& section = out.emplace_back();
      section.head = std::exchange(preamble, "") + line;
      read_head(line, section);
      expecting = false;
    } else if (out.empty()) {
      preamble += line;
    } else if (line == "; expect\n") {
      expecting = true;
    } else {
      (expecting ? out.back().expected : out.back().input) += line;
    }
  }
  return out;
}

std::string run(const std::string& folder, const Section& section) {
  auto it = kinds()[folder].find(section.kind);
  if (it == kinds()[folder].end()) {
    ADD_FAILURE() << "no test of kind '" << section.kind << "'";
    return "";
  }
  std::string out;
  try {
    out = it->second(section.input, section.options);
  } catch (const InternalFailure& failure) {
    out = "internal failure " + failure.message;
  }
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

// Blank lines at the end separate sections and are no part of the output.
std::string stripped(std::string text) {
  while (text.size() > 1 && text.ends_with("\n\n")) text.pop_back();
  return text == "\n" ? "" : text;
}

class TextFile : public ::testing::TestWithParam<std::string> {};

TEST_P(TextFile, GivesTheExpectedOutput) {
  std::string path = GetParam();
  fs::path file = kRoot.parent_path() / path;
  std::string folder = fs::relative(file, kRoot).begin()->string();
  std::vector<Section> sections = read_sections(file);
  ASSERT_FALSE(sections.empty()) << path << " has no line '; test: <kind>'";
  std::string blessed;
  for (size_t i = 0; i < sections.size(); ++i) {
    const Section& section = sections[i];
    std::string actual = stripped(run(folder, section));
    blessed += section.head + section.input + "; expect\n" + actual + (i + 1 < sections.size() ? "\n" : "");
    if (variable("LANCEHEAD_BLESS") == "1") continue;
    EXPECT_EQ(stripped(section.expected), actual)
        << "section " << i + 1 << " of " << path << "\nrun it alone: ./dev test " << path
        << "\naccept the new output: ./dev bless " << path;
  }
  if (variable("LANCEHEAD_BLESS") == "1") std::ofstream(file, std::ios::binary) << blessed;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TextFile);
INSTANTIATE_TEST_SUITE_P(Text, TextFile, ::testing::ValuesIn(text_files()), [](const auto& info) {
  std::string name = info.param.substr(std::string("tests/").size());
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

}  // namespace

TextKind::TextKind(const char* folder, const char* kind, TextTest run) {
  kinds()[folder][kind] = std::move(run);
}

Unit read_unit(const std::string& input) {
  Expected<Unit> unit = parse_unit(input);
  if (unit) return std::move(*unit);
  ADD_FAILURE() << unit.error().message();
  return {};
}

Function read_function(const std::string& input) {
  Unit unit = read_unit(input);
  if (unit.functions.size() == 1) return std::move(unit.functions[0]);
  ADD_FAILURE() << "the input is not one function";
  Function empty;
  empty.add_block();
  return empty;
}

}  // namespace lancehead::testing
