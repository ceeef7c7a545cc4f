// Simplifies the control flow: folds branches, removes unreachable blocks and needless block parameters,
// merges blocks and skips empty ones. Each step lowers the number of edges, parameters or blocks, so it ends.
//
//   condbr true ^a ^b           =>  br ^a
//   condbr (not c) ^a ^b        =>  condbr c ^b ^a
//   condbr c ^a(x) ^a(y)        =>  br ^a(select c x y), for scalars
//   ^b(p) where all edges pass v (or p itself, or equal constants)      =>  p is v
//   br ^b, the only edge to ^b  =>  ^b's instructions follow
//   ^b: br ^c                   =>  edges to ^b go to ^c
#include <algorithm>

#include "ir/walk.h"
#include "opt/edit.h"
#include "opt/facts.h"
#include "opt/incoming.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

void replace_by_branch(Inst& inst, Edge taken) {
  inst.op = Op::Br;
  inst.attr = 0;
  inst.operands.clear();
  inst.edges.clear();
  inst.edges.push_back(std::move(taken));
}

// Both edges lead to the same block, with scalars that differ.
bool select_arguments(Function& f, BlockId block) {
  InstId id = f.block(block).insts.back();
  const std::vector<Edge> edges = f.inst(id).edges;
  if (edges[0].target != edges[1].target) return false;
  const std::vector<InstId>& insts = f.block(block).insts;
  if (insts.size() >= 2 && f.inst(insts[insts.size() - 2]).unwinds) return false;
  for (size_t i = 0; i < edges[0].args.size(); ++i)
    if (edges[0].args[i] != edges[1].args[i] && !is_scalar(f.type(edges[0].args[i]))) return false;
  Edge taken = edges[0];
  for (size_t i = 0; i < taken.args.size(); ++i) {
    ValueId x = taken.args[i], y = edges[1].args[i];
    if (x == y) continue;
    size_t at = f.block(block).insts.size() - 1;
    taken.args[i] = insert_value(f, block, at, Op::Select, {f.inst(id).operands[0], x, y}, f.type(x));
  }
  replace_by_branch(f.inst(id), std::move(taken));
  return true;
}

// The likelihood of a branch whose edges changed places.
Likelihood turned(Likelihood likelihood) {
  switch (likelihood) {
    case Likelihood::Likely: return Likelihood::Unlikely;
    case Likelihood::Unlikely: return Likelihood::Likely;
    default: return Likelihood::Unknown;
  }
}

bool fold_branches(Function& f) {
  bool changed = false;
  for (BlockId block : f.order) {
    Inst& inst = f.terminator(block);
    if (inst.op != Op::CondBr) continue;
    if (const Inst* c = f.def(inst.operands[0]); c && c->op == Op::Invert) {
      inst.operands[0] = c->operands[0];
      std::swap(inst.edges[0], inst.edges[1]);
      inst.attr = static_cast<uint32_t>(turned(static_cast<Likelihood>(inst.attr)));
      changed = true;
    }
    if (auto known = int_value(f, inst.operands[0])) {
      replace_by_branch(inst, Edge(inst.edges[*known ? 0 : 1]));
      changed = true;
    } else {
      changed |= select_arguments(f, block);
    }
  }
  return changed;
}

// ---- block parameters

ValueId constant_in_front(Function& f, BlockId block, uint32_t constant) {
  size_t at = f.inst(f.block(block).insts[0]).op == Op::Catch ? 1 : 0;
  return insert_constant(f, block, at, Constant(f.constants[constant]));
}

// The one value that every edge passes for the parameter, not counting itself; invalid if they differ.
ValueId only_argument(Function& f, const Incoming& incoming, Replacements& replaced, BlockId block,
                      size_t index) {
  ValueId param = f.block(block).params[index];
  uint32_t known = f.value(param).facts.constant;
  if (known != Id<void>::kNone && f.constants[known].type == f.type(param))
    return constant_in_front(f, block, known);
  ValueId only;
  bool same_value = true;
  for (EdgeRef ref : incoming.of(block)) {
    ValueId arg = replaced.find(edge_of(f, ref).args[index]);
    if (arg == param || arg == only) continue;
    uint32_t c = f.value(arg).facts.constant;
    if (only.valid() && (c == Id<void>::kNone || c != f.value(only).facts.constant)) return {};
    if (only.valid()) same_value = false;
    only = arg;
  }
  if (only.valid() && !same_value) return constant_in_front(f, block, f.value(only).facts.constant);
  return only;
}

