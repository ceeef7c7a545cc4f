// Kernels of ufuncs that are more than one op: straight-line code without errors on operands of the loop's
// type, so that it may stand in the body of a nest (contract C9). NumPy's results, division by zero included.
#pragma once

#include <vector>

#include "library/emitter.h"

namespace lancehead {

using Kernel = ValueId (*)(Emitter&, const std::vector<ValueId>&);

namespace kernels {
// The formatter fills these lines another way each time.
// clang-format off
#define LH_KERNELS(X)                                                                                      \
  X(add) X(multiply) X(floor_divide) X(remainder) X(power) X(left_shift) X(right_shift) X(identity)        \
  X(logical_and) X(logical_or) X(logical_xor) X(logical_not) X(fmax) X(fmin) X(isnan) X(isinf) X(isfinite) \
  X(signbit) X(absolute) X(sign) X(square) X(reciprocal) X(conjugate) X(fmod) X(gcd) X(lcm) X(heaviside)   \
  X(floor) X(ceil) X(trunc) X(rint) X(radians) X(degrees)                                                  \
  X(less) X(less_equal) X(greater) X(greater_equal) X(maximum) X(minimum)                                  \
  X(bitwise_count) X(ldexp) X(mantissa) X(exponent) X(fraction)
// clang-format on
#define LH_DECLARE(name) ValueId name(Emitter& e, const std::vector<ValueId>& v);
LH_KERNELS(LH_DECLARE)
#undef LH_DECLARE
}  // namespace kernels

}  // namespace lancehead
