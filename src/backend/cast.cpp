// Conversions between scalars, as C's; to bool is "not zero". A float out of an integer's range gives what
// the machine's instruction gives, as in NumPy: the result is frozen, since to LLVM it is poison.
#include "backend/function_lowering.h"
#include "base/check.h"

namespace lancehead {

llvm::Value* FunctionLowering::truth(ValueId value) {
  llvm::Value* any = nullptr;
  for (llvm::Value* leaf : row(value)) {
    llvm::Value* zero = llvm::Constant::getNullValue(leaf->getType());
    llvm::Value* is_set =
        leaf->getType()->isFloatingPointTy() ? b_.CreateFCmpUNE(leaf, zero) : b_.CreateICmpNE(leaf, zero);
    any = any ? b_.CreateOr(any, is_set) : is_set;
  }
  return any;
}

llvm::Value* FunctionLowering::cast_leaf(llvm::Value* value, TypeId from, TypeId to) {
  llvm::Type* t = llvm_type(to);
  if (is_float(from)) {
    if (is_float(to)) return b_.CreateFPCast(value, t);
    return b_.CreateFreeze(is_signed(to) ? b_.CreateFPToSI(value, t) : b_.CreateFPToUI(value, t));
  }
  if (is_float(to)) return is_signed(from) ? b_.CreateSIToFP(value, t) : b_.CreateUIToFP(value, t);
  return b_.CreateIntCast(value, t, is_signed(from));
}

void FunctionLowering::lower_cast(const Inst& inst) {
  ValueId operand = inst.operands[0];
  TypeId from = type(operand);
  TypeId to = result_type(inst);
  if (from == to) return set(inst, row(operand));
  if (from == ty::Pointer || to == ty::Pointer) {
    LH_CHECK(bits_of(from) == 64 && bits_of(to) == 64, "an address is cast to 64 bits only");
    return set(inst, b_.CreateBitOrPointerCast(scalar(operand), llvm_type(to)));
  }
  LH_CHECK(is_plain(from) && is_plain(to), "cast is for scalars");
  if (to == ty::Bool) return set(inst, truth(operand));
  llvm::Value* real = cast_leaf(row(operand)[0], real_of(from), real_of(to));
  if (!is_complex(to)) return set(inst, real);
  llvm::Value* imaginary = is_complex(from) ? cast_leaf(row(operand)[1], real_of(from), real_of(to))
                                            : llvm::ConstantFP::get(real->getType(), 0.0);
  set(inst, {real, imaginary});
}

}  // namespace lancehead
