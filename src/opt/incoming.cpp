// Side tables over the control flow.
#include "opt/incoming.h"

#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/walk.h"

namespace lancehead {

Incoming::Incoming(const Function& f) : edges_(f.blocks.size()) {
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts) {
      const Inst& inst = f.inst(id);
      for (uint32_t i = 0; i < inst.edges.size(); ++i) edges_[inst.edges[i].target.index].push_back({id, i});
    }
}

void Replacements::replace(ValueId from, ValueId to) {
  if (to_.size() <= from.index) to_.resize(from.index + 1);
  to_[from.index] = to;
  ++count_;
}

ValueId Replacements::find(ValueId v) {
  ValueId end = v;
  while (end.index < to_.size() && to_[end.index].valid()) end = to_[end.index];
  while (v != end) {
    ValueId next = to_[v.index];
    to_[v.index] = end;
    v = next;
  }
  return end;
}

void Replacements::apply(Function& f) {
  if (empty()) return;
  for_each_inst(f, [&](InstId id) { for_each_use(f, f.inst(id), [&](ValueId& v) { v = find(v); }); });
}

bool remove_unreachable_blocks(Function& f) {
  Cfg cfg(f);
  return std::erase_if(f.order, [&](BlockId block) { return !cfg.reachable(block); }) > 0;
}

BlockId split_edge(Function& f, EdgeRef ref) {
  BlockId middle = f.add_block();
  Edge rest = std::move(edge_of(f, ref));
  edge_of(f, ref) = Edge{middle, {}};
  Builder b(f);
  b.set_loc(f.inst(ref.inst).loc);
  b.set_block(middle);
  b.br(rest.target, std::move(rest.args));
  return middle;
}

void remove_param(Function& f, const Incoming& incoming, BlockId block, size_t index) {
  auto at = static_cast<std::ptrdiff_t>(index);
  std::vector<ValueId>& params = f.block(block).params;
  params.erase(params.begin() + at);
  for (EdgeRef ref : incoming.of(block)) {
    std::vector<ValueId>& args = edge_of(f, ref).args;
    args.erase(args.begin() + at);
  }
}

}  // namespace lancehead
