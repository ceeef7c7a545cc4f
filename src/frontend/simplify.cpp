// simplify.h. Each step is a sweep over the function; they repeat until none changes anything. The result of
// trivial parameters is minimal SSA for reducible control flow, which CPython's compiler makes (Braun et al.,
// "Simple and Efficient Construction of Static Single Assignment Form").
#include "frontend/simplify.h"

#include <algorithm>

namespace lancehead {

namespace {

class Simplifier {
 public:
  explicit Simplifier(Function& function) : f_(function) {}

  void run() {
    find_order();
    thread_handlers();
    for (bool changed = true; changed;) {
      find_order();
      changed = drop_trivial_params();
      sweep_unused();
      changed |= skip_empty_blocks();
      find_order();
      changed |= merge_blocks();
    }
    find_order();
  }

 private:
  struct Incoming {
    InstId inst;
    size_t edge;
  };

  Edge& edge_of(const Incoming& in) { return f_.inst(in.inst).edges[in.edge]; }

  // Live blocks in reverse postorder: what a branch does if true comes right after it, handlers come last.
  void find_order() {
    std::vector<uint8_t> seen(f_.blocks.size(), 0);
    std::vector<std::pair<BlockId, std::vector<BlockId>>> stack;
    auto enter = [&](BlockId id) {
      seen[id.index] = 1;
      std::vector<BlockId> next;  // the last is visited first, and so comes last in the order
      const std::vector<InstId>& insts = f_.block(id).insts;
      for (size_t i = insts.size(); i-- > 0;) {
        const Inst& inst = f_.inst(insts[i]);
        if (!is_terminator(inst.op) && !inst.unwinds) continue;
        for (const Edge& edge : inst.edges) next.push_back(edge.target);
      }
      stack.emplace_back(id, std::move(next));
    };
    f_.order.clear();
    enter(f_.entry());
    while (!stack.empty()) {
      auto& [id, next] = stack.back();
      if (next.empty()) {
        f_.order.push_back(id);
        stack.pop_back();
        continue;
      }
      BlockId block = next.back();
      next.pop_back();
      if (!seen[block.index]) enter(block);
    }
    std::reverse(f_.order.begin(), f_.order.end());
    find_incoming();
  }

  void find_incoming() {
    incoming_.assign(f_.blocks.size(), {});
    for (BlockId id : f_.order) {
      for (InstId inst : f_.block(id).insts) {
        for (size_t i = 0; i < f_.inst(inst).edges.size(); ++i) {
          incoming_[f_.inst(inst).edges[i].target.index].push_back({inst, i});
        }
      }
    }
  }

  // ---- values that stand for others
  ValueId resolve(ValueId id) {
    while (id.index < replacement_.size() && replacement_[id.index].valid()) id = replacement_[id.index];
    return id;
  }

  void replace(ValueId id, ValueId by) {
    if (replacement_.size() < f_.values.size()) replacement_.resize(f_.values.size());
    replacement_[id.index] = by;
  }

  void apply_replacements() {
    if (replacement_.empty()) return;
    for (BlockId id : f_.order) {
      for (InstId inst : f_.block(id).insts) {
        for (ValueId& operand : f_.inst(inst).operands) operand = resolve(operand);
        for (Edge& edge : f_.inst(inst).edges) {
          for (ValueId& arg : edge.args) arg = resolve(arg);
        }
      }
    }
    replacement_.clear();
  }

  bool drop_trivial_params() {
    bool any = false;
    for (bool changed = true; changed;) {
      changed = false;
      for (BlockId id : f_.order) {
        if (id == f_.entry()) continue;
        const std::vector<ValueId>& params = f_.block(id).params;
        for (size_t i = 0; i < params.size(); ++i) {
          if (resolve(params[i]) != params[i]) continue;
          ValueId only = only_argument(id, i);
          if (!only.valid()) continue;
          replace(params[i], only);
          any = changed = true;
        }
      }
    }
    for (BlockId id : f_.order) {
      erase_params(id, [&](ValueId param) { return resolve(param) != param; });
    }
    apply_replacements();
    return any;
  }

  // The value that all edges but those from the parameter itself pass, or none.
  ValueId only_argument(BlockId id, size_t index) {
    const ValueId param = f_.block(id).params[index];
    ValueId only;
    for (const Incoming& in : incoming_[id.index]) {
      ValueId arg = resolve(edge_of(in).args[index]);
      if (arg == param || arg == only) continue;
      if (only.valid()) return {};
      only = arg;
    }
    return only;
  }

  template <class F>
  void erase_params(BlockId id, F erased) {
    if (id == f_.entry()) return;
    std::vector<ValueId>& params = f_.block(id).params;
    for (size_t i = params.size(); i-- > 0;) {
      if (!erased(params[i])) continue;
      params.erase(params.begin() + static_cast<ptrdiff_t>(i));
      for (const Incoming& in : incoming_[id.index]) {
        std::vector<ValueId>& args = edge_of(in).args;
        args.erase(args.begin() + static_cast<ptrdiff_t>(i));
      }
    }
  }

