// Registers x86-64 and makes target machines: position-independent code, small code model (driver/loader puts
// an object's code and data into one arena, and reaches the rest by stubs and a table).
#include "backend/target.h"

#include <mutex>

#include "base/check.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/CodeGen/TargetInstrInfo.h"
#include "llvm/CodeGen/TargetSubtargetInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace lancehead {
namespace {

const llvm::Target* find_target() {
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(target_triple(), error);
  LH_CHECK(target, error);
  return target;
}

HostCpu find_host_cpu() {
  HostCpu host;
  host.name = llvm::sys::getHostCPUName().str();
  std::unique_ptr<llvm::MCSubtargetInfo> implied(
      find_target()->createMCSubtargetInfo(target_triple(), host.name, ""));
  llvm::StringSet<> of_cpu;
  for (const llvm::SubtargetFeatureKV& feature : implied->getEnabledProcessorFeatures())
    of_cpu.insert(feature.Key);
  for (const auto& [feature, present] : llvm::sys::getHostCPUFeatures()) {
    if (of_cpu.contains(feature) == present) continue;
    if (!host.features.empty()) host.features += ',';
    host.features += (present ? "+" : "-") + feature.str();
  }
  return host;
}

}  // namespace

std::string target_triple() {
  return "x86_64-unknown-linux-gnu";
}

void initialise_targets() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    // The schedulers cost 10 % of code generation and gain nothing here on out-of-order CPUs.
    const char* const options[] = {"lancehead", "-enable-misched=0", "-post-RA-scheduler=0"};
    llvm::cl::ParseCommandLineOptions(3, options);
  });
}

const HostCpu& host_cpu() {
  initialise_targets();
  static const HostCpu host = find_host_cpu();
  return host;
}

std::unique_ptr<llvm::TargetMachine> make_target_machine(const std::string& cpu,
                                                         const std::string& features) {
  initialise_targets();
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Standard;  // only where the instruction says `contract`
  std::unique_ptr<llvm::TargetMachine> machine(find_target()->createTargetMachine(
      target_triple(), cpu.empty() ? host_cpu().name : cpu, cpu.empty() ? host_cpu().features : features,
      options, llvm::Reloc::PIC_, llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default, /*JIT=*/true));
  LH_CHECK(machine, "no target machine for " + cpu);
  return machine;
}

// Any question to the table makes it.
void make_unfold_table(const llvm::TargetMachine& machine) {
  llvm::LLVMContext context;
  llvm::Module module("table", context);
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), false);
  auto* fn = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, "table", module);
  machine.getSubtargetImpl(*fn)->getInstrInfo()->getOpcodeAfterMemoryUnfold(0, false, false);
}

namespace {

// Options of the whole process, read while passes are chosen: each takes out one that finds little in loops
// which the vectoriser wrote.
constexpr const char* kDisablingOptions[] = {
    "disable-lsr",         "disable-constant-hoisting", "disable-copyprop",
    "disable-machine-cse", "disable-machine-sink",      "disable-postra-machine-sink",
    "disable-ssc",         "disable-early-taildup",     "disable-tail-duplicate",
};
std::mutex options_mutex;

void disable_passes(bool disabled) {
  llvm::StringMap<llvm::cl::Option*>& options = llvm::cl::getRegisteredOptions();
  for (const char* name : kDisablingOptions)
    if (auto found = options.find(name); found != options.end())
      static_cast<llvm::cl::opt<bool>*>(found->second)->setValue(disabled);
}

}  // namespace

PassChoice::PassChoice(CodeTier tier) : lock_(options_mutex) {
  disable_passes(tier == CodeTier::Vectorised);
}

PassChoice::~PassChoice() {
  disable_passes(false);
}

void set_tier(llvm::TargetMachine& machine, CodeTier tier) {
  const bool quick = tier == CodeTier::Quick;
  machine.setOptLevel(quick ? llvm::CodeGenOptLevel::Less : llvm::CodeGenOptLevel::Default);
  machine.setFastISel(quick);
}

}  // namespace lancehead
