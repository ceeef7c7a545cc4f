// Arrays and memory. An array is its leaves {owner, data, shape, strides in bytes}; the axis that the layout
// makes contiguous has the item size as its stride, a constant. Indices are within bounds here, negative ones
// are wrapped.
#include "backend/function_lowering.h"
#include "base/check.h"

namespace lancehead {
namespace {

// The axis whose stride is the item size, or -1.
int contiguous_axis(const Type& array) {
  if (array.ndim == 0 || array.layout == Layout::A) return -1;
  return array.layout == Layout::C ? array.ndim - 1 : 0;
}

unsigned natural_alignment(llvm::Type* type) {
  return type->isIntegerTy(1) ? 1 : type->getScalarSizeInBits() / 8;
}

}  // namespace

llvm::Value* FunctionLowering::array_extent(ValueId array, size_t axis) const {
  return row(array)[array_shape_leaf(static_cast<int>(axis))];
}

llvm::Value* FunctionLowering::array_stride(ValueId array, size_t axis) {
  const Type& t = type_of(type(array));
  if (static_cast<int>(axis) == contiguous_axis(t)) return int64(size_of(t.elem));
  return row(array)[array_stride_leaf(t.ndim, static_cast<int>(axis))];
}

void FunctionLowering::lower_array_part(const Inst& inst) {
  ValueId first = inst.operands[0];
  switch (inst.op) {
    case Op::ArrayDim: return set(inst, array_extent(first, inst.attr));
    case Op::ArrayStride: return set(inst, array_stride(first, inst.attr));
    case Op::ArrayData: return set(inst, row(first)[1]);
    case Op::ArrayAddress:
      return set(inst, element_address(first, llvm::ArrayRef<ValueId>(inst.operands).drop_front()));
    case Op::Offset:
      return set(inst, b_.CreateInBoundsGEP(b_.getInt8Ty(), scalar(first), scalar(inst.operands[1])));
    default: {  // wrap_index
      llvm::Value* index = scalar(first);
      llvm::Value* wrapped = b_.CreateAdd(index, scalar(inst.operands[1]));
      return set(inst, b_.CreateSelect(b_.CreateICmpSLT(index, int64(0)), wrapped, index));
    }
  }
}

// The contiguous axis comes last, as an index of elements: what stands before it is the same for a whole
// inner loop.
llvm::Value* FunctionLowering::element_address(ValueId array, llvm::ArrayRef<ValueId> indices) {
  const Type& t = type_of(type(array));
  int last = contiguous_axis(t);
  llvm::Value* address = row(array)[1];
  for (size_t axis = 0; axis < indices.size(); ++axis) {
    if (static_cast<int>(axis) == last) continue;
    llvm::Value* offset = b_.CreateNSWMul(scalar(indices[axis]), array_stride(array, axis));
    address = b_.CreateInBoundsGEP(b_.getInt8Ty(), address, offset);
  }
  if (last < 0 || static_cast<size_t>(last) >= indices.size()) return address;
  llvm::Type* item = llvm::ArrayType::get(b_.getInt8Ty(), static_cast<uint64_t>(size_of(t.elem)));
  return b_.CreateInBoundsGEP(item, address, scalar(indices[static_cast<size_t>(last)]));
}

void FunctionLowering::load_element(const Inst& inst, TypeId elem, llvm::Value* address, bool aligned,
                                    ValueId base) {
  llvm::Type* part = llvm_type(elem);
  unsigned alignment = aligned ? natural_alignment(part) : 1;
  Row leaves;
  for (size_t i = 0; i < unit_.leaves(elem).size(); ++i) {
    llvm::Value* at = i == 0 ? address : b_.CreateConstInBoundsGEP1_64(part, address, i);
    leaves.push_back(load_native(b_, part, at, alignment, aliases_.of(base)));
  }
  set(inst, leaves);
}

void FunctionLowering::store_element(ValueId value, TypeId elem, llvm::Value* address, bool aligned,
                                     ValueId base) {
  llvm::Type* part = llvm_type(elem);
  unsigned alignment = aligned ? natural_alignment(part) : 1;
  llvm::ArrayRef<llvm::Value*> leaves = row(value);
  for (size_t i = 0; i < leaves.size(); ++i) {
    llvm::Value* at = i == 0 ? address : b_.CreateConstInBoundsGEP1_64(part, address, i);
    store_native(b_, leaves[i], at, alignment, aliases_.of(base));
  }
}

// A bare address may be of an unaligned array: no alignment is assumed, which costs nothing on x86.
void FunctionLowering::lower_array_load(const Inst& inst) {
  if (inst.op == Op::Load)
    return load_element(inst, result_type(inst), scalar(inst.operands[0]), false, inst.operands[0]);
  const Type& t = type_of(type(inst.operands[0]));
  llvm::Value* address =
      element_address(inst.operands[0], llvm::ArrayRef<ValueId>(inst.operands).drop_front());
  load_element(inst, t.elem, address, t.aligned, inst.operands[0]);
}

void FunctionLowering::lower_array_store(const Inst& inst) {
  ValueId value = inst.operands[1];
  if (inst.op == Op::Store)
    return store_element(value, type(value), scalar(inst.operands[0]), false, inst.operands[0]);
  const Type& t = type_of(type(inst.operands[0]));
  llvm::Value* address =
      element_address(inst.operands[0], llvm::ArrayRef<ValueId>(inst.operands).drop_front(2));
  store_element(value, t.elem, address, t.aligned, inst.operands[0]);
}

void FunctionLowering::lower_array_view(const Inst& inst) {
  llvm::Value* owner = row(inst.operands[0])[0];
  // kViewTag where there is kPythonTag (runtime/memory.h). What differs from its base by the type alone is
  // the base, cast to what control flow joins.
  if (result_type(inst) == type(inst.operands[0])) {
    llvm::Value* word = b_.CreatePtrToInt(owner, b_.getInt64Ty());
    word = b_.CreateOr(word, b_.CreateShl(b_.CreateAnd(word, 1), 1));
    owner = b_.CreateIntToPtr(word, b_.getPtrTy());
  }
  Row leaves = {owner};
  for (size_t i = 1; i < inst.operands.size(); ++i) leaves.push_back(scalar(inst.operands[i]));
  set(inst, leaves);
}

// The runtime checks the extents and allocates; strides are computed here, as NumPy does: an empty axis
// counts as one.
void FunctionLowering::lower_array_alloc(const Inst& inst) {
  const Type& t = type_of(result_type(inst));
  Row extents;
  for (ValueId extent : inst.operands) extents.push_back(scalar(extent));
  LH_CHECK(extents.size() == t.ndim, "array_alloc with the wrong number of extents");
  llvm::Value* owner_slot = scratch(1);
  llvm::Value* shape = extents.empty() ? owner_slot : spill(extents);
  check_status(b_.CreateCall(unit_.runtime(RtFn::ArrayAlloc), {ctx_, int64(size_of(t.elem)), int64(t.ndim),
                                                               shape, int64(inst.attr & 1), owner_slot}),
               &inst);
  llvm::Value* owner = load_slot(b_, unit_, LeafKind::Owner, owner_slot, 0);
  Row leaves = {owner, b_.CreateConstInBoundsGEP1_64(b_.getInt8Ty(), owner, kHeaderBytes)};
  leaves.append(extents);
  Row strides(t.ndim);
  llvm::Value* stride = int64(size_of(t.elem));
  for (size_t k = 0; k < t.ndim; ++k) {
    size_t axis = t.layout == Layout::F ? k : t.ndim - 1 - k;
    strides[axis] = stride;
    if (k + 1 == t.ndim) break;
    llvm::Value* at_least_one = b_.CreateBinaryIntrinsic(llvm::Intrinsic::umax, extents[axis], int64(1));
    stride = b_.CreateNSWMul(stride, at_least_one);
  }
  leaves.append(strides);
  set(inst, leaves);
}

}  // namespace lancehead
