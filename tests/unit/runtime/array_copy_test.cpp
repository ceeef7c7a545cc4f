// lh_copy_array against a loop over indices.
#include <gtest/gtest.h>

#include <vector>

#include "runtime/axes.h"

namespace lancehead {
namespace {

// An array of shape {2, 3, 4} over a buffer of 4-byte items.
std::vector<Slot> leaves(int32_t* data, const std::vector<int64_t>& strides) {
  std::vector<Slot> out(2 + 6);
  out[0].p = nullptr;
  out[1].p = data;
  const int64_t shape[3] = {2, 3, 4};
  for (size_t k = 0; k < 3; ++k) {
    out[2 + k].i = shape[k];
    out[5 + k].i = strides[k];
  }
  return out;
}

const std::vector<std::vector<int64_t>> kStrides = {{48, 16, 4}, {4, 8, 24},   {96, 32, 8},
                                                    {16, 32, 4}, {48, 16, -4}, {-48, -16, -4}};

TEST(CopyArray, CopiesEveryElement) {
  for (const std::vector<int64_t>& to_strides : kStrides)
    for (const std::vector<int64_t>& from_strides : kStrides) {
      std::vector<int32_t> to(200, -1), from(200);
      for (size_t k = 0; k < from.size(); ++k) from[k] = static_cast<int32_t>(k);
      std::vector<Slot> x = leaves(to.data() + 100, to_strides), y = leaves(from.data() + 100, from_strides);
      lh_copy_array(x.data(), 3, 4, y.data(), 3, 4);
      int changed = 0;
      for (int32_t v : to) changed += v >= 0;
      EXPECT_EQ(changed, 24);
      for (int64_t i = 0; i < 2; ++i)
        for (int64_t j = 0; j < 3; ++j)
          for (int64_t k = 0; k < 4; ++k) {
            auto at = [&](const std::vector<int64_t>& s) {
              return static_cast<size_t>(100 + (i * s[0] + j * s[1] + k * s[2]) / 4);
            };
            EXPECT_EQ(to[at(to_strides)], from[at(from_strides)]);
          }
    }
}

TEST(CopyArray, CopiesWithoutAxesAndWithoutElements) {
  double to = 1, from = 2;
  Slot x[4], y[4];
  x[1].p = &to;
  y[1].p = &from;
  x[2].i = y[2].i = 0;
  x[3].i = y[3].i = 8;
  lh_copy_array(x, 1, 8, y, 1, 8);
  EXPECT_EQ(to, 1);
  lh_copy_array(x, 0, 8, y, 0, 8);
  EXPECT_EQ(to, 2);
}

}  // namespace
}  // namespace lancehead
