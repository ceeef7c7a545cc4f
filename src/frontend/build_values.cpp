// The builder: operand stack, variables, constants, globals (function_builder.h).
#include "frontend/function_builder.h"
#include "frontend/python_value.h"

namespace lancehead {

void FunctionBuilder::push(ValueId value) {
  Slot slot;
  slot.value = value;
  stack_.push_back(std::move(slot));
}

void FunctionBuilder::push(Slot slot) {
  stack_.push_back(std::move(slot));
}

Slot FunctionBuilder::pop_slot() {
  Slot slot = std::move(stack_.back());
  stack_.pop_back();
  return slot;
}

ValueId FunctionBuilder::pop() {
  Slot slot = pop_slot();
  return value_of(slot);
}

// In the order in which they were pushed.
std::vector<Slot> FunctionBuilder::pop_slots(size_t count) {
  std::vector<Slot> slots(std::make_move_iterator(stack_.end() - static_cast<ptrdiff_t>(count)),
                          std::make_move_iterator(stack_.end()));
  stack_.resize(stack_.size() - count);
  return slots;
}

std::vector<ValueId> FunctionBuilder::pop_values(size_t count) {
  std::vector<ValueId> values;
  for (Slot& slot : pop_slots(count)) values.push_back(value_of(slot));
  return values;
}

ValueId FunctionBuilder::value_of(Slot& slot) {
  if (slot.kind == Slot::Kind::Value) return slot.value;
  LocId loc = b_.loc();
  if (slot.loc.valid()) b_.set_loc(slot.loc);
  ValueId value = materialise(slot);
  b_.set_loc(loc);
  slot = Slot{};
  slot.value = value;
  return value;
}

ValueId FunctionBuilder::materialise(const Slot& slot) {
  switch (slot.kind) {
    case Slot::Kind::Value: return slot.value;
    case Slot::Kind::Const: return python_value(data_.consts[slot.index]);
    case Slot::Kind::Global: return global_value(data_.names[slot.index]);
    case Slot::Kind::Variable: return variable(slot.index);
    case Slot::Kind::Tuple: return materialise_tuple(slot);
    case Slot::Kind::List: return materialise_list(slot);
    case Slot::Kind::Map: return unsupported_instruction(PyOp::BuildMap, 1)[0];
  }
  return unassigned_;
}

// Starred items of a tuple are tuples themselves: their concatenation is the whole.
ValueId FunctionBuilder::materialise_tuple(const Slot& slot) {
  std::vector<ValueId> run;
  ValueId whole;
  auto append = [&](ValueId part) {
    whole =
        whole.valid() ? emit_value(Op::Binary, {whole, part}, static_cast<uint32_t>(BinaryOp::Add)) : part;
  };
  for (const Slot::Item& item : slot.items) {
    Slot inner = item.slot;
    ValueId value = value_of(inner);
    if (!item.starred) {
      run.push_back(value);
      continue;
    }
    if (!run.empty()) append(emit_value(Op::BuildTuple, std::exchange(run, {})));
    append(value);
  }
  if (!run.empty() || !whole.valid()) append(emit_value(Op::BuildTuple, std::move(run)));
  return whole;
}

// The items before the first starred one make the list, the others are added to it.
ValueId FunctionBuilder::materialise_list(const Slot& slot) {
  std::vector<ValueId> first;
  ValueId whole;
  for (const Slot::Item& item : slot.items) {
    Slot inner = item.slot;
    ValueId value = value_of(inner);
    if (!item.starred && !whole.valid()) {
      first.push_back(value);
      continue;
    }
    if (!whole.valid()) whole = emit_value(Op::BuildList, std::move(first));
    if (item.starred)
      whole = emit_value(Op::Inplace, {whole, value}, static_cast<uint32_t>(BinaryOp::Add));
    else
      emit(Op::ListAppend, {whole, value}, 0);
  }
  return whole.valid() ? whole : emit_value(Op::BuildList, std::move(first));
}

void FunctionBuilder::settle_stack_values(size_t height) {
  for (size_t i = 0; i < height; ++i) value_of(stack_[i]);
}

ValueId FunctionBuilder::constant(Constant constant) {
  uint32_t index = f_.add_constant(std::move(constant));
  ValueId value = b_.value(Op::Const, {}, ty::Untyped, index);
  f_.value(value).facts.constant = index;
  return value;
}

ValueId FunctionBuilder::python_value(const PyValue& value) {
  bool numpy_scalar = value.is(PyObjectClass::NumpyScalar);
  if (!numpy_scalar) {
    if (std::optional<Constant> plain = constant_of_value(f_, value)) return constant(std::move(*plain));
  }
  switch (value.kind) {
    case PyKind::FrozenSet: {  // only for `in` and `for`, which see a tuple of the same items alike
      const PyOp user = code_.insts[inst_].op;
      if (user == PyOp::Contains || user == PyOp::GetIter)
        return python_value(PyValue::sequence(PyKind::Tuple, value.items));
      return fail(DiagId::UnsupportedValue, {describe(value), instead_of_value(value)});
    }
    case PyKind::Tuple: {
      std::vector<ValueId> items;
      for (const PyValue& item : value.items) items.push_back(python_value(item));
      return emit_value(Op::BuildTuple, std::move(items));
    }
    case PyKind::BigInt: return fail(DiagId::ConstantTooLarge, {value.text});
    case PyKind::Object: return numpy_scalar ? numpy_scalar_value(*value.object) : object_value(value);
    default: return fail(DiagId::UnsupportedValue, {describe(value), instead_of_value(value)});
  }
}

ValueId FunctionBuilder::object_value(const PyValue& value) {
  if (value.is(PyObjectClass::Unbound)) return fail(DiagId::UndefinedName, {value.object->name});
  TypeId type = type_of_object(*value.object);
  if (!type.valid()) return fail(DiagId::UnsupportedValue, {describe(value), instead_of_value(value)});
  return b_.value(Op::Known, {}, ty::Untyped, f_.add_known(type));
}

// A constant would be a Python scalar; calling its dtype keeps it a NumPy one.
ValueId FunctionBuilder::numpy_scalar_value(const PyObjectData& scalar) {
  PyObjectData dtype;
  dtype.object_class = PyObjectClass::DType;
  dtype.name = scalar.name;
  dtype.type_name = scalar.type_name;
  dtype.type = scalar.type;
  ValueId constructor = object_value(PyValue::of_object(std::move(dtype)));
  ValueId value = python_value(scalar.value);
  f_.call_shapes.push_back({1, {}, false});
  return emit_value(Op::PyCall, {constructor, value}, static_cast<uint32_t>(f_.call_shapes.size() - 1));
}

ValueId FunctionBuilder::global_value(const std::string& name) {
  const PyValue* value = snapshot_.find_global(name);
  return value ? python_value(*value) : fail(DiagId::UndefinedName, {name});
}

ValueId FunctionBuilder::variable(uint32_t var) {
  const PyVar& info = code_.vars[var];
  if (info.kind == PyVar::Kind::Free && !inner_) {
    const PyValue* value = snapshot_.find_closure(info.name);
    return value ? python_value(*value) : fail(DiagId::UndefinedName, {info.name});
  }
  check_assigned(var);
  return state_.vars[var];
}

void FunctionBuilder::check_assigned(uint32_t var) {
  if (assigned_.test(var)) return;
  emit(Op::CheckAssigned, {state_.flags[var]}, 0, f_.add_name(code_.vars[var].name));
}

void FunctionBuilder::set_variable(uint32_t var, ValueId value, bool assigned) {
  state_.vars[var] = value;
  state_.flags[var] = assigned ? true_ : false_;
}

// What it pushes may be "unassigned", and the flag is lost: an inlined comprehension saves a variable that
// way, and what is stored back passes for assigned.
void FunctionBuilder::load_and_clear(uint32_t var) {
  push(state_.vars[var]);
  set_variable(var, unassigned_, false);
}

void FunctionBuilder::store_cell(const PyInst& inst) {
  const PyVar& var = code_.vars[inst.arg];
  ValueId value = pop();
  if (var.kind == PyVar::Kind::Free)
    unsupported("assigning to '" + var.name + "' of an enclosing function", "; return the value instead");
  else
    set_variable(inst.arg, value, true);
}

void FunctionBuilder::copy(uint32_t distance) {
  Slot& slot = stack_[stack_.size() - distance];
  // A list is one object however often it is on the stack, and what is copied is not to grow by being nested.
  if (!slot.items.empty() || slot.kind == Slot::Kind::List) value_of(slot);
  push(Slot(slot));
}

void FunctionBuilder::swap(uint32_t distance) {
  std::swap(stack_.back(), stack_[stack_.size() - distance]);
}

}  // namespace lancehead
