// The calling convention, and leaves in memory (contract C19).
#include "backend/unit_lowering.h"
#include "base/check.h"

namespace lancehead {

const std::vector<LeafKind>& UnitLowering::leaves(TypeId type) {
  auto [it, is_new] = leaves_.try_emplace(type.index);
  if (is_new) append_leaves(type, it->second);
  return it->second;
}

llvm::Type* UnitLowering::leaf_type(LeafKind kind) {
  switch (kind) {
    case LeafKind::Bool: return int_type(1);
    case LeafKind::I8: return int_type(8);
    case LeafKind::I16: return int_type(16);
    case LeafKind::I32: return int_type(32);
    case LeafKind::I64: return int_type(64);
    case LeafKind::F16: return llvm::Type::getHalfTy(context_);
    case LeafKind::F32: return llvm::Type::getFloatTy(context_);
    case LeafKind::F64: return llvm::Type::getDoubleTy(context_);
    case LeafKind::Pointer:
    case LeafKind::Owner: return pointer();
  }
  LH_UNREACHABLE("leaf kind");
}

Convention UnitLowering::convention(const std::vector<TypeId>& params, TypeId result) {
  Convention c;
  size_t count = 0;
  for (TypeId param : params) count += leaves(param).size();
  c.tuples_by_pointer = count > kMaxArgumentLeaves;
  llvm::SmallVector<llvm::Type*, 16> types = {pointer()};
  for (TypeId param : params) {
    if (by_pointer(c, param)) {
      types.push_back(pointer());
      continue;
    }
    for (LeafKind kind : leaves(param)) types.push_back(leaf_type(kind));
  }
  llvm::Type* returned = int_type(32);
  const std::vector<LeafKind>& results = leaves(result);
  if (results.size() == 1) {
    c.result = Convention::Result::Register;
    c.register_kind = results[0];
    returned = llvm::StructType::get(returned, leaf_type(results[0]));
  } else if (!results.empty()) {
    c.result = Convention::Result::Memory;
    types.push_back(pointer());
  }
  c.type = llvm::FunctionType::get(returned, types, false);
  return c;
}

llvm::Value* load_native(llvm::IRBuilder<>& b, llvm::Type* type, llvm::Value* address, unsigned alignment,
                         const llvm::AAMDNodes& aliases) {
  bool is_bool = type->isIntegerTy(1);
  llvm::LoadInst* load =
      b.CreateAlignedLoad(is_bool ? b.getInt8Ty() : type, address, llvm::Align(is_bool ? 1 : alignment));
  load->setAAMetadata(aliases);
  return is_bool ? b.CreateIsNotNull(load) : load;
}

void store_native(llvm::IRBuilder<>& b, llvm::Value* value, llvm::Value* address, unsigned alignment,
                  const llvm::AAMDNodes& aliases) {
  if (value->getType()->isIntegerTy(1)) value = b.CreateZExt(value, b.getInt8Ty());
  b.CreateAlignedStore(value, address, llvm::Align(alignment))->setAAMetadata(aliases);
}

llvm::Value* load_slot(llvm::IRBuilder<>& b, UnitLowering& unit, LeafKind kind, llvm::Value* slots,
                       size_t index) {
  llvm::Value* address = index == 0 ? slots : b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), slots, index);
  return load_native(b, unit.leaf_type(kind), address, kSlotBytes);
}

void store_slot(llvm::IRBuilder<>& b, llvm::Value* leaf, llvm::Value* slots, size_t index) {
  llvm::Value* address = index == 0 ? slots : b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), slots, index);
  if (leaf->getType()->isIntegerTy(1)) leaf = b.CreateZExt(leaf, b.getInt64Ty());
  b.CreateAlignedStore(leaf, address, llvm::Align(kSlotBytes));
}

}  // namespace lancehead
