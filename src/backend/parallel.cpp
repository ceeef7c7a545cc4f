// Parallel loops.
#include "backend/function_lowering.h"
#include "base/check.h"

namespace lancehead {

void FunctionLowering::lower_parloop(const Inst&) {
  LH_UNREACHABLE("parallel loops are not lowered yet");
}

}  // namespace lancehead
