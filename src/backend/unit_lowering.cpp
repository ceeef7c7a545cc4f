// Lowers a unit: declares its functions, lowers each, and gives the exported ones their entry points.
#include "backend/unit_lowering.h"

#include "backend/function_lowering.h"
#include "backend/target.h"
#include "base/check.h"

namespace lancehead {

UnitLowering::UnitLowering(const Unit& unit, const EmitOptions& options, llvm::LLVMContext& context,
                           const llvm::DataLayout& layout)
    : unit_(unit),
      options_(options),
      context_(context),
      module_(std::make_unique<llvm::Module>("unit", context)) {
  module_->setTargetTriple(target_triple());
  module_->setDataLayout(layout);
}

std::unique_ptr<llvm::Module> UnitLowering::run() {
  std::vector<llvm::Function*> targets;
  for (const Function& f : unit_.functions) targets.push_back(declare(f));
  for (size_t i = 0; i < targets.size(); ++i) FunctionLowering(*this, unit_.functions[i], targets[i]).run();
  for (const Function& f : unit_.functions)
    if (f.exported) make_entry(f);
  return std::move(module_);
}

namespace {

std::vector<TypeId> param_types(const Function& f) {
  std::vector<TypeId> out;
  for (ValueId p : f.block(f.entry()).params) out.push_back(f.type(p));
  return out;
}

void mark_compiled(llvm::Function* fn) {
  fn->setDoesNotThrow();
  fn->setDSOLocal(true);
  fn->addParamAttr(0, llvm::Attribute::NonNull);
  fn->addParamAttr(0, llvm::Attribute::NoAlias);
}

}  // namespace

llvm::Function* UnitLowering::declare(const Function& f) {
  LH_CHECK(f.stage == Stage::Final, "only final IR is lowered");
  Convention c = convention(param_types(f), f.result);
  auto* fn = llvm::Function::Create(c.type, llvm::GlobalValue::ExternalLinkage, f.symbol, *module_);
  mark_compiled(fn);
  if (c.result == Convention::Result::Memory) fn->addParamAttr(fn->arg_size() - 1, llvm::Attribute::NoAlias);
  return fn;
}

llvm::Function* UnitLowering::own_function(const std::string& symbol) {
  llvm::Function* fn = module_->getFunction(symbol);
  return fn && fn->isDSOLocal() ? fn : nullptr;
}

// status entry(ctx, const Slot* args, Slot* out)
void UnitLowering::make_entry(const Function& f) {
  auto* type = llvm::FunctionType::get(int_type(32), {pointer(), pointer(), pointer()}, false);
  auto* entry =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, f.symbol + "$entry", *module_);
  mark_compiled(entry);
  entry->addFnAttr(llvm::Attribute::NoInline);
  entry->addFnAttr(llvm::Attribute::OptimizeNone);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(context_, "", entry));
  llvm::Value* args = entry->getArg(1);
  std::vector<TypeId> params = param_types(f);
  Convention c = convention(params, f.result);
  Row values = {entry->getArg(0)};
  size_t slot = 0;
  for (TypeId param : params) {
    const std::vector<LeafKind>& kinds = leaves(param);
    if (by_pointer(c, param))
      values.push_back(b.CreateConstInBoundsGEP1_64(int_type(64), args, slot));
    else
      for (size_t i = 0; i < kinds.size(); ++i)
        values.push_back(load_slot(b, *this, kinds[i], args, slot + i));
    slot += kinds.size();
  }
  if (c.result == Convention::Result::Memory) values.push_back(entry->getArg(2));
  llvm::CallInst* result = b.CreateCall(own_function(f.symbol), values);
  if (c.result != Convention::Result::Register) {
    b.CreateRet(result);
    return;
  }
  // A failed call's result is stored as well: nobody reads it.
  store_slot(b, b.CreateExtractValue(result, 1), entry->getArg(2), 0);
  b.CreateRet(b.CreateExtractValue(result, 0));
}

}  // namespace lancehead
