// One function on its way to LLVM. A value is a row of leaves (types/layout.h), each an LLVM value; block
// arguments become phis. The methods stand in files by theme; lower() in dispatch.cpp chooses among them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "backend/aliases.h"
#include "backend/unit_lowering.h"
#include "ir/function.h"
#include "ir/runtime_call.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace lancehead {

class FunctionLowering {
 public:
  FunctionLowering(UnitLowering& unit, const Function& function, llvm::Function* target);
  void run();

 private:
  // ---- values
  llvm::ArrayRef<llvm::Value*> row(ValueId id) const;
  llvm::Value* scalar(ValueId id) const { return row(id)[0]; }
  void set(ValueId id, llvm::ArrayRef<llvm::Value*> leaves);
  void set(const Inst& inst, llvm::ArrayRef<llvm::Value*> leaves) { set(inst.results[0], leaves); }
  void set(const Inst& inst, llvm::Value* leaf) { set(inst.results[0], llvm::ArrayRef<llvm::Value*>(leaf)); }
  TypeId type(ValueId id) const { return f_.type(id); }
  TypeId result_type(const Inst& inst) const { return f_.type(inst.results[0]); }
  llvm::Type* llvm_type(TypeId scalar) { return unit_.leaf_type(unit_.leaves(scalar)[0]); }
  llvm::ConstantInt* int64(int64_t value) { return b_.getInt64(static_cast<uint64_t>(value)); }
  llvm::ConstantInt* status(int value) { return b_.getInt32(static_cast<uint32_t>(value)); }

  // ---- frame (frame.cpp)
  std::vector<Row> take_arguments();
  void find_stack_checks();
  void check_stack(const Inst& call);
  llvm::Value* poll_flag();
  llvm::Value* context_field(llvm::IRBuilder<>& b, std::string_view field);
  void lower_stack_alloc(const Inst& inst);
  void finish_scratch();
  // Memory of this frame for the instruction being lowered: `slots` slots that no other part of it uses.
  llvm::Value* scratch(size_t slots);
  llvm::Value* spill(llvm::ArrayRef<llvm::Value*> leaves);  // leaves in scratch memory

  // ---- control (control.cpp)
  void find_blocks();
  bool can_fail(const Inst& inst) const;
  llvm::BasicBlock* new_block(const char* name);
  llvm::BasicBlock* new_cold_block(const char* name);
  void lower_block(BlockId id);
  void jump(const Edge& edge);
  void bind(const Edge& edge);  // the edge's arguments to its target's parameters, from the current block
  void lower_br(const Inst& inst);
  void lower_condbr(const Inst& inst);
  void lower_return(const Inst& inst);

  // ---- errors (errors.cpp)
  // Goes on if `ok`; else, on a cold path, `raise` makes the error with which the instruction fails.
  void guard(llvm::Value* ok, const Inst* inst, const std::function<void()>& raise);
  // Goes on if it is 0; `clean_up` emits what the way out has to do besides.
  void check_status(llvm::Value* status, const Inst* inst, const std::function<void()>& clean_up = {});
  // Ends the block: ctx holds the error. `traced`: its traceback has the instruction's own frame already.
  void fail(const Inst* inst, bool traced = false);
  void leave(llvm::Value* status);
  // An entry of a traceback: a line of an inlined call's callee, or (Location::kOwn) of this function.
  struct Frame {
    uint32_t inlined;
    int32_t line;
    friend auto operator<=>(const Frame&, const Frame&) = default;
  };
  Frame frame_of(const Inst* inst) const;
  Frame caller_of(Frame frame) const;
  uint32_t handler_of(const Edge& unwind) const;        // the inlined call that the handler stands in
  llvm::Value* call_trace(Frame frame, uint32_t last);  // the frame, and its callers' up to `last`
  llvm::BasicBlock* trace_block(Frame frame);
  llvm::BasicBlock* exit_block();
  // An error of a row of types/errors.def. A negative index out of bounds is given as it is after wrapping.
  struct Failure {
    ErrorRow row;
    Row parameters;
    llvm::Constant* text = nullptr;
  };
  void raise_builtin(const Failure& failure);
  llvm::BasicBlock* raise_block(Frame frame, const Failure& failure);
  void guard_builtin(llvm::Value* ok, const Inst& inst, const Failure& failure);
  void lower_check(const Inst& inst);
  void lower_check_index(const Inst& inst);
  void lower_check_assigned(const Inst& inst);
  void lower_poll(const Inst& inst);
  void lower_throw(const Inst& inst);
  void lower_reraise(const Inst& inst);
  void lower_resume(const Inst& inst);
  void lower_catch(const Inst& inst);
  void lower_error_make(const Inst& inst);
  void lower_error_matches(const Inst& inst);

