// The builder: calls, and functions made inside this one (function_builder.h).
#include "frontend/function_builder.h"

namespace lancehead {

namespace {

// What a function is that the user did not write as one, or nothing.
std::string comprehension(const CodeData& code) {
  if (code.name == "<setcomp>") return "a set";
  if (code.name == "<dictcomp>") return "a dict";
  if (code.name == "<genexpr>") return "a generator expression";
  return "";
}

}  // namespace

void FunctionBuilder::call(uint32_t count, const PyValue* keyword_names) {
  std::vector<ValueId> arguments = pop_values(count);
  Slot callee = pop_slot();
  CallShape shape;
  if (keyword_names) {
    for (const PyValue& name : keyword_names->items) shape.keywords.push_back(name.text);
  }
  shape.positional = count - static_cast<uint32_t>(shape.keywords.size());
  emit_call(callee, std::move(arguments), std::move(shape));
}

// The spread tuple must be the last positional argument: all that comes before a star that is not the last
// becomes part of the tuple.
void FunctionBuilder::call_spread(bool with_keywords) {
  if (with_keywords) {
    pop_values(3);
    return push(unsupported("a call with **", "; name the keyword arguments"));
  }
  Slot spread = pop_slot();
  Slot callee = pop_slot();
  CallShape shape;
  std::vector<ValueId> arguments;
  size_t plain = 0;
  while (spread.kind == Slot::Kind::Tuple && plain < spread.items.size() && !spread.items[plain].starred)
    ++plain;
  bool ends_in_star = plain + 1 == spread.items.size();
  bool no_star = spread.kind == Slot::Kind::Tuple && plain == spread.items.size();
  if (spread.kind == Slot::Kind::Tuple && (ends_in_star || no_star)) {
    for (Slot::Item& item : spread.items) arguments.push_back(value_of(item.slot));
    shape.star = ends_in_star;
  } else {
    arguments.push_back(value_of(spread));
    shape.star = true;
  }
  shape.positional = static_cast<uint32_t>(arguments.size());
  emit_call(callee, std::move(arguments), std::move(shape));
}

void FunctionBuilder::emit_call(Slot& callee, std::vector<ValueId> arguments, CallShape shape) {
  arguments.insert(arguments.begin(), value_of(callee));
  bool plain = shape.keywords.empty() && !shape.star && arguments.size() <= 2;
  if (const Inst* known = f_.def(arguments[0]); plain && known && known->op == Op::Known) {
    if (type_of(f_.known[known->attr]).name == "builtins.list") {  // list(x) is [*x]
      ValueId list = emit_value(Op::BuildList, {});
      if (arguments.size() == 1) return push(list);
      return push(emit_value(Op::Inplace, {list, arguments[1]}, static_cast<uint32_t>(BinaryOp::Add)));
    }
  }
  f_.call_shapes.push_back(std::move(shape));
  push(emit_value(Op::PyCall, std::move(arguments), static_cast<uint32_t>(f_.call_shapes.size() - 1)));
}

void FunctionBuilder::build_map_const_keys(const PyInst& inst) {
  build_tuple(inst.arg);
  stack_.back().kind = Slot::Kind::Map;
  stack_.back().index = inst.arg2;
}

// A call with ** begins with one: what is merged into it says what the user wrote.
void FunctionBuilder::build_empty_map() {
  build_tuple(0);
  stack_.back().kind = Slot::Kind::Map;
}

// The parts lie on the stack in this order: defaults, keyword defaults, annotations, closure.
void FunctionBuilder::make_function(const PyInst& inst) {
  constexpr uint32_t kDefaults = 1, kKeywordDefaults = 2, kAnnotations = 4, kClosure = 8;
  std::shared_ptr<const CodeData> code = data_.consts[inst.arg2].code;
  if (std::string what = comprehension(*code); !what.empty()) {
    pop_slots(static_cast<size_t>(__builtin_popcount(inst.arg)));
    return push(unsupported(what, kInsteadOfComprehension));
  }
  Slot closure;
  if (inst.arg & kClosure) closure = pop_slot();
  if (inst.arg & kAnnotations) pop_slot();
  InnerDefaults defaults;
  bool known = true;
  if (inst.arg & kKeywordDefaults) known = keyword_defaults(pop_slot(), &defaults);
  if (inst.arg & kDefaults) known = positional_defaults(pop_slot(), &defaults) && known;
  if (!known)
    return push(
        unsupported("a default of an inner function that is not a constant", "; pass it as an argument"));
  std::optional<std::vector<ValueId>> captured = captured_values(closure, *code);
  if (!captured)
    return push(fail(DiagId::BadBytecode, {"a closure that is no tuple of the cells that it needs"}));
  f_.codes.push_back(static_cast<uint32_t>(out_.inner_codes.size()));
  out_.inner_codes.push_back(std::move(code));
  out_.inner_defaults.push_back(std::move(defaults));
  push(emit_value(Op::MakeClosure, std::move(*captured), static_cast<uint32_t>(f_.codes.size() - 1)));
}

// Captured by value, which is right as long as the variable does not change any more.
std::optional<std::vector<ValueId>> FunctionBuilder::captured_values(const Slot& closure,
                                                                     const CodeData& code) {
  std::vector<ValueId> captured;
  if (closure.items.size() != code.free_vars.size()) return std::nullopt;
  for (const Slot::Item& item : closure.items) {
    if (item.slot.kind != Slot::Kind::Variable) return std::nullopt;
    uint32_t var = item.slot.index;
    bool called_at_once = code.name == "<listcomp>";
    if (!called_at_once && changes_after(code_, flow_, inst_, var))
      fail(DiagId::UnsupportedCapture, {code_.vars[var].name});
    captured.push_back(variable(var));
  }
  return captured;
}

bool FunctionBuilder::positional_defaults(const Slot& slot, InnerDefaults* defaults) {
  std::optional<PyValue> tuple = constant_of(slot);
  if (!tuple || !tuple->is(PyKind::Tuple)) return false;
  defaults->positional = std::move(tuple->items);
  return true;
}

bool FunctionBuilder::keyword_defaults(const Slot& slot, InnerDefaults* defaults) {
  if (slot.kind != Slot::Kind::Map) return false;
  const std::vector<PyValue>& keys = data_.consts[slot.index].items;
  for (size_t i = 0; i < slot.items.size(); ++i) {
    std::optional<PyValue> value = constant_of(slot.items[i].slot);
    if (!value || !keys[i].is(PyKind::Str)) return false;
    defaults->keyword.emplace_back(keys[i].text, std::move(*value));
  }
  return true;
}

std::optional<PyValue> FunctionBuilder::constant_of(const Slot& slot) const {
  switch (slot.kind) {
    case Slot::Kind::Const: return data_.consts[slot.index];
    case Slot::Kind::Global: {
      const PyValue* value = snapshot_.find_global(data_.names[slot.index]);
      return value ? std::optional<PyValue>(*value) : std::nullopt;
    }
    case Slot::Kind::Tuple: {
      std::vector<PyValue> items;
      for (const Slot::Item& item : slot.items) {
        std::optional<PyValue> value = constant_of(item.slot);
        if (!value || item.starred) return std::nullopt;
        items.push_back(std::move(*value));
      }
      return PyValue::sequence(PyKind::Tuple, std::move(items));
    }
    default: return std::nullopt;
  }
}

}  // namespace lancehead
