// Division and remainder. Those of integers are total, so that a pass may move them: x // 0 and x % 0 are 0
// (NumPy's values in arrays; scalars are checked before), and the smallest integer by -1 wraps.
#include "backend/function_lowering.h"
#include "llvm/IR/Intrinsics.h"

namespace lancehead {

void FunctionLowering::lower_division(const Inst& inst) {
  TypeId t = result_type(inst);
  if (is_float(t)) return set(inst, divide_float(inst));
  auto known_nonneg = [&](ValueId v) {
    auto* constant = llvm::dyn_cast<llvm::ConstantInt>(scalar(v));
    return f_.value(v).facts.nonneg || (constant && !constant->isNegative());
  };
  bool as_unsigned = !is_signed(t) || (known_nonneg(inst.operands[0]) && known_nonneg(inst.operands[1]));
  set(inst, as_unsigned ? divide_unsigned(inst) : divide_signed(inst));
}

llvm::Value* FunctionLowering::divide_unsigned(const Inst& inst) {
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  llvm::Value* zero = llvm::ConstantInt::get(x->getType(), 0);
  llvm::Value* by_zero = b_.CreateICmpEQ(y, zero);
  llvm::Value* divisor = b_.CreateSelect(by_zero, llvm::ConstantInt::get(x->getType(), 1), y);
  if (inst.op != Op::FloorDiv) return b_.CreateURem(x, divisor);
  return b_.CreateSelect(by_zero, zero, b_.CreateUDiv(x, divisor));
}

llvm::Value* FunctionLowering::divide_signed(const Inst& inst) {
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  llvm::Type* t = x->getType();
  llvm::Value* zero = llvm::ConstantInt::get(t, 0);
  llvm::Value* one = llvm::ConstantInt::get(t, 1);
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(y); constant && inst.op != Op::Rem) {
    const llvm::APInt& divisor = constant->getValue();
    if (divisor.isStrictlyPositive() && divisor.isPowerOf2())
      return inst.op == Op::FloorDiv ? b_.CreateAShr(x, divisor.logBase2())
                                     : b_.CreateAnd(x, llvm::ConstantInt::get(t, divisor - 1));
  }
  // 0 and -1 are the divisors with which the machine's instruction traps: divide by 1 then, where the
  // remainder is 0 as it should be and the quotient is x * y.
  llvm::Value* traps = b_.CreateICmpULT(b_.CreateAdd(y, one), llvm::ConstantInt::get(t, 2));
  llvm::Value* divisor = b_.CreateSelect(traps, one, y);
  if (inst.op == Op::Rem) return b_.CreateSRem(x, divisor);
  llvm::Value* quotient = b_.CreateSDiv(x, divisor);
  llvm::Value* remainder = b_.CreateSub(x, b_.CreateMul(quotient, divisor));
  llvm::Value* signs_differ = b_.CreateICmpSLT(b_.CreateXor(remainder, divisor), zero);
  llvm::Value* adjust = b_.CreateAnd(b_.CreateICmpNE(remainder, zero), signs_differ);
  if (inst.op == Op::Mod) return b_.CreateAdd(remainder, b_.CreateSelect(adjust, divisor, zero));
  llvm::Value* floor = b_.CreateSub(quotient, b_.CreateZExt(adjust, t));
  return b_.CreateSelect(traps, b_.CreateMul(x, y), floor);
}

// CPython's and NumPy's algorithm, without branches. By zero: x / 0 and fmod(x, 0).
llvm::Value* FunctionLowering::divide_float(const Inst& inst) {
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  llvm::Value* remainder = b_.CreateFRem(x, y);
  if (inst.op == Op::Rem) return remainder;
  llvm::Value* zero = llvm::ConstantFP::get(x->getType(), 0.0);
  auto negative = [&](llvm::Value* v) { return b_.CreateFCmpOLT(v, zero); };
  auto copysign = [&](llvm::Value* magnitude, llvm::Value* sign) {
    return b_.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, magnitude, sign);
  };
  llvm::Value* not_zero = b_.CreateFCmpUNE(remainder, zero);
  llvm::Value* adjust = b_.CreateAnd(not_zero, b_.CreateXor(negative(y), negative(remainder)));
  llvm::Value* by_zero = b_.CreateFCmpOEQ(y, zero);
  if (inst.op == Op::Mod) {
    llvm::Value* adjusted = b_.CreateSelect(adjust, b_.CreateFAdd(remainder, y), remainder);
    llvm::Value* result = b_.CreateSelect(not_zero, adjusted, copysign(zero, y));
    return b_.CreateSelect(by_zero, remainder, result);
  }
  llvm::Value* one = llvm::ConstantFP::get(x->getType(), 1.0);
  llvm::Value* half = llvm::ConstantFP::get(x->getType(), 0.5);
  llvm::Value* quotient = b_.CreateFDiv(b_.CreateFSub(x, remainder), y);
  quotient = b_.CreateSelect(adjust, b_.CreateFSub(quotient, one), quotient);
  llvm::Value* floor = b_.CreateUnaryIntrinsic(llvm::Intrinsic::floor, quotient);
  llvm::Value* is_above = b_.CreateFCmpOGT(b_.CreateFSub(quotient, floor), half);
  floor = b_.CreateSelect(is_above, b_.CreateFAdd(floor, one), floor);
  llvm::Value* exact = b_.CreateFDiv(x, y);
  llvm::Value* result = b_.CreateSelect(b_.CreateFCmpUNE(quotient, zero), floor, copysign(zero, exact));
  return b_.CreateSelect(by_zero, exact, result);
}

}  // namespace lancehead
