// Blocks, branches and returns. A block with one edge into it needs no phis: its parameters are the edge's
// arguments.
#include "backend/function_lowering.h"

#include <algorithm>

#include "base/check.h"
#include "llvm/IR/MDBuilder.h"

namespace lancehead {

// Whether an unwinding instruction's edge to its handler is ever taken.
bool FunctionLowering::can_fail(const Inst& inst) const {
  return inst.op == Op::RtCall ? rt_info(static_cast<RtFn>(inst.attr)).effects & MayRaise
                               : may_raise(inst.op);
}

void FunctionLowering::find_blocks() {
  blocks_.assign(f_.blocks.size(), nullptr);
  incoming_.assign(f_.blocks.size(), 0);
  std::vector<char> state(f_.blocks.size(), 0);
  // Post-order by an explicit stack; reversed, each block stands after one that leads to it and after all
  // that dominate it.
  struct Open {
    BlockId block;
    std::vector<BlockId> successors;
  };
  auto open = [&](BlockId id) {
    state[id.index] = 1;
    Open o{id, {}};
    for (InstId i : f_.block(id).insts) {
      const Inst& inst = f_.inst(i);
      for (const Edge& e : inst.edges) {
        if (inst.unwinds && &e == &inst.edges.back() && !can_fail(inst)) continue;
        ++incoming_[e.target.index];
        o.successors.push_back(e.target);
      }
    }
    return o;
  };
  std::vector<Open> stack;
  stack.push_back(open(f_.entry()));
  while (!stack.empty()) {
    if (stack.back().successors.empty()) {
      order_.push_back(stack.back().block);
      stack.pop_back();
      continue;
    }
    BlockId next = stack.back().successors.back();
    stack.back().successors.pop_back();
    if (!state[next.index]) stack.push_back(open(next));
  }
  std::reverse(order_.begin(), order_.end());
  for (BlockId id : order_) {
    llvm::BasicBlock* block = llvm::BasicBlock::Create(unit_.context(), "", fn_);
    blocks_[id.index] = block;
    if (incoming_[id.index] < (id == f_.entry() ? 1u : 2u)) continue;
    b_.SetInsertPoint(block);
    for (ValueId param : f_.block(id).params) {
      Row phis;
      for (LeafKind kind : unit_.leaves(type(param)))
        phis.push_back(b_.CreatePHI(unit_.leaf_type(kind), incoming_[id.index]));
      set(param, phis);
    }
  }
}

llvm::BasicBlock* FunctionLowering::new_block(const char* name) {
  return llvm::BasicBlock::Create(unit_.context(), name, fn_);
}

llvm::BasicBlock* FunctionLowering::new_cold_block(const char* name) {
  cold_.push_back(new_block(name));
  return cold_.back();
}

void FunctionLowering::lower_block(BlockId id) {
  b_.SetInsertPoint(blocks_[id.index]);
  for (InstId inst : f_.block(id).insts) lower(f_.inst(inst));
}

void FunctionLowering::bind(const Edge& edge) {
  const std::vector<ValueId>& params = f_.block(edge.target).params;
  LH_CHECK(params.size() == edge.args.size(), "edge with the wrong number of arguments");
  bool has_phis = incoming_[edge.target.index] >= (edge.target == f_.entry() ? 1u : 2u);
  auto phi = blocks_[edge.target.index]->phis().begin();
  for (size_t i = 0; i < params.size(); ++i) {
    if (!has_phis) {
      set(params[i], row(edge.args[i]));
      continue;
    }
    for (llvm::Value* leaf : row(edge.args[i])) {
      phi->addIncoming(leaf, b_.GetInsertBlock());
      ++phi;
    }
  }
}

void FunctionLowering::jump(const Edge& edge) {
  bind(edge);
  b_.CreateBr(blocks_[edge.target.index]);
}

void FunctionLowering::lower_br(const Inst& inst) {
  jump(inst.edges[0]);
}

void FunctionLowering::lower_condbr(const Inst& inst) {
  const Edge& yes = inst.edges[0];
  const Edge& no = inst.edges[1];
  llvm::Value* condition = scalar(inst.operands[0]);
  if (yes.target == no.target) {  // a phi takes one value from each block
    llvm::BasicBlock* first = new_block("");
    llvm::BasicBlock* second = new_block("");
    b_.CreateCondBr(condition, first, second);
    b_.SetInsertPoint(first);
    jump(yes);
    b_.SetInsertPoint(second);
    jump(no);
    return;
  }
  bind(yes);
  bind(no);
  llvm::BranchInst* branch = b_.CreateCondBr(condition, blocks_[yes.target.index], blocks_[no.target.index]);
  auto likelihood = static_cast<Likelihood>(inst.attr);
  if (likelihood == Likelihood::Unknown) return;
  llvm::MDBuilder metadata(unit_.context());
  bool likely = likelihood == Likelihood::Likely;
  branch->setMetadata(llvm::LLVMContext::MD_prof,
                      likely ? metadata.createLikelyBranchWeights() : metadata.createUnlikelyBranchWeights());
  unit_.add_cold_edge({branch, likely ? 1u : 0u});
}

void FunctionLowering::lower_return(const Inst& inst) {
  llvm::ArrayRef<llvm::Value*> leaves = row(inst.operands[0]);
  switch (convention_.result) {
    case Convention::Result::Nothing: b_.CreateRet(status(0)); return;
    case Convention::Result::Register: {
      llvm::Value* result = llvm::PoisonValue::get(fn_->getReturnType());
      result = b_.CreateInsertValue(result, status(0), 0);
      b_.CreateRet(b_.CreateInsertValue(result, leaves[0], 1));
      return;
    }
    case Convention::Result::Memory:
      for (size_t i = 0; i < leaves.size(); ++i) store_slot(b_, leaves[i], out_, i);
      b_.CreateRet(status(0));
      return;
  }
}

}  // namespace lancehead
