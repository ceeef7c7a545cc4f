#include "runtime/pairwise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/axes.h"
#include "runtime/tree_sum.h"

namespace lancehead {
namespace {

// Numbers of both signs and several magnitudes, the same in every language.
std::vector<double> numbers(size_t count, int64_t seed) {
  std::vector<double> out(count);
  uint64_t x = static_cast<uint64_t>(seed);
  for (double& value : out) {
    x = x * 6364136223846793005u + 1442695040888963407u;
    value = (static_cast<double>(x >> 11) * 0x1p-53 - 0.5) * static_cast<double>(1u << ((x >> 3) % 8));
  }
  return out;
}

template <typename T>
std::vector<T> numbers_as(int64_t count, int64_t seed) {
  auto wide = numbers(static_cast<size_t>(count), seed);
  return std::vector<T>(wide.begin(), wide.end());
}

double sum_row(const double* data, int64_t count, int64_t stride) {
  return lh_pairwise_sum(data, count, stride);
}
float sum_row(const float* data, int64_t count, int64_t stride) {
  return lh_pairwise_sum_float(data, count, stride);
}
void sum_complex(const double* data, int64_t count, int64_t stride, double* out) {
  lh_pairwise_sum_complex(data, count, stride, out);
}
void sum_complex(const float* data, int64_t count, int64_t stride, float* out) {
  lh_pairwise_sum_complex_float(data, count, stride, out);
}

// The leaves of an array over `data`; strides in elements.
std::vector<Slot> leaves(const void* data, const std::vector<int64_t>& extents,
                         const std::vector<int64_t>& strides, int64_t itemsize) {
  std::vector<Slot> out(2 + 2 * extents.size());
  out[1].p = const_cast<void*>(data);
  for (size_t i = 0; i < extents.size(); ++i) {
    out[2 + i].i = extents[i];
    out[2 + extents.size() + i].i = strides[i] * itemsize;
  }
  return out;
}

template <typename T>
void expect_row(int64_t count, int64_t stride, T expected) {
  int64_t extent = std::max<int64_t>(count * std::abs(stride), 1);
  auto data = numbers_as<T>(extent, count + stride + 10);
  const T* first = stride < 0 && count > 0 ? &data.back() : data.data();
  EXPECT_EQ(sum_row(first, count, stride * static_cast<int64_t>(sizeof(T))), expected)
      << count << " by " << stride;
}

template <typename T>
void expect_complex(int64_t count, int64_t stride, T re, T im) {
  int64_t extent = std::max<int64_t>(2 * count * std::abs(stride), 2);
  auto data = numbers_as<T>(extent, count + stride + 10);
  const T* first = stride < 0 && count > 0 ? &data.back() - 1 : data.data();
  T out[2];
  sum_complex(first, count, stride * static_cast<int64_t>(2 * sizeof(T)), out);
  EXPECT_EQ(out[0], re) << count << " by " << stride;
  EXPECT_EQ(out[1], im) << count << " by " << stride;
}

void expect_array(const std::vector<int64_t>& extents, const std::vector<int64_t>& strides, double expected) {
  auto data = numbers(60000, 5);
  int64_t offset = 0;
  for (size_t i = 0; i < extents.size(); ++i)
    if (strides[i] < 0) offset -= (extents[i] - 1) * strides[i];
  auto array = leaves(data.data() + offset, extents, strides, sizeof(double));
  EXPECT_EQ(lh_array_sum(array.data(), static_cast<int64_t>(extents.size()), 8), expected) << extents[0];
}

#define UNWRAP(...) __VA_ARGS__
#define ROW(type, count, stride, sum) expect_row<type>(count, stride, static_cast<type>(sum));
#define COMPLEX(type, count, stride, re, im) \
  expect_complex<type>(count, stride, static_cast<type>(re), static_cast<type>(im));
#define ARRAY(extents, strides, sum) expect_array(UNWRAP extents, UNWRAP strides, sum);
TEST(Pairwise, IsNumPysSum){
#include "runtime/pairwise_expected.def"
}

TEST(Pairwise, NegativeZerosAddUpToZeroAsInNumPy) {
  double zeros[] = {-0.0, -0.0};
  EXPECT_FALSE(std::signbit(lh_pairwise_sum(zeros, 2, 8)));
}

TEST(Pairwise, NoDimensions) {
  double value = 2.5;
  EXPECT_EQ(lh_array_sum(leaves(&value, {}, {}, 8).data(), 0, 8), 2.5);
}

TEST(Pairwise, OtherElementTypesOfStridedArrays) {
  // 2 x 2 numbers of a 2 x 4 array, every other one.
  float narrow[8] = {1, 0, 2, 0, 4, 0, 8, 0};
  EXPECT_EQ(lh_array_sum_float(leaves(narrow, {2, 2}, {4, 2}, 4).data(), 2, 4), 15.0f);
  double parts[16] = {1, 10, 0, 0, 2, 20, 0, 0, 4, 40, 0, 0, 8, 80, 0, 0};
  double sum[2];
  lh_array_sum_complex(leaves(parts, {2, 2}, {4, 2}, 16).data(), 2, 16, sum);
  EXPECT_EQ(sum[0], 15.0);
  EXPECT_EQ(sum[1], 150.0);
  float narrow_parts[4] = {1, 2, 3, 4}, narrow_sum[2];
  lh_array_sum_complex_float(leaves(narrow_parts, {2}, {1}, 8).data(), 1, 8, narrow_sum);
  EXPECT_EQ(narrow_sum[0], 4.0f);
  EXPECT_EQ(narrow_sum[1], 6.0f);
}

template <typename T>
struct Parts {
  T re, im;
  friend bool operator==(const Parts&, const Parts&) = default;
};

// The sum of n numbers of which the row's sum is known, written to the memory as they are asked for.
template <typename T, typename Begin, typename Next>
T walked_sum(const std::vector<T>& numbers, Begin begin, Next next) {
  alignas(64) char memory[1 << 15];
  size_t done = 0;
  for (int64_t count = begin(memory, static_cast<int64_t>(numbers.size())); count > 0; count = next(memory)) {
    std::memcpy(memory, numbers.data() + done, static_cast<size_t>(count) * sizeof(T));
    done += static_cast<size_t>(count);
  }
  EXPECT_EQ(done, numbers.size());
  T sum;
  std::memcpy(&sum, memory, sizeof sum);
  return sum;
}

template <typename T>
std::vector<Parts<T>> parts(int64_t n) {
  std::vector<T> flat = numbers_as<T>(2 * n, n);
  std::vector<Parts<T>> out;
  for (size_t i = 0; i < flat.size(); i += 2) out.push_back({flat[i], flat[i + 1]});
  return out;
}

TEST(TreeSum, IsTheSumOfTheRow) {
  for (int64_t n : {0, 1, 7, 8, 127, 129, 511, 512, 513, 520, 1023, 1024, 1025, 1031, 5000, 100003}) {
    auto doubles = numbers_as<double>(n, n);
    EXPECT_EQ(walked_sum(doubles, lh_tree_sum_begin, lh_tree_sum_next), lh_pairwise_sum(doubles.data(), n, 8))
        << n;
    auto floats = numbers_as<float>(n, n);
    EXPECT_EQ(walked_sum(floats, lh_tree_sum_begin_float, lh_tree_sum_next_float),
              lh_pairwise_sum_float(floats.data(), n, 4))
        << n;
    auto wide = parts<double>(n);
    Parts<double> wide_sum;
    lh_pairwise_sum_complex(wide.data(), n, 16, &wide_sum);
    EXPECT_EQ(walked_sum(wide, lh_tree_sum_begin_complex, lh_tree_sum_next_complex), wide_sum) << n;
    auto narrow = parts<float>(n);
    Parts<float> narrow_sum;
    lh_pairwise_sum_complex_float(narrow.data(), n, 8, &narrow_sum);
    EXPECT_EQ(walked_sum(narrow, lh_tree_sum_begin_complex_float, lh_tree_sum_next_complex_float), narrow_sum)
        << n;
  }
}

TEST(Overlap, IsThatOfAddressRanges) {
  double data[20];
  auto overlap = [](const std::vector<Slot>& a, const std::vector<Slot>& b) {
    return lh_may_overlap(a.data(), static_cast<int64_t>(a.size() / 2 - 1), 8, b.data(),
                          static_cast<int64_t>(b.size() / 2 - 1), 8);
  };
  auto low = leaves(data, {10}, {1}, 8), high = leaves(data + 10, {10}, {1}, 8);
  EXPECT_FALSE(overlap(low, high));
  EXPECT_TRUE(overlap(low, leaves(data + 9, {10}, {1}, 8)));
  EXPECT_TRUE(overlap(low, leaves(data + 10, {2}, {-1}, 8)));    // goes down into it
  EXPECT_FALSE(overlap(high, leaves(data + 9, {10}, {-1}, 8)));  // goes down away from it
  EXPECT_FALSE(overlap(low, leaves(data + 5, {3, 0}, {1, 1}, 8)));
  EXPECT_TRUE(overlap(leaves(data, {2, 5}, {10, 1}, 8), leaves(data + 14, {1}, {1}, 8)));
  EXPECT_TRUE(overlap(leaves(data + 3, {}, {}, 8), low));
}

}  // namespace
}  // namespace lancehead
