// Dominators, loops, liveness and uses: text-file tests of kind "analysis", and comparisons with slow
// definitions on random control flow graphs.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/dominators.h"
#include "ir/liveness.h"
#include "ir/loops.h"
#include "ir/numbering.h"
#include "ir/uses.h"
#include "ir/walk.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_function;
using testing::TextKind;
using testing::TextOptions;

class Report {
 public:
  explicit Report(const Function& f) : f_(f), numbers_(f), cfg_(f) {}

  std::string dominators() {
    Dominators dominators(cfg_);
    for (BlockId b : f_.order) {
      out_ += name(b) + (cfg_.reachable(b) ? " below" : " unreachable");
      if (dominators.parent(b).valid()) out_ += " " + name(dominators.parent(b));
      out_ += "\n";
    }
    return out_;
  }

  std::string loops() {
    Loops loops(cfg_, Dominators(cfg_));
    for (const Loop& loop : loops.all()) {
      out_ += "loop " + name(loop.header) + " depth " + std::to_string(loop.depth) + " latches" +
              names(loop.latches);
      if (loop.preheader.valid()) out_ += " preheader " + name(loop.preheader);
      if (loop.parent != Loop::kNone) out_ += " in " + name(loops.all()[loop.parent].header);
      out_ += std::string(loop.innermost ? " innermost" : "") + " blocks" + names(loop.blocks) + "\n";
    }
    return out_;
  }

  std::string liveness() {
    Liveness liveness(f_, cfg_);
    for (BlockId b : f_.order) {
      out_ += name(b) + " in" + names(liveness.live_in(b)) + " out" + names(liveness.live_out(b)) + "\n";
    }
    return out_;
  }

  std::string uses() {
    Uses uses(f_);
    static const char* const kKinds[] = {"operand ", "argument ", "yield "};
    for (uint32_t v = 0; v < f_.values.size(); ++v) {
      out_ += name(ValueId(v)) + ":";
      for (const Use& use : uses.of(ValueId(v))) {
        out_ += std::string(" ") + kKinds[static_cast<int>(use.kind)];
        if (use.kind == Use::Kind::Argument) out_ += std::to_string(use.edge) + ".";
        out_ += std::to_string(use.index) + " of " + std::string(op_info(f_.inst(use.user).op).text) + ";";
      }
      out_ += "\n";
    }
    return out_;
  }

 private:
  std::string name(BlockId b) { return "^" + std::to_string(numbers_.of(b)); }
  std::string name(ValueId v) { return "%" + std::to_string(numbers_.of(v)); }
  std::string names(const std::vector<BlockId>& blocks) {
    std::string out;
    for (BlockId b : blocks) out += " " + name(b);
    return out;
  }
  std::string names(const ValueSet& values) {
    std::string out;
    values.for_each([&](ValueId v) { out += " " + name(v); });
    return out;
  }

  const Function& f_;
  Numbering numbers_;
  Cfg cfg_;
  std::string out_;
};

const TextKind kAnalysis("ir", "analysis", [](const std::string& input, const TextOptions& options) {
  Function f = read_function(input);
  std::string out;
  if (options.count("dominators")) out += Report(f).dominators();
  if (options.count("loops")) out += Report(f).loops();
  if (options.count("liveness")) out += Report(f).liveness();
  if (options.count("uses")) out += Report(f).uses();
  return out;
});

// ---- random graphs

Function random_graph(std::mt19937& random) {
  Function f;
  size_t blocks = 1 + random() % 12;
  for (size_t i = 0; i < blocks; ++i) f.add_block();
  std::vector<ValueId> values = {f.add_param(f.entry(), ty::Bool)};
  Builder b(f);
  for (BlockId block : f.order) {
    b.set_block(block);
    values.push_back(b.value(Op::Invert, {values[random() % values.size()]}, ty::Bool));
    ValueId condition = values[random() % values.size()];
    auto target = [&] { return BlockId(blocks > 1 ? 1 + random() % (blocks - 1) : 0); };
    switch (blocks > 1 ? random() % 4 : 0) {
      case 0: b.ret(condition); break;
      case 1: b.br(target()); break;
      default: b.condbr(condition, target(), {}, target()); break;
    }
  }
  return f;
}

