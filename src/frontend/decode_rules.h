// How one CPython instruction becomes canonical ones. A rule is called per instruction, in order; it appends
// to the emitter. Jump operands are code-unit offsets until decode.cpp resolves them. What a rule emits may
// still hold NULL slots (PushNull) and unreachable instructions; stack_shape.h removes them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "frontend/pycode.h"

namespace lancehead {

// One instruction of co_code, prefixes folded in.
struct RawInst {
  uint32_t offset = 0;  // of its first EXTENDED_ARG, if it has one: that is where jumps lead
  uint32_t next = 0;    // of the instruction after its caches: jumps count from there
  uint32_t arg = 0;
  uint8_t opcode = 0;
};

class Emitter {
 public:
  Emitter(const CodeData& data, const std::vector<PyVar>& vars, uint32_t units);

  // Starts the next instruction: jumps to its offset lead to what is emitted from here on.
  void begin(const RawInst& raw, const SourceRange& range);

  void emit(PyOp op, uint32_t arg = 0, uint32_t arg2 = 0) { insts_.push_back({op, arg, arg2, range_}); }

  // If the last instruction is an `op`, takes it away and returns its arg in *arg. With `entry`, jumps to the
  // current instruction lead to what is emitted now; without, they are malformed, as they would lack what was
  // taken away.
  bool absorb_last(PyOp op, bool entry, uint32_t* arg);
  PyInst* last() { return insts_.empty() ? nullptr : &insts_.back(); }

  void fail(std::string reason);
  bool failed() const { return !error_.empty(); }

  bool empty() const { return insts_.empty(); }
  const std::vector<PyVar>& vars() const { return vars_; }

  static constexpr uint32_t kNoKeywords = 0xffffffffu;
  uint32_t pending_keywords = kNoKeywords;  // KW_NAMES, for the call that follows

  // For decode.cpp.
  static constexpr uint32_t kNoTarget = 0xffffffffu;
  uint32_t index_at(uint32_t unit) const {
    return unit < index_of_unit_.size() ? index_of_unit_[unit] : kNoTarget;
  }
  // The first instruction that was emitted at or after a unit.
  uint32_t index_from(uint32_t unit) const;
  std::vector<PyInst>& insts() { return insts_; }
  const std::string& error() const { return error_; }

 private:
  const std::vector<PyVar>& vars_;
  std::vector<PyInst> insts_;
  std::vector<uint32_t> index_of_unit_;  // kNoTarget for units that no jump may lead to
  std::vector<uint32_t> first_at_;       // like it, without gaps at absorbed instructions
  SourceRange range_;
  uint32_t offset_ = 0;
  std::string error_;
};

using OpcodeRule = void (*)(Emitter&, const RawInst&, PyOp);

struct OpcodeRow {
  OpcodeRule rule = nullptr;  // null: no co_code contains this number
  PyOp op = PyOp::Pop;
  uint8_t caches = 0;
};

using OpcodeTable = std::array<OpcodeRow, 256>;

// One table per CPython version, in decode_3xx.cpp.
const OpcodeTable& opcode_table_311();
const OpcodeTable& opcode_table_312();
const OpcodeTable& opcode_table_313();

namespace rules {

void extended_arg(Emitter&, const RawInst&, PyOp);  // never called: a mark for the reader of co_code
void drop(Emitter&, const RawInst&, PyOp);
void plain(Emitter&, const RawInst&, PyOp);
void with_arg(Emitter&, const RawInst&, PyOp);
void with_const(Emitter&, const RawInst&, PyOp);  // the constant was pushed by the instruction before
void then_pop(Emitter&, const RawInst&, PyOp);

void load_fast(Emitter&, const RawInst&, PyOp);
void load_fast_load_fast(Emitter&, const RawInst&, PyOp);
void store_fast_load_fast(Emitter&, const RawInst&, PyOp);
void store_fast_store_fast(Emitter&, const RawInst&, PyOp);
void make_cell(Emitter&, const RawInst&, PyOp);
void load_global_null_first(Emitter&, const RawInst&, PyOp);
void load_global_null_last(Emitter&, const RawInst&, PyOp);

void truth_test(Emitter&, const RawInst&, PyOp);
void binary_op(Emitter&, const RawInst&, PyOp);
void compare_312(Emitter&, const RawInst&, PyOp);
void compare_313(Emitter&, const RawInst&, PyOp);

void load_attr_null_first(Emitter&, const RawInst&, PyOp);
void load_attr_null_last(Emitter&, const RawInst&, PyOp);
void load_method(Emitter&, const RawInst&, PyOp);
void load_super_attr_null_first(Emitter&, const RawInst&, PyOp);
void load_super_attr_null_last(Emitter&, const RawInst&, PyOp);

void through_slice(Emitter&, const RawInst&, PyOp);
void unpack_ex(Emitter&, const RawInst&, PyOp);
void format_value(Emitter&, const RawInst&, PyOp);

void keyword_names(Emitter&, const RawInst&, PyOp);
void call(Emitter&, const RawInst&, PyOp);
void call_ex(Emitter&, const RawInst&, PyOp);
void make_function_bare(Emitter&, const RawInst&, PyOp);
void set_function_attribute(Emitter&, const RawInst&, PyOp);
void intrinsic_1(Emitter&, const RawInst&, PyOp);
void intrinsic_2(Emitter&, const RawInst&, PyOp);

void jump_forward(Emitter&, const RawInst&, PyOp);
void jump_backward(Emitter&, const RawInst&, PyOp);
void jump_or_pop(Emitter&, const RawInst&, PyOp);
void for_iter_312(Emitter&, const RawInst&, PyOp);
void for_iter_313(Emitter&, const RawInst&, PyOp);
void end_for_312(Emitter&, const RawInst&, PyOp);
void send_311(Emitter&, const RawInst&, PyOp);
void return_const(Emitter&, const RawInst&, PyOp);

}  // namespace rules

}  // namespace lancehead
