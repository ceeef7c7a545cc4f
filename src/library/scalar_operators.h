// Operators on scalars: types and emission (contract C7). Kernels of ufuncs use the same arithmetic without
// its checks.
#pragma once

#include "library/emitter.h"
#include "library/match.h"

namespace lancehead {

Lookup scalar_binary(BinaryOp op, const Query& query);
Lookup scalar_unary(UnaryOp op, const Query& query);
Lookup scalar_compare(CompareOp op, TypeId a, TypeId b);
ValueId emit_scalar_compare(Emitter& e, CompareOp op, ValueId x, ValueId y);
// x ** n for a constant n >= 0 by repeated squaring.
ValueId emit_power_constant(Emitter& e, ValueId x, uint64_t n);
Op compare_opcode(CompareOp op);

}  // namespace lancehead
