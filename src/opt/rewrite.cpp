// Which rules an op has.
#include "opt/rewrite.h"

namespace lancehead {

ValueId rewrite(Rewriter& r, Expr& e) {
  switch (e.op) {
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge: return rewrite_compare(r, e);
    case Op::Select: return rewrite_select(r, e);
    case Op::Cast: return rewrite_cast(r, e);
    case Op::ArrayDim:
    case Op::ArrayStride:
    case Op::ArrayData:
    case Op::Offset: return rewrite_array(r, e);
    case Op::TupleGet:
    case Op::TupleMake:
    case Op::TupleAt:
    case Op::OptionalHas:
    case Op::OptionalGet:
    case Op::ComplexReal:
    case Op::ComplexImag: return rewrite_aggregate(r, e);
    default: break;
  }
  if (op_info(e.op).rule != TypeRule::Arith || e.op == Op::Math) return {};
  if (is_integer(e.type) || e.type == ty::Bool) return rewrite_integer(r, e);
  if (is_float(e.type)) return rewrite_float(r, e);
  return {};
}

}  // namespace lancehead
