// The verifier: tests/ir/verify*.ir break one rule each in text; here are those that no text can break, and
// that no broken function makes it fail itself.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "base/check.h"
#include "ir/bytes.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_function;
using testing::read_unit;
using testing::TextKind;
using testing::TextOptions;

const TextKind kVerify("ir", "verify", [](const std::string& input, const TextOptions&) {
  std::string out;
  for (const Function& f : read_unit(input).functions) {
    std::optional<Diagnostic> broken = verify(f, "parse");
    out += broken ? broken->args[2] + "\n" : "sound\n";
  }
  return out;
});

constexpr const char* kSound = R"(function @f(%0: int64, %1: array<float64,1,C>) -> int64 stage resolved {
  callee @g symbol s (int64) -> int64 raises
^0:
  %2: float64 = nest %0, %1 dims 1 read #1[0] reduce sum {
  ^(%3: float64):
    %4: float64 = math sqrt %3
    yield %4
  }
  %5: int64 = call @g %0 unwind ^2(%0)
  br ^1(%5)
^1(%6: int64):
  return %6
^2(%7: int64):
  %8: exception = catch
  return %7
}
)";

TEST(Verify, NamesPassFunctionRuleAndInstruction) {
  Function f = read_function(kSound);
  ASSERT_FALSE(verify(f, "parse"));
  f.inst(f.block(f.order[1]).insts[0]).operands.clear();
  std::optional<Diagnostic> broken = verify(f, "the pass");
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->id, DiagId::Verifier);
  EXPECT_EQ(broken->message(),
            "the verifier found a broken rule after pass the pass in f: an op has ops.def's operands, but: "
            "return, in block ^1");
}

struct Damage {
  const char* rule;
  std::function<void(Function&)> damage;
};

class BrokenStructure : public ::testing::TestWithParam<Damage> {};

TEST_P(BrokenStructure, IsFound) {
  Function f = read_function(kSound);
  GetParam().damage(f);
  std::optional<Diagnostic> broken = verify(f, "parse");
  ASSERT_TRUE(broken);
  EXPECT_NE(broken->args[2].find(GetParam().rule), std::string::npos) << broken->args[2];
}

Inst& first(Function& f, size_t block) {
  return f.inst(f.block(f.order[block]).insts[0]);
}

const Damage kDamage[] = {
    {"the first block is block 0", [](Function& f) { std::swap(f.order[0], f.order[1]); }},
    {"the first block is block 0", [](Function& f) { f.order.clear(); }},
    {"a live block is in range", [](Function& f) { f.order.push_back(BlockId(99u)); }},
    {"a block is live once", [](Function& f) { f.order.push_back(f.order[1]); }},
    {"an instruction is in range", [](Function& f) { f.block(f.order[1]).insts[0] = InstId(99u); }},
    {"an instruction stands in one place",
     [](Function& f) {
       f.block(f.order[2]).insts.insert(f.block(f.order[2]).insts.begin() + 1, f.block(f.order[2]).insts[0]);
     }},
    {"an instruction's record names its block", [](Function& f) { first(f, 1).block = f.entry(); }},
    {"there is such an op", [](Function& f) { first(f, 1).op = Op::kCount; }},
    {"a value is in range", [](Function& f) { first(f, 1).operands[0] = ValueId(99u); }},
    {"a value is in range", [](Function& f) { first(f, 1).operands[0] = ValueId(); }},
    {"a value is in range", [](Function& f) { f.nests[0].yields[0] = ValueId(); }},
    {"a value is in range",
     [](Function& f) { f.inst(f.block(f.order[0]).insts[1]).edges[0].args[0] = ValueId(); }},
    {"a value is defined once",
     [](Function& f) { f.block(f.order[1]).params.push_back(f.block(f.order[1]).params[0]); }},
    {"a value's record names its definition",
     [](Function& f) { f.value(f.block(f.order[1]).params[0]).block = f.order[2]; }},
    {"a value's record names its definition",
     [](Function& f) { f.value(first(f, 2).results[0]).def = InstId(0u); }},
    {"a value has a type", [](Function& f) { f.value(first(f, 2).results[0]).type = TypeId(); }},
    {"a value has a type", [](Function& f) { f.value(first(f, 2).results[0]).type = ty::Untyped; }},
    {"a fact's constant is in range",
     [](Function& f) { f.value(first(f, 2).results[0]).facts.constant = 7; }},
    {"an attribute is in range", [](Function& f) { f.inst(f.block(f.order[0]).insts[1]).attr = 1; }},
    {"an attribute is in range", [](Function& f) { first(f, 1).attr = 1; }},
    {"a nest's body is its own", [](Function& f) { f.nests[0].body = f.order[1]; }},
    {"a nest's body is its own", [](Function& f) { f.nests[0].body = BlockId(); }},
    {"an edge leads to a live block",
     [](Function& f) { f.inst(f.block(f.order[0]).insts[2]).edges[0].target = BlockId(); }},
    {"an edge leads to a live block",
     [](Function& f) { f.inst(f.block(f.order[0]).insts[2]).edges[0].target = f.nests[0].body; }},
    {"a used value is defined",
     [](Function& f) { first(f, 1).operands[0] = f.new_value(ty::Int64, InstId(0u)); }},
    {"a function has a result type", [](Function& f) { f.result = TypeId(); }},
};

INSTANTIATE_TEST_SUITE_P(Structure, BrokenStructure, ::testing::ValuesIn(kDamage));

// Random damage to every kind of field: the verifier answers, and what it accepts can be written as bytes.
TEST(Verify, SurvivesAnyDamage) {
  std::mt19937 random(21);
  auto wild = [&](uint32_t limit) {
    return random() % 8 ? random() % limit : random() % 4 ? limit : 0xffffffffu;
  };
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    Function f = read_function(kSound);
    for (size_t edits = 1 + random() % 2; edits > 0; --edits) {
      Inst& inst = f.insts[random() % f.insts.size()];
      auto value = [&] { return ValueId(wild(static_cast<uint32_t>(f.values.size()))); };
      switch (random() % 10) {
        case 0: inst.op = static_cast<Op>(random() % (static_cast<unsigned>(Op::kCount) + 1)); break;
        case 1: inst.attr = wild(4); break;
        case 2: inst.unwinds = !inst.unwinds; break;
        case 3: inst.operands.resize(random() % 3, value()); break;
        case 4: inst.edges.resize(random() % 3, Edge{BlockId(wild(4)), {value()}}); break;
        case 5: inst.results.resize(random() % 3, value()); break;
        case 6: f.values[random() % f.values.size()].type = TypeId(random() % 40); break;
        case 7: f.nests[0].yields.resize(random() % 3, value()); break;
        case 8: f.nests[0].accesses[0].axes.assign(random() % 3, static_cast<int8_t>(random() % 4)); break;
        default: f.stage = static_cast<Stage>(1u << random() % 4); break;
      }
    }
    if (verify(f, "damage")) continue;
    ++accepted;
    EXPECT_FALSE(print(f).empty());
    EXPECT_TRUE(from_bytes(to_bytes(Unit{{f}})));
  }
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace lancehead
