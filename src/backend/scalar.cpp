// Constants, arithmetic and comparisons of scalars.
#include "backend/function_lowering.h"
#include "base/check.h"
#include "llvm/IR/Intrinsics.h"

namespace lancehead {

void FunctionLowering::append_constant(const Constant& c, Row& out) {
  auto float_leaf = [&](LeafKind kind, uint64_t bits) {
    llvm::Type* t = unit_.leaf_type(kind);
    return llvm::ConstantFP::get(
        t, llvm::APFloat(t->getFltSemantics(), llvm::APInt(t->getScalarSizeInBits(), bits)));
  };
  if (c.type == ty::Str) {
    UnitLowering::StrData data = unit_.str_data(c.text);
    out.append(
        {llvm::ConstantPointerNull::get(unit_.pointer()), data.data, int64(data.length), int64(data.kind)});
    return;
  }
  if (c.array) return unit_.append_array(*c.array, out);
  if (is_tuple(c.type)) {
    for (uint32_t item : c.items) append_constant(f_.constants[item], out);
    return;
  }
  LH_CHECK(is_plain(c.type) || unit_.leaves(c.type).empty(), "constant of an unexpected type");
  size_t part = 0;
  for (LeafKind kind : unit_.leaves(c.type)) {
    uint64_t bits = c.bits[part++];
    if (kind == LeafKind::F16 || kind == LeafKind::F32 || kind == LeafKind::F64)
      out.push_back(float_leaf(kind, bits));
    else
      out.push_back(llvm::ConstantInt::get(unit_.leaf_type(kind), bits));
  }
}

void FunctionLowering::lower_const(const Inst& inst) {
  Row leaves;
  append_constant(f_.constants[inst.attr], leaves);
  set(inst, leaves);
}

// Owners are null, so that releasing is harmless whatever path a value took.
void FunctionLowering::lower_undef(const Inst& inst) {
  Row leaves;
  for (LeafKind kind : unit_.leaves(result_type(inst))) {
    llvm::Type* t = unit_.leaf_type(kind);
    if (kind == LeafKind::Owner)
      leaves.push_back(llvm::Constant::getNullValue(t));
    else
      leaves.push_back(llvm::PoisonValue::get(t));
  }
  set(inst, leaves);
}

void FunctionLowering::lower_arithmetic(const Inst& inst) {
  TypeId t = result_type(inst);
  if (is_complex(t)) return lower_complex(inst);
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  bool real = is_float(t);
  switch (inst.op) {
    case Op::Add:
      if (t == ty::Bool) return set(inst, b_.CreateOr(x, y));  // as NumPy's
      return set(inst, real ? b_.CreateFAdd(x, y) : b_.CreateAdd(x, y));
    case Op::Sub: return set(inst, real ? b_.CreateFSub(x, y) : b_.CreateSub(x, y));
    case Op::Mul: return set(inst, real ? b_.CreateFMul(x, y) : b_.CreateMul(x, y));
    default: LH_CHECK(real, "div is for floats and complex numbers"); return set(inst, b_.CreateFDiv(x, y));
  }
}

void FunctionLowering::lower_bitwise(const Inst& inst) {
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  switch (inst.op) {
    case Op::And: return set(inst, b_.CreateAnd(x, y));
    case Op::Or: return set(inst, b_.CreateOr(x, y));
    default: return set(inst, b_.CreateXor(x, y));
  }
}

void FunctionLowering::lower_shift(const Inst& inst) {
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* count = scalar(inst.operands[1]);
  llvm::Value* width =
      llvm::ConstantInt::get(x->getType(), static_cast<uint64_t>(bits_of(result_type(inst))));
  llvm::Value* fits = b_.CreateICmpULT(count, width);
  if (inst.op == Op::Shr && is_signed(result_type(inst))) {
    llvm::Value* last =
        llvm::ConstantInt::get(x->getType(), static_cast<uint64_t>(bits_of(result_type(inst)) - 1));
    return set(inst, b_.CreateAShr(x, b_.CreateSelect(fits, count, last)));
  }
  // The count is made harmless first: a shift by too much is poison.
  llvm::Value* zero = llvm::ConstantInt::get(x->getType(), 0);
  llvm::Value* safe = b_.CreateSelect(fits, count, zero);
  llvm::Value* shifted = inst.op == Op::Shl ? b_.CreateShl(x, safe) : b_.CreateLShr(x, safe);
  set(inst, b_.CreateSelect(fits, shifted, zero));
}

void FunctionLowering::lower_unary(const Inst& inst) {
  TypeId t = result_type(inst);
  if (is_complex(t)) return lower_complex(inst);
  llvm::Value* x = scalar(inst.operands[0]);
  switch (inst.op) {
    case Op::Neg: return set(inst, is_float(t) ? b_.CreateFNeg(x) : b_.CreateNeg(x));
    case Op::Invert: return set(inst, b_.CreateNot(x));
    default: break;
  }
  if (is_float(t)) return set(inst, b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, x));
  if (!is_signed(t)) return set(inst, x);
  set(inst, b_.CreateBinaryIntrinsic(llvm::Intrinsic::abs, x, b_.getFalse()));
}

