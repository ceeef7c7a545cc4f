// The decoders: the canonical text of all fixtures, and that no bytes whatever lead them astray.
#include <gtest/gtest.h>

#include <random>

#include "frontend/code_tables.h"
#include "frontend/decode.h"
#include "frontend_fixture.h"

namespace lancehead {
namespace {

using testing::check_fixture;
using testing::fixture_names;
using testing::kPythons;
using testing::read_fixture;

// The text of a code and of those among its constants.
std::string decoded(const std::shared_ptr<const CodeData>& data, bool ranges) {
  Expected<PyCode> code = decode(data);
  std::string text = code ? print_code(*code, ranges) : data->qualname + ": " + code.error().message() + "\n";
  for (const PyValue& value : data->consts) {
    if (value.is(PyKind::Code)) text += decoded(value.code, ranges);
  }
  return text;
}

class DecodeFixture : public ::testing::TestWithParam<std::string> {};

TEST_P(DecodeFixture, GivesTheExpectedText) {
  check_fixture("decode", GetParam(), [](const Snapshot& snapshot) { return decoded(snapshot.code, false); });
}

INSTANTIATE_TEST_SUITE_P(Cases, DecodeFixture, ::testing::ValuesIn(fixture_names()),
                         [](const auto& info) { return info.param; });

class DecodeRanges : public ::testing::TestWithParam<std::string> {};

TEST_P(DecodeRanges, GivesTheExpectedText) {
  check_fixture("ranges", GetParam(), [](const Snapshot& snapshot) { return decoded(snapshot.code, true); });
}

INSTANTIATE_TEST_SUITE_P(Cases, DecodeRanges, ::testing::Values("positions"),
                         [](const auto& info) { return info.param; });

TEST(Decode, NamesAnUnsupportedPython) {
  CodeData data;
  data.python = 310;
  Expected<PyCode> code = decode(std::make_shared<CodeData>(data));
  ASSERT_FALSE(code);
  EXPECT_EQ(code.error().id, DiagId::UnsupportedPython);
  EXPECT_NE(code.error().message().find("3.10"), std::string::npos);
}

TEST(Decode, RefusesSpecialisedOpcodes) {
  for (int python : kPythons) {
    CodeData data = *read_fixture("operators", python).front().code;
    data.code[2] = static_cast<char>(200);  // no table has it
    Expected<PyCode> code = decode(std::make_shared<CodeData>(data));
    ASSERT_FALSE(code);
    EXPECT_NE(code.error().message().find("opcode 200"), std::string::npos);
  }
}

// What every consumer of a PyCode may rely on.
void expect_invariants(const PyCode& code) {
  const size_t size = code.insts.size();
  ASSERT_GT(size, 0u);
  for (const PyInst& inst : code.insts) {
    ASSERT_NE(inst.op, PyOp::PushNull);
    PyOperand operand = py_operand(inst.op);
    if (operand == PyOperand::Target || operand == PyOperand::SendTarget) {
      ASSERT_LT(inst.arg, size);
    }
    if (operand == PyOperand::Var) {
      ASSERT_LT(inst.arg, code.vars.size());
    }
    if (operand == PyOperand::Name) {
      ASSERT_LT(inst.arg, code.data->names.size());
    }
    if (operand == PyOperand::Const) {
      ASSERT_LT(inst.arg, code.data->consts.size());
    }
  }
  PyFlow last = py_flow(code.insts.back().op);
  EXPECT_TRUE(last == PyFlow::End || last == PyFlow::Jump);
  uint32_t covered = 0;
  for (const PyHandler& handler : code.handlers) {
    EXPECT_LE(covered, handler.begin);
    EXPECT_LT(handler.begin, handler.end);
    EXPECT_LE(handler.end, size);
    EXPECT_LT(handler.target, size);
    covered = handler.end;
  }
  print_code(code, true);
}

// Each code of the fixtures with a few random bytes changed, in one of its tables.
TEST(Decode, SurvivesRandomChanges) {
  std::mt19937 random(20261123);
  size_t still_valid = 0;
  for (const std::string& name : fixture_names()) {
    for (int python : kPythons) {
      for (const Snapshot& snapshot : read_fixture(name, python)) {
        for (int round = 0; round < 60; ++round) {
          CodeData data = *snapshot.code;
          std::string* tables[] = {&data.code, &data.code, &data.line_table, &data.exception_table};
          std::string& table = *tables[random() % 4];
          for (int changes = 1 + random() % 3; changes > 0 && !table.empty(); --changes) {
            table[random() % table.size()] = static_cast<char>(random());
          }
          if (random() % 8 == 0) table.resize(random() % (table.size() + 1));
          Expected<PyCode> code = decode(std::make_shared<CodeData>(data));
          if (!code) continue;
          ++still_valid;
          expect_invariants(*code);
        }
      }
    }
  }
  EXPECT_GT(still_valid, 0u);
}

TEST(Decode, SurvivesNoise) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    CodeData data;
    data.python = static_cast<uint16_t>(kPythons[round % 3]);
    data.stack_size = random() % 10;
    data.names = {"a", "b"};
    data.var_names = {"x", "y"};
    data.cell_vars = {"y"};
    data.consts = {PyValue::none(), PyValue::integer(1)};
    for (uint32_t units = 1 + random() % 12; units > 0; --units) {
      data.code += static_cast<char>(random());
      data.code += static_cast<char>(random() % 4);
    }
    for (uint32_t bytes = random() % 9; bytes > 0; --bytes)
      data.exception_table += static_cast<char>(random());
    Expected<PyCode> code = decode(std::make_shared<CodeData>(data));
    if (code) expect_invariants(*code);
  }
}

TEST(CodeTables, RefuseMalformedExceptionTables) {
  std::vector<ExceptionEntry> entries;
  EXPECT_TRUE(read_exception_table(std::string("\x80\x02\x03\x00", 4), 4, &entries));
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].end, 2u);
  EXPECT_EQ(entries[0].target, 3u);
  for (const char* table : {"\x80", "\x80\x05\x01\x01", "\x81\x01\x09\x01", "\xff\x7f\x7f\x7f\x7f\x7f\x7f"}) {
    entries.clear();
    EXPECT_FALSE(read_exception_table(table, 4, &entries)) << table;
  }
}

}  // namespace
}  // namespace lancehead
