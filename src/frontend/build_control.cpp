// The builder: branches, loops, exceptions, and what is not supported (function_builder.h).
#include "frontend/function_builder.h"

namespace lancehead {
namespace {

struct Construct {
  PyOp op;
  const char* what;
  const char* instead;
};

constexpr Construct kConstructs[] = {
#define UNSUPPORTED(op, what, instead) {PyOp::op, what, instead},
#include "frontend/unsupported.def"
};

}  // namespace

ValueId FunctionBuilder::truth_of(ValueId value) {
  const Inst* def = f_.def(value);
  bool is_bool = def && (def->op == Op::Is || def->op == Op::Not || def->op == Op::Contains ||
                         def->op == Op::MatchError || def->op == Op::Truth);
  return is_bool ? value : emit_value(Op::Truth, {value});
}

// Polls are inserted late, but only here is known which handler an interruption of the loop reaches.
void FunctionBuilder::poll_before_jump(const PyInst& inst) {
  if (handler_ && inst.arg <= inst_) emit(Op::Poll, {}, 0);
}

void FunctionBuilder::jump_if(const PyInst& inst) {
  ValueId tested = pop();
  settle_stack_values(stack_.size());
  poll_before_jump(inst);
  bool none_test = inst.op == PyOp::PopJumpIfNone || inst.op == PyOp::PopJumpIfNotNone;
  ValueId condition = none_test ? emit_value(Op::Is, {tested, none()}) : truth_of(tested);
  uint32_t target = flow_.block_of[inst.arg], next = flow_.block_of[inst_ + 1];
  bool jumps_if_true = inst.op == PyOp::PopJumpIfTrue || inst.op == PyOp::PopJumpIfNone;
  branch(condition, jumps_if_true ? target : next, jumps_if_true ? next : target);
}

// The iterator is a value like any other: the body has the advanced one, the target none.
void FunctionBuilder::for_iter(const PyInst& inst) {
  ValueId iterator = pop();
  settle_stack_values(stack_.size());
  const std::vector<ValueId> next = f_.inst(emit(Op::Next, {iterator}, 3)).results;
  push(next[2]);
  push(next[1]);
  Edge body = edge_to(flow_.block_of[inst_ + 1]);
  stack_.resize(stack_.size() - 2);
  Edge exhausted = edge_to(flow_.block_of[inst.arg]);
  b_.condbr(next[0], body.target, std::move(body.args), exhausted.target, std::move(exhausted.args));
}

void FunctionBuilder::raise(uint32_t count) {
  if (count > 0) {
    std::vector<ValueId> operands = pop_values(count);
    if (handling_ > 0 && may_be_raised_again(operands[0]))
      emit(Op::SetContext, {operands[0], state_.vars.back()}, 0);
    emit(Op::Raise, std::move(operands), 0);
  } else if (state_.vars.back() == unassigned_) {
    unsupported("'raise' without an exception that is being handled", "; raise an exception");
    b_.add(Op::Unreachable, {}, {});
  } else {
    reraise(state_.vars.back());
  }
}

// What is made for this `raise` has no context yet; the handler around it gives it one.
bool FunctionBuilder::may_be_raised_again(ValueId exception) const {
  const Inst* def = f_.def(exception);
  return exception != state_.vars.back() && !(def && (def->op == Op::PyCall || def->op == Op::Known));
}

void FunctionBuilder::reraise(ValueId error) {
  emit(Op::Reraise, {error}, 0);
}

void FunctionBuilder::push_exc_info() {
  ValueId error = pop();
  push(state_.vars.back());
  push(error);
  state_.vars.back() = error;
}

void FunctionBuilder::check_exc_match() {
  ValueId classes = pop();
  push(emit_value(Op::MatchError, {value_of(stack_.back()), classes}));
}

void FunctionBuilder::load_assertion_error() {
  TypeId type = known_type(KnownClass::Exception, "builtins.AssertionError");
  push(b_.value(Op::Known, {}, ty::Untyped, f_.add_known(type)));
}

// It is the `yield` that tells the user why.
void FunctionBuilder::generator() {
  for (const PyInst& inst : code_.insts) {
    if (inst.op != PyOp::Yield) continue;
    b_.set_loc(location(inst.range));
    break;
  }
  const bool plain = data_.flags & CodeData::kGenerator;
  const std::string what = plain                                     ? "a generator"
                           : data_.flags & CodeData::kAsyncGenerator ? "an asynchronous generator"
                                                                     : "a coroutine";
  push(unsupported(what, plain ? "; return an array of the values"
                               : "; compile a plain function and call it from the coroutine"));
}

std::vector<ValueId> FunctionBuilder::unsupported_instruction(PyOp op, size_t results) {
  for (const Construct& row : kConstructs)
    if (row.op == op) return fail(DiagId::UnsupportedConstruct, {row.what, row.instead}, results);
  return fail(DiagId::UnsupportedConstruct, {std::string("the instruction ") + py_op_text(op), ""}, results);
}

}  // namespace lancehead
