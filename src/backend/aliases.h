// What is known of the memory behind addresses: what the function allocates shares no memory with its
// arguments nor with what else it allocates. LLVM is told so, and then needs no test at run time to vectorise
// a loop over them.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/function.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Metadata.h"

namespace lancehead {

class Aliases {
 public:
  Aliases(const Function& function, llvm::LLVMContext& context);

  // The metadata of a load or store at an address, or of an element of an array; empty if nothing is known.
  llvm::AAMDNodes of(ValueId array_or_address);

 private:
  struct Base {
    enum class Kind : uint8_t { Unknown, Argument, Allocation } kind = Kind::Unknown;
    InstId allocation;
  };
  Base base_of(ValueId value) const;

  const Function& f_;
  llvm::LLVMContext& context_;
  bool entry_is_loop_ = false;
  std::vector<InstId> allocations_;  // in the order of `scopes_`
  std::vector<llvm::Metadata*> scopes_;
  std::unordered_map<uint32_t, llvm::AAMDNodes> known_;  // by allocation; Id::kNone: of arguments
};

}  // namespace lancehead