// The blocks that the entry reaches without entering `without`.
std::set<uint32_t> reached(const Cfg& cfg, uint32_t without) {
  std::set<uint32_t> seen;
  std::vector<uint32_t> work;
  if (without != 0) work.push_back(0);
  while (!work.empty()) {
    uint32_t b = work.back();
    work.pop_back();
    if (b == without || !seen.insert(b).second) continue;
    for (BlockId s : cfg.succs(BlockId(b))) work.push_back(s.index);
  }
  return seen;
}

TEST(Dominators, AgreeWithTheirDefinition) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    Function f = random_graph(random);
    Cfg cfg(f);
    Dominators dominators(cfg);
    std::set<uint32_t> all = reached(cfg, Cfg::kUnreachable);
    EXPECT_EQ(all.size(), cfg.reverse_postorder().size());
    for (uint32_t a = 0; a < f.blocks.size(); ++a) {
      std::set<uint32_t> without = reached(cfg, a);
      for (uint32_t b = 0; b < f.blocks.size(); ++b) {
        bool expected = all.count(a) && all.count(b) && !without.count(b);
        EXPECT_EQ(dominators.dominates(BlockId(a), BlockId(b)), expected) << a << " " << b;
      }
    }
  }
}

TEST(Loops, AgreeWithTheirDefinition) {
  std::mt19937 random(4);
  for (int round = 0; round < 500; ++round) {
    Function f = random_graph(random);
    Cfg cfg(f);
    Dominators dominators(cfg);
    Loops loops(cfg, dominators);
    std::set<uint32_t> headers;
    for (BlockId b : cfg.reverse_postorder())
      for (BlockId s : cfg.succs(b))
        if (dominators.dominates(s, b)) headers.insert(s.index);
    ASSERT_EQ(loops.all().size(), headers.size());
    for (uint32_t i = 0; i < loops.all().size(); ++i) {
      const Loop& loop = loops.all()[i];
      EXPECT_TRUE(headers.count(loop.header.index));
      for (BlockId b : loop.blocks) {
        EXPECT_TRUE(dominators.dominates(loop.header, b));
        EXPECT_TRUE(loops.contains(i, b));
      }
      EXPECT_TRUE(loop.parent == Loop::kNone || loops.contains(loop.parent, loop.header));
    }
  }
}

// v is live into b iff a path from b reaches a use of v with no definition of v before it.
bool live_in(const Function& f, const Cfg& cfg, ValueId v, BlockId block) {
  std::set<uint32_t> seen;
  std::vector<BlockId> work = {block};
  while (!work.empty()) {
    BlockId b = work.back();
    work.pop_back();
    if (!seen.insert(b.index).second) continue;
    bool used = false, defined = false;
    for (ValueId p : f.block(b).params) defined |= p == v;
    for (InstId id : f.block(b).insts) {
      for_each_use(f, f.inst(id), [&](ValueId u) { used |= u == v && !defined; });
      for (ValueId r : f.inst(id).results) defined |= r == v;
    }
    if (used) return true;
    if (defined) continue;
    for (BlockId s : cfg.succs(b)) work.push_back(s);
  }
  return false;
}

TEST(Liveness, AgreesWithItsDefinition) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    Function f = random_graph(random);
    Cfg cfg(f);
    Liveness liveness(f, cfg);
    for (BlockId b : cfg.reverse_postorder())
      for (uint32_t v = 0; v < f.values.size(); ++v)
        EXPECT_EQ(liveness.live_in(b).has(ValueId(v)), live_in(f, cfg, ValueId(v), b)) << b.index << " " << v;
  }
}

}  // namespace
}  // namespace lancehead
