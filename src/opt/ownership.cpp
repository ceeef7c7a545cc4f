// Inserts retains and releases (contract C10). Once, as the last pass; owners.h says who owns what.
//
// An owner is held from its definition to its last use on each path, uses of what is interior to it included.
// Where the last use takes ownership (ops.def: consumed, stored; an edge's argument; return), the reference
// moves; every other place that takes ownership is preceded by a retain. Where an owner dies otherwise, it is
// released: after its last use, or on the edge into a block that does not need it, in the target if that edge
// is the only one into it, else in a block of its own.
//
// An instruction that may raise while owners are held gets an edge to a cleanup block that releases them and
// resumes; those with equal sets share one. If it has a handler already, the edge to it releases what the
// handler does not need. What an instruction consumes or stores is consumed even if it raises.
//
// Liveness of owners is the usual backward fixpoint; then each block is walked once, backwards, so it ends.
#include "opt/ownership.h"

#include <algorithm>
#include <map>

#include "ir/builder.h"
#include "opt/edit.h"
#include "opt/effects.h"
#include "opt/incoming.h"
#include "opt/owners.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// What happens on an edge: retains first.
struct EdgeWork {
  EdgeRef edge;
  Values retains, releases;
};

class OwnershipPass {
 public:
  explicit OwnershipPass(Function& f)
      : f_(f),
        cfg_(f),
        owners_(f, cfg_),
        live_in_(f.blocks.size(), owners_.empty_set()),
        edge_count_(f.blocks.size()) {}

  bool run() {
    find_live();
    for (BlockId block : cfg_.reverse_postorder())
      for (BlockId target : cfg_.succs(block)) ++edge_count_[target.index];
    for (BlockId block : cfg_.reverse_postorder()) walk(block);
    for (const EdgeWork& work : edge_work_) place(work);
    return changed_;
  }

 private:
  // ---- liveness

  bool is_managed_param(const Edge& edge, size_t i) const {
    return is_managed(f_.type(f_.block(edge.target).params[i]));
  }

  // What the edge needs of its source: what is live in the target, and the arguments.
  OwnerSet needed_on(const Edge& edge) const {
    OwnerSet out = live_in_[edge.target.index];
    for (ValueId param : f_.block(edge.target).params)
      if (uint32_t owner = owners_.number(param); owner != Owners::kNone) out.remove(owner);
    for (ValueId arg : edge.args) owners_.add_needed(arg, out);
    return out;
  }

  OwnerSet live_before(const Inst& inst, OwnerSet live) const {
    for (ValueId v : inst.results)
      if (uint32_t owner = owners_.number(v); owner != Owners::kNone) live.remove(owner);
    for (const Edge& e : inst.edges) live.add(needed_on(e));
    for (ValueId v : inst.operands) owners_.add_needed(v, live);
    return live;
  }

  void find_live() {
    if (owners_.count() == 0) return;
    for (bool again = true; again;) {
      again = false;
      for (size_t i = cfg_.reverse_postorder().size(); i-- > 0;) {
        BlockId block = cfg_.reverse_postorder()[i];
        OwnerSet live = owners_.empty_set();
        const std::vector<InstId>& insts = f_.block(block).insts;
        for (size_t k = insts.size(); k-- > 0;) live = live_before(f_.inst(insts[k]), std::move(live));
        if (live == live_in_[block.index]) continue;
        live_in_[block.index] = std::move(live);
        again = true;
      }
    }
  }

  // ---- one block, backwards

  InstId make(Op op, ValueId v, LocId loc) {
    InstId id(f_.insts.size());
    f_.insts.emplace_back();
    Inst& inst = f_.insts.back();
    inst.op = op;
    inst.loc = loc;
    inst.operands = {v};
    changed_ = true;
    return id;
  }

  void walk(BlockId block) {
    std::vector<InstId> insts = f_.block(block).insts;
    reversed_.clear();
    OwnerSet live = owners_.empty_set();
    for (size_t k = insts.size(); k-- > 0;) walk_inst(insts[k], live);
    std::reverse(reversed_.begin(), reversed_.end());
    release_unused_params(block, live);
    rebuild(block);
  }

