// The byte form: every text of tests/ir survives it, equal units give equal bytes, malformed bytes are
// errors.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "ir/builder.h"
#include "ir/bytes.h"
#include "ir/parse.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "text_tests.h"

namespace lancehead {
namespace {

constexpr PrintOptions kLocations{.locations = true};

// The inputs of tests/ir/print.ir, as one unit.
Unit sample() {
  std::ifstream in(std::filesystem::path(LANCEHEAD_TESTS_DIR) / "ir" / "print.ir");
  std::string text;
  bool reading = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(";")) reading = line.starts_with("; test:");
    if (reading) text += line + "\n";
  }
  return testing::read_unit(text);
}

TEST(Bytes, KeepWhatTheTextShows) {
  Unit unit = sample();
  ASSERT_GE(unit.functions.size(), 5u);
  Expected<Unit> again = from_bytes(to_bytes(unit));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(print(*again, kLocations), print(unit, kLocations));
  EXPECT_EQ(to_bytes(*again), to_bytes(unit));
}

TEST(Bytes, DoNotDependOnWhatPassesLeaveBehind) {
  Unit unit = sample();
  std::vector<uint8_t> before = to_bytes(unit);
  for (Function& f : unit.functions) {
    f.add_name("unused");
    f.add_constant(int_constant(ty::Int64, 123456));
    f.add_known(ty::Bool);
    f.new_value(ty::Int64, InstId(0u));
    BlockId dead = f.add_block();
    f.order.pop_back();
    f.add_param(dead, ty::Int64);
    f.insts.emplace_back();
  }
  EXPECT_EQ(to_bytes(unit), before);
}

TEST(Bytes, KeepOnlyLinesAtTheFinalStage) {
  Unit unit;
  unit.functions.push_back(testing::read_function(R"(function @f(%0: int64) -> int64 stage final {
^0:
  %1: int64 = add %0, %0 @2:4-3:9
  return %1
}
)"));
  Expected<Unit> again = from_bytes(to_bytes(unit));
  ASSERT_TRUE(again);
  EXPECT_NE(print(*again, kLocations).find("add %0, %0 @2:?-?:?"), std::string::npos);
}

TEST(Bytes, OfAnotherVersionAreRefused) {
  std::vector<uint8_t> bytes = to_bytes(sample());
  bytes[8] ^= 1;
  Expected<Unit> unit = from_bytes(bytes);
  ASSERT_FALSE(unit);
  EXPECT_NE(unit.error().message().find("another version"), std::string::npos);
}

TEST(Bytes, CutShortAreRefused) {
  std::vector<uint8_t> bytes = to_bytes(sample());
  for (size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(from_bytes(std::span(bytes).first(n))) << n;
  bytes.push_back(0);
  EXPECT_FALSE(from_bytes(bytes));
}

// What is accepted can be verified, printed and written again.
TEST(Bytes, MutilatedAreErrorsOrUnits) {
  const std::vector<uint8_t> bytes = to_bytes(sample());
  std::mt19937 random(11);
  int accepted = 0;
  for (int round = 0; round < 30000; ++round) {
    std::vector<uint8_t> broken = bytes;
    for (size_t edits = 1 + random() % 3; edits > 0; --edits) {
      size_t at = 16 + random() % (broken.size() - 16);
      switch (random() % 3) {
        case 0: broken[at] = static_cast<uint8_t>(random()); break;
        case 1: broken[at] ^= static_cast<uint8_t>(1u << random() % 8); break;
        default: broken.erase(broken.begin() + static_cast<ptrdiff_t>(at)); break;
      }
    }
    Expected<Unit> unit = from_bytes(broken);
    if (!unit) continue;
    ++accepted;
    for (const Function& f : unit->functions) verify(f, "reading");
    EXPECT_FALSE(print(*unit, kLocations).empty() && !unit->functions.empty());
    Expected<Unit> again = from_bytes(to_bytes(*unit));
    EXPECT_TRUE(again);
  }
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace lancehead
