// Transfer functions of constants, known objects, tuples, slices, attributes and closures.
#include <algorithm>

#include "frontend/python_value.h"
#include "infer/transfer.h"
#include "types/layout.h"

namespace lancehead {

std::string variable_name(const Function& f, ValueId param) {
  uint32_t name = f.value(param).variable;
  return name == Id<void>::kNone ? "a value" : "'" + f.names[name] + "'";
}

void Transfer::constant(const Inst& inst) {
  const Constant c = f_.constants[inst.attr];
  set_constant(inst.results[0], c, true);
}

void Transfer::known(const Inst& inst) {
  set(inst.results[0], f_.known[inst.attr]);
}

// A value that Python gave: a constant, or an object known by its type.
void Transfer::python_value(ValueId result, const PyValue& value, InstId at) {
  if (std::optional<Constant> c = constant_of_value(f_, value)) {
    bool numpy_scalar = value.is(PyKind::Object);
    return set_constant(result, std::move(*c), !numpy_scalar);
  }
  TypeId t = value.is(PyKind::Object) ? type_of_object(*value.object) : TypeId{};
  if (t.valid()) return set(result, t);
  if (value.is(PyKind::BigInt)) return error(at, DiagId::ConstantTooLarge, {value.text});
  error(at, DiagId::UnsupportedValue, {describe(value), instead_of_value(value)});
}

// Each item of each tuple is a value of its own, and types are walked by recursion.
bool is_too_large(const std::vector<TypeId>& items) {
  constexpr size_t kMaxLeaves = 10000;
  constexpr int kMaxDepth = 32;
  size_t leaves = 0;
  int depth = 0;
  for (TypeId item : items) {
    leaves += leaf_count(item);
    int levels = 0;
    for (TypeId t = item; is_tuple(t) && !type_of(t).items.empty() && levels <= kMaxDepth; ++levels)
      t = type_of(t).items[0];
    depth = std::max(depth, levels);
  }
  return leaves > kMaxLeaves || depth >= kMaxDepth;
}

void Transfer::build_tuple(const Inst& inst) {
  std::vector<TypeId> items;
  Constant c;
  bool constant = true;
  for (ValueId v : inst.operands) {
    items.push_back(f_.type(v));
    c.items.push_back(f_.value(v).facts.constant);
    constant = constant && f_.constant_of(v);
  }
  if (is_too_large(items)) {
    InstId id = f_.value(inst.results[0]).def;
    return error(id, DiagId::TypeTooLarge, {});
  }
  c.type = tuple_type(items);
  if (constant) return set_constant(inst.results[0], std::move(c), true);
  Facts facts;
  facts.weak = !inst.operands.empty();
  for (ValueId v : inst.operands)
    if (is_scalar(f_.type(v)) || is_tuple(f_.type(v))) facts.weak = facts.weak && f_.value(v).facts.weak;
  set(inst.results[0], tuple_type(std::move(items)), facts);
}

// The value that was put into a tuple which is made in this function; invalid of any other tuple.
ValueId Transfer::item_put(ValueId tuple, size_t k) const {
  const Inst* made = f_.def(tuple);
  if (made && made->op == Op::GetItem && is_tuple(f_.type(made->operands[0])))
    if (std::optional<size_t> outer = item_index(made->operands[0], made->operands[1]))
      if (ValueId inner = item_put(made->operands[0], *outer); inner.valid()) made = f_.def(inner);
  return made && made->op == Op::BuildTuple ? made->operands[k] : ValueId();
}

// Which item of a tuple a constant index names.
std::optional<size_t> Transfer::item_index(ValueId tuple, ValueId index) const {
  const Constant* c = f_.constant_of(index);
  if (!c || !is_integer(c->type)) return std::nullopt;
  int64_t k = constant_as_int(*c), n = static_cast<int64_t>(type_of(f_.type(tuple)).items.size());
  if (k < -n || k >= n) return std::nullopt;
  return static_cast<size_t>(k < 0 ? k + n : k);
}

// What is known of an item: of one that was put there in this function, all; else what holds for each of
// them.
Facts Transfer::item_facts(ValueId tuple, size_t k) const {
  ValueId put = item_put(tuple, k);
  Facts facts = f_.value(put.valid() ? put : tuple).facts;
  facts.constant = Id<void>::kNone;
  TypeId type = type_of(f_.type(tuple)).items[k];
  facts.weak = facts.weak && (is_scalar(type) || is_tuple(type));
  facts.nonneg = facts.nonneg && is_integer(type);
  return facts;
}

void Transfer::build_slice(const Inst& inst) {
  bool has[3];
  for (size_t k = 0; k < 3; ++k) {
    TypeId t = f_.type(inst.operands[k]);
    has[k] = t != ty::None;
    if (has[k] && !is_integer(t) && t != ty::Bool)
      return error(f_.value(inst.results[0]).def, DiagId::NoConversion, {spell(t), "a slice index"});
  }
  set(inst.results[0], slice_type(has[0], has[1], has[2]));
}

void Transfer::unpack(InstId id) {
  const Inst inst = f_.inst(id);
  const Type& t = type_of(f_.type(inst.operands[0]));
  if (t.kind == Kind::Array && t.ndim >= 1) {
    TypeId row = iterated_type(iterator_type(Kind::ArrayIter, f_.type(inst.operands[0])));
    for (ValueId r : inst.results) set(r, row);
    return;
  }
  if (t.kind == Kind::List) {
    TypeId list = viewed(inst.operands[0]);
    Facts facts;
    facts.weak = f_.value(inst.operands[0]).facts.weak;
    for (ValueId r : inst.results) set(r, type_of(list).elem, facts);
    return;
  }
  if (t.kind != Kind::Tuple || t.items.size() != inst.results.size())
    return error(id, DiagId::UnpackCount, {spelled(inst.operands[0]), std::to_string(inst.results.size())});
  const Constant* c = f_.constant_of(inst.operands[0]);
  std::vector<uint32_t> items = c ? c->items : std::vector<uint32_t>{};
  for (size_t k = 0; k < inst.results.size(); ++k) {
    if (!items.empty()) {
      set_constant(inst.results[k], Constant(f_.constants[items[k]]), true);
    } else {
      set(inst.results[k], t.items[k], item_facts(inst.operands[0], k));
    }
  }
}

void Transfer::get_attribute(InstId id) {
  const Inst inst = f_.inst(id);
  TypeId receiver = f_.type(inst.operands[0]);
  const Type& t = type_of(receiver);
  const std::string& name = f_.names[inst.attr];
  bool object = t.kind == Kind::Known && (t.known == KnownClass::Module || t.known == KnownClass::TypeClass);
  if (object) {
    const Answer* answer = session_.ask({Question::Kind::Attribute, t.handle, name});
    if (!answer) {
      note(id).blocked = true;
      return;
    }
    if (answer->value.is(PyObjectClass::Unbound))
      return error(id, DiagId::NoAttribute, {name, spell(receiver)});
    return python_value(inst.results[0], answer->value, id);
  }
  Lookup found = find_attribute(receiver, name);
  if (!found) return error(id, std::move(found.error()));
  if (*found) return lookup(id, std::move(found), DiagId::NoAttribute, {});
  Facts facts;  // of what the receiver holds
  facts.weak = is_list(receiver) && f_.value(inst.operands[0]).facts.weak;
  if (has_method(receiver, name)) return set(inst.results[0], bound_method_type(receiver, name), facts);
  if (is_array(receiver) || is_list(receiver)) {
    const std::string& prefix = is_array(receiver) ? kArrayMethod : kListMethod;
    const Answer* answer = session_.ask({Question::Kind::Library, 0, prefix + name});
    if (!answer) {
      note(id).blocked = true;
      return;
    }
    if (answer->snapshot) return set(inst.results[0], bound_method_type(receiver, name), facts);
  }
  error(id, DiagId::NoAttribute, {name, spelled(inst.operands[0])});
}

void Transfer::closure(const Inst& inst) {
  std::vector<TypeId> captured;
  for (ValueId v : inst.operands) captured.push_back(f_.type(v));
  set(inst.results[0], closure_type(f_.codes[inst.attr], std::move(captured)));
}

}  // namespace lancehead