  // ---- unused values
  bool is_removable(const Inst& inst) const {
    if (inst.op == Op::Poll) return !inst.unwinds;
    return inst.op != Op::Catch && !(op_info(inst.op).effects & (Writes | MayRaise | Terminator));
  }

  void sweep_unused() {
    used_.assign(f_.values.size(), 0);
    work_.clear();
    for (BlockId id : f_.order) {
      for (InstId inst : f_.block(id).insts) {
        if (is_removable(f_.inst(inst))) continue;
        for (ValueId operand : f_.inst(inst).operands) use(operand);
      }
    }
    while (!work_.empty()) {
      ValueId id = work_.back();
      work_.pop_back();
      use_sources(id);
    }
    for (BlockId id : f_.order) {
      erase_params(id, [&](ValueId param) { return !used_[param.index]; });
      std::erase_if(f_.block(id).insts,
                    [&](InstId inst) { return is_removable(f_.inst(inst)) && !any_used(inst); });
    }
  }

  void use(ValueId id) {
    if (used_[id.index]) return;
    used_[id.index] = 1;
    work_.push_back(id);
  }

  void use_sources(ValueId id) {
    const Value value = f_.value(id);
    if (value.def.valid()) {
      if (!is_removable(f_.inst(value.def))) return;
      for (ValueId operand : f_.inst(value.def).operands) use(operand);
      return;
    }
    if (value.block == f_.entry()) return;
    const std::vector<ValueId>& params = f_.block(value.block).params;
    size_t index = static_cast<size_t>(std::find(params.begin(), params.end(), id) - params.begin());
    for (const Incoming& in : incoming_[value.block.index]) use(edge_of(in).args[index]);
  }

  bool any_used(InstId inst) const {
    const std::vector<ValueId>& results = f_.inst(inst).results;
    return std::any_of(results.begin(), results.end(), [&](ValueId id) { return used_[id.index] != 0; });
  }

  // ---- handlers that only pass the error on
  // Only right after building: there each handler gets all that it uses as parameters, so that its edges can
  // be moved.
  // Handlers first, since they come last in the order: what they pass on may be past their own handler then.
  void thread_handlers() {
    for (size_t block = f_.order.size(); block-- > 0;) {
      for (InstId inst : f_.block(f_.order[block]).insts) {
        for (size_t hops = 0; f_.inst(inst).unwinds && hops < f_.blocks.size(); ++hops) {
          if (!thread_edge(inst)) break;
        }
      }
    }
  }

  bool thread_edge(InstId inst) {
    Edge& edge = f_.inst(inst).edges.back();
    const Block& handler = f_.block(edge.target);
    const Inst& last = f_.inst(handler.insts.back());
    if (last.op != Op::Reraise || last.operands[0] != f_.inst(handler.insts.front()).results[0]) return false;
    for (size_t i = 1; i + 1 < handler.insts.size(); ++i) {
      const Inst& between = f_.inst(handler.insts[i]);
      if (!is_removable(between) && !chains_to_itself(between, f_.inst(inst), edge)) return false;
    }
    if (!last.unwinds) {
      f_.inst(inst).unwinds = false;
      f_.inst(inst).edges.pop_back();
      return true;
    }
    Edge moved = last.edges.back();
    if (moved.target == edge.target || !substitute(handler, edge, &moved)) return false;
    f_.inst(inst).edges.back() = std::move(moved);
    return true;
  }

  // The error that is being handled goes on: it is no context of its own.
  bool chains_to_itself(const Inst& chain, const Inst& raising, const Edge& edge) {
    if (chain.op != Op::ChainError || (raising.op != Op::Reraise && raising.op != Op::Raise)) return false;
    const std::vector<ValueId>& params = f_.block(edge.target).params;
    auto handled = std::find(params.begin(), params.end(), chain.operands[1]);
    return handled != params.end() &&
           edge.args[static_cast<size_t>(handled - params.begin())] == raising.operands[0];
  }

  // Replaces the block's parameters in the arguments of `out` by those of `in`; false if an argument is made
  // in the block.
  bool substitute(const Block& block, const Edge& in, Edge* out) {
    for (ValueId& arg : out->args) {
      auto param = std::find(block.params.begin(), block.params.end(), arg);
      if (param != block.params.end()) {
        arg = in.args[static_cast<size_t>(param - block.params.begin())];
        continue;
      }
      InstId def = f_.value(arg).def;
      if (std::find(block.insts.begin(), block.insts.end(), def) != block.insts.end()) return false;
    }
    return true;
  }

