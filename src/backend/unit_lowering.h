// A unit on its way to LLVM: the module, and what its functions share: types of leaves, the calling
// convention, runtime functions, named values that the loader fills in, constant data.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "backend/cold_regions.h"
#include "backend/emit.h"
#include "ir/function.h"
#include "ir/runtime_call.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "types/layout.h"

namespace lancehead {

// How a function is called (contract C19): `status f(ctx, leaves..., [out])`, where a result of one leaf
// comes back beside the status, and a longer one through `out`, a row of 8-byte slots.
struct Convention {
  enum class Result : uint8_t { Nothing, Register, Memory };
  Result result = Result::Nothing;
  LeafKind register_kind = LeafKind::I64;
  bool tuples_by_pointer =
      false;  // an argument list of many leaves passes each tuple as a pointer to its slots
  llvm::FunctionType* type = nullptr;
};

inline constexpr size_t kMaxArgumentLeaves = 24;
inline constexpr int64_t kSlotBytes = 8;
inline constexpr int64_t kHeaderBytes = 64;  // of a managed block, before its payload (runtime/memory.h)

inline constexpr unsigned kArrayAlignment = 64;  // of constant arrays, a cache line

using Row = llvm::SmallVector<llvm::Value*, 4>;  // a value's leaves

class UnitLowering {
 public:
  UnitLowering(const Unit& unit, const EmitOptions& options, llvm::LLVMContext& context,
               const llvm::DataLayout& layout);
  std::unique_ptr<llvm::Module> run();

  llvm::LLVMContext& context() { return context_; }
  llvm::Module& module() { return *module_; }
  const Unit& unit() const { return unit_; }
  const EmitOptions& options() const { return options_; }

  void add_cold_edge(ColdEdge edge) { cold_edges_.push_back(edge); }
  const std::vector<ColdEdge>& cold_edges() const { return cold_edges_; }

  // ---- types
  const std::vector<LeafKind>& leaves(TypeId type);
  llvm::Type* leaf_type(LeafKind kind);
  llvm::PointerType* pointer() { return llvm::PointerType::getUnqual(context_); }
  llvm::IntegerType* int_type(unsigned bits) { return llvm::IntegerType::get(context_, bits); }

  // ---- the convention
  Convention convention(const std::vector<TypeId>& params, TypeId result);
  bool by_pointer(const Convention& c, TypeId param) { return c.tuples_by_pointer && is_tuple(param); }
  // A function of this unit, or null.
  llvm::Function* own_function(const std::string& symbol);
  llvm::Function* chunk_function(
      const Callee& body);  // what the runtime calls for a parallel loop (parallel.cpp)

  // ---- names
  llvm::FunctionCallee runtime(RtFn fn);
  llvm::FunctionCallee pure_function(const std::string& name,
                                     llvm::FunctionType* type);  // of libm or the runtime
  // A value that the loader knows by this name: the address of the external symbol is the value.
  llvm::Constant* external(const std::string& name);
  llvm::Constant* text(const std::string& utf8);  // address of a C string
  llvm::Constant* zero_word();                    // address of 8 zero bytes
  llvm::Constant* item_layout(TypeId item);       // of a list (types/list.def)
  struct StrData {
    llvm::Constant* data;
    int64_t length;
    int64_t kind;  // bytes per character
  };
  StrData str_data(const std::string& utf8);
  void append_array(const ArrayData& array, Row& out);  // its leaves

 private:
  llvm::Function* declare(const Function& function);
  void make_entry(const Function& function);
  llvm::Constant* constant_data(llvm::Constant* initialiser, unsigned alignment);

  const Unit& unit_;
  const EmitOptions& options_;
  llvm::LLVMContext& context_;
  std::unique_ptr<llvm::Module> module_;
  std::unordered_map<uint32_t, std::vector<LeafKind>> leaves_;
  std::unordered_map<std::string, llvm::Constant*> texts_;
  std::unordered_map<std::string, StrData> strs_;
  std::unordered_map<std::string, llvm::Constant*> frozen_;  // bytes of arrays
  std::unordered_map<uint32_t, llvm::Constant*> item_layouts_;
  llvm::Constant* zero_word_ = nullptr;
  std::vector<ColdEdge> cold_edges_;
};

// Leaves in memory: slot `index` of a row at `slots`.
llvm::Value* load_slot(llvm::IRBuilder<>& b, UnitLowering& unit, LeafKind kind, llvm::Value* slots,
                       size_t index);
void store_slot(llvm::IRBuilder<>& b, llvm::Value* leaf, llvm::Value* slots, size_t index);
// A scalar in memory, as arrays and C have it: bool is a byte.
llvm::Value* load_native(llvm::IRBuilder<>& b, llvm::Type* type, llvm::Value* address, unsigned alignment,
                         const llvm::AAMDNodes& aliases = llvm::AAMDNodes());
void store_native(llvm::IRBuilder<>& b, llvm::Value* value, llvm::Value* address, unsigned alignment,
                  const llvm::AAMDNodes& aliases = llvm::AAMDNodes());

}  // namespace lancehead
