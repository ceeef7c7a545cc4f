// Calls of compiled functions, of the runtime, of libm and of Python.
#include "backend/function_lowering.h"
#include "base/check.h"
#include "ir/math_fn.h"
#include "llvm/IR/Intrinsics.h"
#include "types/text.h"

namespace lancehead {

// A function of another unit is called through its slot, whose content changes when the function's code does.
Row FunctionLowering::call_function(const Callee& callee, llvm::ArrayRef<Row> arguments, const Inst* inst,
                                    const std::function<void()>& clean_up) {
  Convention c = unit_.convention(callee.params, callee.result);
  LH_CHECK(arguments.size() == callee.params.size(), "call with the wrong number of arguments");
  Row args = {ctx_};
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (unit_.by_pointer(c, callee.params[i]))
      args.push_back(spill(arguments[i]));
    else
      args.append(arguments[i].begin(), arguments[i].end());
  }
  const std::vector<LeafKind>& kinds = unit_.leaves(callee.result);
  llvm::Value* out = nullptr;
  if (c.result == Convention::Result::Memory) args.push_back(out = scratch(kinds.size()));
  llvm::Value* target = unit_.own_function(callee.symbol);
  if (!target) target = b_.CreateLoad(unit_.pointer(), unit_.external("lh$slot$" + callee.symbol));
  llvm::CallInst* result = b_.CreateCall(c.type, target, args);
  result->setDoesNotThrow();
  bool in_register = c.result == Convention::Result::Register;
  if (callee.effects & MayRaise)
    check_status(in_register ? b_.CreateExtractValue(result, 0) : result, inst, clean_up);
  Row leaves;
  if (in_register) leaves.push_back(b_.CreateExtractValue(result, 1));
  if (out)
    for (size_t i = 0; i < kinds.size(); ++i) leaves.push_back(load_slot(b_, unit_, kinds[i], out, i));
  return leaves;
}

void FunctionLowering::lower_call(const Inst& inst) {
  llvm::SmallVector<Row, 8> arguments;
  for (ValueId operand : inst.operands) arguments.emplace_back(row(operand));
  check_stack(inst);
  set(inst, call_function(f_.callees[inst.attr], arguments, &inst));
}

// By the letters of calls.def.
void FunctionLowering::lower_rtcall(const Inst& inst) {
  auto fn = static_cast<RtFn>(inst.attr);
  const RtInfo& info = rt_info(fn);
  size_t arrow = info.signature.find('>');
  std::string_view result = info.signature.substr(arrow + 1);
  bool raises = info.effects & MayRaise;
  LH_CHECK(inst.operands.size() == arrow, "runtime call with the wrong number of operands");
  Row args;
  if (info.effects & (MayRaise | Allocates)) args.push_back(ctx_);
  for (size_t i = 0; i < arrow; ++i) {
    bool as_row = info.signature[i] == 'S' || info.signature[i] == 'A';
    args.push_back(as_row ? spill(row(inst.operands[i])) : scalar(inst.operands[i]));
    if (info.signature[i] != 'A') continue;
    const Type& array = type_of(type(inst.operands[i]));
    args.push_back(int64(array.ndim));
    args.push_back(int64(size_of(array.elem)));
  }
  bool row_result = result == "S" || result == "A";
  const std::vector<LeafKind>* kinds = inst.results.empty() ? nullptr : &unit_.leaves(result_type(inst));
  llvm::Value* out = nullptr;
  if (!result.empty() && (raises || row_result)) args.push_back(out = scratch(kinds->size()));
  llvm::Value* returned = b_.CreateCall(unit_.runtime(fn), args);
  if (raises) check_status(returned, &inst);
  if (!kinds) return;
  if (!out) return kinds->empty() ? void() : set(inst, returned);
  Row leaves;
  for (size_t i = 0; i < kinds->size(); ++i) leaves.push_back(load_slot(b_, unit_, (*kinds)[i], out, i));
  set(inst, leaves);
}

llvm::Value* FunctionLowering::spill_operands(const Inst& inst, size_t first) {
  Row leaves;
  for (size_t i = first; i < inst.operands.size(); ++i)
    leaves.append(row(inst.operands[i]).begin(), row(inst.operands[i]).end());
  if (leaves.empty()) return llvm::ConstantPointerNull::get(unit_.pointer());
  return spill(leaves);
}

llvm::Value* FunctionLowering::operands_type(const Inst& inst, size_t first) {
  std::vector<TypeId> items;
  for (size_t i = first; i < inst.operands.size(); ++i) items.push_back(type(inst.operands[i]));
  llvm::Constant* name = unit_.external("lh$type$" + type_text(tuple_type(std::move(items))));
  return llvm::ConstantExpr::getPtrToInt(name, b_.getInt64Ty());
}

