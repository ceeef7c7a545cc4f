// Rules for floats: only those that keep every bit.
#include <cmath>

#include "opt/rewrite.h"

namespace lancehead {
namespace {

bool is_float_constant(const Rewriter& r, ValueId v, double value) {
  const Constant* c = r.f.constant_of(v);
  return c && is_float(c->type) && constant_as_double(*c) == value &&
         std::signbit(constant_as_double(*c)) == std::signbit(value);
}

}  // namespace

ValueId rewrite_float(Rewriter& r, Expr& e) {
  if ((e.op == Op::Add || e.op == Op::Mul) && r.f.constant_of(e.operands[0]) &&
      !r.f.constant_of(e.operands[1]))
    std::swap(e.operands[0], e.operands[1]);
  ValueId x = e.operands[0], y = e.operands.size() > 1 ? e.operands[1] : ValueId();
  switch (e.op) {
    case Op::Add:
      return is_float_constant(r, y, -0.0) ? x : ValueId();  // x + -0.0 => x; x + 0.0 turns -0.0 into 0.0
    case Op::Sub: return is_float_constant(r, y, 0.0) ? x : ValueId();  // x - 0.0 => x
    case Op::Mul:
    case Op::Div: return is_float_constant(r, y, 1.0) ? x : ValueId();  // x * 1.0, x / 1.0 => x
    case Op::Neg:
      if (const Inst* in = r.def(x, Op::Neg)) return in->operands[0];  // --x => x
      return {};
    case Op::Abs:
      if (r.def(x, Op::Abs)) return x;  // abs(abs(x)) => abs(x)
      if (const Inst* in = r.def(x, Op::Neg))
        return r.emit(Op::Abs, {in->operands[0]}, e.type);  // abs(-x) => abs(x)
      return {};
    default: return {};
  }
}

}  // namespace lancehead
