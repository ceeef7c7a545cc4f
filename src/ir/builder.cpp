// Appending instructions, and constants from C++ values.
#include "ir/builder.h"

#include <bit>

#include "base/half.h"

namespace lancehead {

InstId Builder::add(Op op, std::vector<ValueId> operands, std::vector<TypeId> results, uint32_t attr) {
  InstId id(f_.insts.size());
  f_.insts.emplace_back();
  std::vector<ValueId> result_ids;
  for (TypeId type : results) result_ids.push_back(f_.new_value(type, id));
  Inst& inst = f_.insts.back();
  inst.op = op;
  inst.attr = attr;
  inst.loc = loc_;
  inst.block = block_;
  inst.operands = std::move(operands);
  inst.results = std::move(result_ids);
  f_.block(block_).insts.push_back(id);
  return id;
}

ValueId Builder::value(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr) {
  return f_.inst(add(op, std::move(operands), {type}, attr)).results[0];
}

ValueId Builder::constant(const Constant& constant) {
  uint32_t index = f_.add_constant(constant);
  ValueId v = value(Op::Const, {}, constant.type, index);
  Facts& facts = f_.value(v).facts;
  facts.constant = index;
  if (is_signed(constant.type)) facts.nonneg = constant_as_int(constant) >= 0;
  return v;
}

ValueId Builder::int64(int64_t v) {
  return constant(int_constant(ty::Int64, v));
}
ValueId Builder::integer(TypeId type, int64_t v) {
  return constant(int_constant(type, v));
}
ValueId Builder::boolean(bool v) {
  return constant(bool_constant(v));
}
ValueId Builder::float_value(TypeId type, double v) {
  return constant(float_constant(type, v));
}
ValueId Builder::none() {
  return constant(none_constant());
}
ValueId Builder::string(const std::string& utf8) {
  return constant(str_constant(utf8));
}
ValueId Builder::known(TypeId type) {
  return value(Op::Known, {}, type, f_.add_known(type));
}

void Builder::br(BlockId target, std::vector<ValueId> args) {
  f_.inst(add(Op::Br, {}, {})).edges = {Edge{target, std::move(args)}};
}

void Builder::condbr(ValueId condition, BlockId if_true, std::vector<ValueId> true_args, BlockId if_false,
                     std::vector<ValueId> false_args, Likelihood likelihood) {
  Inst& branch = f_.inst(add(Op::CondBr, {condition}, {}));
  branch.attr = static_cast<uint32_t>(likelihood);
  branch.edges = {Edge{if_true, std::move(true_args)}, Edge{if_false, std::move(false_args)}};
}

void Builder::ret(ValueId v) {
  add(Op::Return, {v}, {});
}

bool Builder::terminated() const {
  const std::vector<InstId>& insts = f_.block(block_).insts;
  return !insts.empty() && is_terminator(f_.inst(insts.back()).op);
}

Constant none_constant() {
  return {ty::None, {0, 0}, {}, {}};
}
Constant bool_constant(bool value) {
  return {ty::Bool, {value, 0}, {}, {}};
}
Constant int_constant(TypeId type, int64_t value) {
  uint64_t bits = static_cast<uint64_t>(value);
  int width = bits_of(type);
  if (width < 64) {
    int shift = 64 - width;
    bits = is_signed(type) ? static_cast<uint64_t>(static_cast<int64_t>(bits << shift) >> shift)
                           : (bits << shift) >> shift;
  }
  return {type, {bits, 0}, {}, {}};
}

namespace {
uint64_t float_bits(TypeId type, double value) {
  if (type == ty::Float16) return double_to_half(value);
  if (type == ty::Float32 || type == ty::Complex64) return std::bit_cast<uint32_t>(static_cast<float>(value));
  return std::bit_cast<uint64_t>(value);
}
}  // namespace

Constant float_constant(TypeId type, double value) {
  return {type, {float_bits(type, value), 0}, {}, {}};
}
Constant complex_constant(TypeId type, double real, double imaginary) {
  return {type, {float_bits(type, real), float_bits(type, imaginary)}, {}, {}};
}
Constant str_constant(const std::string& utf8) {
  return {ty::Str, {0, 0}, utf8, {}};
}
Constant array_constant(TypeId type, std::shared_ptr<const ArrayData> data) {
  return {type, {0, 0}, {}, {}, std::move(data)};
}

double constant_as_double(const Constant& c) {
  if (c.type == ty::Float16) return half_to_double(static_cast<uint16_t>(c.bits[0]));
  if (c.type == ty::Float32 || c.type == ty::Complex64)
    return static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(c.bits[0])));
  if (c.type == ty::Float64 || c.type == ty::Complex128) return std::bit_cast<double>(c.bits[0]);
  if (c.type == ty::UInt64) return static_cast<double>(c.bits[0]);
  return static_cast<double>(static_cast<int64_t>(c.bits[0]));
}

int64_t constant_as_int(const Constant& c) {
  return static_cast<int64_t>(c.bits[0]);
}

}  // namespace lancehead
