// Follows addresses back to arguments and allocations. A phi ends the search.
#include "backend/aliases.h"

#include "llvm/IR/MDBuilder.h"

namespace lancehead {

Aliases::Aliases(const Function& function, llvm::LLVMContext& context) : f_(function), context_(context) {
  for (BlockId block : f_.order)
    for (InstId inst : f_.block(block).insts) {
      if (f_.inst(inst).op == Op::ArrayAlloc || f_.inst(inst).op == Op::StackAlloc)
        allocations_.push_back(inst);
      for (const Edge& e : f_.inst(inst).edges) entry_is_loop_ = entry_is_loop_ || e.target == f_.entry();
    }
  if (allocations_.empty()) return;
  llvm::MDBuilder builder(context_);
  llvm::MDNode* domain = builder.createAnonymousAliasScopeDomain();
  for (size_t i = 0; i < allocations_.size(); ++i)
    scopes_.push_back(builder.createAnonymousAliasScope(domain));
}

Aliases::Base Aliases::base_of(ValueId value) const {
  for (;;) {
    const Inst* def = f_.def(value);
    if (!def) {
      bool argument = f_.value(value).block == f_.entry() && !entry_is_loop_;
      return {argument ? Base::Kind::Argument : Base::Kind::Unknown, {}};
    }
    switch (def->op) {
      case Op::StackAlloc:
      case Op::ArrayAlloc: return {Base::Kind::Allocation, f_.value(value).def};
      case Op::ArrayView:  // of the address; its base merely owns the memory
        value = def->operands[1];
        break;
      case Op::ArrayData:
      case Op::ArrayAddress:
      case Op::Offset:
      case Op::TupleGet:
      case Op::OptionalGet: value = def->operands[0]; break;
      default: return {};
    }
  }
}

llvm::AAMDNodes Aliases::of(ValueId array_or_address) {
  if (allocations_.empty()) return llvm::AAMDNodes();
  Base base = base_of(array_or_address);
  if (base.kind == Base::Kind::Unknown) return llvm::AAMDNodes();
  auto [it, is_new] = known_.try_emplace(base.allocation.index);
  if (!is_new) return it->second;
  llvm::SmallVector<llvm::Metadata*, 8> own, others;
  for (size_t i = 0; i < allocations_.size(); ++i)
    (allocations_[i] == base.allocation ? own : others).push_back(scopes_[i]);
  if (!own.empty()) it->second.Scope = llvm::MDNode::get(context_, own);
  if (!others.empty()) it->second.NoAlias = llvm::MDNode::get(context_, others);
  return it->second;
}

}  // namespace lancehead
