// The law of the peephole rules, and what they are written with.
//
// A rule looks at one expression (an op that is Pure by ops.def, its operands already simplified) and gives a
// value that is equal to it wherever the expression is defined. The law:
//   1. Exact. Integers wrap; floats keep every bit, the sign of zero and which inputs give nan included. What
//   is only true
//      of real numbers (x + 0.0, x * 0.0, x - x) is no rule for floats. `fastmath` changes nothing here.
//   2. Never worse: the right side has no more instructions to execute than the left, and none that costs
//   more.
//   3. It ends: every rule makes fewer instructions, or moves a constant to the right or outwards, or
//   replaces an op by one
//      that is later in the order  / and % -> shifts and masks;  - -> +;  select -> and, or, invert.  None
//      goes back.
//   4. Facts of the expression are not carried over to the value that replaces it: they may hold on its path
//   only.
//   5. Only pure ops: checks, reads and writes belong to other passes.
// Rules make new instructions through Rewriter::emit alone, which folds, simplifies and numbers them in turn.
#pragma once

#include <vector>

#include "ir/builder.h"
#include "ir/function.h"

namespace lancehead {

struct Expr {
  Op op;
  uint32_t attr = 0;
  TypeId type;
  std::vector<ValueId> operands;
};

class Rewriter {
 public:
  explicit Rewriter(Function& function) : f(function) {}
  virtual ~Rewriter() = default;

  Function& f;
  // The value of the expression, at the place of the instruction that is being simplified.
  virtual ValueId emit(Expr expr) = 0;
  ValueId emit(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr = 0) {
    return emit(Expr{op, attr, type, std::move(operands)});
  }
  virtual ValueId constant(const Constant& constant) = 0;
  ValueId integer(TypeId type, int64_t value) { return constant(int_constant(type, value)); }
  ValueId boolean(bool value) { return constant(bool_constant(value)); }

  // The defining instruction if it is of this op, else null. Valid until the next emit.
  const Inst* def(ValueId v, Op op) const {
    const Inst* inst = f.def(v);
    return inst && inst->op == op ? inst : nullptr;
  }
};

// Each looks at the ops that its name says. The answer: the equal value, or an invalid id if no rule applies.
// They may reorder the operands of `e` (constants go to the right) and then answer invalid.
ValueId rewrite_integer(Rewriter& r, Expr& e);
ValueId rewrite_extent(Rewriter& r, const Expr& e);  // of two operands
ValueId rewrite_float(Rewriter& r, Expr& e);
ValueId rewrite_compare(Rewriter& r, Expr& e);
ValueId rewrite_select(Rewriter& r, Expr& e);
ValueId rewrite_cast(Rewriter& r, Expr& e);
ValueId rewrite_aggregate(Rewriter& r, Expr& e);
ValueId rewrite_array(Rewriter& r, Expr& e);

// The rules for this op, whichever file has them.
ValueId rewrite(Rewriter& r, Expr& e);

}  // namespace lancehead
