// For every machine, and the choice.
#define LH_MACHINE any_machine
#include "runtime/reduce_loops.h"

namespace lancehead {
namespace {

bool has_avx2() {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx2");
#else
  return false;
#endif
}

}  // namespace

ReduceKernel reduce_kernel(ReduceOp op, Element from, Element to) {
  return has_avx2() ? avx2_machine::reduce_kernel(op, from, to) : any_machine::reduce_kernel(op, from, to);
}
RowsKernel rows_kernel(ReduceOp op, Element element) {
  return has_avx2() ? avx2_machine::rows_kernel(op, element) : any_machine::rows_kernel(op, element);
}

}  // namespace lancehead
