// Inserts poll on the back edges of loops (contract C11), so that a program can be interrupted: of all loops
// but innermost ones that the back end may vectorise. Those have one way out, by a comparison of what they
// count, walk through memory, and neither call, raise nor carry a float from one iteration to the next but a
// minimum or maximum, or with fastmath a sum or product. A loop that polls already is not looked at any
// closer: a poll costs a load and a branch. Polls of loops in a try block are there from the start, since
// they unwind to its handlers; where such a loop may be vectorised, they go.
#include <algorithm>
#include <optional>

#include "ir/loops.h"
#include "opt/edit.h"
#include "opt/effects.h"
#include "opt/facts.h"
#include "opt/incoming.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

class Polls {
 public:
  explicit Polls(Function& f) : f_(f), cfg_(f), dominators_(cfg_), loops_(cfg_, dominators_), incoming_(f) {}

  bool run() {
    bool changed = false;
    std::vector<bool> vectorises, is_handled;  // found before any edge is split or poll dropped
    find_short_loops();
    for (uint32_t i = 0; i < loops_.all().size(); ++i) {
      const uint32_t parent = loops_.all()[i].parent;
      vectorises.push_back(!has_long_loops_[i] && may_vectorise(i));
      is_handled.push_back(polls_for_handlers(loops_.all()[i]) ||
                           (parent != Loop::kNone && is_handled[parent]));
    }
    for (uint32_t i = 0; i < loops_.all().size(); ++i) {
      const Loop& loop = loops_.all()[i];
      if (vectorises[i]) {
        changed |= drop_polls(loop, /*handled=*/true);
        continue;
      }
      // Within a loop of a try block only those of array expressions have no poll, or one without the
      // handler. They end soon enough.
      if (is_handled[i]) {
        changed |= drop_polls(loop, /*handled=*/false);
        continue;
      }
      if (is_short_[i] || polls_already(loop)) continue;
      for (EdgeRef ref : incoming_.of(loop.header))
        if (loops_.contains(i, f_.inst(ref.inst).block)) insert_poll(ref);
      changed = true;
    }
    if (changed) remove_unreachable_blocks(f_);  // handlers that nothing else leads to
    return changed;
  }

 private:
  static bool is_handled_poll(const Inst& inst) { return inst.op == Op::Poll && inst.unwinds; }

  // Which loops run a few times, and which have loops within that do not.
  void find_short_loops() {
    has_long_loops_.assign(loops_.all().size(), false);
    for (uint32_t i = 0; i < loops_.all().size(); ++i) is_short_.push_back(is_short(i));
    for (uint32_t i = static_cast<uint32_t>(loops_.all().size()); i-- > 0;)
      if (uint32_t parent = loops_.all()[i].parent; parent != Loop::kNone)
        has_long_loops_[parent] = has_long_loops_[parent] || !is_short_[i] || has_long_loops_[i];
  }

  // Does the header alone end it, by a counter that goes from a constant up to a near one?
  bool is_short(uint32_t index) const {
    const Loop& loop = loops_.all()[index];
    const Inst& branch = f_.terminator(loop.header);
    if (!counts(index, branch)) return false;
    const Inst& test = *f_.def(branch.operands[0]);
    std::optional<int64_t> bound = int_value(f_, test.operands[1]);
    if (test.op != Op::Lt || !bound) return false;
    const std::vector<ValueId>& params = f_.block(loop.header).params;
    size_t counter =
        static_cast<size_t>(std::find(params.begin(), params.end(), test.operands[0]) - params.begin());
    if (counter == params.size()) return false;
    for (EdgeRef ref : incoming_.of(loop.header)) {
      if (loops_.contains(index, f_.inst(ref.inst).block)) continue;
      std::optional<int64_t> start = int_value(f_, edge_of(f_, ref).args[counter]);
      if (!start || *start < *bound - kFew || *start < -kFew || *bound > kFew) return false;
    }
    return true;
  }

  bool polls_for_handlers(const Loop& loop) const {
    return std::all_of(loop.latches.begin(), loop.latches.end(), [&](BlockId latch) {
      const std::vector<InstId>& insts = f_.block(latch).insts;
      return std::any_of(insts.begin(), insts.end(), [&](InstId id) { return is_handled_poll(f_.inst(id)); });
    });
  }

  bool drop_polls(const Loop& loop, bool handled) {
    size_t dropped = 0;
    for (BlockId block : loop.blocks)
      dropped += std::erase_if(f_.block(block).insts, [&](InstId id) {
        return f_.inst(id).op == Op::Poll && f_.inst(id).unwinds == handled;
      });
    return dropped > 0;
  }

  bool polls_already(const Loop& loop) const {
    for (BlockId latch : loop.latches) {
      bool polls = false;
      for (InstId id : f_.block(latch).insts) polls = polls || f_.inst(id).op == Op::Poll;
      if (!polls) return false;
    }
    return true;
  }