  // Handles one instruction; `live` is what is live after it, then before it.
  void walk_inst(InstId id, OwnerSet& live) {
    OwnerSet before = live_before(f_.inst(id), live);
    OwnerSet moved = owners_.empty_set();
    Values retains = take_operands(id, live, before, moved);
    LocId loc = f_.inst(id).loc;

    bool terminator = is_terminator(f_.inst(id).op);
    OwnerSet held = before;  // while the instruction runs
    held.remove(moved);
    // Behind it: results that nobody uses, and owners that it was the last to use.
    Values dead;
    for (ValueId v : f_.inst(id).results)
      if (uint32_t owner = owners_.number(v); owner != Owners::kNone && !live.has(owner)) dead.push_back(v);
    OwnerSet last_used = held;
    last_used.remove(live);
    last_used.for_each([&](uint32_t owner) { dead.push_back(owners_.value(owner)); });

    if (!terminator)
      for (auto v = dead.rbegin(); v != dead.rend(); ++v) reversed_.push_back(make(Op::Release, *v, loc));
    unwind(id, held);
    reversed_.push_back(id);
    if (terminator) leave(id, held, dead, loc);
    for (auto v = retains.rbegin(); v != retains.rend(); ++v) reversed_.push_back(make(Op::Retain, *v, loc));
    live = std::move(before);
  }

  // Finds which operands' references move into the instruction; the others that it takes are retained.
  Values take_operands(InstId id, const OwnerSet& live, const OwnerSet& before, OwnerSet& moved) {
    Values retains;
    const Inst& inst = f_.inst(id);
    OwnerSet later = live;  // needed besides: behind the instruction, or by its handler
    for (const Edge& e : inst.edges) later.add(needed_on(e));
    for (size_t i = 0; i < inst.operands.size(); ++i) {
      ValueId v = inst.operands[i];
      Owns owns = operand_owns(inst, i);
      if ((owns != Owns::Consumed && owns != Owns::Stored) || !is_managed(f_.type(v)) || !owners_.counted(v))
        continue;
      uint32_t owner = owners_.movable(v);
      bool can_move = owner != Owners::kNone && before.has(owner) && !later.has(owner) &&
                      uses_of(inst.operands, owner) == 1;
      if (can_move)
        moved.add(owner);
      else
        retains.push_back(v);
    }
    return retains;
  }

  size_t uses_of(const Values& values, uint32_t owner) const {
    size_t n = 0;
    for (ValueId v : values) {
      const std::vector<uint32_t>& needed = owners_.needed(v);
      n += static_cast<size_t>(std::count(needed.begin(), needed.end(), owner));
    }
    return n;
  }

  // ---- leaving a block

  // A terminator: owners that no edge takes on are given up before it; each edge gives up what its target
  // does not need.
  void leave(InstId id, const OwnerSet& held, const Values& dead, LocId loc) {
    if (f_.inst(id).edges.empty()) {
      for (ValueId v : dead) reversed_.push_back(make(Op::Release, v, loc));
      return;
    }
    for (uint32_t e = 0; e < f_.inst(id).edges.size(); ++e) pass({id, e}, held);
  }

  void pass(EdgeRef ref, const OwnerSet& held) {
    const Edge& edge = edge_of(f_, ref);
    EdgeWork work{ref, {}, {}};
    OwnerSet kept = live_in_[edge.target.index];
    for (ValueId param : f_.block(edge.target).params)
      if (uint32_t owner = owners_.number(param); owner != Owners::kNone) kept.remove(owner);
    OwnerSet given_up = held;
    given_up.remove(kept);
    for (size_t i = 0; i < edge.args.size(); ++i) {
      ValueId v = edge.args[i];
      if (!is_managed_param(edge, i) || !owners_.counted(v)) continue;
      uint32_t owner = owners_.movable(v);
      if (owner != Owners::kNone && given_up.has(owner))
        given_up.remove(owner);
      else
        work.retains.push_back(v);
    }
    given_up.for_each([&](uint32_t owner) { work.releases.push_back(owners_.value(owner)); });
    if (!work.retains.empty() || !work.releases.empty()) edge_work_.push_back(std::move(work));
  }

