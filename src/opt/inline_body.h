// The copy of a body into a caller.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Copies `body` in place of `call`, an instruction taken out of `f`, into blocks that follow `after` in
// order; parameters are the call's operands. Returns become branches to `rest`, with the value if `rest` has
// a parameter. What raises and has no handler gets the call's unwind edge, if it has one. Returns the block
// that the body begins with.
BlockId copy_body(Function& f, const Function& body, const Inst& call, BlockId after, BlockId rest);

}  // namespace lancehead
