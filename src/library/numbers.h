// Conversions and parts of arithmetic that several tables of the library share.
#pragma once

#include "library/emitter.h"
#include "library/match.h"

namespace lancehead {

// float -> int64 as CPython's int(): nan and inf raise, and so does what 64 bits do not hold.
ValueId float_to_int(Emitter& e, ValueId v);

// Whether the argument, cast to `type`, is known not to be negative. Unsigned 64-bit values wrap when they
// are cast.
bool nonneg_as(const Argument& a, TypeId type);

// Whether the integer type holds the integer.
bool fits(const Constant& integer, TypeId type);

// Facts of a result that is weak if all arguments are.
Facts weak_if_all(const Query& query);

// The type of Python's arithmetic on one number: bool and integers widen to 64 bits.
TypeId widened(TypeId type);

}  // namespace lancehead
