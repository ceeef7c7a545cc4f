// Sweeps, edges, and the dispatch over the ops.
#include "infer/transfer.h"

#include "base/check.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

// Types that nothing unifies can meet while inference still learns: what flowed in first was typed with facts
// that a later sweep took back. So the later type takes its place; two types that go on meeting are an error.
constexpr uint32_t kClashes = 6;

// What can be raised: an exception or a class of exceptions.
bool is_exception(const Type& t) {
  return t.kind == Kind::Error || (t.kind == Kind::Known && t.known == KnownClass::Exception);
}

}  // namespace

bool Transfer::sweep() {
  changed_ = false;
  for (BlockId id : f_.order)
    if (in_.reachable[id.index]) block(id);
  if (in_.lists.take_strengthened()) in_.start_again = in_.start_again || in_.consulted_weakness;
  return in_.lists.take_changed() || changed_;
}

bool Transfer::block(BlockId id) {
  for (InstId i : std::vector<InstId>(f_.block(id).insts))
    if (!inst(i)) return false;
  return true;
}

bool Transfer::inst(InstId id) {
  const Op op = f_.inst(id).op;
  if (op == Op::Unassigned) return true;  // has no type
  if (op == Op::CheckAssigned) {
    const Constant* c = f_.constant_of(f_.inst(id).operands[0]);
    if (f_.inst(id).unwinds) edge(f_.inst(id).edges.back());
    return !c || c->bits[0];
  }
  for (ValueId v : f_.inst(id).operands)
    if (untyped(v)) return !is_terminator(op);
  InstNote& n = note(id);
  n.error.reset();
  n.blocked = false;
  if (waits_for_items(f_.inst(id))) return !is_terminator(op);
  if (is_terminator(op)) {
    terminator(Inst(f_.inst(id)));
    return false;
  }
  evaluate(id);
  if (note(id).error) return false;
  if (note(id).blocked) return true;  // go on, to ask as much as possible at once
  const Inst& done = f_.inst(id);
  if (done.unwinds) edge(Edge(done.edges.back()));
  for (ValueId v : done.results)
    if (untyped(v)) return false;  // a recursive call whose type is not known yet
  return true;
}

void Transfer::terminator(const Inst& inst) {
  switch (inst.op) {
    case Op::Br: edge(inst.edges[0]); return;
    case Op::CondBr: {
      const Constant* c = f_.constant_of(inst.operands[0]);
      if (!c || c->bits[0]) edge(inst.edges[0]);
      if (!c || !c->bits[0]) edge(inst.edges[1]);
      return;
    }
    case Op::Return: return returns(inst);
    case Op::Raise: {
      const Type& t = type_of(f_.type(inst.operands[0]));
      if (!is_exception(t))
        return error(f_.block(inst.block).insts.back(), DiagId::NotAnException, {spelled(inst.operands[0])});
      if (inst.operands.size() < 2) break;
      TypeId cause = f_.type(inst.operands[1]);
      if (cause != ty::None && !is_exception(type_of(cause)))
        return error(f_.block(inst.block).insts.back(), DiagId::NotACause, {spelled(inst.operands[1])});
      break;
    }
    default: break;
  }
  if (inst.unwinds) edge(inst.edges.back());
}

// Joins what is returned here with what is returned elsewhere; callers see the type and the facts.
void Transfer::returns(const Inst& inst) {
  const Value& value = f_.value(inst.operands[0]);
  TypeId open = in_.lists.join(in_.open_result, value.type);
  if (open.valid() && in_.hint.valid()) open = in_.lists.join(open, in_.hint);
  if (!open.valid()) {
    if (++in_.result_clashes > kClashes)
      return error(f_.block(inst.block).insts.back(), DiagId::CannotUnifyReturn,
                   {spell(in_.result), spelled(inst.operands[0])});
    open = value.type;
  }
  in_.open_result = open;
  TypeId joined = in_.lists.closed(open);
  if (holds_untyped(joined)) return;
  const Constant* c = f_.constant_of(inst.operands[0]);
  std::optional<Constant> constant;
  if (c && c->items.empty() && c->type == joined) constant = *c;
  Facts facts = value.facts;
  facts.constant = Id<void>::kNone;
  if (in_.result != ty::Untyped) {
    if (joined != in_.result || constant != in_.result_constant) constant.reset();
    facts.nonneg = facts.nonneg && in_.result_facts.nonneg;
    facts.weak = facts.weak && in_.result_facts.weak;
    facts.not_none = facts.not_none && in_.result_facts.not_none;
  }
  if (joined == in_.result && facts == in_.result_facts && constant == in_.result_constant) return;
  in_.result = joined;
  in_.result_facts = facts;
  in_.result_constant = std::move(constant);
  changed_ = true;
  for (Instance* caller : in_.callers) caller->dirty = true;
}

void Transfer::edge(const Edge& e) {
  if (!in_.reachable[e.target.index]) {
    in_.reachable[e.target.index] = true;
    changed_ = true;
  }
  const std::vector<ValueId> params = f_.block(e.target).params;
  for (size_t k = 0; k < params.size(); ++k) {
    const Value& from = f_.value(e.args[k]);
    if (from.type == ty::Untyped) continue;
    set(params[k], from.type, from.facts);
  }
}

