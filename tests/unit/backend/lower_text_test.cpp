// tests/lower/*.ir: final IR and what it is lowered to.
//   ; test: llvm           LLVM's text before any pass: definitions and declarations, entry points left out
//   ; test: llvm entry     ... the entry points alone
#include <gtest/gtest.h>

#include <sstream>

#include "backend/emit.h"
#include "base/check.h"
#include "text_tests.h"

namespace lancehead::testing {
namespace {

bool starts_with(const std::string& line, const char* prefix) {
  return line.rfind(prefix, 0) == 0;
}

// Target, module id, attribute groups and metadata say nothing about the unit.
bool is_boilerplate(const std::string& line) {
  for (const char* prefix : {";", "source_filename", "target ", "attributes ", "!"})
    if (starts_with(line, prefix)) return true;
  return false;
}

std::string select(const std::string& text, bool entries) {
  std::istringstream in(text);
  std::string out;
  bool inside = false, keep = true;
  for (std::string line; std::getline(in, line);) {
    if (starts_with(line, "define")) {
      inside = true;
      keep = (line.find("$entry\"") != std::string::npos) == entries;
    }
    if (inside ? keep : !entries && !line.empty() && !is_boilerplate(line)) out += line + "\n";
    if (line == "}") inside = false;
  }
  return out;
}

std::string lower(const std::string& input, const TextOptions& options) {
  Unit unit = read_unit(input);
  for (Function& f : unit.functions)
    if (f.symbol.empty()) f.symbol = f.name;
  EmitOptions emission;
  emission.want = LANCEHEAD_WANT_LLVM_RAW;
  emission.verify = true;
  try {
    return select(emit(unit, emission).bytes, options.count("entry") != 0);
  } catch (const InternalFailure& failure) {
    return "refused: " + failure.message + "\n";
  }
}

const TextKind kLlvm("lower", "llvm", lower);

}  // namespace
}  // namespace lancehead::testing
