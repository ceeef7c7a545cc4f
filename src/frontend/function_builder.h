// Builds the generic SSA of one PyCode (build.h): walks the blocks in reverse postorder with the values of
// all variables and of the operand stack at hand. A block that several edges enter has a parameter for each
// live variable and for each slot of the stack; simplify.h removes those that were not needed. The handlers
// of the canonical instructions are grouped by theme: function_builder.cpp (frame, edges), build_values.cpp,
// build_operators.cpp, build_calls.cpp, build_control.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "frontend/build.h"
#include "frontend/flow.h"
#include "frontend/pycode.h"
#include "ir/builder.h"

namespace lancehead {

inline constexpr const char* kInsteadOfComprehension = "; write a loop that stores into an array";

// What lies in a slot of the operand stack: a value, or something that becomes instructions only when a value
// is needed. So constants, names and tuples that only describe a call or a function leave no trace.
struct Slot {
  enum class Kind : uint8_t {
    Value,
    Const,     // index into CodeData::consts
    Global,    // index into CodeData::names
    Variable,  // a cell: index into PyCode::vars
    Tuple,     // items
    List,      // items; a list that nothing else can see yet
    Map,       // items, the values; `index` of CodeData::consts is the tuple of keys
  };
  struct Item;
  Kind kind = Kind::Value;
  uint32_t index = 0;
  ValueId value;
  LocId loc;
  std::vector<Item> items;
  uint32_t depth = 0;  // of items in items
};

struct Slot::Item {
  Slot slot;
  bool starred = false;
};

class FunctionBuilder {
 public:
  FunctionBuilder(const Snapshot& snapshot, const PyCode& code, BuiltFunction* out);

  void run();

 private:
  struct State {
    std::vector<ValueId> vars;   // by variable, then the exception that is being handled
    std::vector<ValueId> flags;  // by variable: whether it is assigned, for those of maybe_unassigned_
    std::vector<ValueId> stack;
  };

  // ---- frame and edges
  void enter_function();
  void find_maybe_unassigned();
  void visit_block(uint32_t index);
  void enter_handler(const PyHandler* handler);
  void visit(const PyInst& inst);
  bool visit_stack(const PyInst& inst);
  bool visit_operator(const PyInst& inst);
  bool visit_call(const PyInst& inst);
  bool visit_control(const PyInst& inst);
  bool joined(uint32_t index) const;
  void begin_block(uint32_t index);
  void add_params(BlockId block, const FlowBlock& flow, size_t stack_height);
  Edge edge_to(uint32_t index);  // with the state as it is; the stack must be all values
  std::vector<ValueId> arguments_for(const FlowBlock& flow, const std::vector<ValueId>& stack) const;
  void branch(ValueId condition, uint32_t if_true, uint32_t if_false);
  void finish_block(const FlowBlock& flow);
  // Appends an instruction; one that may raise inside a protected region ends its block and unwinds.
  InstId emit(Op op, std::vector<ValueId> operands, size_t results, uint32_t attr = 0);
  ValueId emit_value(Op op, std::vector<ValueId> operands, uint32_t attr = 0);
  void unwind(InstId inst);

  // An op `unsupported`: whoever reaches it has the diagnostic. What it would give serves to build the rest.
  ValueId fail(DiagId id, std::vector<std::string> args);
  std::vector<ValueId> fail(DiagId id, std::vector<std::string> args, size_t results);
  ValueId unsupported(const std::string& what, const std::string& instead = "");
  void skip(const PyInst& inst);
  Diagnostic diagnostic(DiagId id, std::vector<std::string> args) const;
  LocId location(const SourceRange& range);

  // ---- build_values.cpp
  void push(ValueId value);
  void push(Slot slot);
  Slot pop_slot();
  ValueId pop();
  std::vector<Slot> pop_slots(size_t count);
  std::vector<ValueId> pop_values(size_t count);
  ValueId value_of(Slot& slot);  // makes it a value, in place
  ValueId materialise(const Slot& slot);
  ValueId materialise_tuple(const Slot& slot);
  ValueId materialise_list(const Slot& slot);
  void settle_stack_values(size_t height);  // the lowest slots become values
  ValueId constant(Constant constant);
  ValueId python_value(const PyValue& value);
  ValueId object_value(const PyValue& value);
  ValueId numpy_scalar_value(const PyObjectData& scalar);
  ValueId global_value(const std::string& name);
  ValueId none() { return constant(none_constant()); }
  ValueId variable(uint32_t var);  // what it holds, after a check where it may hold nothing
  void check_assigned(uint32_t var);
  void set_variable(uint32_t var, ValueId value, bool assigned);
  void load_and_clear(uint32_t var);
  void store_cell(const PyInst& inst);
  void copy(uint32_t distance);
  void swap(uint32_t distance);

  // ---- build_operators.cpp
  void binary(Op op, PyOperator operation);
  void unary(PyOp op);
  void compare(PyComparison comparison);
  void negatable(Op op, bool negate);
  void store_attribute(const std::string& name);
  void store_item();
  void build_tuple(uint32_t count);
  void build_list(uint32_t count);
  void build_slice(uint32_t count);
  void add_to_list(const PyInst& inst);
  void list_to_tuple();
  void unpack(uint32_t count);

  // ---- build_calls.cpp
  void call(uint32_t count, const PyValue* keyword_names);
  void call_spread(bool with_keywords);
  void emit_call(Slot& callee, std::vector<ValueId> arguments, CallShape shape);
  void make_function(const PyInst& inst);
  void build_map_const_keys(const PyInst& inst);
  void build_empty_map();
  std::optional<std::vector<ValueId>> captured_values(const Slot& closure, const CodeData& code);
  bool positional_defaults(const Slot& slot, InnerDefaults* defaults);
  bool keyword_defaults(const Slot& slot, InnerDefaults* defaults);
  std::optional<PyValue> constant_of(const Slot& slot) const;

  // ---- build_control.cpp
  ValueId truth_of(ValueId value);
  void poll_before_jump(const PyInst& inst);
  void jump_if(const PyInst& inst);
  void for_iter(const PyInst& inst);
  void raise(uint32_t count);
  bool may_be_raised_again(ValueId exception) const;
  void reraise(ValueId error);
  void push_exc_info();
  void check_exc_match();
  void load_assertion_error();
  void generator();
  std::vector<ValueId> unsupported_instruction(PyOp op, size_t results);

  const Snapshot& snapshot_;
  const PyCode& code_;
  const CodeData& data_;
  const bool inner_;
  BuiltFunction& out_;
  Function& f_;
  Builder b_;
  FlowGraph flow_;

  std::vector<uint8_t> maybe_unassigned_;  // by variable: some use needs a check
  std::vector<BlockId> ir_blocks_;   // by block of flow_; invalid until an edge or the block itself needs it
  std::vector<State> entry_states_;  // of blocks that are not joined
  State state_;                      // `stack` is unused here: stack_ holds the slots
  std::vector<Slot> stack_;
  BitSet assigned_;                     // at the current instruction
  uint32_t inst_ = 0;                   // the current instruction
  uint32_t handling_ = 0;               // exceptions that are being handled at it
  const PyHandler* handler_ = nullptr;  // its handler
  std::vector<ValueId> unwind_stack_;   // what the handler finds on the stack below the exception
  ValueId unassigned_, true_, false_;   // in the entry block
};

}  // namespace lancehead
