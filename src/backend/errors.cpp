// Checks and errors (contract C11). A failing instruction leaves on a cold path that extends the traceback
// and goes to the handler, or out of the function with the status; ways out of the same line are one.
#include "backend/function_lowering.h"
#include "base/check.h"
#include "llvm/IR/MDBuilder.h"
#include "types/text.h"

namespace lancehead {

int32_t FunctionLowering::line_of(const Inst* inst) const {
  if (!inst || !inst->loc.valid()) return 0;
  return std::max(f_.locs[inst->loc.index].line, 0);
}

void FunctionLowering::guard(llvm::Value* ok, const Inst* inst, const std::function<llvm::Value*()>& raise) {
  llvm::BasicBlock* go_on = new_block("");
  llvm::BasicBlock* failed = new_cold_block("failed");
  b_.CreateCondBr(ok, go_on, failed, llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  b_.SetInsertPoint(failed);
  fail(inst, raise());
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::check_status(llvm::Value* code, const Inst* inst) {
  llvm::Value* ok = b_.CreateICmpEQ(code, status(0));
  llvm::BasicBlock* go_on = new_block("");
  llvm::BasicBlock* failed;
  if (inst && inst->unwinds) {
    failed = new_cold_block("failed");
  } else {
    failed = trace_block(line_of(inst));
    traces_[line_of(inst)]->addIncoming(code, b_.GetInsertBlock());
  }
  b_.CreateCondBr(ok, go_on, failed, llvm::MDBuilder(unit_.context()).createLikelyBranchWeights());
  if (inst && inst->unwinds) {
    b_.SetInsertPoint(failed);
    fail(inst, code);
  }
  b_.SetInsertPoint(go_on);
}

void FunctionLowering::fail(const Inst* inst, llvm::Value* code, bool trace) {
  if (inst && inst->unwinds) {
    if (trace) call_trace(line_of(inst));
    jump(inst->edges.back());
    return;
  }
  llvm::BasicBlock* out = trace ? trace_block(line_of(inst)) : exit_block();
  (trace ? traces_[line_of(inst)] : exit_status_)->addIncoming(code, b_.GetInsertBlock());
  b_.CreateBr(out);
}

void FunctionLowering::call_trace(int32_t line) {
  b_.CreateCall(unit_.runtime(RtFn::ErrorTrace),
                {ctx_, unit_.external("lh$function$" + f_.symbol), int64(line)});
}

llvm::BasicBlock* FunctionLowering::trace_block(int32_t line) {
  llvm::PHINode*& code = traces_[line];
  if (!code) {
    llvm::IRBuilderBase::InsertPointGuard back(b_);
    b_.SetInsertPoint(new_cold_block("trace"));
    code = b_.CreatePHI(b_.getInt32Ty(), 2);
    call_trace(line);
    fail(nullptr, code, /*trace=*/false);
  }
  return code->getParent();
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

llvm::Value* FunctionLowering::raise_builtin(ErrorRow row, llvm::ArrayRef<llvm::Value*> parameters,
                                             llvm::Value* text) {
  Row args = {ctx_, int64(static_cast<int64_t>(row))};
  for (size_t i = 0; i < 3; ++i) args.push_back(i < parameters.size() ? parameters[i] : int64(0));
  args.push_back(text ? text : llvm::ConstantPointerNull::get(unit_.pointer()));
  return b_.CreateCall(unit_.runtime(RtFn::RaiseBuiltin), args);
}

void FunctionLowering::lower_check(const Inst& inst) {
  guard(scalar(inst.operands[0]), &inst, [&] {
    Row parameters;
    llvm::Value* text = nullptr;
    for (size_t i = 1; i < inst.operands.size(); ++i) {
      ValueId v = inst.operands[i];
      if (type(v) == ty::Str) {
        const Inst* made = f_.def(v);
        LH_CHECK(made && made->op == Op::Const, "a check's text must be a constant");
        text = unit_.text(f_.constants[made->attr].text);
      } else {
        parameters.push_back(scalar(v));
      }
    }
    return raise_builtin(static_cast<ErrorRow>(inst.attr), parameters, text);
  });
}

void FunctionLowering::lower_check_index(const Inst& inst) {
  llvm::Value* index = scalar(inst.operands[0]);
  llvm::Value* size = scalar(inst.operands[1]);
  guard(b_.CreateICmpULT(index, size), &inst, [&] {
    // A negative index here is one that wrap_index moved: show it as it was written.
    llvm::Value* wrapped = b_.CreateICmpSLT(index, int64(0));
    llvm::Value* written = b_.CreateSelect(wrapped, b_.CreateSub(index, size), index);
    return raise_builtin(ErrorRow::IndexOutOfBounds, {written, int64(inst.attr), size}, nullptr);
  });
}

void FunctionLowering::lower_check_assigned(const Inst& inst) {
  guard(scalar(inst.operands[0]), &inst,
        [&] { return raise_builtin(ErrorRow::Unassigned, {}, unit_.text(f_.names[inst.attr])); });
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
  fail(&inst, status(1));
}

// The error's traceback has this frame's line already.
void FunctionLowering::lower_reraise(const Inst& inst) {
  b_.CreateCall(unit_.runtime(RtFn::ErrorSet), {ctx_, scalar(inst.operands[0])});
  fail(&inst, status(1), /*trace=*/false);
}

// No error in ctx means that an interruption unwinds.
void FunctionLowering::lower_resume(const Inst& inst) {
  llvm::Value* error = b_.CreateLoad(unit_.pointer(), context_field(b_, "error"));
  fail(&inst, b_.CreateSelect(b_.CreateIsNull(error), status(2), status(1)), /*trace=*/false);
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
