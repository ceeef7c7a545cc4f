// Blocks, edges, operands, and the dispatch over the typed ops.
#include "infer/resolver.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "base/timing.h"

namespace lancehead {

TypeId result_type(const Instance& in) {
  if (in.wanted_result.valid()) return in.wanted_result;
  return in.result == ty::Untyped ? ty::None : in.result;
}

Function resolve(Session& session, Instance& instance) {
  PhaseTimer timer(Phase::Resolve);
  return Resolver(session, instance).run();
}

Resolver::Resolver(Session& session, Instance& instance)
    : session_(session), in_(instance), old_(instance.function), e_(new_, instance.semantics) {
  new_.name = in_.name;
  new_.symbol = in_.symbol;
  new_.stage = Stage::Resolved;
  new_.handle = old_.handle;
  new_.result = result_type(in_);
  new_.fastmath = old_.fastmath;
  new_.check_bounds = old_.check_bounds;
  new_.numpy_division = old_.numpy_division;
  new_.parallel = old_.parallel;
  new_.exported = old_.exported;
  new_.locs = old_.locs;
  values_.resize(old_.values.size());
  blocks_.resize(old_.blocks.size());
  reached_.resize(old_.blocks.size(), false);
}

// Successors first; the reverse is an order in which definitions come before their uses.
std::vector<BlockId> Resolver::reverse_postorder() const {
  std::vector<BlockId> order;
  std::vector<bool> seen(old_.blocks.size(), false);
  std::function<void(BlockId)> visit = [&](BlockId id) {
    seen[id.index] = true;
    std::vector<BlockId> targets;
    for_each_edge(old_, id, [&](const Edge& e) { targets.push_back(e.target); });
    for (auto it = targets.rbegin(); it != targets.rend(); ++it)
      if (!seen[it->index] && in_.reachable[it->index]) visit(*it);
    order.push_back(id);
  };
  visit(old_.entry());
  std::reverse(order.begin(), order.end());
  return order;
}

void Resolver::make_blocks() {
  for (BlockId id : old_.order) {
    if (!in_.reachable[id.index]) continue;
    BlockId fresh = new_.add_block();
    blocks_[id.index] = fresh;
    for (ValueId p : old_.block(id).params) {
      TypeId t = old_.type(p);
      ValueId v = new_.add_param(fresh, t == ty::Untyped ? ty::None : t);
      new_.value(v).facts = old_.value(p).facts;
      new_.value(v).facts.constant = Id<void>::kNone;
      values_[p.index] = v;
    }
  }
}

Function Resolver::run() {
  make_blocks();
  reached_[old_.entry().index] = true;
  for (BlockId id : reverse_postorder()) block(id);
  return std::move(new_);
}

void Resolver::block(BlockId id) {
  e_.b.set_block(blocks_[id.index]);
  if (!reached_[id.index]) {  // only from behind calls that never return: what it uses may not be there
    e_.add(Op::Unreachable, {}, {});
    return;
  }
  for (InstId i : old_.block(id).insts) {
    const Inst& inst = old_.inst(i);
    e_.b.set_loc(inst.loc);
    e_.set_handler(inst.unwinds ? map_edge(inst.edges.back()) : Edge{});
    this->inst(inst);
    if (e_.b.terminated()) return;
  }
}

ValueId Resolver::materialise(uint32_t constant, TypeId type) {
  const Constant c = old_.constants[constant];
  const Type& t = type_of(type);
  if (t.kind == Kind::Tuple) {
    std::vector<ValueId> items;
    for (size_t k = 0; k < c.items.size(); ++k) items.push_back(materialise(c.items[k], t.items[k]));
    return e_.make(type, std::move(items));
  }
  if (t.kind == Kind::Known || t.kind == Kind::DType) return e_.b.known(type);
  return e_.cast(e_.b.constant(c), type);
}

ValueId Resolver::operand(ValueId old) {
  const Value& v = old_.value(old);
  if (v.facts.constant != Id<void>::kNone) return materialise(v.facts.constant, v.type);
  const Kind kind = kind_of(v.type);
  if (kind == Kind::Known || kind == Kind::DType) return e_.b.known(v.type);
  if (v.type == ty::None) return e_.b.none();
  if (v.type == ty::Untyped) return e_.b.none();
  LH_CHECK(values_[old.index].valid(), "a value is used before it is resolved in " + in_.name);
  return values_[old.index];
}

std::vector<ValueId> Resolver::operands(const Inst& inst, size_t first) {
  std::vector<ValueId> out;
  for (size_t k = first; k < inst.operands.size(); ++k) out.push_back(operand(inst.operands[k]));
  return out;
}

void Resolver::define(ValueId old, ValueId value) {
  const Value& v = old_.value(old);
  values_[old.index] = e_.cast(value, v.type);
  Facts& facts = new_.value(values_[old.index]).facts;
  facts.nonneg = facts.nonneg || v.facts.nonneg;
}

Edge Resolver::map_edge(const Edge& edge) {
  Edge out;
  reached_[edge.target.index] = true;
  out.target = blocks_[edge.target.index];
  const std::vector<ValueId>& params = new_.block(out.target).params;
  for (size_t k = 0; k < edge.args.size(); ++k) {
    const Value& from = old_.value(edge.args[k]);
    TypeId to = new_.type(params[k]);
    if (from.type == ty::Untyped ||
        !(values_[edge.args[k].index].valid() || from.facts.constant != Id<void>::kNone ||
          class_of(from.type) == KindClass::Opaque)) {
      out.args.push_back(e_.value(Op::Undef, {}, to));
    } else {
      e_.set_handler({});
      out.args.push_back(e_.cast(operand(edge.args[k]), to));
    }
  }
  return out;
}

void Resolver::inst(const Inst& inst) {
  for (ValueId v : inst.operands)
    if (old_.type(v) == ty::Untyped && inst.op != Op::Unassigned) {
      if (is_terminator(inst.op)) e_.add(Op::Unreachable, {}, {});
      return;
    }
  InstId id = inst.results.empty() ? InstId() : old_.value(inst.results[0]).def;
  static const InstNote kNoNote;
  if (!id.valid())
    for (InstId i : old_.block(inst.block).insts)
      if (&old_.inst(i) == &inst) id = i;
  dispatch(inst, id.valid() ? in_.notes[id.index] : kNoNote);
  bool unknown = false;  // a call that never returns
  for (ValueId v : inst.results) unknown = unknown || old_.type(v) == ty::Untyped;
  if (unknown && inst.op != Op::Unassigned && !e_.b.terminated()) e_.add(Op::Unreachable, {}, {});
}

void Resolver::dispatch(const Inst& inst, const InstNote& note) {
  switch (inst.op) {
    case Op::Const:
    case Op::Known:
    case Op::Unassigned: return;  // made where they are used
    case Op::BuildTuple: return define(inst.results[0], e_.make(old_.type(inst.results[0]), operands(inst)));
    case Op::MakeClosure: return define(inst.results[0], e_.make(old_.type(inst.results[0]), operands(inst)));
    case Op::BuildList: return build_list(inst);
    case Op::ListAppend: {
      ValueId list = operand(inst.operands[0]), item = operand(inst.operands[1]);
      e_.add(Op::ListAppend, {list, e_.cast(item, type_of(e_.type(list)).elem)}, {});
      return;
    }
    case Op::BuildSlice: return build_slice(inst);
    case Op::Unpack: return unpack(inst);
    case Op::Next: {
      std::vector<ValueId> step = emit_next(e_, operand(inst.operands[0]));
      for (size_t k = 0; k < 3; ++k) define(inst.results[k], step[k]);
      return;
    }
    case Op::Catch: return define(inst.results[0], e_.value(Op::Catch, {}, ty::Error));
    case Op::CheckAssigned: {
      e_.add(Op::CheckAssigned, operands(inst), {}, new_.add_name(old_.names[inst.attr]));
      const Constant* assigned = old_.constant_of(inst.operands[0]);
      if (assigned && !assigned->bits[0]) e_.add(Op::Unreachable, {}, {});  // nothing after it is typed
      return;
    }
    case Op::Poll: e_.add(Op::Poll, {}, {}); return;
    case Op::MatchError: return match_error(inst);
    case Op::ChainError: return set_context(inst, RtFn::ErrorChain);
    case Op::SetContext: return set_context(inst, RtFn::ErrorContext);
    case Op::Raise: return raise(inst);
    case Op::Reraise: e_.add(Op::Reraise, operands(inst), {}); return;
    case Op::SetItem:
      if (stores_back(inst)) return;
      break;
    case Op::PyCall:
      if (!note.match) return call(inst, note);
      break;
    case Op::GetAttr:
      if (kind_of(old_.type(inst.results[0])) == Kind::BoundMethod)
        return define(inst.results[0], e_.make(old_.type(inst.results[0]), operands(inst)));
      break;
    case Op::ParLoop: return parallel_loop(inst, note);
    case Op::Br: e_.b.br(blocks_[inst.edges[0].target.index], map_edge(inst.edges[0]).args); return;
    case Op::CondBr: return conditional_branch(inst);
    case Op::Return: e_.b.ret(e_.cast(operand(inst.operands[0]), new_.result)); return;
    case Op::Unreachable: e_.add(Op::Unreachable, {}, {}); return;
    default: break;
  }
  if (note.callee) return call(inst, note);
  if (!note.match) return;
  if (!note.match
           ->emit) {  // a constant or a type says it all; a constant that was another one before is no fact
    bool forgotten = note.match->constant && !old_.constant_of(inst.results[0]);
    return forgotten ? define(inst.results[0], e_.b.constant(*note.match->constant)) : void();
  }
  std::vector<ValueId> args;
  if (inst.op == Op::PyCall) {
    const Type& callee = type_of(old_.type(inst.operands[0]));
    if (callee.kind == Kind::BoundMethod)
      args.push_back(e_.item(operand(inst.operands[0]), 0, callee.items[0]));
    for (ValueId v : operands(inst, 1)) args.push_back(v);
    spread(old_.call_shapes[inst.attr], args);
  } else {
    args = operands(inst);
  }
  ValueId result = note.match->emit(e_, args);
  if (!inst.results.empty()) define(inst.results[0], result);
}

// The last positional argument is a tuple whose items are meant.
void Resolver::spread(const CallShape& shape, std::vector<ValueId>& args) {
  if (!shape.star) return;
  auto at = args.end() - static_cast<ptrdiff_t>(shape.keywords.size()) - 1;
  ValueId tuple = *at;
  const std::vector<TypeId> types = type_of(e_.type(tuple)).items;
  std::vector<ValueId> items;
  for (uint32_t k = 0; k < types.size(); ++k) items.push_back(e_.item(tuple, k, types[k]));
  at = args.erase(at);
  args.insert(at, items.begin(), items.end());
}

void Resolver::conditional_branch(const Inst& inst) {
  const Constant* c = old_.constant_of(inst.operands[0]);
  if (c) {
    const Edge& taken = inst.edges[c->bits[0] ? 0 : 1];
    return e_.b.br(blocks_[taken.target.index], map_edge(taken).args);
  }
  ValueId condition = operand(inst.operands[0]);
  Edge if_true = map_edge(inst.edges[0]), if_false = map_edge(inst.edges[1]);
  e_.b.condbr(condition, if_true.target, if_true.args, if_false.target, if_false.args);
}

}  // namespace lancehead
