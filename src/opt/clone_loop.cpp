// Copying, and repair of SSA form behind the copies (after Braun et al., "Simple and Efficient Construction
// of Static Single Assignment Form": definitions are looked for backwards, parameters made where ways join).
#include "opt/clone_loop.h"

#include <unordered_map>

#include "ir/walk.h"
#include "opt/incoming.h"

namespace lancehead {
namespace {

class LoopCopy {
 public:
  LoopCopy(Function& f, const Loop& loop)
      : f_(f), loop_(loop), original_blocks_(f.blocks.size()), in_loop_(f.blocks.size()) {
    for (BlockId block : loop.blocks) in_loop_[block.index] = true;
  }

  BlockId run() {
    const size_t values = f_.values.size();
    for (BlockId block : loop_.blocks) blocks_[block.index] = f_.add_block();
    for (BlockId block : loop_.blocks) declare(block);
    for (BlockId block : loop_.blocks) fill(block, blocks_.at(block.index));
    for (auto [from, to] : bodies_) fill(from, to);
    join_behind(values);
    return blocks_.at(loop_.header.index);
  }

  const std::unordered_map<uint32_t, BlockId>& blocks() const { return blocks_; }

 private:
  ValueId mapped(ValueId v) const {
    auto it = values_.find(v.index);
    return it == values_.end() ? v : it->second;
  }

  ValueId copy_value(ValueId v) {
    ValueId out(f_.values.size());
    f_.values.push_back(Value(f_.value(v)));
    values_[v.index] = out;
    return out;
  }

  // ---- copying

  void declare(BlockId block) {
    BlockId to = blocks_.at(block.index);
    declare_params(block, to);
    for (InstId id : f_.block(block).insts) declare_inst(id, to);
  }

  void declare_params(BlockId from, BlockId to) {
    const std::vector<ValueId> params = f_.block(from).params;
    for (ValueId v : params) {
      ValueId out = copy_value(v);
      f_.value(out).block = to;
      f_.block(to).params.push_back(out);
    }
  }

  void declare_inst(InstId id, BlockId to) {
    InstId copy(f_.insts.size());
    f_.insts.push_back(Inst(f_.inst(id)));
    insts_[id.index] = copy;
    f_.inst(copy).block = to;
    for (ValueId& v : f_.inst(copy).results) {
      v = copy_value(v);
      f_.value(v).def = copy;
    }
    if (f_.inst(copy).op == Op::Nest) declare_nest(copy);
  }

  void declare_nest(InstId copy) {
    BlockId from = f_.nests[f_.inst(copy).attr].body, to(f_.blocks.size());
    f_.blocks.emplace_back();  // a body: in no order
    NestInfo info = f_.nests[f_.inst(copy).attr];
    info.body = to;
    f_.inst(copy).attr = static_cast<uint32_t>(f_.nests.size());
    f_.nests.push_back(std::move(info));
    bodies_.push_back({from, to});
    declare_params(from, to);
    for (InstId id : f_.block(from).insts) declare_inst(id, to);
  }

  void fill(BlockId from, BlockId to) {
    for (InstId id : f_.block(from).insts) {
      InstId copy = insts_.at(id.index);
      f_.block(to).insts.push_back(copy);
      for_each_use(f_, f_.inst(copy), [&](ValueId& v) { v = mapped(v); });
      for (Edge& e : f_.inst(copy).edges)
        if (auto it = blocks_.find(e.target.index); it != blocks_.end()) e.target = it->second;
    }
  }

  // ---- joining

  bool in_loop(BlockId block) const { return block.index < original_blocks_ && in_loop_[block.index]; }

  void join_behind(size_t values) {
    Incoming incoming(f_);
    incoming_ = &incoming;
    std::vector<bool> copied(f_.blocks.size());
    for (auto& [from, to] : blocks_) copied[to.index] = true;
    copied_ = std::move(copied);
    // Joining adds arguments to edges, so the uses are first found, then joined, then replaced.
    std::vector<std::pair<ValueId, BlockId>> uses;
    auto each_use = [&](auto visit) {
      for (BlockId block : f_.order)
        if (!in_loop(block) && !copied_[block.index])
          for_each_inst(f_, block, [&](InstId id) {
            for_each_use(f_, f_.inst(id), [&](ValueId& v) {
              if (v.index < values && is_from_loop(v)) visit(v, block);
            });
          });
    };
    each_use([&](ValueId& v, BlockId block) { uses.push_back({v, block}); });
    for (auto [v, block] : uses) value_at_end(v, block);
    each_use([&](ValueId& v, BlockId block) { v = value_at_end(v, block); });
  }

  bool is_from_loop(ValueId v) const { return in_loop(f_.block_of(v)); }

  // What `v` is at the end of a block: itself in the loop, its copy in the copy, joined behind them.
  ValueId value_at_end(ValueId v, BlockId block) {
    if (in_loop(block)) return v;
    if (copied_[block.index]) return mapped(v);
    uint64_t key = static_cast<uint64_t>(v.index) << 32 | block.index;
    if (auto it = known_.find(key); it != known_.end()) return it->second;
    const std::vector<EdgeRef> edges = incoming_->of(block);
    if (edges.size() == 1) return known_[key] = value_at_end(v, f_.inst(edges[0].inst).block);
    ValueId param = f_.add_param(block, f_.type(v));
    f_.value(param).facts = f_.value(v).facts;
    known_[key] = param;
    for (EdgeRef ref : edges) {
      ValueId arg = value_at_end(v, f_.inst(ref.inst).block);
      edge_of(f_, ref).args.push_back(arg);
    }
    return param;
  }

  Function& f_;
  const Loop& loop_;
  size_t original_blocks_;
  std::vector<bool> in_loop_, copied_;
  std::unordered_map<uint32_t, BlockId> blocks_;
  std::unordered_map<uint32_t, ValueId> values_;
  std::unordered_map<uint32_t, InstId> insts_;
  std::vector<std::pair<BlockId, BlockId>> bodies_;
  std::unordered_map<uint64_t, ValueId> known_;
  const Incoming* incoming_ = nullptr;
};

}  // namespace

LoopClone clone_loop(Function& f, const Loop& loop) {
  LoopCopy copy(f, loop);
  LoopClone out;
  out.header = copy.run();
  for (auto [from, to] : copy.blocks()) out.blocks.push_back(to);
  return out;
}

}  // namespace lancehead
