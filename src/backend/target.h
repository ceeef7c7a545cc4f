// What the backend knows of targets: which there are, this machine's CPU, and a target machine for options.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "llvm/Target/TargetMachine.h"

namespace lancehead {

struct HostCpu {
  std::string name;
  std::string features;  // only those that the name does not imply, or implies wrongly
};

// Registers the targets and sets LLVM's process-wide options; once, whatever the number of calls.
void initialise_targets();
const HostCpu& host_cpu();
std::string target_triple();

std::unique_ptr<llvm::TargetMachine> make_target_machine(const std::string& cpu, const std::string& features);
// Makes LLVM's process-wide table of folded memory operands, which the first loop would pay for.
void make_unfold_table(const llvm::TargetMachine& machine);

// How code is generated.
enum class CodeTier {
  Quick,  // fast instruction selection, for code without loops that vectorise
  Optimised,
  Vectorised,  // where all loops are: without passes that find little in them
};
void set_tier(llvm::TargetMachine& machine, CodeTier tier);

// While it lives, a tier's passes can be added to a pass manager, and no other thread adds any.
class PassChoice {
 public:
  explicit PassChoice(CodeTier tier);
  ~PassChoice();
  PassChoice(const PassChoice&) = delete;
  PassChoice& operator=(const PassChoice&) = delete;

 private:
  std::lock_guard<std::mutex> lock_;
};

}  // namespace lancehead
