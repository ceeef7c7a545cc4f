// The rules that opcode_rules.def names (decode_rules.h).
#include "frontend/decode_rules.h"

namespace lancehead {

Emitter::Emitter(const CodeData& data, const std::vector<PyVar>& vars, uint32_t units)
    : vars_(vars), index_of_unit_(units, kNoTarget), first_at_(units, kNoTarget) {
  insts_.reserve(data.code.size() / 2);
}

void Emitter::begin(const RawInst& raw, const SourceRange& range) {
  range_ = range;
  offset_ = raw.offset;
  index_of_unit_[offset_] = first_at_[offset_] = static_cast<uint32_t>(insts_.size());
}

bool Emitter::absorb_last(PyOp op, bool entry, uint32_t* arg) {
  if (insts_.empty() || insts_.back().op != op) return false;
  if (arg) *arg = insts_.back().arg;
  insts_.pop_back();
  first_at_[offset_] = static_cast<uint32_t>(insts_.size());
  index_of_unit_[offset_] = entry ? first_at_[offset_] : kNoTarget;
  return true;
}

void Emitter::fail(std::string reason) {
  if (error_.empty()) error_ = std::move(reason);
}

uint32_t Emitter::index_from(uint32_t unit) const {
  while (unit < first_at_.size() && first_at_[unit] == kNoTarget) ++unit;
  return unit < first_at_.size() ? first_at_[unit] : static_cast<uint32_t>(insts_.size());
}

namespace rules {

namespace {

// Two indices of four bits each share the arg of a super-instruction.
uint32_t first_index(const RawInst& raw) {
  return raw.arg >> 4;
}
uint32_t second_index(const RawInst& raw) {
  return raw.arg & 15;
}

void load_variable(Emitter& out, uint32_t var) {
  bool cell = var < out.vars().size() && out.vars()[var].kind != PyVar::Kind::Local;
  out.emit(cell ? PyOp::LoadCell : PyOp::LoadVar, var);
}

void jump_to(Emitter& out, PyOp op, uint64_t target, uint32_t arg2 = 0) {
  if (target > UINT32_MAX) return out.fail("a jump leads out of the code");
  if (op == PyOp::PopJumpIfFalse || op == PyOp::PopJumpIfTrue) out.absorb_last(PyOp::ToBool, true, nullptr);
  out.emit(op, static_cast<uint32_t>(target), arg2);
}

// A method's slot is filled with NULL here: the attribute is loaded bound.
void null_below(Emitter& out) {
  out.emit(PyOp::PushNull);
  out.emit(PyOp::Swap, 2);
}

}  // namespace

void extended_arg(Emitter& out, const RawInst&, PyOp) {
  out.fail("an EXTENDED_ARG is no instruction");
}

void drop(Emitter&, const RawInst&, PyOp) {}

void plain(Emitter& out, const RawInst&, PyOp op) {
  out.emit(op);
}

void with_arg(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg);
}

void with_const(Emitter& out, const RawInst& raw, PyOp op) {
  uint32_t constant = 0;
  if (!out.absorb_last(PyOp::LoadConst, false, &constant)) return out.fail("a constant operand is missing");
  out.emit(op, raw.arg, constant);
}

void then_pop(Emitter& out, const RawInst&, PyOp op) {
  out.emit(op);
  out.emit(PyOp::Pop);
}

void load_fast(Emitter& out, const RawInst& raw, PyOp) {
  load_variable(out, raw.arg);
}

void load_fast_load_fast(Emitter& out, const RawInst& raw, PyOp) {
  load_variable(out, first_index(raw));
  load_variable(out, second_index(raw));
}

void store_fast_load_fast(Emitter& out, const RawInst& raw, PyOp) {
  out.emit(PyOp::StoreVar, first_index(raw));
  load_variable(out, second_index(raw));
}

void store_fast_store_fast(Emitter& out, const RawInst& raw, PyOp) {
  out.emit(PyOp::StoreVar, first_index(raw));
  out.emit(PyOp::StoreVar, second_index(raw));
}

// Those of the prologue say no more than co_cellvars does.
void make_cell(Emitter& out, const RawInst& raw, PyOp op) {
  if (!out.empty()) out.emit(op, raw.arg);
}

void load_global_null_first(Emitter& out, const RawInst& raw, PyOp op) {
  if (raw.arg & 1) out.emit(PyOp::PushNull);
  out.emit(op, raw.arg >> 1);
}

void load_global_null_last(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 1);
  if (raw.arg & 1) out.emit(PyOp::PushNull);
}

void truth_test(Emitter& out, const RawInst&, PyOp op) {
  out.absorb_last(PyOp::ToBool, true, nullptr);
  out.emit(op);
}

void binary_op(Emitter& out, const RawInst& raw, PyOp op) {
  constexpr uint32_t kCount = static_cast<uint32_t>(PyOperator::Xor) + 1;
  if (raw.arg >= 2 * kCount) return out.fail("unknown operator");
  if (raw.arg < kCount) return out.emit(op, raw.arg);
  out.emit(PyOp::InPlace, raw.arg - kCount);
}

