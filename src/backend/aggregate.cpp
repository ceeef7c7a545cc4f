// Tuples, optionals and other aggregates: making one is joining rows of leaves, taking a part is slicing a
// row.
#include "backend/function_lowering.h"
#include "base/check.h"

namespace lancehead {
namespace {
constexpr size_t kMaxSelects = 8;  // a longer tuple is indexed in memory
}

void FunctionLowering::lower_tuple_make(const Inst& inst) {
  Row leaves;
  for (ValueId operand : inst.operands) leaves.append(row(operand).begin(), row(operand).end());
  set(inst, leaves);
}

void FunctionLowering::lower_tuple_get(const Inst& inst) {
  std::vector<TypeId> parts = parts_of(type(inst.operands[0]));
  LH_CHECK(inst.attr < parts.size(), "no such part");
  size_t start = 0;
  for (uint32_t i = 0; i < inst.attr; ++i) start += unit_.leaves(parts[i]).size();
  set(inst, row(inst.operands[0]).slice(start, unit_.leaves(parts[inst.attr]).size()));
}

// The items are of one type.
void FunctionLowering::lower_tuple_at(const Inst& inst) {
  llvm::ArrayRef<llvm::Value*> tuple = row(inst.operands[0]);
  llvm::Value* index = scalar(inst.operands[1]);
  const std::vector<LeafKind>& kinds = unit_.leaves(result_type(inst));
  size_t width = kinds.size();
  if (width == 0) return;
  size_t count = tuple.size() / width;
  LH_CHECK(count * width == tuple.size() && count > 0, "tuple_at of a tuple with different items");
  Row leaves;
  if (count <= kMaxSelects) {
    leaves.append(tuple.begin(), tuple.begin() + static_cast<ptrdiff_t>(width));
    for (size_t item = 1; item < count; ++item) {
      llvm::Value* is_item = b_.CreateICmpEQ(index, int64(static_cast<int64_t>(item)));
      for (size_t i = 0; i < width; ++i)
        leaves[i] = b_.CreateSelect(is_item, tuple[item * width + i], leaves[i]);
    }
    return set(inst, leaves);
  }
  llvm::Value* slots = spill(tuple);
  llvm::Value* slot = b_.CreateMul(index, int64(static_cast<int64_t>(width)));
  llvm::Value* item = b_.CreateInBoundsGEP(b_.getInt64Ty(), slots, slot);
  for (size_t i = 0; i < width; ++i) leaves.push_back(load_slot(b_, unit_, kinds[i], item, i));
  set(inst, leaves);
}

void FunctionLowering::lower_optional(const Inst& inst) {
  switch (inst.op) {
    case Op::OptionalMake: {
      Row leaves = {b_.getTrue()};
      leaves.append(row(inst.operands[0]).begin(), row(inst.operands[0]).end());
      return set(inst, leaves);
    }
    case Op::OptionalNone: {
      Row leaves;
      for (LeafKind kind : unit_.leaves(result_type(inst)))
        leaves.push_back(llvm::Constant::getNullValue(unit_.leaf_type(kind)));
      return set(inst, leaves);
    }
    case Op::OptionalHas: return set(inst, row(inst.operands[0])[0]);
    default: return set(inst, row(inst.operands[0]).drop_front());
  }
}

}  // namespace lancehead
