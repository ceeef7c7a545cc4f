// Structural facts.
#include "opt/facts.h"

namespace lancehead {

std::optional<int64_t> int_value(const Function& f, ValueId v) {
  const Constant* c = f.constant_of(v);
  if (!c || (!is_integer(c->type) && c->type != ty::Bool)) return {};
  return static_cast<int64_t>(c->bits[0]);
}

bool is_nonneg(const Function& f, ValueId v, int depth) {
  if (f.value(v).facts.nonneg) return true;
  if (auto n = int_value(f, v)) return *n >= 0;
  const Inst* inst = f.def(v);
  if (!inst || depth == 0) return false;
  auto nonneg = [&](size_t operand) { return is_nonneg(f, inst->operands[operand], depth - 1); };
  switch (inst->op) {
    case Op::ArrayDim: return true;
    case Op::And: return nonneg(0) || nonneg(1);
    case Op::Max: return nonneg(0) || nonneg(1);
    case Op::Min:
    case Op::Or:
    case Op::Xor: return nonneg(0) && nonneg(1);
    case Op::Select: return nonneg(1) && nonneg(2);
    case Op::Shr: return nonneg(0);
    case Op::FloorDiv: return nonneg(0) && nonneg(1);
    case Op::Mod: return nonneg(1);
    case Op::Rem: return nonneg(0);
    case Op::Cast: {
      TypeId from = f.type(inst->operands[0]), to = f.type(v);
      if (from == ty::Bool) return true;
      if (!is_integer(from) || !is_integer(to) || bits_of(from) > bits_of(to)) return false;
      return is_signed(from) ? nonneg(0) : bits_of(from) < bits_of(to);
    }
    case Op::TupleGet:  // the length and the kind of a str
      return f.type(inst->operands[0]) == ty::Str;
    default: return false;
  }
}

}  // namespace lancehead
