// Constant folding: the value of an instruction whose operands are constants, exactly as ops.def and contract
// C7 define it (integers wrap at their width, floats are IEEE in their own precision).
#pragma once

#include <optional>

#include "ir/function.h"

namespace lancehead {

// The result of a pure scalar op with constant operands; nothing where the op is not foldable: the operation
// is undefined (division by zero), or its bits are the library's at run time (sin, pow).
std::optional<Constant> fold_constant(const Function& f, Op op, uint32_t attr, TypeId type,
                                      const std::vector<ValueId>& operands);

}  // namespace lancehead
