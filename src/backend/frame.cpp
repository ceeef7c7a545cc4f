// A function's frame: its values' rows, arguments, stack check, and memory of its own.
#include "backend/function_lowering.h"

#include <algorithm>

#include "base/check.h"
#include "ir/dominators.h"
#include "llvm/IR/Intrinsics.h"

namespace lancehead {
namespace {

int context_offset(std::string_view field) {
#define CTX(name, offset) \
  if (field == #name) return offset;
#include "types/context.def"
#undef CTX
  LH_UNREACHABLE("context field");
}

llvm::FastMathFlags fast_math_flags(uint32_t bits) {
  llvm::FastMathFlags flags;
  flags.setNoNaNs(bits & LANCEHEAD_FAST_NNAN);
  flags.setNoInfs(bits & LANCEHEAD_FAST_NINF);
  flags.setNoSignedZeros(bits & LANCEHEAD_FAST_NSZ);
  flags.setAllowReciprocal(bits & LANCEHEAD_FAST_ARCP);
  flags.setAllowContract(bits & LANCEHEAD_FAST_CONTRACT);
  flags.setApproxFunc(bits & LANCEHEAD_FAST_AFN);
  flags.setAllowReassoc(bits & LANCEHEAD_FAST_REASSOC);
  return flags;
}

}  // namespace

llvm::Value* FunctionLowering::context_field(llvm::IRBuilder<>& b, std::string_view field) {
  return b.CreateConstInBoundsGEP1_64(b.getInt8Ty(), ctx_, static_cast<uint64_t>(context_offset(field)));
}

FunctionLowering::FunctionLowering(UnitLowering& unit, const Function& function, llvm::Function* target)
    : unit_(unit), f_(function), fn_(target), b_(unit.context()), aliases_(function, unit.context()) {
  if (f_.fastmath) b_.setFastMathFlags(fast_math_flags(unit.options().fastmath));
  row_start_.reserve(f_.values.size() + 1);
  uint32_t start = 0;
  for (const Value& v : f_.values) {
    row_start_.push_back(start);
    start += static_cast<uint32_t>(unit_.leaves(v.type).size());
  }
  row_start_.push_back(start);
  leaves_.resize(start, nullptr);
}

llvm::ArrayRef<llvm::Value*> FunctionLowering::row(ValueId id) const {
  uint32_t start = row_start_[id.index], end = row_start_[id.index + 1];
  LH_CHECK(start == end || leaves_[start], "value is used before it is made");
  return llvm::ArrayRef<llvm::Value*>(leaves_).slice(start, end - start);
}

void FunctionLowering::set(ValueId id, llvm::ArrayRef<llvm::Value*> leaves) {
  uint32_t start = row_start_[id.index], end = row_start_[id.index + 1];
  LH_CHECK(leaves.size() == end - start, "row of leaves has the wrong length");
  std::copy(leaves.begin(), leaves.end(), leaves_.begin() + start);
}

void FunctionLowering::run() {
  find_blocks();
  find_stack_checks();
  llvm::BasicBlock* entry = blocks_[0];
  if (incoming_[0] != 0) entry = llvm::BasicBlock::Create(unit_.context(), "entry", fn_, blocks_[0]);
  b_.SetInsertPoint(entry);
  std::vector<Row> arguments = take_arguments();
  if (incoming_[0] != 0) {  // LLVM's entry block has no predecessors
    auto phi = blocks_[0]->phis().begin();
    for (const Row& row : arguments)
      for (llvm::Value* leaf : row) (phi++)->addIncoming(leaf, b_.GetInsertBlock());
    b_.CreateBr(blocks_[0]);
  } else {
    const std::vector<ValueId>& params = f_.block(f_.entry()).params;
    for (size_t i = 0; i < params.size(); ++i) set(params[i], arguments[i]);
    blocks_[0] = b_.GetInsertBlock();
  }
  for (BlockId id : order_) lower_block(id);
  for (llvm::BasicBlock* block : cold_) block->moveAfter(&fn_->back());
  finish_scratch();
}

std::vector<Row> FunctionLowering::take_arguments() {
  const std::vector<ValueId>& params = f_.block(f_.entry()).params;
  std::vector<TypeId> types;
  for (ValueId p : params) types.push_back(type(p));
  convention_ = unit_.convention(types, f_.result);
  unsigned arg = 0;
  ctx_ = fn_->getArg(arg++);
  std::vector<Row> rows;
  for (TypeId param : types) {
    const std::vector<LeafKind>& kinds = unit_.leaves(param);
    Row& leaves = rows.emplace_back();
    if (unit_.by_pointer(convention_, param)) {
      llvm::Value* slots = fn_->getArg(arg++);
      for (size_t i = 0; i < kinds.size(); ++i) leaves.push_back(load_slot(b_, unit_, kinds[i], slots, i));
    } else {
      for (size_t i = 0; i < kinds.size(); ++i) leaves.push_back(fn_->getArg(arg++));
    }
  }
  if (convention_.result == Convention::Result::Memory) out_ = fn_->getArg(arg);
  return rows;
}

// Only functions that call within their unit can recurse. The check stands at the call, so that a path
// without one costs nothing, and fails as the call would; one call behind another needs none.
void FunctionLowering::find_stack_checks() {
  std::vector<const Inst*> calls;
  for (BlockId id : order_)
    for (InstId inst : f_.block(id).insts)
      if (f_.inst(inst).op == Op::Call && unit_.own_function(f_.callees[f_.inst(inst).attr].symbol))
        calls.push_back(&f_.inst(inst));
  if (calls.empty()) return;
  Cfg cfg(f_);
  Dominators dominators(cfg);
  for (size_t k = 0; k < calls.size(); ++k) {
    bool checked = false;  // what dominates a block comes before it in order_
    for (size_t j = 0; j < k; ++j)
      checked = checked || dominators.dominates(calls[j]->block, calls[k]->block);
    if (!checked) stack_checks_.insert(calls[k]);
  }
}

void FunctionLowering::check_stack(const Inst& call) {
  if (!stack_checks_.count(&call)) return;
  llvm::Value* stack = b_.CreateIntrinsic(llvm::Intrinsic::stacksave, {unit_.pointer()}, {});
  llvm::Value* limit = b_.CreateLoad(unit_.pointer(), context_field(b_, "stack_limit"));
  guard_builtin(b_.CreateICmpUGT(stack, limit), call, {ErrorRow::Recursion, {}});
}

llvm::Value* FunctionLowering::scratch(size_t slots) {
  if (!scratch_) {
    llvm::IRBuilder<> at_entry(&fn_->getEntryBlock(), fn_->getEntryBlock().begin());
    scratch_ = at_entry.CreateAlloca(b_.getInt64Ty(), b_.getInt32(0), "scratch");
  }
  size_t at = scratch_used_;
  scratch_used_ += slots;
  scratch_size_ = std::max(scratch_size_, scratch_used_);
  return at == 0 ? scratch_ : b_.CreateConstInBoundsGEP1_64(b_.getInt64Ty(), scratch_, at);
}

void FunctionLowering::lower_stack_alloc(const Inst& inst) {
  llvm::IRBuilder<> at_entry(&fn_->getEntryBlock(), fn_->getEntryBlock().begin());
  llvm::AllocaInst* memory = at_entry.CreateAlloca(llvm::ArrayType::get(b_.getInt8Ty(), inst.attr));
  memory->setAlignment(llvm::Align(64));
  set(inst, memory);
}

void FunctionLowering::finish_scratch() {
  if (scratch_)
    scratch_->setOperand(0, b_.getInt32(static_cast<uint32_t>(std::max<size_t>(scratch_size_, 1))));
}

llvm::Value* FunctionLowering::spill(llvm::ArrayRef<llvm::Value*> leaves) {
  llvm::Value* slots = scratch(leaves.size());
  for (size_t i = 0; i < leaves.size(); ++i) store_slot(b_, leaves[i], slots, i);
  return slots;
}

// The flag's address is fixed for the whole call; it is loaded once, on entry. Null means "never": a zero
// stands in.
llvm::Value* FunctionLowering::poll_flag() {
  if (!poll_flag_) {
    llvm::BasicBlock& entry = fn_->getEntryBlock();
    llvm::IRBuilder<> at_entry(&entry, entry.getFirstNonPHIOrDbgOrAlloca());
    llvm::Value* flag = at_entry.CreateLoad(unit_.pointer(), context_field(at_entry, "interrupt"));
    poll_flag_ = at_entry.CreateSelect(at_entry.CreateIsNull(flag), unit_.zero_word(), flag, "interrupt");
  }
  return poll_flag_;
}

}  // namespace lancehead
