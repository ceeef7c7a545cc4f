// Blocks, order, liveness and definite assignment of a PyCode (flow.h): plain iterations to a fixpoint.
#include "frontend/flow.h"

#include <algorithm>

namespace lancehead {

void BitSet::unite(const BitSet& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void BitSet::intersect(const BitSet& other) {
  for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

namespace {

enum class Access : uint8_t { None, Read, Write, ReadWrite };

Access access_of(PyOp op) {
  switch (op) {
    case PyOp::LoadVar:
    case PyOp::LoadCellVar:
    case PyOp::LoadCell: return Access::Read;
    case PyOp::StoreVar:
    case PyOp::StoreCellVar:
    case PyOp::MakeCell: return Access::Write;
    case PyOp::DeleteVar:
    case PyOp::DeleteCellVar:
    case PyOp::LoadVarAndClear: return Access::ReadWrite;
    default: return Access::None;
  }
}

class Analysis {
 public:
  Analysis(const PyCode& code, const BitSet& assigned_at_entry)
      : code_(code), assigned_at_entry_(assigned_at_entry) {
    graph_.exception_variable = static_cast<uint32_t>(code.vars.size());
  }

  FlowGraph run() {
    find_blocks();
    connect();
    find_order();
    find_handling();
    find_live();
    find_assigned();
    return std::move(graph_);
  }

 private:
  static bool has_target(const PyInst& inst) {
    PyFlow flow = py_flow(inst.op);
    return flow == PyFlow::Jump || flow == PyFlow::Branch;
  }

  void find_blocks() {
    const uint32_t size = static_cast<uint32_t>(code_.insts.size());
    std::vector<uint8_t> leader(size + 1, 0);
    leader[0] = leader[size] = 1;
    for (uint32_t i = 0; i < size; ++i) {
      const PyInst& inst = code_.insts[i];
      if (has_target(inst)) leader[inst.arg] = 1;
      if (py_flow(inst.op) != PyFlow::Next) leader[i + 1] = 1;
    }
    for (const PyHandler& handler : code_.handlers) leader[handler.target] = 1;
    graph_.block_of.assign(size, 0);
    for (uint32_t i = 0; i < size; ++i) {
      if (leader[i]) {
        graph_.blocks.emplace_back();
        graph_.blocks.back().begin = i;
      }
      graph_.block_of[i] = static_cast<uint32_t>(graph_.blocks.size()) - 1;
      graph_.blocks.back().end = i + 1;
    }
  }

  void connect() {
    graph_.blocks[0].predecessors = 1;
    for (FlowBlock& block : graph_.blocks) {
      const PyInst& last = code_.insts[block.end - 1];
      PyFlow flow = py_flow(last.op);
      if (has_target(last)) block.successors.push_back(graph_.block_of[last.arg]);
      if (flow == PyFlow::Next || flow == PyFlow::Branch)
        block.successors.push_back(graph_.block_of[block.end]);
      for (uint32_t successor : block.successors) ++graph_.blocks[successor].predecessors;
      for (uint32_t i = block.begin; i < block.end; ++i) {
        const PyHandler* handler = code_.handler_at(i);
        if (!handler) continue;
        uint32_t target = graph_.block_of[handler->target];
        graph_.blocks[target].is_handler = true;
        graph_.blocks[target].handler_depth = handler->depth;
        bool known = !block.handlers.empty() && block.handlers.back() == target;
        if (!known) block.handlers.push_back(target);
      }
    }
  }

  // Depth first without recursion: each entry of the stack is a block and how many of its successors were
  // visited.
  void find_order() {
    std::vector<uint8_t> seen(graph_.blocks.size(), 0);
    std::vector<std::pair<uint32_t, size_t>> stack{{0, 0}};
    seen[0] = 1;
    while (!stack.empty()) {
      auto& [index, visited] = stack.back();
      const FlowBlock& block = graph_.blocks[index];
      size_t handlers = block.handlers.size(), count = handlers + block.successors.size();
      if (visited == count) {
        graph_.order.push_back(index);
        stack.pop_back();
        continue;
      }
      uint32_t next = visited < handlers ? block.handlers[visited] : block.successors[visited - handlers];
      ++visited;
      if (!seen[next]) {
        seen[next] = 1;
        stack.emplace_back(next, 0);
      }
    }
    std::reverse(graph_.order.begin(), graph_.order.end());
  }

  // The number is the same on all paths to a block, so the first to reach it says it.
  void find_handling() {
    for (uint32_t index : graph_.order) {
      FlowBlock& block = graph_.blocks[index];
      uint32_t handling = block.handling;
      // A handler without either passes the error on to one that has them.
      bool handles = false;
      for (uint32_t i = block.begin; i < block.end; ++i) {
        if (const PyHandler* handler = code_.handler_at(i))
          graph_.blocks[graph_.block_of[handler->target]].handling = handling;
        const PyOp op = code_.insts[i].op;
        handles |= op == PyOp::PushExcInfo || op == PyOp::PopExcept;
        handling = handling_after(op, handling);
      }
      for (uint32_t successor : block.successors) graph_.blocks[successor].handling = handling;
      block.chains = block.is_handler && block.handling > 0 && handles;
    }
  }

  void find_live() {
    size_t size = code_.vars.size() + 1;
    for (FlowBlock& block : graph_.blocks) block.live_in = BitSet(size);
    for (bool changed = true; changed;) {
      changed = false;
      for (auto index = graph_.order.rbegin(); index != graph_.order.rend(); ++index) {
        FlowBlock& block = graph_.blocks[*index];
        BitSet live = live_into(block, size);
        if (live == block.live_in) continue;
        block.live_in = std::move(live);
        changed = true;
      }
    }
  }

  BitSet live_into(const FlowBlock& block, size_t size) const {
    BitSet live(size);
    for (uint32_t successor : block.successors) live.unite(graph_.blocks[successor].live_in);
    for (uint32_t i = block.end; i-- > block.begin;) {
      step_live(code_.insts[i], &live);
      const PyHandler* handler = code_.handler_at(i);
      if (handler) live.unite(graph_.blocks[graph_.block_of[handler->target]].live_in);
    }
    if (block.chains) live.set(graph_.exception_variable);
    return live;
  }

  void step_live(const PyInst& inst, BitSet* live) const {
    Access access = access_of(inst.op);
    if (access == Access::Write) live->clear(inst.arg);
    if (access == Access::Read || access == Access::ReadWrite) live->set(inst.arg);
    if (inst.op == PyOp::PopExcept) live->clear(graph_.exception_variable);
    if (inst.op == PyOp::PushExcInfo || inst.op == PyOp::Raise) live->set(graph_.exception_variable);
  }

  void find_assigned() {
    size_t size = code_.vars.size();
    for (FlowBlock& block : graph_.blocks) block.assigned_in = BitSet(size, true);
    graph_.blocks[0].assigned_in = assigned_at_entry_;
    for (bool changed = true; changed;) {
      changed = false;
      for (uint32_t index : graph_.order) changed |= push_assigned(graph_.blocks[index]);
    }
  }

  bool push_assigned(const FlowBlock& block) {
    bool changed = false;
    auto flow_into = [&](uint32_t target, const BitSet& assigned) {
      BitSet& in = graph_.blocks[target].assigned_in;
      BitSet before = in;
      in.intersect(assigned);
      changed |= !(in == before);
    };
    BitSet assigned = block.assigned_in;
    for (uint32_t i = block.begin; i < block.end; ++i) {
      const PyHandler* handler = code_.handler_at(i);
      if (handler) flow_into(graph_.block_of[handler->target], assigned);
      step_assigned(code_.insts[i], &assigned);
    }
    for (uint32_t successor : block.successors) flow_into(successor, assigned);
    return changed;
  }

  const PyCode& code_;
  const BitSet& assigned_at_entry_;
  FlowGraph graph_;
};

}  // namespace

void step_assigned(const PyInst& inst, BitSet* assigned) {
  switch (inst.op) {
    case PyOp::StoreVar:
    case PyOp::StoreCellVar:
    case PyOp::LoadVar:
    case PyOp::LoadCellVar: return assigned->set(inst.arg);
    case PyOp::DeleteVar:
    case PyOp::DeleteCellVar:
    case PyOp::LoadVarAndClear:
    case PyOp::MakeCell: return assigned->clear(inst.arg);
    default: return;
  }
}

uint32_t handling_after(PyOp op, uint32_t handling) {
  if (op == PyOp::PushExcInfo) return handling + 1;
  return op == PyOp::PopExcept && handling > 0 ? handling - 1 : handling;
}

FlowGraph analyse_flow(const PyCode& code, const BitSet& assigned_at_entry) {
  return Analysis(code, assigned_at_entry).run();
}

bool changes_after(const PyCode& code, const FlowGraph& graph, uint32_t inst, uint32_t var) {
  auto changes = [&](uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      Access access = access_of(code.insts[i].op);
      if (code.insts[i].arg == var && (access == Access::Write || access == Access::ReadWrite)) return true;
    }
    return false;
  };
  const uint32_t start = graph.block_of[inst];
  if (changes(inst + 1, graph.blocks[start].end)) return true;
  std::vector<uint8_t> seen(graph.blocks.size(), 0);
  std::vector<uint32_t> work{start};
  while (!work.empty()) {
    const FlowBlock& block = graph.blocks[work.back()];
    work.pop_back();
    for (const std::vector<uint32_t>* next : {&block.successors, &block.handlers}) {
      for (uint32_t index : *next) {
        if (seen[index]) continue;
        seen[index] = 1;
        if (changes(graph.blocks[index].begin, graph.blocks[index].end)) return true;
        work.push_back(index);
      }
    }
  }
  return false;
}

}  // namespace lancehead