void FunctionLowering::lower_object_call(const Inst& inst) {
  llvm::Value* callable = unit_.external("lh$object$" + f_.names[inst.attr]);
  llvm::Value* args = spill_operands(inst, 0);
  check_status(b_.CreateCall(unit_.runtime(RtFn::ObjectCall), {ctx_, callable, operands_type(inst, 0), args}),
               &inst);
}

void FunctionLowering::lower_retain(const Inst& inst, RtFn fn) {
  call_with_owners(fn, unit_.leaves(type(inst.operands[0])), row(inst.operands[0]));
}

void FunctionLowering::call_with_owners(RtFn fn, const std::vector<LeafKind>& kinds,
                                        llvm::ArrayRef<llvm::Value*> leaves) {
  for (size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == LeafKind::Owner && !llvm::isa<llvm::ConstantPointerNull>(leaves[i]))
      b_.CreateCall(unit_.runtime(fn), {leaves[i]});
}

// Not a builtin to LLVM: it would replace some calls by others that round differently.
llvm::Value* FunctionLowering::math_call(const std::string& name, llvm::ArrayRef<llvm::Value*> arguments) {
  llvm::SmallVector<llvm::Type*, 4> params;
  for (llvm::Value* a : arguments) params.push_back(a->getType());
  auto* signature = llvm::FunctionType::get(params[0], params, false);
  llvm::CallInst* call = b_.CreateCall(unit_.pure_function(name, signature), arguments);
  call->addFnAttr(llvm::Attribute::NoBuiltin);
  return call;
}

void FunctionLowering::lower_math(const Inst& inst) {
  if (is_complex(result_type(inst))) return lower_complex_math(inst);
  auto fn = static_cast<MathFn>(inst.attr);
  const MathInfo& info = math_info(fn);
  Row args;
  const bool half = result_type(inst) == ty::Float16;  // computed in float, as NumPy does it
  for (ValueId operand : inst.operands)
    args.push_back(half ? b_.CreateFPExt(scalar(operand), b_.getFloatTy()) : scalar(operand));
  auto give = [&](llvm::Value* value) { set(inst, half ? b_.CreateFPTrunc(value, b_.getHalfTy()) : value); };
  const char* suffix = args[0]->getType()->isFloatTy() ? "f" : "";
  if (info.form == MathForm::Libm) return give(math_call(std::string(info.name) + suffix, args));
  if (info.form == MathForm::Runtime) return give(math_call(std::string("lh_") + info.name + suffix, args));
  using namespace llvm::Intrinsic;
  auto intrinsic = [fn]() -> ID {
    switch (fn) {
      case MathFn::Sqrt: return llvm::Intrinsic::sqrt;
      case MathFn::Floor: return llvm::Intrinsic::floor;
      case MathFn::Ceil: return llvm::Intrinsic::ceil;
      case MathFn::Trunc: return llvm::Intrinsic::trunc;
      case MathFn::Rint: return llvm::Intrinsic::rint;
      case MathFn::Copysign: return llvm::Intrinsic::copysign;
      default: LH_UNREACHABLE("no instruction for a math function");
    }
  }();
  give(b_.CreateIntrinsic(intrinsic, {args[0]->getType()}, args));
}

// void lh_c<name>(real, imaginary, ..., out), where out is two reals.
void FunctionLowering::lower_complex_math(const Inst& inst) {
  const MathInfo& info = math_info(static_cast<MathFn>(inst.attr));
  LH_CHECK(info.complex, "math function is not defined for complex numbers");
  llvm::Type* real = llvm_type(result_type(inst));
  Row args;
  llvm::SmallVector<llvm::Type*, 5> params;
  for (ValueId operand : inst.operands)
    for (llvm::Value* part : row(operand)) {
      args.push_back(part);
      params.push_back(real);
    }
  llvm::Value* out = scratch(2);
  args.push_back(out);
  params.push_back(unit_.pointer());
  const char* suffix = real->isFloatTy() ? "f" : "";
  auto* signature = llvm::FunctionType::get(b_.getVoidTy(), params, false);
  llvm::FunctionCallee callee =
      unit_.module().getOrInsertFunction(std::string("lh_c") + info.name + suffix, signature);
  llvm::CallInst* call = b_.CreateCall(callee, args);
  call->setDoesNotThrow();
  Row leaves;
  for (unsigned i = 0; i < 2; ++i) {
    llvm::Value* at = i == 0 ? out : b_.CreateConstInBoundsGEP1_64(real, out, i);
    leaves.push_back(load_native(b_, real, at, real->getScalarSizeInBits() / 8));
  }
  set(inst, leaves);
}

}  // namespace lancehead
