// Editing and compaction: each step on a small function leaves a sound one; compaction keeps the text and
// drops the rest.
#include <gtest/gtest.h>

#include "ir/builder.h"
#include "ir/bytes.h"
#include "ir/compact.h"
#include "ir/edit.h"
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

class Edit : public ::testing::Test {
 protected:
  void sound() {
    std::optional<Diagnostic> broken = verify(f, "edit");
    EXPECT_FALSE(broken) << broken->args[2] << "\n" << print(f);
  }
  InstId at(size_t block, size_t place) { return f.block(f.order[block]).insts[place]; }

  Function f =
      read_function(R"(function @f(%0: int64, %1: bool, %2: array<int64,1,C>) -> int64 stage resolved {
^0:
  %3: int64 = add %0, %0
  %4: int64 = mul %3, %3
  condbr %1, ^1(%3), ^1(%4)
^1(%5: int64):
  %6: int64 = nest %0, %2 dims 1 read #1[0] reduce sum {
  ^(%7: int64):
    %8: int64 = add %7, %3
    yield %8
  }
  %9: int64 = add %5, %6
  condbr %1, ^1(%9), ^2
^2:
  return %3
}
)");
};

TEST_F(Edit, ReplacesAllUses) {
  ValueId old = f.inst(at(0, 0)).results[0];
  replace_all_uses(f, old, f.block(f.entry()).params[0]);
  remove_inst(f, at(0, 0));
  sound();
  EXPECT_EQ(print(f).find("%3, %3"), std::string::npos);
  EXPECT_NE(print(f).find("return %0"), std::string::npos);
  EXPECT_NE(print(f).find("= add %6, %0"), std::string::npos) << print(f);  // in the nest's body
}

TEST_F(Edit, SplitsBlocks) {
  BlockId old = f.order[1];
  BlockId fresh = split_block(f, at(1, 1));
  Builder b(f);
  b.set_block(old);
  b.br(fresh);
  sound();
  EXPECT_EQ(f.order[2], fresh);
  EXPECT_EQ(f.block(old).insts.size(), 2u);
  EXPECT_EQ(f.block(fresh).insts.size(), 2u);
}

TEST_F(Edit, SplitsEdges) {
  InstId branch = at(0, 2);
  BlockId fresh = split_edge(f, branch, 1);
  sound();
  EXPECT_EQ(f.inst(branch).edges[1].target, fresh);
  EXPECT_TRUE(f.inst(branch).edges[1].args.empty());
  EXPECT_EQ(f.terminator(fresh).edges[0].args.size(), 1u);
}

TEST_F(Edit, InsertsBeforeAnInstruction) {
  InstId moved = at(0, 1);
  remove_inst(f, moved);
  insert_inst(f, moved, at(0, 1));
  sound();
  EXPECT_EQ(at(0, 1), moved);
}

TEST_F(Edit, ReplacesTerminators) {
  replace_terminator(f, f.order[1], f.order[2], {});
  sound();
  EXPECT_EQ(f.terminator(f.order[1]).op, Op::Br);
}

}  // namespace
}  // namespace lancehead