  // ---- blocks that only jump
  bool skip_empty_blocks() {
    bool changed = false;
    count_uses();
    for (BlockId id : f_.order) {
      const Block& block = f_.block(id);
      if (id == f_.entry() || block.insts.size() != 1) continue;
      const Inst& jump = f_.inst(block.insts[0]);
      if (jump.op != Op::Br || jump.edges[0].target == id || !params_stay_local(block, jump.edges[0]))
        continue;
      for (const Incoming& in : incoming_[id.index]) {
        Edge moved = jump.edges[0];
        if (reaches(f_.inst(in.inst), moved.target) || !substitute(block, edge_of(in), &moved)) continue;
        edge_of(in) = std::move(moved);
        changed = true;
      }
      if (changed) return true;  // the lists of incoming edges are out of date
    }
    return changed;
  }

  void count_uses() {
    uses_.assign(f_.values.size(), 0);
    for (BlockId id : f_.order) {
      for (InstId inst : f_.block(id).insts) {
        for (ValueId operand : f_.inst(inst).operands) ++uses_[operand.index];
        for (const Edge& edge : f_.inst(inst).edges) {
          for (ValueId arg : edge.args) ++uses_[arg.index];
        }
      }
    }
  }

  bool params_stay_local(const Block& block, const Edge& out) const {
    return std::all_of(block.params.begin(), block.params.end(), [&](ValueId param) {
      return uses_[param.index] == static_cast<uint32_t>(std::count(out.args.begin(), out.args.end(), param));
    });
  }

  // Two edges of one instruction into one block would need a block between them again.
  static bool reaches(const Inst& inst, BlockId target) {
    return std::any_of(inst.edges.begin(), inst.edges.end(),
                       [&](const Edge& edge) { return edge.target == target; });
  }

  // ---- blocks that continue another one
  bool merge_blocks() {
    bool changed = false;
    for (BlockId id : f_.order) {
      while (merge_next(id)) changed = true;
    }
    apply_replacements();
    return changed;
  }

  bool merge_next(BlockId id) {
    Block& block = f_.block(id);
    if (block.insts.empty()) return false;  // was merged into another one
    const Inst& jump = f_.inst(block.insts.back());
    if (jump.op != Op::Br) return false;
    const Edge edge = jump.edges[0];
    bool unwinds = block.insts.size() > 1 && f_.inst(block.insts[block.insts.size() - 2]).unwinds;
    if (unwinds || edge.target == id || edge.target == f_.entry() || incoming_[edge.target.index].size() != 1)
      return false;
    Block& next = f_.block(edge.target);
    for (size_t i = 0; i < next.params.size(); ++i) replace(next.params[i], edge.args[i]);
    block.insts.pop_back();
    for (InstId inst : next.insts) {
      f_.inst(inst).block = id;
      block.insts.push_back(inst);
    }
    next.insts.clear();
    next.params.clear();
    return true;
  }

  Function& f_;
  std::vector<std::vector<Incoming>> incoming_;  // by block
  std::vector<ValueId> replacement_;             // by value
  std::vector<uint8_t> used_;
  std::vector<uint32_t> uses_;
  std::vector<ValueId> work_;
};

// Renumbers blocks, instructions and values in the order in which they stand.
void compact(Function& f) {
  std::vector<BlockId> new_block(f.blocks.size());
  std::vector<ValueId> new_value(f.values.size());
  std::vector<Block> blocks;
  std::vector<Inst> insts;
  std::vector<Value> values;
  auto move_value = [&](ValueId& id, InstId def, BlockId block) {
    new_value[id.index] = ValueId(values.size());
    values.push_back(f.value(id));
    values.back().def = def;
    values.back().block = block;
    id = new_value[id.index];
  };
  for (size_t i = 0; i < f.order.size(); ++i) new_block[f.order[i].index] = BlockId(i);
  for (BlockId& id : f.order) {
    Block block = std::move(f.block(id));
    id = new_block[id.index];
    for (ValueId& param : block.params) move_value(param, {}, id);
    for (InstId& inst : block.insts) {
      insts.push_back(std::move(f.inst(inst)));
      inst = InstId(insts.size() - 1);
      insts.back().block = id;
      for (ValueId& result : insts.back().results) move_value(result, inst, {});
    }
    blocks.push_back(std::move(block));
  }
  for (Inst& inst : insts) {
    for (ValueId& operand : inst.operands) operand = new_value[operand.index];
    for (Edge& edge : inst.edges) {
      edge.target = new_block[edge.target.index];
      for (ValueId& arg : edge.args) arg = new_value[arg.index];
    }
  }
  f.blocks = std::move(blocks);
  f.insts = std::move(insts);
  f.values = std::move(values);
}

}  // namespace

void simplify(Function& function) {
  Simplifier(function).run();
  compact(function);
}

}  // namespace lancehead
