// Transfer functions of lists: what is put into those whose item type is still to be found (list_sites.h),
// and their operators that are functions in Python.
#include <algorithm>

#include "infer/transfer.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

const char* comparison_method(CompareOp op) {
  static constexpr const char* kNames[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};
  return kNames[static_cast<size_t>(op)];
}

bool is_known_callable(const Type& callee, std::string_view name) {
  return callee.kind == Kind::Known && callee.name == name;
}

}  // namespace

// Whether the instruction can be typed only when more is known of what a list holds. Those that say what a
// list holds never wait, nor do those that lead on to them.
bool Transfer::waits_for_items(const Inst& inst) const {
  if (in_.lists.is_empty() || in_.lists.is_closed()) return false;
  bool shallow = false;  // lists whose items are lists that hold something unknown will do
  switch (inst.op) {
    case Op::PyCall: {
      const Type& callee = type_of(f_.type(inst.operands[0]));
      if (is_known_callable(callee, "builtins.len")) return false;
      if (callee.kind == Kind::BoundMethod && is_list(callee.items[0])) {
        if (callee.name == "append" || callee.name == "insert" || callee.name == "extend") return false;
        shallow = true;
      }
      break;
    }
    case Op::GetItem:
    case Op::Unpack:
      if (is_tuple(f_.type(inst.operands[0]))) return false;
      [[fallthrough]];
    case Op::DelItem:
    case Op::Binary:
    case Op::Compare:
    case Op::Contains: shallow = true; break;
    case Op::Unary:
    case Op::ParLoop: break;
    default: return false;
  }
  for (ValueId v : inst.operands)
    if (holds_untyped(shallow ? viewed(v) : in_.lists.closed(f_.type(v)))) return true;
  return false;
}

// False after an error.
bool Transfer::put(InstId id, TypeId list, TypeId item, bool weak) {
  if (!in_.lists.contribute(list, item, weak)) return error(id, DiagId::ListInItself, {}), false;
  const Type& t = type_of(in_.lists.view(list));
  if (t.handle == 0 && join(t.elem, item) != t.elem)
    return error(id, DiagId::ListItems, {spell(t.elem), spell(in_.lists.closed(item))}), false;
  return true;
}

// What iterating over the value gives: ty::Untyped if that is nothing, or not known yet. False if it is not
// iterable.
bool Transfer::iterated(ValueId iterable, TypeId& item, bool& weak) {
  Query q;
  q.name = "iter";
  q.semantics = &in_.semantics;
  q.args = {argument(iterable)};
  Lookup found = find_iter(q);
  if (!found || !*found) return false;
  TypeId iterator = in_.lists.view((*found)->result);
  item = never_yields(iterator) ? ty::Untyped : iterated_type(iterator);
  weak = (*found)->facts.weak;
  return true;
}

bool Transfer::put_all(InstId id, TypeId list, ValueId iterable) {
  TypeId item;
  bool weak = false;
  if (!iterated(iterable, item, weak)) return error(id, DiagId::NoIteration, {spelled(iterable)}), false;
  if (item == ty::Untyped) {
    if (is_list(f_.type(iterable))) in_.lists.join(list, f_.type(iterable));
    return true;
  }
  return put(id, list, item, weak);
}

void Transfer::build_list(InstId id) {
  const Inst inst = f_.inst(id);
  TypeId list = in_.lists.made_by(id);
  auto is_type = [&](TypeId type) { return [this, type](ValueId v) { return f_.type(v) == type; }; };
  const bool has_large = std::any_of(inst.operands.begin(), inst.operands.end(), is_type(ty::UInt64));
  for (ValueId v : inst.operands) {
    // [2**63, 1]: one that is not negative is no reason to go over to floats.
    const bool fits = has_large && f_.type(v) == ty::Int64 && f_.value(v).facts.nonneg;
    if (!put(id, list, fits ? ty::UInt64 : f_.type(v), f_.value(v).facts.weak)) return;
  }
  Facts facts;
  facts.weak = in_.lists.is_weak(id);
  set(inst.results[0], in_.lists.made_by(id), facts);
}

