// LLVM's passes over a lowered module. Two tiers: `lean` vectorises and cleans up after it; `quick` runs no
// pass at all and is for modules where nothing vectorises, whose IR is lean as it comes.
#pragma once

#include <memory>

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lancehead {

// Whether an innermost loop of the module may vectorise: one way out, no calls, memory written or integers
// summed.
bool may_vectorise(llvm::Module& module);

// Whether the vectoriser has rewritten every loop, what is left over included.
bool all_loops_vectorised(llvm::Module& module);

class LeanPipeline {
 public:
  explicit LeanPipeline(llvm::TargetMachine& machine);
  ~LeanPipeline();
  void run(llvm::Module& module);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lancehead
