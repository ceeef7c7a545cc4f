// Transfer functions of operators, indexing, iteration and exception matching: all by the lookup of the
// library.
#include <algorithm>

#include "infer/transfer.h"
#include "library/element_iterators.h"
#include "library/emitter.h"

namespace lancehead {
namespace {

bool indexes_an_axis(TypeId key) {
  return is_integer(key) || key == ty::None || kind_of(key) == Kind::Slice;
}

// Whether the key has arrays of integers or masks: the library in Python indexes by them.
bool has_index_arrays(TypeId key) {
  const Type& k = type_of(key);
  if (k.kind == Kind::Tuple) return std::any_of(k.items.begin(), k.items.end(), has_index_arrays);
  return k.kind == Kind::List || (k.kind == Kind::Array && (is_integer(k.elem) || k.elem == ty::Bool));
}

// Whether the value has to be made an array, or one of fewer axes, to be stored.
bool is_fitted(TypeId value) {
  return is_list(value) || is_tuple(value) || (is_array(value) && type_of(value).ndim > 0);
}

// What to write where nothing is indexed with a key of this type.
std::string index_advice(TypeId container, TypeId key) {
  const Type &c = type_of(container), &k = type_of(key);
  if (is_float(key) || key == ty::Bool) return "; convert the index with int()";
  if (c.kind == Kind::Array &&
      (k.kind == Kind::Array ||
       (k.kind == Kind::Tuple && !std::all_of(k.items.begin(), k.items.end(), indexes_an_axis))))
    return "; index its elements in a loop";
  if (c.kind == Kind::Array && (is_integer(key) || k.kind == Kind::Tuple))
    return c.ndim == 0 ? "; it has no dimensions: index it with ()"
                       : "; it has " + std::to_string(c.ndim) + (c.ndim == 1 ? " dimension" : " dimensions");
  if (c.kind == Kind::Tuple && is_integer(key))
    return "; its items have different types: index it with a constant";
  return "";
}

// What to write where a value of this type cannot be stored.
std::string store_advice(TypeId container, TypeId key, TypeId value) {
  const Type& c = type_of(container);
  if (c.kind == Kind::Tuple || c.kind == Kind::Str) return "; make a new one, as it cannot be changed";
  if (c.kind != Kind::Array) return "";
  if (is_complex(value) && !is_complex(c.elem)) return "; take its .real";
  if (is_tuple(value)) return "; assign the items one by one";
  if (is_scalar(value) || is_array(value)) return index_advice(container, key);
  return "";
}

}  // namespace

// Takes what the lookup found, or reports `otherwise`.
void Transfer::lookup(InstId id, Lookup found, DiagId otherwise, std::vector<std::string> text) {
  if (!found) return error(id, std::move(found.error()));
  if (!*found) return error(id, otherwise, std::move(text));
  Match& match = **found;
  if (is_tuple(match.result) && is_too_large(type_of(match.result).items))
    return error(id, DiagId::TypeTooLarge, {});
  const std::vector<ValueId> results = f_.inst(id).results;
  if (!results.empty()) {
    if (match.constant) {
      set_constant(results[0], *match.constant, match.facts.weak);
    } else {
      Facts facts = match.facts;
      facts.constant = Id<void>::kNone;
      set(results[0], match.result, facts);
    }
  }
  note(id).match = std::move(match);
  note(id).callee = nullptr;
}

void Transfer::binary(InstId id, bool inplace) {
  const Inst inst = f_.inst(id);
  BinaryOp op = static_cast<BinaryOp>(inst.attr);
  if (op == BinaryOp::Add && is_list(f_.type(inst.operands[0]))) {
    if (inplace) return extend_in_place(id);
    if (is_list(f_.type(inst.operands[1])))
      in_.lists.join(f_.type(inst.operands[0]), f_.type(inst.operands[1]));
  }
  std::string text = std::string(spelling(op)) + (inplace ? "=" : "");
  if (op == BinaryOp::MatMul && is_array(f_.type(inst.operands[0])) && is_array(f_.type(inst.operands[1])) &&
      call_operator(id, inplace ? kArrayMethod + "__imatmul__" : "numpy.matmul"))
    return;
  Lookup found = find_binary(op, query(inst, text), inplace);
  if (found && !*found && operator_with_arrays(id, ufunc_behind(op), inplace)) return;
  lookup(id, std::move(found), DiagId::NoBinary,
         {text, spelled(inst.operands[0]), spelled(inst.operands[1])});
}

void Transfer::unary(InstId id) {
  const Inst& inst = f_.inst(id);
  UnaryOp op = static_cast<UnaryOp>(inst.attr);
  lookup(id, find_unary(op, query(inst, spelling(op))), DiagId::NoUnary,
         {spelling(op), spelled(inst.operands[0])});
}

void Transfer::compare(InstId id) {
  const Inst& inst = f_.inst(id);
  CompareOp op = static_cast<CompareOp>(inst.attr);
  if (compare_lists(id, op)) return;
  Lookup found = find_compare(op, query(inst, spelling(op)));
  if (found && !*found && operator_with_arrays(id, ufunc_behind(op), false)) return;
  lookup(id, std::move(found), DiagId::NoBinary,
         {spelling(op), spelled(inst.operands[0]), spelled(inst.operands[1])});
}

void Transfer::is(InstId id) {
  const Inst& inst = f_.inst(id);
  lookup(id, find_is(query(inst, "is")), DiagId::NoBinary,
         {"is", spelled(inst.operands[0]), spelled(inst.operands[1])});
}

void Transfer::contains(InstId id) {
  const Inst& inst = f_.inst(id);
  if (is_list(f_.type(inst.operands[1]))) return call_list_method(id, "__contains__", {1, 0});
  lookup(id, find_contains(query(inst, "in")), DiagId::NoBinary,
         {"in", spelled(inst.operands[0]), spelled(inst.operands[1])});
}

void Transfer::truth(InstId id, bool negate) {
  const Inst inst = f_.inst(id);
  Lookup found = find_truth(query(inst, "bool"));
  if (negate && found && *found) {
    Match& match = **found;
    if (match.constant) {
      match.constant = bool_constant(!match.constant->bits[0]);
    } else {
      match.emit = [emit = match.emit](Emitter& e, const std::vector<ValueId>& v) {
        return e.value(Op::Invert, {emit(e, v)}, ty::Bool);
      };
    }
  }
  lookup(id, std::move(found), DiagId::NoTruth, {spelled(inst.operands[0]), ""});
}

void Transfer::get_item(InstId id) {
  const Inst& inst = f_.inst(id);
  SliceBounds bounds;
  bool known = is_tuple(f_.type(inst.operands[0])) && constant_bounds(inst.operands[1], bounds);
  if (is_tuple(f_.type(inst.operands[0])) && !known && !item_index(inst.operands[0], inst.operands[1]))
    unite_items(f_.type(inst.operands[0]));
  Query q = query(inst, "getitem");
  if (is_tuple(q.args[0].type))
    if (std::optional<size_t> k = item_index(inst.operands[0], inst.operands[1]))
      q.args[0].facts = item_facts(inst.operands[0], *k);
  if (is_flat(q.args[0].type) && call_operator(id, "numpy.flatiter.__getitem__")) return;
  Lookup found = known ? find_tuple_slice(q, bounds) : find_getitem(q);
  if (found && !*found && is_array(q.args[0].type) && has_index_arrays(q.args[1].type) &&
      call_operator(id, kArrayMethod + "__getitem__"))
    return;
  lookup(
      id, std::move(found), DiagId::NoItem,
      {spelled(inst.operands[0]), spelled(inst.operands[1]), index_advice(q.args[0].type, q.args[1].type)});
}

// Whether the value is a slice made here of constants.
bool Transfer::constant_bounds(ValueId slice, SliceBounds& bounds) const {
  const Inst* def = f_.def(slice);
  if (!def || def->op != Op::BuildSlice) return false;
  std::optional<int64_t>* const parts[] = {&bounds.start, &bounds.stop, &bounds.step};
  for (size_t k = 0; k < 3; ++k) {
    if (f_.type(def->operands[k]) == ty::None) continue;
    const Constant* c = f_.constant_of(def->operands[k]);
    if (!c || !is_signed(c->type)) return false;
    *parts[k] = constant_as_int(*c);
  }
  return true;
}

void Transfer::delete_item(InstId id) {
  const Inst& inst = f_.inst(id);
  Lookup found = find_delitem(query(inst, "delitem"));
  if (found && !*found)
    return error(id, DiagId::UnsupportedConstruct,
                 {"del of an item of " + spelled(inst.operands[0]), "; make a shorter copy by slicing"});
  lookup(id, std::move(found), DiagId::NoItem, {});
}

void Transfer::set_item(InstId id) {
  const Inst inst = f_.inst(id);
  if (TypeId list = f_.type(inst.operands[0]); is_list(list)) {
    bool slice = kind_of(f_.type(inst.operands[1])) == Kind::Slice;
    const Value& value = f_.value(inst.operands[2]);
    if (slice ? !put_all(id, list, inst.operands[2]) : !put(id, list, value.type, value.facts.weak)) return;
    Lookup found = find_setitem(query(inst, "setitem"));
    if (slice && found && !*found) return call_list_method(id, "__setitem__", {0, 1, 2});
  }
  if (is_flat(f_.type(inst.operands[0])) && call_operator(id, "numpy.flatiter.__setitem__")) return;
  Lookup found = find_setitem(query(inst, "setitem"));
  if (found && !*found && is_array(f_.type(inst.operands[0])) &&
      (has_index_arrays(f_.type(inst.operands[1])) || is_fitted(f_.type(inst.operands[2]))) &&
      call_operator(id, kArrayMethod + "__setitem__"))
    return;
  lookup(id, std::move(found), DiagId::NoStoreItem,
         {spelled(inst.operands[0]), spelled(inst.operands[1]), spelled(inst.operands[2]),
          store_advice(f_.type(inst.operands[0]), f_.type(inst.operands[1]), f_.type(inst.operands[2]))});
}

void Transfer::set_attribute(InstId id) {
  const Inst inst = f_.inst(id);
  Query q = query(inst, "setattr");
  TypeId object = q.args[0].type;
  if (is_array(object) && f_.names[inst.attr] == "flat" && call_operator(id, "numpy.ndarray.flat.__set__"))
    return;
  if (is_record(is_array(object) ? type_of(object).elem : object))
    return lookup(id, find_setattr(q, f_.names[inst.attr]), DiagId::NoAttribute,
                  {f_.names[inst.attr], spell(object)});
  error(id, DiagId::UnsupportedConstruct, {"assigning to an attribute", "; return the value instead"});
}

void Transfer::iter(InstId id) {
  const Inst& inst = f_.inst(id);
  if (is_tuple(f_.type(inst.operands[0]))) unite_items(f_.type(inst.operands[0]));
  lookup(id, find_iter(query(inst, "iter")), DiagId::NoIteration, {spelled(inst.operands[0])});
}

void Transfer::next(InstId id) {
  const Inst inst = f_.inst(id);
  TypeId iterator = viewed(inst.operands[0]);
  TypeId item = iterated_type(iterator);
  if (!item.valid()) return error(id, DiagId::NoIteration, {spell(iterator)});
  Facts facts = f_.value(inst.operands[0]).facts;
  facts.constant = Id<void>::kNone;
  if (never_yields(iterator))
    set_constant(inst.results[0], bool_constant(false), true);
  else
    set(inst.results[0], ty::Bool);
  if (!holds_untyped(item)) set(inst.results[1], item, facts);
  set(inst.results[2], iterator, facts);
}

void Transfer::match_error(const Inst& inst) {
  std::vector<TypeId> classes;
  const Type& t = type_of(f_.type(inst.operands[1]));
  if (t.kind == Kind::Tuple)
    classes = t.items;
  else
    classes.push_back(f_.type(inst.operands[1]));
  for (TypeId cls : classes) {
    const Type& c = type_of(cls);
    if (c.kind != Kind::Known || c.known != KnownClass::Exception)
      return error(f_.value(inst.results[0]).def, DiagId::NotAnException, {spell(cls)});
  }
  set(inst.results[0], ty::Bool);
}

}  // namespace lancehead
