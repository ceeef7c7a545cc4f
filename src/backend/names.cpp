// What a module names: runtime functions with their effects, values that the loader fills in, constant data.
#include "backend/unit_lowering.h"

#include <algorithm>

#include "base/check.h"
#include "llvm/IR/Constants.h"

namespace lancehead {
namespace {

void mark_pure(llvm::Function* fn, llvm::MemoryEffects effects) {
  fn->setDoesNotThrow();
  fn->setWillReturn();
  fn->setMemoryEffects(effects);
}

// Strs and arrays are passed as pointers to their leaves, and addresses are read through.
bool reads_memory(std::string_view signature) {
  return signature.find_first_of("PSAE*") != std::string_view::npos;
}

bool is_cold(RtFn fn) {
  return fn == RtFn::RaiseBuiltin || fn == RtFn::ErrorTrace || fn == RtFn::ErrorSet ||
         fn == RtFn::ErrorMake || fn == RtFn::Poll;
}

// The code points of UTF-8; lone surrogates and malformed bytes come out as they are.
std::vector<uint32_t> code_points(const std::string& utf8) {
  std::vector<uint32_t> out;
  for (size_t i = 0; i < utf8.size();) {
    auto lead = static_cast<unsigned char>(utf8[i++]);
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    uint32_t point = more == 0 ? lead : lead & (0x3fu >> more);
    for (; more > 0 && i < utf8.size(); --more)
      point = point << 6 | (static_cast<unsigned char>(utf8[i++]) & 0x3fu);
    out.push_back(point);
  }
  return out;
}

template <class Unit>
llvm::Constant* data_array(llvm::LLVMContext& context, const std::vector<uint32_t>& points) {
  std::vector<Unit> units(points.begin(), points.end());
  return llvm::ConstantDataArray::get(context, units);
}

}  // namespace

llvm::FunctionCallee UnitLowering::runtime(RtFn id) {
  const RtInfo& info = rt_info(id);
  if (llvm::Function* known = module_->getFunction(info.symbol)) return known;
  bool raises = info.effects & MayRaise;
  llvm::SmallVector<llvm::Type*, 8> params;
  if (info.effects & (MayRaise | Allocates)) params.push_back(pointer());
  size_t arrow = info.signature.find('>');
  auto type_of_letter = [&](char letter) -> llvm::Type* {
    switch (letter) {
      case 'I': return int_type(64);
      case 'D': return llvm::Type::getDoubleTy(context_);
      case 'F': return llvm::Type::getFloatTy(context_);
      case 'B': return int_type(1);
      default: return pointer();
    }
  };
  for (char letter : info.signature.substr(0, arrow)) {
    params.push_back(type_of_letter(letter));
    if (letter == 'A') params.append(2, int_type(64));  // ndim, itemsize
  }
  std::string_view result = info.signature.substr(arrow + 1);
  bool by_out = !result.empty() && (raises || result == "S" || result == "A");
  if (by_out) params.push_back(pointer());
  llvm::Type* returned = raises                     ? int_type(32)
                         : by_out || result.empty() ? llvm::Type::getVoidTy(context_)
                                                    : type_of_letter(result[0]);
  auto* type = llvm::FunctionType::get(returned, params, false);
  auto* fn = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, info.symbol, *module_);
  fn->setDoesNotThrow();
  for (llvm::Argument& arg : fn->args())
    if (arg.getType()->isIntegerTy(1)) arg.addAttr(llvm::Attribute::ZExt);
  if (returned->isIntegerTy(1)) fn->addRetAttr(llvm::Attribute::ZExt);
  if (is_cold(id)) fn->addFnAttr(llvm::Attribute::Cold);
  if ((info.effects & ~Reads) == 0 && !by_out) {
    bool reads = info.effects != 0 || reads_memory(info.signature.substr(0, arrow));
    mark_pure(fn, reads ? llvm::MemoryEffects::readOnly() : llvm::MemoryEffects::none());
  }
  return fn;
}