// The low four bits are a mask for the specialised form.
void compare_312(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 4);
}

void compare_313(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 5);
  if (raw.arg & 16) out.emit(PyOp::ToBool);
}

void load_attr_null_first(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 1);
  if (raw.arg & 1) null_below(out);
}

void load_attr_null_last(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 1);
  if (raw.arg & 1) out.emit(PyOp::PushNull);
}

void load_method(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg);
  null_below(out);
}

void load_super_attr_null_first(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 2);
  if (raw.arg & 1) null_below(out);
}

void load_super_attr_null_last(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg >> 2);
  if (raw.arg & 1) out.emit(PyOp::PushNull);
}

void through_slice(Emitter& out, const RawInst&, PyOp op) {
  out.emit(PyOp::BuildSlice, 2);
  out.emit(op);
}

void unpack_ex(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg & 0xff, raw.arg >> 8);
}

void format_value(Emitter& out, const RawInst& raw, PyOp) {
  uint32_t conversion = raw.arg & 3;
  bool with_spec = raw.arg & 4;
  if (conversion) {
    if (with_spec) out.emit(PyOp::Swap, 2);
    out.emit(PyOp::ConvertValue, conversion);
    if (with_spec) out.emit(PyOp::Swap, 2);
  }
  out.emit(with_spec ? PyOp::FormatWithSpec : PyOp::FormatSimple);
}

void keyword_names(Emitter& out, const RawInst& raw, PyOp) {
  out.pending_keywords = raw.arg;
}

void call(Emitter& out, const RawInst& raw, PyOp op) {
  if (out.pending_keywords == Emitter::kNoKeywords) return out.emit(op, raw.arg);
  out.emit(PyOp::CallKw, raw.arg, out.pending_keywords);
  out.pending_keywords = Emitter::kNoKeywords;
}

void call_ex(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(op, raw.arg & 1);
}

void make_function_bare(Emitter& out, const RawInst& raw, PyOp op) {
  RawInst no_parts = raw;
  no_parts.arg = 0;
  with_const(out, no_parts, op);
}

// The parts lie on the stack in ascending order, so that they are set in descending order.
void set_function_attribute(Emitter& out, const RawInst& raw, PyOp op) {
  PyInst* function = out.last();
  bool one_part = raw.arg == 1 || raw.arg == 2 || raw.arg == 4 || raw.arg == 8;
  bool in_order =
      function && function->op == op && (function->arg == 0 || raw.arg < (function->arg & -function->arg));
  if (!one_part || !in_order) return out.fail("a function's attributes are not in order");
  function->arg |= raw.arg;
}

void intrinsic_1(Emitter& out, const RawInst& raw, PyOp op) {
  switch (raw.arg) {
    case 1: return out.emit(PyOp::PrintExpr);
    case 2: return out.emit(PyOp::ImportStar);
    case 3: return out.emit(PyOp::StopIterationError);
    case 4: return out.emit(PyOp::AsyncGenWrap);
    case 5: return out.emit(PyOp::Positive);
    case 6: return out.emit(PyOp::ListToTuple);
    default: return out.emit(op, raw.arg);
  }
}

void intrinsic_2(Emitter& out, const RawInst& raw, PyOp op) {
  if (raw.arg == 1) return out.emit(PyOp::PrepareReraiseStar);
  out.emit(op, raw.arg);
}

void jump_forward(Emitter& out, const RawInst& raw, PyOp op) {
  jump_to(out, op, uint64_t{raw.next} + raw.arg);
}

void jump_backward(Emitter& out, const RawInst& raw, PyOp op) {
  if (raw.arg > raw.next) return out.fail("a jump leads out of the code");
  jump_to(out, op, raw.next - raw.arg);
}

void jump_or_pop(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(PyOp::Copy, 1);
  jump_to(out, op, uint64_t{raw.next} + raw.arg);
  out.emit(PyOp::Pop);
}

// An exhausted loop skips the END_FOR that its jump leads to, 3.13 also the POP_TOP after it.
void for_iter_312(Emitter& out, const RawInst& raw, PyOp op) {
  jump_to(out, op, uint64_t{raw.next} + raw.arg + 1);
}

void for_iter_313(Emitter& out, const RawInst& raw, PyOp op) {
  jump_to(out, op, uint64_t{raw.next} + raw.arg + 2);
}

void end_for_312(Emitter& out, const RawInst&, PyOp op) {
  out.emit(op);
  out.emit(op);
}

void send_311(Emitter& out, const RawInst& raw, PyOp op) {
  jump_to(out, op, uint64_t{raw.next} + raw.arg, 1);
}

void return_const(Emitter& out, const RawInst& raw, PyOp op) {
  out.emit(PyOp::LoadConst, raw.arg);
  out.emit(op);
}

}  // namespace rules

}  // namespace lancehead
