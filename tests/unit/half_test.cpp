// float16 to and from double.
#include "base/half.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lancehead {
namespace {

TEST(Half, EveryValueReadsBack) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    auto half = static_cast<uint16_t>(bits);
    double value = half_to_double(half);
    if (std::isnan(value)) continue;
    EXPECT_EQ(double_to_half(value), half) << bits;
  }
  EXPECT_EQ(double_to_half(NAN) & 0x7fff, 0x7e00);
}

// Half way between two values the even one is taken, a little more or less the nearer one.
TEST(Half, RoundsOnceToNearestEven) {
  for (uint16_t bits = 0; bits < 0x7bff; ++bits) {
    double low = half_to_double(bits), high = half_to_double(static_cast<uint16_t>(bits + 1));
    double middle = (low + high) / 2;
    EXPECT_EQ(double_to_half(middle), bits % 2 ? bits + 1 : bits);
    EXPECT_EQ(double_to_half(std::nextafter(middle, 0.0)), bits);
    EXPECT_EQ(double_to_half(-std::nextafter(middle, 1e9)), 0x8000 | (bits + 1));
  }
}

TEST(Half, Limits) {
  EXPECT_EQ(half_to_double(0x7bff), 65504.0);
  EXPECT_EQ(double_to_half(65519.999), 0x7bff);
  EXPECT_EQ(double_to_half(65520.0), 0x7c00);
  EXPECT_EQ(double_to_half(-1e300), 0xfc00);
  EXPECT_EQ(double_to_half(-0.0), 0x8000);
  EXPECT_EQ(double_to_half(0x1p-25), 0);  // half of the least value: to even
  EXPECT_EQ(double_to_half(0x1.01p-25), 1);
}

}  // namespace
}  // namespace lancehead