  // The way out of an instruction that raises.
  void unwind(InstId id, const OwnerSet& held) {
    const Inst& inst = f_.inst(id);
    if (!can_raise(f_, inst) || inst.op == Op::Resume) return;
    if (inst.unwinds) {
      if (!is_terminator(inst.op)) pass({id, static_cast<uint32_t>(inst.edges.size() - 1)}, held);
      return;
    }
    if (is_terminator(inst.op) || held.empty()) return;
    BlockId cleanup = cleanup_for(held, inst.loc);
    f_.inst(id).unwinds = true;
    f_.inst(id).edges.push_back({cleanup, {}});
  }

  BlockId cleanup_for(const OwnerSet& held, LocId loc) {
    auto [it, is_new] = cleanups_.try_emplace(held);
    if (!is_new) return it->second;
    BlockId block = f_.add_block();
    it->second = block;
    auto append = [&](InstId id) {
      f_.inst(id).block = block;
      f_.block(block).insts.push_back(id);
    };
    held.for_each([&](uint32_t owner) { append(make(Op::Release, owners_.value(owner), loc)); });
    Builder b(f_);
    b.set_loc(loc);
    b.set_block(block);
    b.add(Op::Resume, {}, {});
    return block;
  }

  // ---- writing the block again

  void release_unused_params(BlockId block, const OwnerSet& live) {
    if (block == f_.entry()) return;
    std::vector<InstId> releases;
    for (ValueId v : f_.block(block).params)
      if (uint32_t owner = owners_.number(v); owner != Owners::kNone && !live.has(owner))
        releases.push_back(make(Op::Release, v, LocId()));
    size_t start = f_.inst(reversed_.front()).op == Op::Catch ? 1 : 0;
    reversed_.insert(reversed_.begin() + static_cast<std::ptrdiff_t>(start), releases.begin(),
                     releases.end());
  }

  // Cuts the block behind each instruction that unwinds.
  void rebuild(BlockId block) {
    f_.block(block).insts.clear();
    for (size_t i = 0; i < reversed_.size(); ++i) {
      InstId id = reversed_[i];
      f_.inst(id).block = block;
      f_.block(block).insts.push_back(id);
      bool last = i + 1 == reversed_.size();
      if (last || !f_.inst(id).unwinds || is_terminator(f_.inst(reversed_[i + 1]).op)) continue;
      BlockId next = f_.add_block();
      Builder b(f_);
      b.set_block(block);
      b.br(next);
      block = next;
    }
  }

  void place(const EdgeWork& work) {
    Edge& edge = edge_of(f_, work.edge);
    BlockId source = f_.inst(work.edge.inst).block, target = edge.target;
    std::vector<InstId> insts;
    LocId loc = f_.inst(work.edge.inst).loc;
    for (ValueId v : work.retains) insts.push_back(make(Op::Retain, v, loc));
    for (ValueId v : work.releases) insts.push_back(make(Op::Release, v, loc));
    BlockId at;
    size_t index = 0;
    const std::vector<InstId>& before = f_.block(source).insts;
    bool only_way_out = f_.inst(work.edge.inst).op == Op::Br &&
                        !(before.size() >= 2 && f_.inst(before[before.size() - 2]).unwinds);
    if (only_way_out) {
      at = source;
      index = before.size() - 1;
    } else if (edge_count_[target.index] == 1) {
      at = target;
      index = f_.inst(f_.block(target).insts[0]).op == Op::Catch ? 1 : 0;
    } else {
      at = split_edge(f_, work.edge);
    }
    for (InstId id : insts) f_.inst(id).block = at;
    std::vector<InstId>& list = f_.block(at).insts;
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(index), insts.begin(), insts.end());
  }

  Function& f_;
  Cfg cfg_;
  Owners owners_;
  std::vector<OwnerSet> live_in_;
  std::vector<uint32_t> edge_count_;
  std::vector<InstId> reversed_;
  std::vector<EdgeWork> edge_work_;
  std::map<OwnerSet, BlockId> cleanups_;
  bool changed_ = false;
};

}  // namespace

bool insert_ownership(Function& f) {
  return OwnershipPass(f).run();
}

}  // namespace lancehead
