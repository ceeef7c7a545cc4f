// Reading and comparing the fixtures of tests/frontend (frontend_fixture.h).
#include "frontend_fixture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "frontend/snap_text.h"

namespace lancehead::testing {

namespace {

const std::filesystem::path kFolder = std::filesystem::path(LANCEHEAD_TESTS_DIR) / "frontend";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool blessing() {
  const char* bless = std::getenv("LANCEHEAD_BLESS");
  return bless && std::string(bless) == "1";
}

// One function's texts, those that are equal under a common heading.
std::string section(const std::string& function, const std::map<int, std::string>& by_python) {
  std::vector<std::pair<std::string, std::string>> groups;  // text, heading
  for (const auto& [python, text] : by_python) {
    auto same =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.first == text; });
    if (same == groups.end()) same = groups.insert(groups.end(), {text, "----"});
    same->second += fmt::format(" {}", python);
  }
  std::string out = fmt::format("==== {}\n", function);
  for (const auto& [text, heading] : groups) out += heading + "\n" + text;
  return out;
}

}  // namespace

std::vector<std::string> fixture_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / "cases")) {
    if (entry.path().extension() == ".py") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Snapshot> read_fixture(const std::string& name, int python) {
  std::string file = fmt::format("{}.{}.snap", name, python);
  auto snapshots = read_snapshots(read_file(kFolder / "snaps" / file));
  if (!snapshots) {
    ADD_FAILURE() << file << ": " << snapshots.error().message()
                  << " (python tools/snap.py --fixtures writes it)";
    return {};
  }
  return *snapshots;
}

void check_fixture(const std::string& folder, const std::string& name,
                   const std::function<std::string(const Snapshot&)>& stage) {
  std::vector<std::string> functions;
  std::map<std::string, std::map<int, std::string>> texts;
  for (int python : kPythons) {
    for (const Snapshot& snapshot : read_fixture(name, python)) {
      if (!texts.count(snapshot.qualname)) functions.push_back(snapshot.qualname);
      texts[snapshot.qualname][python] = stage(snapshot);
    }
  }
  std::string actual;
  for (const std::string& function : functions) actual += section(function, texts[function]);
  std::filesystem::path path = kFolder / folder / (name + ".txt");
  if (blessing()) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
  } else {
    EXPECT_EQ(read_file(path), actual) << path << ": if the new text is right, rewrite it with ./dev bless";
  }
}

}  // namespace lancehead::testing
