// Conversion of an argument's scalar to the type that an eager signature asks for (contract C7).
#pragma once

#include "runtime/context.h"
#include "types/type.h"

namespace lancehead {

// Converts the leaves at `value` in place; `value` has room for two. With `exact`, an integer that does not
// fit `to` is an OverflowError (the result is false, the Python error is set); otherwise it is truncated, as
// a float is to an integer.
bool convert_scalar(Slot* value, TypeId from, TypeId to, bool exact);

}  // namespace lancehead