namespace {

// Does the result go round a loop to become the first operand? Of many values it does not matter which equal
// one wins.
bool is_running_extreme(const Function& f, const Inst& inst) {
  const Value& carried = f.value(inst.operands[0]);
  if (carried.def.valid()) return false;
  const std::vector<ValueId>& params = f.block(carried.block).params;
  for (const Edge& e : f.terminator(inst.block).edges)
    for (size_t i = 0; i < e.args.size(); ++i)
      if (e.target == carried.block && e.args[i] == inst.results[0] && params[i] == inst.operands[0])
        return true;
  return false;
}

}  // namespace

// Floats as NumPy's minimum and maximum: a NaN wins, the first of equals is taken.
void FunctionLowering::lower_minmax(const Inst& inst) {
  TypeId t = result_type(inst);
  llvm::Value* x = scalar(inst.operands[0]);
  llvm::Value* y = scalar(inst.operands[1]);
  bool is_min = inst.op == Op::Min;
  if (!is_float(t)) {
    using namespace llvm::Intrinsic;
    ID id = is_signed(t) ? (is_min ? smin : smax) : (is_min ? umin : umax);
    return set(inst, b_.CreateBinaryIntrinsic(id, x, y));
  }
  if (is_running_extreme(f_, inst))  // in a form that LLVM vectorises; of zeros, the sign decides
    return set(inst,
               b_.CreateBinaryIntrinsic(is_min ? llvm::Intrinsic::minimum : llvm::Intrinsic::maximum, x, y));
  // The first choice is one instruction of the machine, which gives x where either is NaN.
  llvm::Value* y_wins = is_min ? b_.CreateFCmpOLT(y, x) : b_.CreateFCmpOGT(y, x);
  llvm::Value* ordered = b_.CreateSelect(y_wins, y, x);
  set(inst, b_.CreateSelect(b_.CreateFCmpUNO(y, y), y, ordered));
}

void FunctionLowering::lower_compare(const Inst& inst) {
  TypeId t = type(inst.operands[0]);
  llvm::ArrayRef<llvm::Value*> x = row(inst.operands[0]);
  llvm::ArrayRef<llvm::Value*> y = row(inst.operands[1]);
  using P = llvm::CmpInst::Predicate;
  struct Predicates {
    P real, is_signed, is_unsigned;
  };
  auto predicates = [&]() -> Predicates {
    switch (inst.op) {
      case Op::Eq: return {P::FCMP_OEQ, P::ICMP_EQ, P::ICMP_EQ};
      case Op::Ne: return {P::FCMP_UNE, P::ICMP_NE, P::ICMP_NE};
      case Op::Lt: return {P::FCMP_OLT, P::ICMP_SLT, P::ICMP_ULT};
      case Op::Le: return {P::FCMP_OLE, P::ICMP_SLE, P::ICMP_ULE};
      case Op::Gt: return {P::FCMP_OGT, P::ICMP_SGT, P::ICMP_UGT};
      default: return {P::FCMP_OGE, P::ICMP_SGE, P::ICMP_UGE};
    }
  }();
  LH_CHECK(x.size() == y.size(), "comparison of different types");
  if (x.empty()) return set(inst, b_.getInt1(inst.op != Op::Ne));  // values of an opaque type are equal
  if (is_complex(t)) {
    llvm::Value* real = b_.CreateFCmp(predicates.real, x[0], y[0]);
    llvm::Value* imaginary = b_.CreateFCmp(predicates.real, x[1], y[1]);
    return set(inst, inst.op == Op::Eq ? b_.CreateAnd(real, imaginary) : b_.CreateOr(real, imaginary));
  }
  if (is_float(t)) return set(inst, b_.CreateFCmp(predicates.real, x[0], y[0]));
  set(inst, b_.CreateICmp(is_signed(t) ? predicates.is_signed : predicates.is_unsigned, x[0], y[0]));
}

void FunctionLowering::lower_select(const Inst& inst) {
  llvm::Value* condition = scalar(inst.operands[0]);
  llvm::ArrayRef<llvm::Value*> x = row(inst.operands[1]);
  llvm::ArrayRef<llvm::Value*> y = row(inst.operands[2]);
  Row leaves;
  for (size_t i = 0; i < x.size(); ++i) leaves.push_back(b_.CreateSelect(condition, x[i], y[i]));
  set(inst, leaves);
}

}  // namespace lancehead