llvm::FunctionCallee UnitLowering::pure_function(const std::string& name, llvm::FunctionType* type) {
  if (llvm::Function* known = module_->getFunction(name)) return known;
  auto* fn = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, *module_);
  mark_pure(fn, llvm::MemoryEffects::none());
  return fn;
}

llvm::Constant* UnitLowering::external(const std::string& name) {
  if (llvm::GlobalVariable* known = module_->getNamedGlobal(name)) return known;
  return new llvm::GlobalVariable(*module_, int_type(8), /*isConstant=*/false,
                                  llvm::GlobalValue::ExternalLinkage, nullptr, name);
}

llvm::Constant* UnitLowering::constant_data(llvm::Constant* initialiser, unsigned alignment) {
  auto* global = new llvm::GlobalVariable(*module_, initialiser->getType(), /*isConstant=*/true,
                                          llvm::GlobalValue::PrivateLinkage, initialiser);
  global->setAlignment(llvm::Align(alignment));
  global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  return global;
}

llvm::Constant* UnitLowering::text(const std::string& utf8) {
  llvm::Constant*& known = texts_[utf8];
  if (!known) known = constant_data(llvm::ConstantDataArray::getString(context_, utf8), 1);
  return known;
}

// The data of a frozen array is the unit's own, and its owner null; a live one is the Python object's.
void UnitLowering::append_array(const ArrayData& array, Row& out) {
  if (array.is_frozen()) {
    llvm::Constant*& bytes = frozen_[array.bytes];
    if (!bytes && array.bytes.empty()) bytes = zero_word();
    if (!bytes)
      bytes = constant_data(llvm::ConstantDataArray::getString(context_, array.bytes, /*AddNull=*/false),
                            kArrayAlignment);
    llvm::Constant* origin = llvm::ConstantInt::get(int_type(64), static_cast<uint64_t>(array.origin));
    out.push_back(llvm::ConstantPointerNull::get(pointer()));
    out.push_back(llvm::ConstantExpr::getInBoundsGetElementPtr(int_type(8), bytes, origin));
  } else {
    std::string handle = "#" + std::to_string(array.handle);
    out.push_back(external("lh$owner$" + handle));
    out.push_back(external("lh$array$" + handle));
  }
  for (const std::vector<int64_t>& numbers : {array.shape, array.strides})
    for (int64_t n : numbers) out.push_back(llvm::ConstantInt::getSigned(int_type(64), n));
}

llvm::Constant* UnitLowering::zero_word() {
  if (!zero_word_) zero_word_ = constant_data(llvm::ConstantInt::get(int_type(64), 0), kSlotBytes);
  return zero_word_;
}

// {slots, how many of them are owner words, their indices}
llvm::Constant* UnitLowering::item_layout(TypeId item) {
  llvm::Constant*& known = item_layouts_[item.index];
  if (known) return known;
  const std::vector<LeafKind>& kinds = leaves(item);
  std::vector<uint64_t> words = {kinds.size(), 0};
  for (uint64_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == LeafKind::Owner) words.push_back(i);
  words[1] = words.size() - 2;
  return known = constant_data(llvm::ConstantDataArray::get(context_, words), kSlotBytes);
}

UnitLowering::StrData UnitLowering::str_data(const std::string& utf8) {
  auto [it, is_new] = strs_.try_emplace(utf8);
  if (!is_new) return it->second;
  std::vector<uint32_t> points = code_points(utf8);
  uint32_t highest = 0;
  for (uint32_t point : points) highest = std::max(highest, point);
  int64_t kind = highest < 0x100 ? 1 : highest < 0x10000 ? 2 : 4;
  points.push_back(0);  // terminated, as CPython's are
  llvm::Constant* data;
  if (kind == 1)
    data = data_array<uint8_t>(context_, points);
  else if (kind == 2)
    data = data_array<uint16_t>(context_, points);
  else
    data = data_array<uint32_t>(context_, points);
  it->second = {constant_data(data, static_cast<unsigned>(kind)), static_cast<int64_t>(points.size()) - 1,
                kind};
  return it->second;
}

}  // namespace lancehead