  bool may_vectorise(uint32_t index) const {
    const Loop& loop = loops_.all()[index];
    const std::vector<ValueId>& params = f_.block(loop.header).params;
    for (size_t i = 0; i < params.size(); ++i) {
      TypeId type = f_.type(params[i]);
      if ((is_float(type) || is_complex(type)) && !may_reorder(index, i)) return false;
    }
    size_t exits = 0;
    bool walks_memory = false;
    for (BlockId block : loop.blocks) {
      bool leaves = false;
      for (const Edge& edge : f_.terminator(block).edges)
        leaves = leaves || !loops_.contains(index, edge.target);
      exits += leaves;
      if (leaves && !counts(index, f_.terminator(block))) return false;
      for (InstId id : f_.block(block).insts) {
        const Inst& inst = f_.inst(id);
        if (is_handled_poll(inst)) continue;
        uint8_t effects = effects_of(f_, inst);
        if (inst.op == Op::Call || inst.op == Op::RtCall || (effects & (MayRaise | Allocates))) return false;
        walks_memory = walks_memory || ((effects & (Reads | Writes)) && has_varying_place(index, inst));
      }
    }
    return exits == 1 && walks_memory;
  }

  bool is_invariant(uint32_t index, ValueId v) const {
    return !loops_.contains(index, f_.block_of(v)) || f_.constant_of(v);
  }

  // Where each iteration touches the same element, nothing bounds how long the loop may run.
  bool has_varying_place(uint32_t index, const Inst& inst) const {
    for (size_t i = 0; i < inst.operands.size(); ++i) {
      bool stored = (inst.op == Op::Store || inst.op == Op::ArrayStore) && i == 1;
      if (!stored && !is_invariant(index, inst.operands[i])) return true;
    }
    return false;
  }

  // Does this branch compare a number that goes up, or down, by a constant with an invariant one?
  bool counts(uint32_t index, const Inst& branch) const {
    const Inst* test = branch.op == Op::CondBr ? f_.def(branch.operands[0]) : nullptr;
    if (!test || (test->op != Op::Lt && test->op != Op::Le && test->op != Op::Gt && test->op != Op::Ge))
      return false;
    bool left = is_invariant(index, test->operands[1]);
    bool upwards = (test->op == Op::Lt || test->op == Op::Le) == left;
    ValueId counted = test->operands[left ? 0 : 1];
    return is_invariant(index, test->operands[left ? 1 : 0]) && goes(index, counted, upwards);
  }

  // The number is a parameter of the header, or the next value of one.
  bool goes(uint32_t index, ValueId counted, bool upwards) const {
    const std::vector<ValueId>& params = f_.block(loops_.all()[index].header).params;
    for (size_t i = 0; i < params.size(); ++i) {
      bool always = true, is_counted = params[i] == counted;
      for (EdgeRef ref : incoming_.of(loops_.all()[index].header)) {
        if (!loops_.contains(index, f_.inst(ref.inst).block)) continue;
        ValueId next = edge_of(f_, ref).args[i];
        is_counted = is_counted || next == counted;
        always = always && steps(params[i], next, upwards);
      }
      if (is_counted && always) return true;
    }
    return false;
  }

  bool steps(ValueId param, ValueId next, bool upwards) const {
    const Inst* step = f_.def(next);
    if (!step || (step->op != Op::Add && step->op != Op::Sub)) return false;
    bool first = step->operands[0] == param;
    if (!first && (step->op == Op::Sub || step->operands[1] != param)) return false;
    std::optional<int64_t> n = int_value(f_, step->operands[first ? 1 : 0]);
    return n && *n != 0 && ((*n > 0) == (step->op == Op::Add)) == upwards;
  }

  // Is the header's parameter carried round as the least or greatest of what came before, or as a sum or
  // product whose order does not matter?
  bool may_reorder(uint32_t index, size_t param) const {
    BlockId header = loops_.all()[index].header;
    ValueId carried = f_.block(header).params[param];
    for (EdgeRef ref : incoming_.of(header)) {
      if (!loops_.contains(index, f_.inst(ref.inst).block)) continue;
      const Inst* next = f_.def(edge_of(f_, ref).args[param]);
      if (!next || !is_fold(next->op)) return false;
      if (next->operands[0] != carried && (next->operands[1] != carried || next->op == Op::Sub)) return false;
    }
    return true;
  }

  bool is_fold(Op op) const {
    if (op == Op::Min || op == Op::Max) return true;
    return f_.fastmath && (op == Op::Add || op == Op::Sub || op == Op::Mul);
  }

  void insert_poll(EdgeRef ref) {
    BlockId block = f_.inst(ref.inst).block;
    const std::vector<InstId>& insts = f_.block(block).insts;
    bool behind_unwinding = insts.size() >= 2 && f_.inst(insts[insts.size() - 2]).unwinds;
    bool at_end = f_.inst(ref.inst).op == Op::Br && !behind_unwinding;
    size_t at = insts.size() - 1;
    if (!at_end) {
      block = split_edge(f_, ref);
      at = 0;
    }
    InstId poll = insert_inst(f_, block, at, Op::Poll, {});
    f_.inst(poll).loc = f_.inst(ref.inst).loc;
  }

  static constexpr int64_t kFew = 8;

  Function& f_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
  Incoming incoming_;
  std::vector<bool> is_short_, has_long_loops_;
};

}  // namespace

bool insert_polls(Function& f) {
  return Polls(f).run();
}

}  // namespace lancehead
