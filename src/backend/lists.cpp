// Lists (types/list.def): what is done often stands inline, the rest is the runtime's. An item that is read
// is retained, as what the list holds may be replaced while the item is in use.
#include "backend/function_lowering.h"

namespace lancehead {
namespace {

#define LIST(field, offset) constexpr int64_t kOffsetOf_##field = kHeaderBytes + (offset);
#include "types/list.def"
#undef LIST

}  // namespace

llvm::Value* FunctionLowering::list_field(ValueId list, int64_t offset) {
  return b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), scalar(list), static_cast<uint64_t>(offset));
}

llvm::Value* FunctionLowering::list_item(ValueId list, llvm::Value* index) {
  llvm::Value* items = b_.CreateLoad(unit_.pointer(), list_field(list, kOffsetOf_items));
  size_t width = unit_.leaves(type_of(type(list)).elem).size();
  return b_.CreateInBoundsGEP(llvm::ArrayType::get(b_.getInt64Ty(), width), items, index);
}

void FunctionLowering::store_item(ValueId value, llvm::Value* slots) {
  llvm::ArrayRef<llvm::Value*> leaves = row(value);
  for (size_t i = 0; i < leaves.size(); ++i) store_slot(b_, leaves[i], slots, i);
}

void FunctionLowering::lower_list_make(const Inst& inst) {
  TypeId item = type_of(result_type(inst)).elem;
  llvm::Value* slot = scratch(1);
  llvm::Value* count = int64(static_cast<int64_t>(inst.operands.size()));
  llvm::Value* code =
      b_.CreateCall(unit_.runtime(RtFn::ListNew), {ctx_, unit_.item_layout(item), count, slot});
  check_status(code, &inst, [&] {
    for (ValueId v : inst.operands) call_with_owners(RtFn::Release, unit_.leaves(item), row(v));
  });
  set(inst, load_slot(b_, unit_, LeafKind::Owner, slot, 0));
  if (inst.operands.empty()) return;
  ValueId list = inst.results[0];
  for (size_t i = 0; i < inst.operands.size(); ++i)
    store_item(inst.operands[i], list_item(list, int64(static_cast<int64_t>(i))));
  b_.CreateStore(count, list_field(list, kOffsetOf_length));
}

void FunctionLowering::lower_list_len(const Inst& inst) {
  set(inst, b_.CreateLoad(b_.getInt64Ty(), list_field(inst.operands[0], kOffsetOf_length)));
}

void FunctionLowering::lower_list_get(const Inst& inst) {
  const std::vector<LeafKind>& kinds = unit_.leaves(result_type(inst));
  llvm::Value* slots = list_item(inst.operands[0], scalar(inst.operands[1]));
  Row leaves;
  for (size_t i = 0; i < kinds.size(); ++i) leaves.push_back(load_slot(b_, unit_, kinds[i], slots, i));
  call_with_owners(RtFn::Retain, kinds, leaves);
  set(inst, leaves);
}

void FunctionLowering::lower_list_set(const Inst& inst) {
  const std::vector<LeafKind>& kinds = unit_.leaves(type(inst.operands[2]));
  llvm::Value* slots = list_item(inst.operands[0], scalar(inst.operands[1]));
  Row before;
  for (size_t i = 0; i < kinds.size(); ++i)
    before.push_back(kinds[i] == LeafKind::Owner ? load_slot(b_, unit_, kinds[i], slots, i) : nullptr);
  store_item(inst.operands[2], slots);
  call_with_owners(RtFn::Release, kinds, before);
}

void FunctionLowering::lower_list_append(const Inst& inst) {
  ValueId list = inst.operands[0], value = inst.operands[1];
  llvm::Value* length = b_.CreateLoad(b_.getInt64Ty(), list_field(list, kOffsetOf_length));
  llvm::Value* capacity = b_.CreateLoad(b_.getInt64Ty(), list_field(list, kOffsetOf_capacity));
  llvm::BasicBlock *full = new_cold_block("full"), *store = new_block("");
  b_.CreateCondBr(b_.CreateICmpEQ(length, capacity), full, store);
  b_.SetInsertPoint(full);
  check_status(b_.CreateCall(unit_.runtime(RtFn::ListReserve), {ctx_, scalar(list), int64(1)}), &inst,
               [&] { call_with_owners(RtFn::Release, unit_.leaves(type(value)), row(value)); });
  b_.CreateBr(store);
  b_.SetInsertPoint(store);
  store_item(value, list_item(list, length));
  b_.CreateStore(b_.CreateNSWAdd(length, int64(1)), list_field(list, kOffsetOf_length));
}

}  // namespace lancehead