// What is taken from a tuple of lists by an index at run time, or by iterating, may be any of them.
void Transfer::unite_items(TypeId tuple) {
  const std::vector<TypeId> items = type_of(tuple).items;
  for (TypeId item : items)
    if (is_list(item) && is_list(items[0])) in_.lists.join(items[0], item);
}

// list += iterable: the same list.
void Transfer::extend_in_place(InstId id) {
  const Inst inst = f_.inst(id);
  TypeId list = f_.type(inst.operands[0]);
  if (!put_all(id, list, inst.operands[1])) return;
  Facts facts;
  facts.weak = f_.value(inst.operands[0]).facts.weak;
  set(inst.results[0], list, facts);
  Lookup found = find_binary(BinaryOp::Add, query(inst, "+="), true);
  if (found && *found) {
    note(id).match = std::move(**found);
    note(id).callee = nullptr;
    return;
  }
  call_list_method(id, "extend", {0, 1});
}

// Before a method of a list is looked up. False after an error, or if the call waits.
bool Transfer::put_by_method(InstId id, std::string_view name) {
  const Inst inst = f_.inst(id);
  TypeId list = type_of(f_.type(inst.operands[0])).items[0];
  if (!is_list(list)) return true;
  const CallShape& shape = f_.call_shapes[inst.attr];
  size_t at = name == "insert" ? 2 : 1;
  bool puts = name == "append" || name == "insert" || name == "extend";
  if (!puts || shape.star || shape.positional != at) return true;
  ValueId given = inst.operands[at];
  if (name == "extend") {
    if (!put_all(id, list, given)) return false;
  } else if (!put(id, list, f_.type(given), f_.value(given).facts.weak)) {
    return false;
  }
  note(id).blocked =
      holds_untyped(in_.lists.view(list)) || (name == "extend" && holds_untyped(viewed(given)));
  return !note(id).blocked;
}

// Two lists compare by a function in Python; a list equals nothing else.
bool Transfer::compare_lists(InstId id, CompareOp op) {
  const Inst& inst = f_.inst(id);
  TypeId a = f_.type(inst.operands[0]), b = f_.type(inst.operands[1]);
  if (is_list(a) && is_list(b)) return call_list_method(id, comparison_method(op), {0, 1}), true;
  TypeId other = is_list(a) ? b : a;
  bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  bool differs = is_scalar(other) || is_tuple(other) || other == ty::Str;
  if (!(is_list(a) || is_list(b)) || !equality || !differs) return false;
  lookup(id, found_constant(bool_constant(op == CompareOp::Ne)), DiagId::NoBinary, {});
  return true;
}

// The method as a function of these operands. Of += it is the list that comes back, not the function's
// result.
void Transfer::call_list_method(InstId id, std::string_view name, std::vector<uint32_t> operands) {
  const Inst inst = f_.inst(id);
  std::vector<ParamSpec> params;
  note(id).arguments.clear();
  note(id).defaults.clear();
  for (uint32_t k : operands) {
    ArgumentSource source;
    source.operand = k;
    note(id).arguments.push_back(source);
    params.push_back(param_of(source, id, false));
    if (holds_untyped(params.back().type)) {
      note(id).blocked = true;
      return;
    }
  }
  std::string full_name = kListMethod + std::string(name);
  const Answer* answer = session_.ask({Question::Kind::Library, 0, full_name});
  if (!answer || !answer->snapshot) {
    note(id).blocked = true;
    return;
  }
  Instance* callee = session_.instance_of(answer->snapshot, answer->snapshot->code, std::move(params),
                                          std::move(full_name), in_.semantics);
  if (!callee) return;
  callee->in_library = true;
  if (inst.op != Op::Inplace) return call_instance(id, callee);
  std::vector<ValueId> results = std::exchange(f_.inst(id).results, {});
  call_instance(id, callee);
  f_.inst(id).results = std::move(results);
}

}  // namespace lancehead
