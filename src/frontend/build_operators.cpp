// The builder: operators, attributes, items, tuples and lists (function_builder.h).
#include <algorithm>

#include "frontend/function_builder.h"

namespace lancehead {

namespace {

constexpr uint32_t kDeepest = 50;  // of tuples that are not values yet

BinaryOp binary_op(PyOperator op) {
  switch (op) {
    case PyOperator::Add: return BinaryOp::Add;
    case PyOperator::And: return BinaryOp::And;
    case PyOperator::FloorDivide: return BinaryOp::FloorDiv;
    case PyOperator::LeftShift: return BinaryOp::LShift;
    case PyOperator::MatMul: return BinaryOp::MatMul;
    case PyOperator::Multiply: return BinaryOp::Mul;
    case PyOperator::Remainder: return BinaryOp::Mod;
    case PyOperator::Or: return BinaryOp::Or;
    case PyOperator::Power: return BinaryOp::Pow;
    case PyOperator::RightShift: return BinaryOp::RShift;
    case PyOperator::Subtract: return BinaryOp::Sub;
    case PyOperator::TrueDivide: return BinaryOp::TrueDiv;
    case PyOperator::Xor: return BinaryOp::Xor;
  }
  return BinaryOp::Add;
}

CompareOp compare_op(PyComparison op) {
  switch (op) {
    case PyComparison::Less: return CompareOp::Lt;
    case PyComparison::LessEqual: return CompareOp::Le;
    case PyComparison::Equal: return CompareOp::Eq;
    case PyComparison::NotEqual: return CompareOp::Ne;
    case PyComparison::Greater: return CompareOp::Gt;
    case PyComparison::GreaterEqual: return CompareOp::Ge;
  }
  return CompareOp::Eq;
}

}  // namespace

void FunctionBuilder::binary(Op op, PyOperator operation) {
  std::vector<ValueId> operands = pop_values(2);
  push(emit_value(op, std::move(operands), static_cast<uint32_t>(binary_op(operation))));
}

void FunctionBuilder::unary(PyOp op) {
  ValueId operand = pop();
  if (op == PyOp::Not) return push(emit_value(Op::Not, {operand}));
  if (op == PyOp::ToBool) return push(emit_value(Op::Truth, {operand}));
  UnaryOp unary = op == PyOp::Negative ? UnaryOp::Neg : op == PyOp::Positive ? UnaryOp::Pos : UnaryOp::Invert;
  push(emit_value(Op::Unary, {operand}, static_cast<uint32_t>(unary)));
}

void FunctionBuilder::compare(PyComparison comparison) {
  std::vector<ValueId> operands = pop_values(2);
  push(emit_value(Op::Compare, std::move(operands), static_cast<uint32_t>(compare_op(comparison))));
}

void FunctionBuilder::negatable(Op op, bool negate) {
  std::vector<ValueId> operands = pop_values(2);
  ValueId result = emit_value(op, std::move(operands));
  push(negate ? emit_value(Op::Not, {result}) : result);
}

void FunctionBuilder::store_attribute(const std::string& name) {
  std::vector<ValueId> operands = pop_values(2);  // value, object
  emit(Op::SetAttr, {operands[1], operands[0]}, 0, f_.add_name(name));
}

void FunctionBuilder::store_item() {
  std::vector<ValueId> operands = pop_values(3);  // value, object, key
  emit(Op::SetItem, {operands[1], operands[2], operands[0]}, 0);
}

void FunctionBuilder::build_tuple(uint32_t count) {
  Slot tuple;
  tuple.kind = Slot::Kind::Tuple;
  tuple.loc = b_.loc();
  for (Slot& slot : pop_slots(count)) {
    if (slot.depth >= kDeepest) value_of(slot);
    tuple.depth = std::max<uint32_t>(tuple.depth, slot.depth + 1);
    tuple.items.push_back({std::move(slot), false});
  }
  push(std::move(tuple));
}

void FunctionBuilder::build_list(uint32_t count) {
  build_tuple(count);
  stack_.back().kind = Slot::Kind::List;
}

void FunctionBuilder::build_slice(uint32_t count) {
  std::vector<ValueId> bounds = pop_values(count);
  if (count == 2) bounds.push_back(none());
  push(emit_value(Op::BuildSlice, std::move(bounds)));
}

// A list that nothing else can see yet grows here: it may become a tuple, or the arguments of a call.
void FunctionBuilder::add_to_list(const PyInst& inst) {
  Slot added = pop_slot();
  Slot& list = stack_[stack_.size() - inst.arg];
  if (list.kind != Slot::Kind::List) {
    ValueId whole = value_of(list), value = value_of(added);
    if (inst.op == PyOp::ListAppend)
      emit(Op::ListAppend, {whole, value}, 0);
    else
      list.value = emit_value(Op::Inplace, {whole, value}, static_cast<uint32_t>(BinaryOp::Add));
    return;
  }
  const PyValue* constant = added.kind == Slot::Kind::Const ? &data_.consts[added.index] : nullptr;
  if (inst.op == PyOp::ListAppend) {
    list.items.push_back({std::move(added), false});
  } else if (constant && constant->is(PyKind::Tuple)) {
    for (const PyValue& item : constant->items) {
      Slot value;
      value.value = python_value(item);
      list.items.push_back({std::move(value), false});
    }
  } else {
    list.items.push_back({std::move(added), true});
  }
}

void FunctionBuilder::list_to_tuple() {
  if (stack_.back().kind == Slot::Kind::List) {
    stack_.back().kind = Slot::Kind::Tuple;
  } else {
    pop();
    push(unsupported("a tuple made of a list", "; write the tuple itself"));
  }
}

void FunctionBuilder::unpack(uint32_t count) {
  InstId id = emit(Op::Unpack, {pop()}, count);
  const std::vector<ValueId> results = f_.inst(id).results;
  for (size_t i = results.size(); i-- > 0;) push(results[i]);
}

}  // namespace lancehead
