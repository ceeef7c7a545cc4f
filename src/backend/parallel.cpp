// Parallel loops. The runtime calls a function of the environment once per chunk of iterations; it unpacks
// the captures, runs the loop's body and stores the chunk's partial results, which are combined in order
// afterwards.
#include <algorithm>

#include "backend/function_lowering.h"
#include "base/check.h"
#include "llvm/IR/Intrinsics.h"

namespace lancehead {
namespace {

// The environment's slots; the captures follow.
enum EnvironmentSlot : size_t { kPartials, kChunkSize, kCaptures };

constexpr int64_t kGrain = 1;  // an iteration may be any amount of work

bool has_owner(const std::vector<LeafKind>& kinds) {
  return std::find(kinds.begin(), kinds.end(), LeafKind::Owner) != kinds.end();
}

}  // namespace

// status chunk(ctx, environment, first, last)
llvm::Function* UnitLowering::chunk_function(const Callee& body) {
  std::string name = body.symbol + "$chunk";
  if (llvm::Function* known = module_->getFunction(name)) return known;
  llvm::Function* target = own_function(body.symbol);
  LH_CHECK(target, "the body of a parallel loop is not in its unit");
  auto* type =
      llvm::FunctionType::get(int_type(32), {pointer(), pointer(), int_type(64), int_type(64)}, false);
  auto* chunk = llvm::Function::Create(type, llvm::GlobalValue::PrivateLinkage, name, *module_);
  chunk->setDoesNotThrow();
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(context_, "", chunk));
  Convention c = convention(body.params, body.result);
  llvm::Value* environment = chunk->getArg(1);
  Row args = {chunk->getArg(0), chunk->getArg(2), chunk->getArg(3)};
  size_t slot = kCaptures;
  for (size_t i = 2; i < body.params.size(); ++i) {
    const std::vector<LeafKind>& kinds = leaves(body.params[i]);
    if (by_pointer(c, body.params[i]))
      args.push_back(b.CreateConstInBoundsGEP1_64(int_type(64), environment, slot));
    else
      for (size_t k = 0; k < kinds.size(); ++k)
        args.push_back(load_slot(b, *this, kinds[k], environment, slot + k));
    slot += kinds.size();
  }
  llvm::Value* partial = nullptr;
  size_t width = leaves(body.result).size();
  if (width > 0) {
    llvm::Value* size = load_slot(b, *this, LeafKind::I64, environment, kChunkSize);
    llvm::Value* index = b.CreateMul(b.CreateSDiv(chunk->getArg(2), size), b.getInt64(width));
    partial = b.CreateInBoundsGEP(int_type(64),
                                  load_slot(b, *this, LeafKind::Pointer, environment, kPartials), index);
  }
  if (c.result == Convention::Result::Memory) args.push_back(partial);
  llvm::CallInst* result = b.CreateCall(target, args);
  if (c.result != Convention::Result::Register) {
    b.CreateRet(result);
    return chunk;
  }
  store_slot(b, b.CreateExtractValue(result, 1), partial, 0);
  b.CreateRet(b.CreateExtractValue(result, 0));
  return chunk;
}

void FunctionLowering::lower_parloop(const Inst& inst) {
  const ParLoopInfo& loop = f_.parloops[inst.attr];
  const Callee& body = f_.callees[loop.body];
  llvm::ArrayRef<ValueId> operands = inst.operands;
  llvm::Value* count = scalar(operands[0]);
  const std::vector<LeafKind>& kinds = unit_.leaves(body.result);
  size_t width = kinds.size();

  Row environment(kCaptures, int64(0));
  for (ValueId capture : operands.slice(1, loop.captures))
    environment.append(row(capture).begin(), row(capture).end());
  llvm::Value* stack = nullptr;
  llvm::Value* chunks = nullptr;
  llvm::Value* partials = nullptr;
  if (width > 0) {
    llvm::Value* size = b_.CreateCall(unit_.runtime(RtFn::ParallelChunk), {count, int64(kGrain)});
    llvm::Value* full = b_.CreateAdd(b_.CreateSDiv(b_.CreateSub(count, int64(1)), size), int64(1));
    chunks = b_.CreateSelect(b_.CreateICmpSGT(count, int64(0)), full, int64(0));
    stack = b_.CreateIntrinsic(llvm::Intrinsic::stacksave, {unit_.pointer()}, {});
    partials = b_.CreateAlloca(b_.getInt64Ty(), b_.CreateMul(chunks, int64(static_cast<int64_t>(width))));
    environment[kPartials] = partials;
    environment[kChunkSize] = size;
  }
  std::function<void()> clean_up;
  if (has_owner(kinds)) {  // of chunks that did not run there is nothing to release
    llvm::Value* bytes = b_.CreateMul(chunks, int64(static_cast<int64_t>(width * kSlotBytes)));
    b_.CreateMemSet(partials, b_.getInt8(0), bytes, llvm::Align(kSlotBytes));
    clean_up = [&] { release_partials(partials, chunks, kinds); };
  }
  llvm::Value* slots = spill(environment);
  check_status(b_.CreateCall(unit_.runtime(RtFn::ParallelFor),
                             {ctx_, unit_.chunk_function(body), slots, count, int64(kGrain)}),
               &inst, clean_up);
  if (width == 0) return;
  fold_partials(inst, loop, partials, chunks);
  b_.CreateIntrinsic(llvm::Intrinsic::stackrestore, {unit_.pointer()}, {stack});
}

