// Brings freshly built SSA into a form that does not show how it was built, so that one source gives the same
// text under every CPython where the byte codes agree: no parameters that always have one value, no unused
// values, no handlers that only pass an error on, no blocks that only jump, no unreachable blocks; reverse
// postorder, ids without holes.
#pragma once

#include "ir/function.h"

namespace lancehead {

void simplify(Function& function);

}  // namespace lancehead
