// A cheap look at a module's loops, to choose its tier. One that polls is not vectorised; in one that does
// not, inner loops are short and will be unrolled (the optimiser's poll.cpp).
#include "backend/pipeline.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

namespace lancehead {
namespace {

bool blocks_vectorising(const llvm::Instruction& inst) {
  if (auto* call = llvm::dyn_cast<llvm::CallBase>(&inst)) return !llvm::isa<llvm::IntrinsicInst>(call);
  if (auto* load = llvm::dyn_cast<llvm::LoadInst>(&inst)) return load->isVolatile();
  return inst.getOpcode() == llvm::Instruction::FRem;
}

bool is_extreme(const llvm::Instruction* update) {
  auto* call = llvm::dyn_cast_or_null<llvm::IntrinsicInst>(update);
  return call && (call->getIntrinsicID() == llvm::Intrinsic::minimum ||
                  call->getIntrinsicID() == llvm::Intrinsic::maximum);
}

// Sums of floats keep their order: such a loop gains nothing.
bool carries_float(const llvm::Loop& loop) {
  for (const llvm::PHINode& phi : loop.getHeader()->phis()) {
    if (!phi.getType()->isFloatingPointTy()) continue;
    auto* update = llvm::dyn_cast_or_null<llvm::Instruction>(
        loop.getLoopLatch() ? phi.getIncomingValueForBlock(loop.getLoopLatch()) : nullptr);
    if (is_extreme(update)) continue;
    if (!update || !llvm::isa<llvm::FPMathOperator>(update) || !update->hasAllowReassoc()) return true;
  }
  return false;
}

bool loop_may_vectorise(const llvm::Loop& loop) {
  if (!loop.getExitingBlock() || carries_float(loop)) return false;
  bool touches_memory = false;
  for (const llvm::BasicBlock* block : loop.blocks())
    for (const llvm::Instruction& inst : *block) {
      if (blocks_vectorising(inst)) return false;
      touches_memory = touches_memory || inst.mayReadOrWriteMemory();
    }
  return touches_memory;
}

}  // namespace

bool may_vectorise(llvm::Module& module) {
  for (llvm::Function& fn : module) {
    if (fn.isDeclaration()) continue;
    llvm::DominatorTree dominators(fn);
    llvm::LoopInfo loops(dominators);
    for (const llvm::Loop* loop : loops.getLoopsInPreorder())
      if (loop_may_vectorise(*loop)) return true;
  }
  return false;
}

bool all_loops_vectorised(llvm::Module& module) {
  for (llvm::Function& fn : module) {
    if (fn.isDeclaration() || fn.hasOptNone()) continue;
    llvm::DominatorTree dominators(fn);
    llvm::LoopInfo loops(dominators);
    for (const llvm::Loop* loop : loops.getLoopsInPreorder())
      if (!llvm::getBooleanLoopAttribute(loop, "llvm.loop.isvectorized")) return false;
  }
  return true;
}

}  // namespace lancehead
