// Lowers a unit, runs the tier's passes, generates code. Target machines and code-generation passes are kept per thread:
// making them costs as much as compiling a small function.
#include "backend/emit.h"

#include <chrono>
#include <map>
#include <tuple>

#include "backend/pipeline.h"
#include "backend/target.h"
#include "backend/unit_lowering.h"
#include "base/check.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/MC/MCContext.h"
#include "llvm/Support/raw_ostream.h"

namespace lancehead {
namespace {

// Code generation for one CPU and tier, on one thread.
class Generator {
 public:
  Generator(const std::string& cpu, const std::string& features, bool quick)
      : machine_(make_target_machine(cpu, features, quick)), stream_(bytes_) {}

  llvm::TargetMachine& machine() { return *machine_; }
  LeanPipeline& lean() {
    if (!lean_) lean_ = std::make_unique<LeanPipeline>(*machine_);
    return *lean_;
  }

  std::string object(llvm::Module& module) {
    if (!passes_) {
      passes_ = std::make_unique<llvm::legacy::PassManager>();
      llvm::MCContext* mc = nullptr;
      LH_CHECK(!machine_->addPassesToEmitMC(*passes_, mc, stream_, /*DisableVerify=*/true), "no object emission");
    }
    bytes_.clear();
    passes_->run(module);
    return std::string(bytes_.data(), bytes_.size());
  }

  std::string assembly(llvm::Module& module) {
    llvm::legacy::PassManager passes;
    bytes_.clear();
    LH_CHECK(!machine_->addPassesToEmitFile(passes, stream_, nullptr, llvm::CodeGenFileType::AssemblyFile, true),
             "no assembly emission");
    passes.run(module);
    return std::string(bytes_.data(), bytes_.size());
  }

 private:
  std::unique_ptr<llvm::TargetMachine> machine_;
  std::unique_ptr<LeanPipeline> lean_;
  llvm::SmallVector<char, 0> bytes_;
  llvm::raw_svector_ostream stream_;
  std::unique_ptr<llvm::legacy::PassManager> passes_;
};

Generator& generator(const EmitOptions& options, bool quick) {
  thread_local std::map<std::tuple<std::string, std::string, bool>, std::unique_ptr<Generator>> generators;
  std::unique_ptr<Generator>& known = generators[{options.cpu, options.features, quick}];
  if (!known) known = std::make_unique<Generator>(options.cpu, options.features, quick);
  return *known;
}

std::string module_text(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream out(text);
  module.print(out, nullptr);
  return text;
}

class Stopwatch {
 public:
  int64_t lap() {
    auto now = std::chrono::steady_clock::now();
    auto passed = std::chrono::duration_cast<std::chrono::nanoseconds>(now - start_).count();
    start_ = now;
    return passed;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

EmitResult emit(const Unit& unit, const EmitOptions& options) {
  EmitResult result;
  Generator& layout_source = generator(options, true);
  Stopwatch watch;
  llvm::LLVMContext context;
  context.setDiscardValueNames(options.want == LANCEHEAD_WANT_OBJECT);
  std::unique_ptr<llvm::Module> module =
      UnitLowering(unit, options, context, layout_source.machine().createDataLayout()).run();
  if (options.verify) {
    std::string problems;
    llvm::raw_string_ostream out(problems);
    LH_CHECK(!llvm::verifyModule(*module, &out), "LLVM's verifier: " + problems + module_text(*module));
  }
  result.lower_ns = watch.lap();
  if (options.want == LANCEHEAD_WANT_LLVM_RAW) {
    result.bytes = module_text(*module);
    return result;
  }
  result.lean = options.tier == LANCEHEAD_TIER_LEAN || (options.tier == LANCEHEAD_TIER_AUTO && may_vectorise(*module));
  Generator& code = generator(options, !result.lean);
  if (result.lean) code.lean().run(*module);
  result.passes_ns = watch.lap();
  switch (options.want) {
    case LANCEHEAD_WANT_LLVM: result.bytes = module_text(*module); break;
    case LANCEHEAD_WANT_ASSEMBLY: result.bytes = code.assembly(*module); break;
    default: result.bytes = code.object(*module); break;
  }
  result.emit_ns = watch.lap();
  return result;
}

}  // namespace lancehead
