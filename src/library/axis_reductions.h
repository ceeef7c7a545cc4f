// Reductions with arguments: axis, dtype, out, keepdims, initial, where.
#pragma once

#include "library/rows.h"

namespace lancehead {

// The type in which NumPy sums: at least 64-bit integers of the same signedness; floats as they are.
TypeId sum_type(TypeId elem);
// The reduction of all elements into a scalar.
ValueId reduce_all(Emitter& e, Reduction reduction, ValueId array);
// np.sum, np.min, ... of an array.
Lookup reduction(Reduction reduction, const Query& q);

}  // namespace lancehead
