// Complex arithmetic: real and imaginary part are two leaves. Multiplication is the plain formula and
// division Smith's, each in NumPy's order of operations.
#include "backend/function_lowering.h"
#include "base/check.h"
#include "llvm/IR/Intrinsics.h"

namespace lancehead {

void FunctionLowering::lower_complex(const Inst& inst) {
  llvm::ArrayRef<llvm::Value*> x = row(inst.operands[0]);
  llvm::ArrayRef<llvm::Value*> y = inst.operands.size() > 1 ? row(inst.operands[1]) : x;
  switch (inst.op) {
    case Op::ComplexMake: return set(inst, {x[0], y[0]});
    case Op::ComplexReal: return set(inst, x[0]);
    case Op::ComplexImag: return set(inst, x[1]);
    case Op::Add: return set(inst, {b_.CreateFAdd(x[0], y[0]), b_.CreateFAdd(x[1], y[1])});
    case Op::Sub: return set(inst, {b_.CreateFSub(x[0], y[0]), b_.CreateFSub(x[1], y[1])});
    case Op::Neg: return set(inst, {b_.CreateFNeg(x[0]), b_.CreateFNeg(x[1])});
    case Op::Mul: {
      llvm::Value* real = b_.CreateFSub(b_.CreateFMul(x[0], y[0]), b_.CreateFMul(x[1], y[1]));
      llvm::Value* imaginary = b_.CreateFAdd(b_.CreateFMul(x[0], y[1]), b_.CreateFMul(x[1], y[0]));
      return set(inst, {real, imaginary});
    }
    case Op::Div: return set(inst, complex_divide(x, y));
    default: LH_UNREACHABLE("op is not defined for complex numbers");
  }
}

// The larger part of the divisor decides which of two symmetric formulas is taken: their operands are
// selected. A zero divisor gives infinities and NaNs by plain division.
Row FunctionLowering::complex_divide(llvm::ArrayRef<llvm::Value*> x, llvm::ArrayRef<llvm::Value*> y) {
  llvm::Value* zero = llvm::ConstantFP::get(x[0]->getType(), 0.0);
  llvm::Value* one = llvm::ConstantFP::get(x[0]->getType(), 1.0);
  llvm::Value* real_size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, y[0]);
  llvm::Value* imaginary_size = b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, y[1]);
  llvm::Value* straight = b_.CreateFCmpOGE(real_size, imaginary_size);
  auto choose = [&](llvm::Value* if_straight, llvm::Value* otherwise) {
    return b_.CreateSelect(straight, if_straight, otherwise);
  };
  llvm::Value* large = choose(y[0], y[1]);
  llvm::Value* small = choose(y[1], y[0]);
  llvm::Value* ratio = b_.CreateFDiv(small, large);
  llvm::Value* scale = b_.CreateFDiv(one, b_.CreateFAdd(large, b_.CreateFMul(small, ratio)));
  llvm::Value* first = choose(x[0], x[1]);
  llvm::Value* second = choose(x[1], x[0]);
  llvm::Value* real = b_.CreateFMul(b_.CreateFAdd(first, b_.CreateFMul(second, ratio)), scale);
  llvm::Value* product = b_.CreateFMul(first, ratio);
  llvm::Value* difference = b_.CreateFSub(choose(second, product), choose(product, second));
  llvm::Value* imaginary = b_.CreateFMul(difference, scale);
  llvm::Value* by_zero =
      b_.CreateAnd(b_.CreateFCmpOEQ(real_size, zero), b_.CreateFCmpOEQ(imaginary_size, zero));
  return {b_.CreateSelect(by_zero, b_.CreateFDiv(x[0], real_size), real),
          b_.CreateSelect(by_zero, b_.CreateFDiv(x[1], real_size), imaginary)};
}

}  // namespace lancehead