// Partial results that have been folded have null owners.
void FunctionLowering::release_partials(llvm::Value* partials, llvm::Value* chunks,
                                        const std::vector<LeafKind>& kinds) {
  LH_CHECK(kinds.size() <= 64, "partial results of a parallel loop with too many leaves");
  uint64_t owners = 0;
  for (size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == LeafKind::Owner) owners |= uint64_t{1} << i;
  b_.CreateCall(unit_.runtime(RtFn::ReleasePartials),
                {partials, chunks, int64(static_cast<int64_t>(kinds.size())), b_.getInt64(owners)});
}

// for k in range(chunks): total = combine(total, partials[k]). The combining function borrows what it is
// given; the fold owns the total, and releases each that has been replaced.
void FunctionLowering::fold_partials(const Inst& inst, const ParLoopInfo& loop, llvm::Value* partials,
                                     llvm::Value* chunks) {
  LH_CHECK(loop.combine != ParLoopInfo::kNoCombine, "partial results need a function that combines them");
  const Callee& combine = f_.callees[loop.combine];
  const std::vector<LeafKind>& kinds = unit_.leaves(combine.result);
  Row initial;
  for (ValueId v : llvm::ArrayRef<ValueId>(inst.operands).drop_front(1 + loop.captures))
    initial.append(row(v).begin(), row(v).end());
  LH_CHECK(initial.size() == kinds.size(), "initial values of a parallel loop have the wrong types");
  call_with_owners(RtFn::Retain, kinds, initial);

  llvm::BasicBlock* before = b_.GetInsertBlock();
  llvm::BasicBlock* head = new_block("");
  llvm::BasicBlock* next = new_block("");
  llvm::BasicBlock* done = new_block("");
  b_.CreateBr(head);
  b_.SetInsertPoint(head);
  llvm::PHINode* k = b_.CreatePHI(b_.getInt64Ty(), 2);
  k->addIncoming(int64(0), before);
  Row total;
  for (llvm::Value* leaf : initial) {
    llvm::PHINode* phi = b_.CreatePHI(leaf->getType(), 2);
    phi->addIncoming(leaf, before);
    total.push_back(phi);
  }
  b_.CreateCondBr(b_.CreateICmpSLT(k, chunks), next, done);

  b_.SetInsertPoint(next);
  llvm::Value* offset = b_.CreateMul(k, int64(static_cast<int64_t>(kinds.size())));
  llvm::Value* partial = b_.CreateInBoundsGEP(b_.getInt64Ty(), partials, offset);
  Row partial_leaves;
  for (size_t i = 0; i < kinds.size(); ++i)
    partial_leaves.push_back(load_slot(b_, unit_, kinds[i], partial, i));
  std::function<void()> clean_up;
  if (has_owner(kinds))
    clean_up = [&] {
      call_with_owners(RtFn::Release, kinds, total);
      release_partials(partials, chunks, kinds);
    };
  Row combined = call_function(combine, {total, partial_leaves}, &inst, clean_up);
  call_with_owners(RtFn::Release, kinds, total);
  call_with_owners(RtFn::Release, kinds, partial_leaves);
  for (size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == LeafKind::Owner)
      store_slot(b_, llvm::ConstantPointerNull::get(unit_.pointer()), partial, i);
  for (size_t i = 0; i < total.size(); ++i)
    llvm::cast<llvm::PHINode>(total[i])->addIncoming(combined[i], b_.GetInsertBlock());
  k->addIncoming(b_.CreateAdd(k, int64(1)), b_.GetInsertBlock());
  b_.CreateBr(head);

  b_.SetInsertPoint(done);
  size_t at = 0;
  for (ValueId result : inst.results) {
    size_t leaves = unit_.leaves(type(result)).size();
    set(result, llvm::ArrayRef<llvm::Value*>(total).slice(at, leaves));
    at += leaves;
  }
}

}  // namespace lancehead
