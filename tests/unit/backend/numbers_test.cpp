// Every scalar operation against NumPy's results (tests/lower/numbers.txt, written by make_numbers.py), in
// both tiers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <sstream>

#include "native.h"

namespace lancehead::testing {
namespace {

struct Group {
  std::string op, operand, result;
  std::vector<uint64_t> x, y, r;
};

void PrintTo(const Group& group, std::ostream* out) {
  *out << group.op << " " << group.operand << " " << group.result;
}

std::vector<uint64_t> read_bits(std::istringstream& in) {
  std::vector<uint64_t> out;
  for (std::string word; in >> word;) out.push_back(std::stoull(word, nullptr, 16));
  return out;
}

std::vector<Group> read_groups() {
  std::ifstream in(LANCEHEAD_TESTS_DIR "/lower/numbers.txt");
  std::vector<Group> out;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first == "x") {
      out.back().x = read_bits(words);
    } else if (first == "y") {
      out.back().y = read_bits(words);
    } else if (first == "r") {
      out.back().r = read_bits(words);
    } else {
      Group& group = out.emplace_back();
      group.op = first;
      words >> group.operand >> group.result;
    }
  }
  return out;
}

size_t leaves(const std::string& type) {
  return type.rfind("complex", 0) == 0 ? 2 : 1;
}

size_t leaf_bytes(const std::string& type) {
  if (type == "bool") return 1;
  size_t digits = type.find_first_of("0123456789");
  return std::stoul(type.substr(digits)) / 8 / leaves(type);
}

bool is_nan(const std::string& type, uint64_t bits) {
  if (type == "float32" || type == "complex64")
    return std::isnan(std::bit_cast<float>(static_cast<uint32_t>(bits)));
  if (type == "float64" || type == "complex128") return std::isnan(std::bit_cast<double>(bits));
  return false;
}

class Numbers : public ::testing::TestWithParam<Group> {};

TEST_P(Numbers, EqualNumPys) {
  const Group& group = GetParam();
  bool binary = !group.y.empty();
  std::string text = fmt::format(
      "function @f(%0: {0}{1}) -> {2} stage final {{\n^0:\n  %2: {2} = {3} %0{4}\n  return %2\n}}",
      group.operand, binary ? ", %1: " + group.operand : "", group.result, group.op, binary ? ", %1" : "");
  size_t width = leaves(group.operand), result_width = leaves(group.result), bytes = leaf_bytes(group.result);
  ASSERT_FALSE(group.x.empty());
  ASSERT_EQ(group.x.size() / width, group.r.size() / result_width);
  for (LanceheadTier tier : {LANCEHEAD_TIER_QUICK, LANCEHEAD_TIER_LEAN}) {
    EmitOptions options = Native::verified();
    options.tier = tier;
    Native native(text, options);
    for (size_t at = 0; at < group.x.size() / width; ++at) {
      std::vector<Slot> args;
      for (const std::vector<uint64_t>* operand : {&group.x, &group.y})
        for (size_t i = 0; i < width && !operand->empty(); ++i)
          args.push_back(Slot{.u = (*operand)[at * width + i]});
      ASSERT_EQ(native.run("f", args), 0);
      for (size_t i = 0; i < result_width; ++i) {
        uint64_t expected = group.r[at * result_width + i];
        uint64_t mask = bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << bytes * 8) - 1;
        uint64_t actual = native.out[i].u & mask;
        if (is_nan(group.result, expected) && is_nan(group.result, actual)) continue;
        EXPECT_EQ(actual, expected) << text << " of " << std::hex << args[0].u << " " << args.back().u
                                    << " at part " << i;
      }
    }
  }
}

std::string group_name(const ::testing::TestParamInfo<Group>& info) {
  return fmt::format("{}_{}_{}", info.param.op, info.param.operand, info.param.result);
}

INSTANTIATE_TEST_SUITE_P(Table, Numbers, ::testing::ValuesIn(read_groups()), group_name);

}  // namespace
}  // namespace lancehead::testing
