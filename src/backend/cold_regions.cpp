#include "backend/cold_regions.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/Transforms/Utils/CodeExtractor.h"

namespace lancehead {
namespace {

constexpr size_t kLeastInsts = 16;  // of a region that is worth a function: a call has its price, too

// Whether all ways to the edge's target come over the edge or from what the target dominates.
bool is_only_way_in(const ColdEdge& edge, const llvm::DominatorTree& dominators) {
  const llvm::BasicBlock* target = edge.branch->getSuccessor(edge.successor);
  if (edge.branch->getSuccessor(1 - edge.successor) == target) return false;
  for (const llvm::BasicBlock* from : llvm::predecessors(target))
    if (from != edge.branch->getParent() && !dominators.dominates(target, from)) return false;
  return true;
}

void mark_cold(llvm::Function& fn) {
  fn.addFnAttr(llvm::Attribute::Cold);
  fn.addFnAttr(llvm::Attribute::NoInline);
  fn.addFnAttr(llvm::Attribute::OptimizeNone);
  fn.setDoesNotThrow();
  fn.setDSOLocal(true);
}

// What the target dominates, the target first.
llvm::SmallVector<llvm::BasicBlock*, 16> region_of(llvm::BasicBlock* target,
                                                   llvm::DominatorTree& dominators) {
  llvm::SmallVector<llvm::BasicBlock*, 16> blocks;
  dominators.getDescendants(target, blocks);
  return blocks;
}

void move_out(const ColdEdge& edge) {
  llvm::Function& fn = *edge.branch->getFunction();
  llvm::DominatorTree dominators(fn);
  if (!is_only_way_in(edge, dominators)) return;
  llvm::SmallVector<llvm::BasicBlock*, 16> blocks =
      region_of(edge.branch->getSuccessor(edge.successor), dominators);
  size_t insts = 0;
  for (const llvm::BasicBlock* block : blocks) insts += block->size();
  if (insts < kLeastInsts) return;
  llvm::CodeExtractor extractor(blocks, &dominators, /*AggregateArgs=*/false, nullptr, nullptr, nullptr,
                                /*AllowVarArgs=*/false, /*AllowAlloca=*/false, nullptr, "cold");
  if (!extractor.isEligible()) return;
  if (llvm::Function* cold = extractor.extractCodeRegion(llvm::CodeExtractorAnalysisCache(fn)))
    mark_cold(*cold);
}

}  // namespace

void move_cold_regions_out(const std::vector<ColdEdge>& edges) {
  for (const ColdEdge& edge : edges)
    if (!edge.branch->getFunction()->hasOptNone()) move_out(edge);
}

}  // namespace lancehead