// Joins what is known already with what flows in now; the first value that flows in is taken as it is.
void Transfer::set(ValueId id, TypeId type, Facts facts) {
  Value& v = f_.value(id);
  type = in_.lists.canonical(type);
  bool is_param = !v.def.valid();
  if (is_param && in_.strong[id.index]) facts.weak = false;
  if (v.type == ty::Untyped) {
    v.type = type;
    v.facts = facts;
    changed_ = changed_ || type != ty::Untyped;
    return;
  }
  if (is_param && v.facts.weak && !facts.weak) {
    in_.strong[id.index] = true;
    in_.start_again = in_.start_again || in_.consulted_weakness;
  }
  TypeId joined = is_param ? in_.lists.join(v.type, type) : type;
  if (!joined.valid()) {
    if (++in_.clashes[id.index] > kClashes) {
      in_.join_error = std::make_unique<Diagnostic>(make_diagnostic(
          DiagId::CannotUnify,
          {spell(in_.lists.closed(v.type)), spell(in_.lists.closed(type)), variable_name(f_, id)},
          place_of_block(v.block)));
      return;
    }
    v.type = type;
    v.facts = facts;
    changed_ = true;
    return;
  }
  Facts kept = v.facts;
  if (kept.constant != facts.constant || joined != v.type) kept.constant = Id<void>::kNone;
  if (joined != type) kept.constant = Id<void>::kNone;
  kept.nonneg = kept.nonneg && facts.nonneg;
  kept.weak = kept.weak && facts.weak;
  kept.not_none = kept.not_none && facts.not_none;
  if (joined != v.type || !(kept == v.facts)) {
    v.type = joined;
    v.facts = kept;
    changed_ = true;
  }
}

SourcePlace Transfer::place_of_block(BlockId id) const {
  const Inst& first = f_.inst(f_.block(id).insts.front());
  return {f_.handle, f_.range(first.loc)};
}

void Transfer::set_constant(ValueId v, Constant constant, bool weak) {
  Facts facts;
  facts.weak = weak && !is_array(constant.type);
  facts.nonneg = is_integer(constant.type) && (!is_signed(constant.type) || constant_as_int(constant) >= 0);
  TypeId type = constant.type;
  facts.constant = f_.add_constant(std::move(constant));
  set(v, type, facts);
}

void Transfer::error(InstId id, Diagnostic diagnostic) {
  const Inst& inst = f_.inst(id);
  if (!diagnostic.place.range.known()) diagnostic.place.range = f_.range(inst.loc);
  diagnostic.place.function = f_.handle;
  note(id).error = std::make_unique<Diagnostic>(std::move(diagnostic));
}

void Transfer::error(InstId id, DiagId diag, std::vector<std::string> args) {
  error(id, make_diagnostic(diag, std::move(args)));
}

Argument Transfer::argument(ValueId v) const {
  const Value& value = f_.value(v);
  return {in_.lists.view(value.type), value.facts, f_.constant_of(v)};
}

Query Transfer::query(const Inst& inst, std::string_view name, size_t first) {
  Query q;
  q.name = name;
  q.semantics = &in_.semantics;
  q.consulted_weakness = &in_.consulted_weakness;
  for (size_t k = first; k < inst.operands.size(); ++k) q.args.push_back(argument(inst.operands[k]));
  return q;
}

void Transfer::evaluate(InstId id) {
  const Inst inst = f_.inst(id);
  switch (inst.op) {
    case Op::Const: return constant(inst);
    case Op::Known: return known(inst);
    case Op::Binary: return binary(id, false);
    case Op::Inplace: return binary(id, true);
    case Op::Unary: return unary(id);
    case Op::Compare: return compare(id);
    case Op::Is: return is(id);
    case Op::Contains: return contains(id);
    case Op::Truth: return truth(id, false);
    case Op::Not: return truth(id, true);
    case Op::GetAttr: return get_attribute(id);
    case Op::GetItem: return get_item(id);
    case Op::SetItem: return set_item(id);
    case Op::BuildTuple: return build_tuple(inst);
    case Op::BuildSlice: return build_slice(inst);
    case Op::Unpack: return unpack(id);
    case Op::Iter: return iter(id);
    case Op::Next: return next(id);
    case Op::PyCall: return call(id);
    case Op::MakeClosure: return closure(inst);
    case Op::Catch: return set(inst.results[0], ty::Error);
    case Op::MatchError: return match_error(inst);
    case Op::Poll:
    case Op::ChainError:
    case Op::SetContext: return;
    case Op::Unsupported: return error(id, in_.unsupported[f_.inst(id).attr]);
    case Op::SetAttr: return set_attribute(id);
    case Op::DelItem: return delete_item(id);
    case Op::BuildList: return build_list(id);
    case Op::ListAppend:
      put(id, f_.type(inst.operands[0]), f_.type(inst.operands[1]), f_.value(inst.operands[1]).facts.weak);
      return;
    default:
      return error(id, DiagId::Internal,
                   {std::string("no transfer function for ") + std::string(op_info(inst.op).text)});
  }
}

}  // namespace lancehead