bool remove_trivial_params(Function& f) {
  Incoming incoming(f);
  Replacements replaced;
  for (bool again = true; again;) {
    again = false;
    for (BlockId block : f.order) {
      if (block == f.entry()) continue;
      for (size_t i = f.block(block).params.size(); i-- > 0;) {
        ValueId param = f.block(block).params[i];
        ValueId only = only_argument(f, incoming, replaced, block, i);
        if (!only.valid()) continue;
        replaced.replace(param, only);
        remove_param(f, incoming, block, i);
        again = true;
      }
    }
  }
  replaced.apply(f);
  return !replaced.empty();
}

// ---- blocks

bool has_unwinding_inst(const Function& f, BlockId block) {
  const std::vector<InstId>& insts = f.block(block).insts;
  return insts.size() >= 2 && f.inst(insts[insts.size() - 2]).unwinds;
}

// The block that can be appended to `block`, or none.
BlockId mergeable(const Function& f, const Incoming& incoming, BlockId block) {
  const Inst& last = f.terminator(block);
  if (last.op != Op::Br) return {};
  BlockId next = last.edges[0].target;
  if (next == block || next == f.entry() || incoming.of(next).size() != 1) return {};
  if (has_unwinding_inst(f, block) && f.block(next).insts.size() != 1) return {};
  return next;
}

void append_block(Function& f, Replacements& replaced, BlockId block, BlockId next) {
  std::vector<ValueId> args = std::move(f.terminator(block).edges[0].args);
  for (size_t i = 0; i < args.size(); ++i) replaced.replace(f.block(next).params[i], args[i]);
  std::vector<InstId>& insts = f.block(block).insts;
  insts.pop_back();
  for (InstId id : f.block(next).insts) {
    f.inst(id).block = block;
    insts.push_back(id);
  }
  f.block(next).insts.clear();
  f.block(next).params.clear();
}

bool merge_blocks(Function& f) {
  Incoming incoming(f);
  Replacements replaced;
  std::vector<bool> gone(f.blocks.size());
  bool changed = false;
  for (BlockId block : f.order) {
    if (gone[block.index]) continue;
    for (BlockId next; (next = mergeable(f, incoming, block)).valid();) {
      append_block(f, replaced, block, next);
      gone[next.index] = changed = true;
    }
  }
  if (!changed) return false;
  std::erase_if(f.order, [&](BlockId block) { return gone[block.index]; });
  replaced.apply(f);
  return true;
}

bool leads_to(const Function& f, BlockId block, BlockId target) {
  bool found = false;
  for_each_edge(f, block, [&](const Edge& e) { found = found || e.target == target; });
  return found;
}

// May edges to this block go on to its only target? Its parameters must be used by its branch alone.
bool is_skippable(const Function& f, BlockId block, const std::vector<uint32_t>& uses) {
  const Block& b = f.block(block);
  if (block == f.entry() || b.insts.size() != 1 || f.terminator(block).op != Op::Br) return false;
  const Edge& out = f.terminator(block).edges[0];
  if (out.target == block) return false;
  for (ValueId param : b.params) {
    auto here = static_cast<uint32_t>(std::count(out.args.begin(), out.args.end(), param));
    if (uses[param.index] != here) return false;
  }
  return true;
}

std::vector<uint32_t> count_uses(const Function& f) {
  std::vector<uint32_t> uses(f.values.size());
  for_each_inst(f, [&](InstId id) { for_each_use(f, f.inst(id), [&](ValueId v) { ++uses[v.index]; }); });
  return uses;
}

bool skip_empty_blocks(Function& f) {
  Incoming incoming(f);
  std::vector<uint32_t> uses = count_uses(f);
  bool changed = false;
  for (BlockId block : f.order) {
    if (!is_skippable(f, block, uses)) continue;
    const Edge out = f.terminator(block).edges[0];
    std::vector<EdgeRef> kept;
    for (EdgeRef ref : incoming.of(block)) {
      // Two edges from one block to another must differ in nothing but their arguments' place: keep them
      // apart.
      if (leads_to(f, f.inst(ref.inst).block, out.target)) {
        kept.push_back(ref);
        continue;
      }
      Edge& edge = edge_of(f, ref);
      std::vector<ValueId> args = out.args;
      for (ValueId& arg : args)
        for (size_t i = 0; i < edge.args.size(); ++i)
          if (arg == f.block(block).params[i]) {
            arg = edge.args[i];
            break;
          }
      for (ValueId arg : args) ++uses[arg.index];
      edge = Edge{out.target, std::move(args)};
      incoming.of(out.target).push_back(ref);
      changed = true;
    }
    incoming.of(block) = std::move(kept);
  }
  if (changed) remove_unreachable_blocks(f);
  return changed;
}

}  // namespace

bool simplify_cfg(Function& f) {
  bool changed = fold_branches(f);
  changed |= remove_unreachable_blocks(f);
  changed |= remove_trivial_params(f);
  changed |= skip_empty_blocks(f);
  changed |= merge_blocks(f);
  return changed;
}

}  // namespace lancehead
