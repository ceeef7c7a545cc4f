// For machines with AVX2; only reduce_kernels.cpp may choose it. Other machines compile the same loops once
// more.
#ifdef __x86_64__
#pragma GCC target("avx2")
#endif
#define LH_MACHINE avx2_machine
#include "runtime/reduce_loops.h"
