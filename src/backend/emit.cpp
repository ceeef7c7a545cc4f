// Lowers a unit, runs the tier's passes, generates code. Target machines and passes are kept for the next
// unit: making them costs as much as compiling a small function.
#include "backend/emit.h"

#include <chrono>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "backend/cold_regions.h"
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

// All that one compilation uses and the next one can use again.
class Generator {
 public:
  Generator(const std::string& cpu, const std::string& features)
      : machine_(make_target_machine(cpu, features)),
        layout_(machine_->createDataLayout()),
        stream_(bytes_) {}

  const llvm::DataLayout& layout() const { return layout_; }
  const llvm::TargetMachine& machine() const { return *machine_; }

  void run_lean_passes(llvm::Module& module) {
    if (!lean_) lean_ = std::make_unique<LeanPipeline>(*machine_);
    lean_->run(module);
  }

  std::string object(llvm::Module& module, CodeTier tier) {
    set_tier(*machine_, tier);
    std::unique_ptr<llvm::legacy::PassManager>& passes = passes_[static_cast<size_t>(tier)];
    if (!passes) {
      passes = std::make_unique<llvm::legacy::PassManager>();
      llvm::MCContext* mc = nullptr;
      PassChoice choice(tier);
      LH_CHECK(!machine_->addPassesToEmitMC(*passes, mc, stream_, /*DisableVerify=*/true),
               "no object emission");
    }
    return run(*passes, module);
  }

  std::string assembly(llvm::Module& module, CodeTier tier) {
    set_tier(*machine_, tier);
    llvm::legacy::PassManager passes;
    PassChoice choice(tier);
    LH_CHECK(
        !machine_->addPassesToEmitFile(passes, stream_, nullptr, llvm::CodeGenFileType::AssemblyFile, true),
        "no assembly emission");
    return run(passes, module);
  }

 private:
  std::string run(llvm::legacy::PassManager& passes, llvm::Module& module) {
    bytes_.clear();
    passes.run(module);
    return std::string(bytes_.data(), bytes_.size());
  }

  std::unique_ptr<llvm::TargetMachine> machine_;
  llvm::DataLayout layout_;
  std::unique_ptr<LeanPipeline> lean_;
  llvm::SmallVector<char, 0> bytes_;
  llvm::raw_svector_ostream stream_;
  std::unique_ptr<llvm::legacy::PassManager> passes_[3];  // by tier
};

// Generators that no thread uses at the moment, by CPU and features.
class GeneratorPool {
 public:
  using Key = std::pair<std::string, std::string>;

  std::unique_ptr<Generator> take(const Key& key) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      std::vector<std::unique_ptr<Generator>>& idle = idle_[key];
      if (!idle.empty()) {
        std::unique_ptr<Generator> taken = std::move(idle.back());
        idle.pop_back();
        return taken;
      }
    }
    return std::make_unique<Generator>(key.first, key.second);
  }
  void give(const Key& key, std::unique_ptr<Generator> generator) {
    std::lock_guard<std::mutex> lock(mutex_);
    idle_[key].push_back(std::move(generator));
  }

 private:
  std::mutex mutex_;
  std::map<Key, std::vector<std::unique_ptr<Generator>>> idle_;
};

GeneratorPool& pool() {
  static auto* instance = new GeneratorPool;  // outlives every thread
  return *instance;
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

namespace {

EmitResult emit_with(Generator& generator, const Unit& unit, const EmitOptions& options) {
  EmitResult result;
  Stopwatch watch;
  llvm::LLVMContext context;
  context.setDiscardValueNames(options.want == LANCEHEAD_WANT_OBJECT);
  UnitLowering lowering(unit, options, context, generator.layout());
  std::unique_ptr<llvm::Module> module = lowering.run();
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
  result.lean =
      options.tier == LANCEHEAD_TIER_LEAN || (options.tier == LANCEHEAD_TIER_AUTO && may_vectorise(*module));
  if (result.lean) {
    move_cold_regions_out(lowering.cold_edges());
    generator.run_lean_passes(*module);
  }
  const CodeTier tier = !result.lean                    ? CodeTier::Quick
                        : all_loops_vectorised(*module) ? CodeTier::Vectorised
                                                        : CodeTier::Optimised;
  result.passes_ns = watch.lap();
  switch (options.want) {
    case LANCEHEAD_WANT_LLVM: result.bytes = module_text(*module); break;
    case LANCEHEAD_WANT_ASSEMBLY: result.bytes = generator.assembly(*module, tier); break;
    default: result.bytes = generator.object(*module, tier); break;
  }
  result.emit_ns = watch.lap();
  return result;
}

}  // namespace

// A generator whose compilation failed is dropped: its state is unknown.
EmitResult emit(const Unit& unit, const EmitOptions& options) {
  GeneratorPool::Key key(options.cpu, options.features);
  std::unique_ptr<Generator> generator = pool().take(key);
  EmitResult result = emit_with(*generator, unit, options);
  pool().give(key, std::move(generator));
  return result;
}

// No sample is compiled: where the caller waits for this, that would cost more than it saves.
void prepare_emission() {
  GeneratorPool::Key key;
  std::unique_ptr<Generator> generator = pool().take(key);
  make_unfold_table(generator->machine());
  pool().give(key, std::move(generator));
}

}  // namespace lancehead
