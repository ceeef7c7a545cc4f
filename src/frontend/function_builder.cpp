// The builder's frame: entry, blocks, edges, dispatch (function_builder.h).
#include "frontend/function_builder.h"

#include <utility>

namespace lancehead {

namespace {

bool is_assigned_at_entry(const PyVar& var) {
  return var.is_argument || var.kind == PyVar::Kind::Free;
}

BitSet assigned_at_entry(const PyCode& code) {
  BitSet assigned(code.vars.size());
  for (size_t i = 0; i < code.vars.size(); ++i) {
    if (is_assigned_at_entry(code.vars[i])) assigned.set(i);
  }
  return assigned;
}

}  // namespace

FunctionBuilder::FunctionBuilder(const Snapshot& snapshot, const PyCode& code, BuiltFunction* out)
    : snapshot_(snapshot),
      code_(code),
      data_(*code.data),
      inner_(code.data != snapshot.code),
      out_(*out),
      f_(out->function),
      b_(out->function),
      flow_(analyse_flow(code, assigned_at_entry(code))),
      maybe_unassigned_(code.vars.size(), 0),
      ir_blocks_(flow_.blocks.size()),
      entry_states_(flow_.blocks.size()) {}

void FunctionBuilder::run() {
  f_.name = data_.qualname;
  f_.handle = snapshot_.handle;
  b_.set_loc(location({0, 0, -1, -1}));
  find_maybe_unassigned();
  enter_function();
  for (uint32_t index : flow_.order) visit_block(index);
}

// Variables of which some use is reached by a path that does not assign them.
void FunctionBuilder::find_maybe_unassigned() {
  for (uint32_t index : flow_.order) {
    const FlowBlock& block = flow_.blocks[index];
    BitSet assigned = block.assigned_in;
    for (uint32_t i = block.begin; i < block.end; ++i) {
      const PyInst& inst = code_.insts[i];
      bool use = inst.op == PyOp::LoadVar || inst.op == PyOp::LoadCellVar || inst.op == PyOp::LoadCell ||
                 inst.op == PyOp::DeleteVar || inst.op == PyOp::DeleteCellVar ||
                 inst.op == PyOp::LoadVarAndClear;
      if (use && !assigned.test(inst.arg)) maybe_unassigned_[inst.arg] = 1;
      step_assigned(inst, &assigned);
    }
  }
}

void FunctionBuilder::enter_function() {
  BlockId entry = f_.add_block();
  b_.set_block(entry);
  state_.vars.assign(code_.vars.size() + 1, {});
  state_.flags.assign(code_.vars.size(), {});
  std::vector<uint32_t> params;
  for (uint32_t i = 0; i < code_.vars.size(); ++i) {
    if (inner_ && code_.vars[i].kind == PyVar::Kind::Free) params.push_back(i);
  }
  const bool keywords = (data_.flags & CodeData::kVarKeywords) != 0;
  const uint32_t count = code_.parameter_count() - (keywords ? 1 : 0);
  for (uint32_t i = 0; i < count; ++i) params.push_back(i);
  for (uint32_t var : params) state_.vars[var] = f_.add_param(entry);
  if (keywords)
    state_.vars[count] = unsupported("a parameter **" + code_.vars[count].name, "; name the parameters");
  unassigned_ = b_.value(Op::Unassigned, {}, ty::Untyped);
  true_ = constant(bool_constant(true));
  false_ = constant(bool_constant(false));
  for (size_t i = 0; i < code_.vars.size(); ++i) {
    if (!state_.vars[i].valid()) state_.vars[i] = unassigned_;
    state_.flags[i] = is_assigned_at_entry(code_.vars[i]) ? true_ : false_;
  }
  state_.vars.back() = unassigned_;
  if (joined(0)) {
    Edge edge = edge_to(0);
    b_.br(edge.target, std::move(edge.args));
  } else {
    ir_blocks_[0] = entry;
    entry_states_[0] = state_;
  }
}

bool FunctionBuilder::joined(uint32_t index) const {
  return flow_.blocks[index].predecessors > 1 || flow_.blocks[index].is_handler;
}

void FunctionBuilder::visit_block(uint32_t index) {
  const FlowBlock& flow = flow_.blocks[index];
  begin_block(index);
  assigned_ = flow.assigned_in;
  handling_ = flow.handling;
  for (inst_ = flow.begin; inst_ < flow.end; ++inst_) {
    const PyInst& inst = code_.insts[inst_];
    b_.set_loc(location(inst.range));
    enter_handler(code_.handler_at(inst_));
    visit(inst);
    step_assigned(inst, &assigned_);
    handling_ = handling_after(inst.op, handling_);
  }
  finish_block(flow);
}

// What the handler finds on the stack was there before: making values of it does not unwind to this handler.
void FunctionBuilder::enter_handler(const PyHandler* handler) {
  handler_ = nullptr;
  if (!handler) return;
  settle_stack_values(handler->depth);
  unwind_stack_.clear();
  for (uint32_t i = 0; i < handler->depth; ++i) unwind_stack_.push_back(stack_[i].value);
  handler_ = handler;
}

// A block that ends because the next one begins has no instruction of its own for that.
void FunctionBuilder::finish_block(const FlowBlock& flow) {
  if (py_flow(code_.insts[flow.end - 1].op) != PyFlow::Next) return;
  settle_stack_values(stack_.size());
  Edge edge = edge_to(flow_.block_of[flow.end]);
  b_.br(edge.target, std::move(edge.args));
}

void FunctionBuilder::begin_block(uint32_t index) {
  const FlowBlock& flow = flow_.blocks[index];
  stack_.clear();
  if (!joined(index)) {
    b_.set_block(ir_blocks_[index]);
    state_ = std::move(entry_states_[index]);
    for (ValueId value : state_.stack) push(value);
    return;
  }
  // Without an edge to it yet, the block is a handler that nothing may reach.
  if (!ir_blocks_[index].valid()) {
    ir_blocks_[index] = f_.add_block();
    add_params(ir_blocks_[index], flow, flow.handler_depth);
  }
  b_.set_block(ir_blocks_[index]);
  const std::vector<ValueId> params = f_.block(ir_blocks_[index]).params;
  size_t next = 0;
  for (size_t i = 0; i < state_.vars.size(); ++i) {
    bool live = flow.live_in.test(i);
    state_.vars[i] = live ? params[next++] : unassigned_;
    if (i < state_.flags.size()) state_.flags[i] = live && maybe_unassigned_[i] ? params[next++] : true_;
  }
  while (next < params.size()) push(params[next++]);
  if (flow.is_handler) {
    b_.set_loc(location(code_.insts[flow.begin].range));
    push(emit_value(Op::Catch, {}));
    if (flow.chains) emit(Op::ChainError, {stack_.back().value, state_.vars.back()}, 0);
  }
}

// The order of the parameters is that of arguments_for().
void FunctionBuilder::add_params(BlockId block, const FlowBlock& flow, size_t stack_height) {
  for (size_t i = 0; i < state_.vars.size(); ++i) {
    if (!flow.live_in.test(i)) continue;
    ValueId param = f_.add_param(block);
    if (i < code_.vars.size()) f_.value(param).variable = f_.add_name(code_.vars[i].name);
    if (i < state_.flags.size() && maybe_unassigned_[i]) f_.add_param(block);
  }
  for (size_t i = 0; i < stack_height; ++i) f_.add_param(block);
}

std::vector<ValueId> FunctionBuilder::arguments_for(const FlowBlock& flow,
                                                    const std::vector<ValueId>& stack) const {
  std::vector<ValueId> args;
  for (size_t i = 0; i < state_.vars.size(); ++i) {
    if (!flow.live_in.test(i)) continue;
    args.push_back(state_.vars[i]);
    if (i < state_.flags.size() && maybe_unassigned_[i]) args.push_back(state_.flags[i]);
  }
  args.insert(args.end(), stack.begin(), stack.end());
  return args;
}

Edge FunctionBuilder::edge_to(uint32_t index) {
  const FlowBlock& flow = flow_.blocks[index];
  std::vector<ValueId> stack;
  for (const Slot& slot : stack_) stack.push_back(slot.value);
  bool first = !ir_blocks_[index].valid();
  if (first) ir_blocks_[index] = f_.add_block();
  if (!joined(index)) {
    entry_states_[index] = {state_.vars, state_.flags, std::move(stack)};
    return {ir_blocks_[index], {}};
  }
  if (first) add_params(ir_blocks_[index], flow, stack.size());
  return {ir_blocks_[index], arguments_for(flow, stack)};
}

void FunctionBuilder::branch(ValueId condition, uint32_t if_true, uint32_t if_false) {
  Edge true_edge = edge_to(if_true);
  Edge false_edge = edge_to(if_false);
  if (if_true == if_false) return b_.br(true_edge.target, std::move(true_edge.args));
  b_.condbr(condition, true_edge.target, std::move(true_edge.args), false_edge.target,
            std::move(false_edge.args));
}

InstId FunctionBuilder::emit(Op op, std::vector<ValueId> operands, size_t results, uint32_t attr) {
  InstId id = b_.add(op, std::move(operands), std::vector<TypeId>(results, ty::Untyped), attr);
  if (handler_ && may_raise(op)) unwind(id);
  return id;
}

ValueId FunctionBuilder::emit_value(Op op, std::vector<ValueId> operands, uint32_t attr) {
  return f_.inst(emit(op, std::move(operands), 1, attr)).results[0];
}

void FunctionBuilder::unwind(InstId id) {
  uint32_t index = flow_.block_of[handler_->target];
  const FlowBlock& flow = flow_.blocks[index];
  if (!ir_blocks_[index].valid()) {
    ir_blocks_[index] = f_.add_block();
    add_params(ir_blocks_[index], flow, unwind_stack_.size());
  }
  Edge edge{ir_blocks_[index], arguments_for(flow, unwind_stack_)};
  Inst& inst = f_.inst(id);
  inst.unwinds = true;
  inst.edges.push_back(std::move(edge));
  if (is_terminator(inst.op)) return;
  BlockId next = f_.add_block();
  b_.br(next);
  b_.set_block(next);
}

Diagnostic FunctionBuilder::diagnostic(DiagId id, std::vector<std::string> args) const {
  return make_diagnostic(id, std::move(args), {snapshot_.handle, f_.range(b_.loc())});
}

std::vector<ValueId> FunctionBuilder::fail(DiagId id, std::vector<std::string> args, size_t results) {
  out_.unsupported.push_back(diagnostic(id, std::move(args)));
  return f_.inst(emit(Op::Unsupported, {}, results, static_cast<uint32_t>(out_.unsupported.size() - 1)))
      .results;
}

ValueId FunctionBuilder::fail(DiagId id, std::vector<std::string> args) {
  return fail(id, std::move(args), 1)[0];
}

ValueId FunctionBuilder::unsupported(const std::string& what, const std::string& instead) {
  return fail(DiagId::UnsupportedConstruct, {what, instead});
}

// An instruction that has no handler: its results stand for what it leaves on the stack.
void FunctionBuilder::skip(const PyInst& inst) {
  PyStackEffect effect = py_stack_effect(inst);
  pop_values(effect.pops);
  bool branches = py_flow(inst.op) == PyFlow::Branch;
  if (branches) settle_stack_values(stack_.size());
  std::vector<ValueId> results = unsupported_instruction(inst.op, effect.pushes + (branches ? 1 : 0));
  for (size_t i = 0; i < effect.pushes; ++i) push(results[i]);
  if (!branches) return;
  Edge next = edge_to(flow_.block_of[inst_ + 1]);
  if (inst.arg2) stack_.erase(stack_.end() - 2);  // `send`, the only one: the receiver
  Edge target = edge_to(flow_.block_of[inst.arg]);
  b_.condbr(results.back(), target.target, std::move(target.args), next.target, std::move(next.args));
}

// Lines count from the first one of the outermost function, whose source the user sees.
LocId FunctionBuilder::location(const SourceRange& range) {
  SourceRange shifted = range;
  if (range.known()) {
    int32_t delta = data_.first_line - snapshot_.code->first_line;
    shifted.line += delta;
    shifted.end_line += delta;
  }
  return f_.add_loc({shifted});
}

void FunctionBuilder::visit(const PyInst& inst) {
  if (inst.op == PyOp::ReturnGenerator) return generator();
  bool done = visit_stack(inst) || visit_operator(inst) || visit_call(inst) || visit_control(inst);
  if (!done) skip(inst);
}

bool FunctionBuilder::visit_stack(const PyInst& inst) {
  switch (inst.op) {
    case PyOp::Pop: value_of(stack_.back()); return stack_.pop_back(), true;
    case PyOp::Copy: return copy(inst.arg), true;
    case PyOp::Swap: return swap(inst.arg), true;
    case PyOp::LoadConst: return push(Slot{Slot::Kind::Const, inst.arg, {}, b_.loc(), {}, 0}), true;
    case PyOp::LoadGlobal: return push(Slot{Slot::Kind::Global, inst.arg, {}, b_.loc(), {}, 0}), true;
    case PyOp::LoadCell: return push(Slot{Slot::Kind::Variable, inst.arg, {}, b_.loc(), {}, 0}), true;
    case PyOp::LoadVar:
    case PyOp::LoadCellVar: return push(variable(inst.arg)), true;
    case PyOp::StoreVar: return set_variable(inst.arg, pop(), true), true;
    case PyOp::StoreCellVar: return store_cell(inst), true;
    case PyOp::DeleteVar: check_assigned(inst.arg); return set_variable(inst.arg, unassigned_, false), true;
    case PyOp::LoadVarAndClear: return load_and_clear(inst.arg), true;
    case PyOp::MakeCell: return set_variable(inst.arg, unassigned_, false), true;
    default: return false;
  }
}

bool FunctionBuilder::visit_operator(const PyInst& inst) {
  switch (inst.op) {
    case PyOp::Binary: return binary(Op::Binary, static_cast<PyOperator>(inst.arg)), true;
    case PyOp::InPlace: return binary(Op::Inplace, static_cast<PyOperator>(inst.arg)), true;
    case PyOp::Compare: return compare(static_cast<PyComparison>(inst.arg)), true;
    case PyOp::Is: return negatable(Op::Is, inst.arg != 0), true;
    case PyOp::Contains: return negatable(Op::Contains, inst.arg != 0), true;
    case PyOp::Negative:
    case PyOp::Positive:
    case PyOp::BitNot:
    case PyOp::Not:
    case PyOp::ToBool: return unary(inst.op), true;
    case PyOp::LoadAttr:
      return push(emit_value(Op::GetAttr, {pop()}, f_.add_name(data_.names[inst.arg]))), true;
    case PyOp::StoreAttr: return store_attribute(data_.names[inst.arg]), true;
    case PyOp::GetItem: {
      std::vector<ValueId> operands = pop_values(2);
      return push(emit_value(Op::GetItem, std::move(operands))), true;
    }
    case PyOp::StoreItem: return store_item(), true;
    case PyOp::DeleteItem: return emit(Op::DelItem, pop_values(2), 0), true;
    case PyOp::BuildTuple: return build_tuple(inst.arg), true;
    case PyOp::BuildList: return build_list(inst.arg), true;
    case PyOp::BuildSlice: return build_slice(inst.arg), true;
    case PyOp::ListAppend:
    case PyOp::ListExtend: return add_to_list(inst), true;
    case PyOp::ListToTuple: return list_to_tuple(), true;
    case PyOp::Unpack: return unpack(inst.arg), true;
    default: return false;
  }
}

bool FunctionBuilder::visit_call(const PyInst& inst) {
  switch (inst.op) {
    case PyOp::Call: return call(inst.arg, nullptr), true;
    case PyOp::CallKw: return call(inst.arg, &data_.consts[inst.arg2]), true;
    case PyOp::CallEx: return call_spread(inst.arg != 0), true;
    case PyOp::MakeFunction: return make_function(inst), true;
    case PyOp::BuildMapConstKeys: return build_map_const_keys(inst), true;
    case PyOp::BuildMap: return inst.arg == 0 && (build_empty_map(), true);
    default: return false;
  }
}

bool FunctionBuilder::visit_control(const PyInst& inst) {
  switch (inst.op) {
    case PyOp::Jump: {
      settle_stack_values(stack_.size());
      poll_before_jump(inst);
      Edge edge = edge_to(flow_.block_of[inst.arg]);
      return b_.br(edge.target, std::move(edge.args)), true;
    }
    case PyOp::PopJumpIfFalse:
    case PyOp::PopJumpIfTrue:
    case PyOp::PopJumpIfNone:
    case PyOp::PopJumpIfNotNone: return jump_if(inst), true;
    case PyOp::GetIter: return push(emit_value(Op::Iter, {pop()})), true;
    case PyOp::ForIter: return for_iter(inst), true;
    case PyOp::Return: return b_.ret(pop()), true;
    case PyOp::Raise: return raise(inst.arg), true;
    case PyOp::Reraise: return reraise(pop()), true;
    case PyOp::PushExcInfo: return push_exc_info(), true;
    case PyOp::PopExcept: return state_.vars.back() = pop(), true;
    case PyOp::CheckExcMatch: return check_exc_match(), true;
    case PyOp::LoadAssertionError: return load_assertion_error(), true;
    default: return false;
  }
}

}  // namespace lancehead
