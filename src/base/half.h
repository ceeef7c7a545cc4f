// IEEE half precision: the bits of a float16, to and from double. Rounded once, to nearest, ties to even.
#pragma once

#include <bit>
#include <cstdint>

namespace lancehead {

double half_to_double(uint16_t bits);
uint16_t double_to_half(double value);

}  // namespace lancehead
