// Gives each loop one edge back, and computes there what only the next iteration needs. Resolve steps a
// counter in the header, where the steps of all ways around meet; but then both numbers live through the
// body, and registers are copied in each iteration. Runs after the last simplification, which would take the
// new blocks out again. Loops that poll already (those in try blocks) keep their edges: what polls belong to
// is found at the latches.
#include <algorithm>

#include "ir/loops.h"
#include "ir/uses.h"
#include "opt/edit.h"
#include "opt/effects.h"
#include "opt/incoming.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

class Latches {
 public:
  explicit Latches(Function& f)
      : f_(f), cfg_(f), dominators_(cfg_), loops_(cfg_, dominators_), incoming_(f) {}

  bool run() {
    std::vector<BlockId> latch_of;  // of each loop; none: its edges stay
    bool changed = false;
    for (uint32_t i = 0; i < loops_.all().size(); ++i) {
      const Loop& loop = loops_.all()[i];
      std::vector<EdgeRef> back = back_edges(i);
      bool single = loop.latches.size() == 1 && back.size() == 1;
      if (!single && polls(loop)) {
        latch_of.push_back({});
        continue;
      }
      latch_of.push_back(single ? loop.latches[0] : join(loop.header, back));
      changed |= !single;
    }
    Uses uses(f_);
    for (uint32_t i = 0; i < loops_.all().size(); ++i)
      if (latch_of[i].valid()) changed |= sink(loops_.all()[i].header, latch_of[i], uses);
    return changed;
  }

 private:
  std::vector<EdgeRef> back_edges(uint32_t loop) const {
    std::vector<EdgeRef> out;
    for (EdgeRef ref : incoming_.of(loops_.all()[loop].header))
      if (loops_.contains(loop, f_.inst(ref.inst).block)) out.push_back(ref);
    return out;
  }

  bool polls(const Loop& loop) const {
    return std::any_of(loop.latches.begin(), loop.latches.end(), [&](BlockId latch) {
      const std::vector<InstId>& insts = f_.block(latch).insts;
      return std::any_of(insts.begin(), insts.end(), [&](InstId id) { return f_.inst(id).op == Op::Poll; });
    });
  }

  // A block that all edges back lead to. What they bring alike it passes on, the rest are its parameters.
  BlockId join(BlockId header, const std::vector<EdgeRef>& back) {
    BlockId latch = f_.add_block();
    std::vector<ValueId> args = edge_of(f_, back[0]).args;
    std::vector<size_t> differing;
    for (size_t i = 0; i < args.size(); ++i)
      if (std::any_of(back.begin(), back.end(),
                      [&](EdgeRef ref) { return edge_of(f_, ref).args[i] != args[i]; }))
        differing.push_back(i);
    for (EdgeRef ref : back) {
      Edge& edge = edge_of(f_, ref);
      std::vector<ValueId> own;
      for (size_t i : differing) own.push_back(edge.args[i]);
      edge = {latch, std::move(own)};
    }
    for (size_t i : differing) {
      ValueId param = f_.block(header).params[i];
      args[i] = f_.add_param(latch, f_.type(param));
      f_.value(args[i]).facts = f_.value(param).facts;
    }
    InstId jump = insert_inst(f_, latch, 0, Op::Br, {});
    f_.inst(jump).loc = f_.inst(back.back().inst).loc;
    f_.inst(jump).edges.push_back({header, std::move(args)});
    return latch;
  }

  // Pure instructions of the header that only the latch's terminator uses.
  bool sink(BlockId header, BlockId latch, const Uses& uses) {
    if (header == latch) return false;
    const InstId terminator = f_.block(latch).insts.back();
    std::vector<InstId> moved;
    std::erase_if(f_.block(header).insts, [&](InstId id) {
      const Inst& inst = f_.inst(id);
      if (inst.results.size() != 1 || inst.op == Op::Const || !inst.edges.empty() || !is_pure(f_, inst) ||
          result_owns(inst, 0) != Owns::Nothing)
        return false;
      std::span<const Use> all = uses.of(inst.results[0]);
      bool later = !all.empty() && std::all_of(all.begin(), all.end(),
                                               [&](const Use& use) { return use.user == terminator; });
      if (later) moved.push_back(id);
      return later;
    });
    std::vector<InstId>& insts = f_.block(latch).insts;
    bool unwinds =
        insts.size() >= 2 && f_.inst(insts[insts.size() - 2]).unwinds;  // stands right before the end
    insts.insert(insts.end() - (unwinds ? 2 : 1), moved.begin(), moved.end());
    for (InstId id : moved) f_.inst(id).block = latch;
    return !moved.empty();
  }

  Function& f_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
  Incoming incoming_;
};

}  // namespace

bool single_latches(Function& f) {
  return Latches(f).run();
}

}  // namespace lancehead
