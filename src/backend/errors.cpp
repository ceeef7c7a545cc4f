// Checks and errors (contract C11). A failing instruction leaves on a cold path that extends the traceback
// and goes to the handler, or out of the function with the status; ways out of the same line are one. Where a
// callee was inlined, the traceback gets an entry for each function that the error leaves, as if all were
// called.
#include "backend/function_lowering.h"

#include <algorithm>

#include "base/check.h"
#include "llvm/IR/MDBuilder.h"
#include "types/text.h"

namespace lancehead {

FunctionLowering::Frame FunctionLowering::frame_of(const Inst* inst) const {
  LocId loc = inst ? inst->loc : LocId();
  return {f_.inlined_in(loc), std::max(f_.range(loc).line, 0)};
}

FunctionLowering::Frame FunctionLowering::caller_of(Frame frame) const {
  LocId call = f_.inlined[frame.inlined].call;
  return {f_.inlined_in(call), std::max(f_.range(call).line, 0)};
}

// What an error that leaves the function, or reaches a handler of it, passes through on its way.
uint32_t FunctionLowering::handler_of(const Edge& unwind) const {
  const Inst* first = &f_.inst(f_.block(unwind.target).insts[0]);
  const Inst& last = f_.terminator(unwind.target);
  if (first->op != Op::Catch && last.op == Op::Br)  // ownership's work on the edge
    first = &f_.inst(f_.block(last.edges[0].target).insts[0]);
  return first->op == Op::Catch ? f_.inlined_in(first->loc) : Location::kOwn;
}

void FunctionLowering::guard(llvm::Value* ok, const Inst* inst, const std::function<void()>& raise) {
  llvm::BasicBlock* go_on = new_block("");
  llvm::BasicBlock* failed = new_cold_block("failed");
  b_.CreateCondBr(ok, go_on, failed, llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  b_.SetInsertPoint(failed);
  raise();
  fail(inst);
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::check_status(llvm::Value* code, const Inst* inst,
                                    const std::function<void()>& clean_up) {
  llvm::Value* ok = b_.CreateICmpEQ(code, status(0));
  if (clean_up) return guard(ok, inst, clean_up);
  if (inst && inst->unwinds) return guard(ok, inst, [] {});
  llvm::BasicBlock* go_on = new_block("");
  b_.CreateCondBr(ok, go_on, trace_block(frame_of(inst)),
                  llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::fail(const Inst* inst, bool traced) {
  Frame frame = frame_of(inst);
  uint32_t last = inst && inst->unwinds ? handler_of(inst->edges.back()) : Location::kOwn;
  bool all_traced = traced && frame.inlined == last;
  if (traced && !all_traced) frame = caller_of(frame);
  if (inst && inst->unwinds) {
    if (!all_traced) call_trace(frame, last);
    jump(inst->edges.back());
    return;
  }
  if (all_traced) return leave(status(1));
  b_.CreateBr(trace_block(frame));
}

void FunctionLowering::leave(llvm::Value* code) {
  llvm::BasicBlock* out = exit_block();
  exit_status_->addIncoming(code, b_.GetInsertBlock());
  b_.CreateBr(out);
}

// The status, since keeping it across the call costs the whole function a register.
llvm::Value* FunctionLowering::call_trace(Frame frame, uint32_t last) {
  for (;; frame = caller_of(frame)) {
    const std::string& symbol =
        frame.inlined == Location::kOwn ? f_.symbol : f_.inlined[frame.inlined].symbol;
    llvm::Value* code = b_.CreateCall(unit_.runtime(RtFn::ErrorTrace),
                                      {ctx_, unit_.external("lh$function$" + symbol), int64(frame.line)});
    if (frame.inlined == last || frame.inlined == Location::kOwn) return code;
  }
}

llvm::BasicBlock* FunctionLowering::trace_block(Frame frame) {
  llvm::BasicBlock*& block = traces_[frame];
  if (!block) {
    llvm::IRBuilderBase::InsertPointGuard back(b_);
    block = new_cold_block("trace");
    b_.SetInsertPoint(block);
    leave(call_trace(frame, Location::kOwn));
  }
  return block;
}

llvm::BasicBlock* FunctionLowering::exit_block() {
  if (!exit_status_) {
    llvm::IRBuilderBase::InsertPointGuard back(b_);
    b_.SetInsertPoint(new_cold_block("leave"));
    exit_status_ = b_.CreatePHI(b_.getInt32Ty(), 2);
    llvm::Value* result = exit_status_;
    if (convention_.result == Convention::Result::Register)
      result = b_.CreateInsertValue(llvm::PoisonValue::get(fn_->getReturnType()), result, 0);
    b_.CreateRet(result);
  }
  return exit_status_->getParent();
}

void FunctionLowering::raise_builtin(const Failure& failure) {
  Row args = {ctx_, int64(static_cast<int64_t>(failure.row))};
  for (size_t i = 0; i < 3; ++i)
    args.push_back(i < failure.parameters.size() ? failure.parameters[i] : int64(0));
  args.push_back(failure.text ? failure.text : llvm::ConstantPointerNull::get(unit_.pointer()));
  b_.CreateCall(unit_.runtime(RtFn::RaiseBuiltin), args);
}

// One block raises for all checks of a frame that fail alike: what differs comes in by its phis.
llvm::BasicBlock* FunctionLowering::raise_block(Frame frame, const Failure& failure) {
  llvm::BasicBlock*& block = raises_[{frame, failure.row, failure.text, failure.parameters.size()}];
  if (!block) {
    llvm::IRBuilderBase::InsertPointGuard back(b_);
    block = new_cold_block("failed");
    b_.SetInsertPoint(block);
    Failure joined = failure;
    for (llvm::Value*& parameter : joined.parameters) parameter = b_.CreatePHI(b_.getInt64Ty(), 2);
    raise_builtin(joined);
    b_.CreateBr(trace_block(frame));
  }
  return block;
}

void FunctionLowering::guard_builtin(llvm::Value* ok, const Inst& inst, const Failure& failure) {
  if (inst.unwinds) return guard(ok, &inst, [&] { raise_builtin(failure); });
  llvm::BasicBlock* failed = raise_block(frame_of(&inst), failure);
  auto phi = failed->phis().begin();
  for (llvm::Value* parameter : failure.parameters) (phi++)->addIncoming(parameter, b_.GetInsertBlock());
  llvm::BasicBlock* go_on = new_block("");
  b_.CreateCondBr(ok, go_on, failed, llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::lower_check(const Inst& inst) {
  Failure failure{static_cast<ErrorRow>(inst.attr), {}};
  for (size_t i = 1; i < inst.operands.size(); ++i) {
    ValueId v = inst.operands[i];
    if (type(v) == ty::Str) {
      const Inst* made = f_.def(v);
      LH_CHECK(made && made->op == Op::Const, "a check's text must be a constant");
      failure.text = unit_.text(f_.constants[made->attr].text);
    } else {
      failure.parameters.push_back(scalar(v));
    }
  }
  guard_builtin(scalar(inst.operands[0]), inst, failure);
}

void FunctionLowering::lower_check_index(const Inst& inst) {
  llvm::Value* index = scalar(inst.operands[0]);
  llvm::Value* size = scalar(inst.operands[1]);
  guard_builtin(b_.CreateICmpULT(index, size), inst,
                {ErrorRow::IndexOutOfBounds, {index, int64(inst.attr), size}});
}

void FunctionLowering::lower_check_assigned(const Inst& inst) {
  guard_builtin(scalar(inst.operands[0]), inst, {ErrorRow::Unassigned, {}, unit_.text(f_.names[inst.attr])});
}

// The load is volatile, so that it is neither hoisted nor dropped; it orders nothing.
void FunctionLowering::lower_poll(const Inst& inst) {
  llvm::Value* flag = b_.CreateAlignedLoad(b_.getInt32Ty(), poll_flag(), llvm::Align(4), /*isVolatile=*/true);
  llvm::BasicBlock* go_on = new_block("");
  llvm::BasicBlock* asked = new_cold_block("interrupted");
  b_.CreateCondBr(b_.CreateIsNull(flag), go_on, asked,
                  llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  b_.SetInsertPoint(asked);
  check_status(b_.CreateCall(unit_.runtime(RtFn::Poll), {ctx_}), &inst);
  b_.CreateBr(go_on);
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::lower_throw(const Inst& inst) {
  b_.CreateCall(unit_.runtime(RtFn::ErrorSet), {ctx_, scalar(inst.operands[0])});
  fail(&inst);
}

// The error's traceback has this frame's line already, but if this function was inlined not its callers'.
void FunctionLowering::lower_reraise(const Inst& inst) {
  b_.CreateCall(unit_.runtime(RtFn::ErrorSet), {ctx_, scalar(inst.operands[0])});
  fail(&inst, /*traced=*/true);
}

// Behind it stands the raising instruction's trace. No error in ctx means that an interruption unwinds.
void FunctionLowering::lower_resume(const Inst&) {
  llvm::Value* error = b_.CreateLoad(unit_.pointer(), context_field(b_, "error"));
  leave(b_.CreateSelect(b_.CreateIsNull(error), status(2), status(1)));
}

void FunctionLowering::lower_catch(const Inst& inst) {
  set(inst, b_.CreateCall(unit_.runtime(RtFn::ErrorTake), {ctx_}));
}

namespace {
std::string class_name(const ErrorClass& cls) {
  return "lh$class$" + (cls.name.empty() ? "#" + std::to_string(cls.handle) : cls.name);
}
}  // namespace

void FunctionLowering::lower_error_make(const Inst& inst) {
  llvm::Value* cls = unit_.external(class_name(f_.error_classes[inst.attr]));
  set(inst, b_.CreateCall(unit_.runtime(RtFn::ErrorMake),
                          {ctx_, cls, operands_type(inst, 0), spill_operands(inst, 0)}));
}

void FunctionLowering::lower_error_matches(const Inst& inst) {
  llvm::Value* cls = unit_.external(class_name(f_.error_classes[inst.attr]));
  set(inst, b_.CreateCall(unit_.runtime(RtFn::ErrorMatches), {scalar(inst.operands[0]), cls}));
}

}  // namespace lancehead
