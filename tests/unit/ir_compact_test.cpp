// Compaction keeps the text of a function and drops the rest.
#include <gtest/gtest.h>

#include "ir/bytes.h"
#include "ir/compact.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_function;
using testing::read_unit;
using testing::TextKind;
using testing::TextOptions;

const TextKind kCompact("ir", "compact", [](const std::string& input, const TextOptions&) {
  std::string out;
  for (Function f : read_unit(input).functions) {
    compact(f);
    EXPECT_FALSE(verify(f, "compact"));
    std::string text = print(f, {.locations = true});
    EXPECT_EQ(to_bytes(Unit{{f}}), to_bytes(Unit{{read_function(text)}}));
    out += text + std::to_string(f.values.size()) + " values, " + std::to_string(f.insts.size()) +
           " instructions, " + std::to_string(f.blocks.size()) + " blocks, " +
           std::to_string(f.constants.size()) + " constants, " + std::to_string(f.names.size()) + " names, " +
           std::to_string(f.locs.size()) + " locations, " + std::to_string(f.callees.size()) + " callees\n";
  }
  return out;
});

}  // namespace
}  // namespace lancehead