  // ---- calls (calls.cpp)
  Row call_function(const Callee& callee, llvm::ArrayRef<Row> arguments, const Inst* inst,
                    const std::function<void()>& clean_up = {});
  void lower_call(const Inst& inst);
  void lower_rtcall(const Inst& inst);
  void lower_object_call(const Inst& inst);
  void lower_math(const Inst& inst);
  void lower_complex_math(const Inst& inst);
  void lower_retain(const Inst& inst, RtFn fn);
  void call_with_owners(RtFn fn, const std::vector<LeafKind>& kinds, llvm::ArrayRef<llvm::Value*> leaves);
  llvm::Value* runtime_call(RtFn fn, llvm::ArrayRef<llvm::Value*> arguments, const char* name = "");
  llvm::Value* spill_operands(const Inst& inst, size_t first);
  llvm::Value* operands_type(const Inst& inst, size_t first);  // id of the tuple type of these operands
  llvm::Value* math_call(const std::string& name, llvm::ArrayRef<llvm::Value*> arguments);

  // ---- parallel loops (parallel.cpp)
  void lower_parloop(const Inst& inst);
  void fold_partials(const Inst& inst, const ParLoopInfo& loop, llvm::Value* partials, llvm::Value* chunks);
  void release_partials(llvm::Value* partials, llvm::Value* chunks, const std::vector<LeafKind>& kinds);

  // ---- scalars (scalar.cpp, division.cpp, complex.cpp, cast.cpp)
  void lower_const(const Inst& inst);
  void append_constant(const Constant& constant, Row& out);
  void lower_undef(const Inst& inst);
  void lower_arithmetic(const Inst& inst);
  void lower_bitwise(const Inst& inst);
  void lower_shift(const Inst& inst);
  void lower_unary(const Inst& inst);
  void lower_minmax(const Inst& inst);
  void lower_compare(const Inst& inst);
  void lower_select(const Inst& inst);
  void lower_division(const Inst& inst);
  llvm::Value* divide_signed(const Inst& inst);
  llvm::Value* divide_unsigned(const Inst& inst);
  llvm::Value* divide_float(const Inst& inst);
  void lower_complex(const Inst& inst);
  Row complex_divide(llvm::ArrayRef<llvm::Value*> x, llvm::ArrayRef<llvm::Value*> y);
  void lower_cast(const Inst& inst);
  llvm::Value* cast_leaf(llvm::Value* value, TypeId from, TypeId to);
  llvm::Value* truth(ValueId value);

  // ---- aggregates (aggregate.cpp)
  void lower_tuple_make(const Inst& inst);
  void lower_tuple_get(const Inst& inst);
  void lower_tuple_at(const Inst& inst);
  void lower_optional(const Inst& inst);

  // ---- arrays (arrays.cpp)
  void lower_array_part(const Inst& inst);
  void lower_array_alloc(const Inst& inst);
  void lower_array_view(const Inst& inst);
  void lower_array_load(const Inst& inst);
  void lower_array_store(const Inst& inst);
  llvm::Value* array_extent(ValueId array, size_t axis) const;
  llvm::Value* array_stride(ValueId array, size_t axis);
  llvm::Value* element_address(ValueId array, llvm::ArrayRef<ValueId> indices);
  // `base`: the array, or the address, that the element is reached by.
  void load_element(const Inst& inst, TypeId elem, llvm::Value* address, bool aligned, ValueId base);
  void store_element(ValueId value, TypeId elem, llvm::Value* address, bool aligned, ValueId base);

  // ---- lists (lists.cpp)
  void lower_list_make(const Inst& inst);
  void lower_list_len(const Inst& inst);
  void lower_list_get(const Inst& inst);
  void lower_list_set(const Inst& inst);
  void lower_list_append(const Inst& inst);
  llvm::Value* list_field(ValueId list, int64_t offset);  // its address
  llvm::Value* list_item(ValueId list, llvm::Value* index);
  void store_item(ValueId value, llvm::Value* slots);

  void lower(const Inst& inst);

  UnitLowering& unit_;
  const Function& f_;
  llvm::Function* fn_;
  llvm::IRBuilder<> b_;
  Convention convention_;
  llvm::Value* ctx_ = nullptr;
  llvm::Value* out_ = nullptr;
  std::vector<llvm::Value*> leaves_;       // the rows of all values, one after the other
  std::vector<uint32_t> row_start_;        // by value; one more at the end
  std::vector<BlockId> order_;             // the blocks that can be reached, each after one that leads to it
  std::vector<llvm::BasicBlock*> blocks_;  // by block; null: not reached
  std::vector<uint32_t> incoming_;         // edges into each block
  std::vector<llvm::BasicBlock*> cold_;
  Aliases aliases_;
  std::map<Frame, llvm::BasicBlock*> traces_;  // what traces the frame and leaves
  std::map<std::tuple<Frame, ErrorRow, llvm::Constant*, size_t>, llvm::BasicBlock*> raises_;
  llvm::PHINode* exit_status_ = nullptr;
  std::set<const Inst*> stack_checks_;
  llvm::Value* poll_flag_ = nullptr;
  llvm::AllocaInst* scratch_ = nullptr;
  size_t scratch_used_ = 0;
  size_t scratch_size_ = 0;
};

}  // namespace lancehead
