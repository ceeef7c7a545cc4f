// What an instruction does, as the optimiser may rely on it: ops.def's row, narrowed by what is called
// (runtime/calls.def, the callee's effects).
#pragma once

#include "ir/function.h"

namespace lancehead {

// A sum of Effect bits.
uint8_t effects_of(const Function& f, const Inst& inst);

inline bool can_raise(const Function& f, const Inst& inst) {
  return effects_of(f, inst) & MayRaise;
}
inline bool is_pure(const Function& f, const Inst& inst) {
  return effects_of(f, inst) == Pure;
}

// May the instruction be left out if nobody uses its results? Pure ops, reads, nests without a write, calls
// that only allocate. An allocation that fails is no effect that a program may rely on, but its ValueError
// for a negative extent is one; so an array_alloc may go if its extents are known to be no negative numbers.
bool is_removable(const Function& f, const Inst& inst);

// Ownership of operands and results, callee's rows included (contract C4).
Owns operand_owns(const Inst& inst, size_t operand);
Owns result_owns(const Inst& inst, size_t result, size_t* of = nullptr);

}  // namespace lancehead
