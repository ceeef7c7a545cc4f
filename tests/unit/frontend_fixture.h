// The fixtures of tests/frontend: functions as .snap text, one file per source file and CPython, and the
// expected texts that a stage makes of them. Where all CPythons give the same text it stands once.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "frontend/snapshot.h"

namespace lancehead::testing {

// The names of the source files in tests/frontend/cases, without ".py".
std::vector<std::string> fixture_names();

std::vector<Snapshot> read_fixture(const std::string& name, int python);

inline constexpr int kPythons[] = {311, 312, 313};

// Runs `stage` over every function of a fixture under every CPython and compares with
// tests/frontend/FOLDER/NAME.txt; with LANCEHEAD_BLESS=1 rewrites that file instead.
void check_fixture(const std::string& folder, const std::string& name,
                   const std::function<std::string(const Snapshot&)>& stage);

}  // namespace lancehead::testing
