// The lean passes, with their analyses registered one by one: LLVM's pass builder would link every pass there
// is, and cost the library ten megabytes and its opening a third more time.
#include "backend/pipeline.h"

#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/BasicAliasAnalysis.h"
#include "llvm/Analysis/BlockFrequencyInfo.h"
#include "llvm/Analysis/BranchProbabilityInfo.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/DemandedBits.h"
#include "llvm/Analysis/LoopAccessAnalysis.h"
#include "llvm/Analysis/MemorySSA.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/Analysis/PostDominators.h"
#include "llvm/Analysis/ProfileSummaryInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScopedNoAliasAA.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/Analysis/TypeBasedAliasAnalysis.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/IndVarSimplify.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/LoopRotation.h"
#include "llvm/Transforms/Scalar/LoopUnrollPass.h"
#include "llvm/Transforms/Scalar/SimpleLoopUnswitch.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Vectorize/LoopVectorize.h"

namespace lancehead {

struct LeanPipeline::Impl {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::ModuleAnalysisManager modules;
  llvm::FunctionPassManager passes;

  void register_analyses(llvm::TargetMachine& machine);
  void add_passes();
};

void LeanPipeline::Impl::register_analyses(llvm::TargetMachine& machine) {
  using namespace llvm;
  functions.registerPass([] { return PassInstrumentationAnalysis(); });
  functions.registerPass([] { return AssumptionAnalysis(); });
  functions.registerPass([] { return DominatorTreeAnalysis(); });
  functions.registerPass([] { return PostDominatorTreeAnalysis(); });
  functions.registerPass([] { return LoopAnalysis(); });
  functions.registerPass([] { return ScalarEvolutionAnalysis(); });
  functions.registerPass(
      [&] { return TargetLibraryAnalysis(TargetLibraryInfoImpl(machine.getTargetTriple())); });
  functions.registerPass([&] { return machine.getTargetIRAnalysis(); });
  functions.registerPass([] { return MemorySSAAnalysis(); });
  functions.registerPass([] { return BranchProbabilityAnalysis(); });
  functions.registerPass([] { return BlockFrequencyAnalysis(); });
  functions.registerPass([] { return OptimizationRemarkEmitterAnalysis(); });
  functions.registerPass([] { return DemandedBitsAnalysis(); });
  functions.registerPass([] { return LoopAccessAnalysis(); });
  functions.registerPass([] { return BasicAA(); });
  functions.registerPass([] { return TypeBasedAA(); });
  functions.registerPass([] { return ScopedNoAliasAA(); });
  functions.registerPass([] { return ShouldRunExtraVectorPasses(); });
  functions.registerPass([] {
    AAManager manager;
    manager.registerFunctionAnalysis<BasicAA>();
    manager.registerFunctionAnalysis<ScopedNoAliasAA>();
    manager.registerFunctionAnalysis<TypeBasedAA>();
    return manager;
  });
  modules.registerPass([] { return PassInstrumentationAnalysis(); });
  modules.registerPass([] { return ProfileSummaryAnalysis(); });
  loops.registerPass([] { return PassInstrumentationAnalysis(); });
  loops.registerPass([] { return ShouldRunExtraSimpleLoopUnswitch(); });
  functions.registerPass([this] { return LoopAnalysisManagerFunctionProxy(loops); });
  functions.registerPass([this] { return ModuleAnalysisManagerFunctionProxy(modules); });
  loops.registerPass([this] { return FunctionAnalysisManagerLoopProxy(functions); });
  modules.registerPass([this] { return FunctionAnalysisManagerModuleProxy(functions); });
}

// No run-time unrolling, no second cleaning, no redundancy elimination over memory: the IR comes optimised,
// and each of these costs more of a first call than it gives back.
void LeanPipeline::Impl::add_passes() {
  using namespace llvm;
  passes.addPass(EarlyCSEPass());
  passes.addPass(InstCombinePass());
  LoopPassManager invariant;
  invariant.addPass(LoopRotatePass());
  invariant.addPass(LICMPass(LICMOptions()));
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(invariant), /*UseMemorySSA=*/true));
  LoopPassManager induction;
  induction.addPass(IndVarSimplifyPass());
  induction.addPass(LoopFullUnrollPass(2));
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(induction)));
  passes.addPass(LoopVectorizePass());
  passes.addPass(InstCombinePass());
  passes.addPass(SimplifyCFGPass());
}

LeanPipeline::LeanPipeline(llvm::TargetMachine& machine) : impl_(std::make_unique<Impl>()) {
  impl_->register_analyses(machine);
  impl_->add_passes();
}

LeanPipeline::~LeanPipeline() = default;

void LeanPipeline::run(llvm::Module& module) {
  impl_->modules.getResult<llvm::ProfileSummaryAnalysis>(module);
  for (llvm::Function& fn : module)
    if (!fn.isDeclaration() && !fn.hasOptNone()) impl_->passes.run(fn, impl_->functions);
  impl_->loops.clear();
  impl_->functions.clear();
  impl_->modules.clear();
}

}  // namespace lancehead
