// The runtime's sorts against std::stable_sort by runtime/sort_keys.h's order, for every element type, and
// that order against what NumPy says of nans.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "runtime/memory.h"
#include "runtime/sort.h"
#include "runtime/sort_keys.h"
#include "runtime/vector_sort.h"

namespace lancehead {
namespace {

template <typename T>
struct CodeOf;
#define LH_CODE(type, kind)                                                                  \
  template <>                                                                                \
  struct CodeOf<type> {                                                                      \
    static constexpr int64_t value = element_code(ElementKind::kind, int64_t{sizeof(type)}); \
  };
LH_CODE(int8_t, Int)
LH_CODE(int16_t, Int)
LH_CODE(int32_t, Int)
LH_CODE(int64_t, Int)
LH_CODE(uint8_t, Uint)
LH_CODE(uint16_t, Uint)
LH_CODE(uint32_t, Uint)
LH_CODE(uint64_t, Uint)
LH_CODE(Half, Float)
LH_CODE(float, Float)
LH_CODE(double, Float)
LH_CODE(std::complex<float>, Complex)
LH_CODE(std::complex<double>, Complex)
LH_CODE(Ticks, Time)
#undef LH_CODE

// The leaves of an array over `data`.
std::vector<Slot> leaves(void* data, const std::vector<int64_t>& shape, const std::vector<int64_t>& strides) {
  std::vector<Slot> out(2);
  out[0].p = nullptr;
  out[1].p = data;
  for (int64_t extent : shape) out.push_back({extent});
  for (int64_t stride : strides) out.push_back({stride});
  return out;
}

template <typename T>
std::vector<Slot> vector_of(std::vector<T>& data) {
  return leaves(data.data(), {static_cast<int64_t>(data.size())}, {static_cast<int64_t>(sizeof(T))});
}

// Random bits, of which `kept` remain: the fewer, the more elements are equal.
template <typename T>
std::vector<T> random_elements(size_t count, uint64_t kept) {
  std::mt19937_64 random(count);
  std::vector<T> out(count);
  for (T& x : out) {
    uint64_t words[2] = {random() & kept, random() & kept};
    std::memcpy(&x, words, sizeof x);
  }
  return out;
}

template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

template <typename T>
class Sorting : public testing::Test {};
using Elements = testing::Types<int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t,
                                Half, float, double, std::complex<float>, std::complex<double>, Ticks>;
TYPED_TEST_SUITE(Sorting, Elements);

constexpr size_t kLengths[] = {0, 1, 2, 24, 25, 64, 257, 1000, 8191, 8192, 70'000};
// All bits; the high and low halves; few bits, exponents of floats that are nans among them.
constexpr uint64_t kKept[] = {~uint64_t{0}, 0xffffffff00000000, 0x00000000ffffffff, 0xfff8000000000001,
                              0x7ff07f807c00ff03};

TYPED_TEST(Sorting, OrdersAsAStableSortDoes) {
  using T = TypeParam;
  Context ctx;
  for (size_t count : kLengths)
    for (uint64_t kept : kKept) {
      std::vector<T> data = random_elements<T>(count, kept), sorted = data;
      std::vector<int64_t> expected(count), order(count, -1);
      std::iota(expected.begin(), expected.end(), 0);
      std::stable_sort(expected.begin(), expected.end(),
                       [&](int64_t a, int64_t b) { return comes_before(data[a], data[b]); });
      std::vector<Slot> array = vector_of(data), places = vector_of(order);
      ASSERT_EQ(
          lh_argsort(&ctx, array.data(), 1, sizeof(T), CodeOf<T>::value, -1, false, places.data(), 1, 8),
          kOk);
      EXPECT_EQ(order, expected) << count << " elements, bits " << kept;
      std::vector<T> in_order;
      for (int64_t place : expected) in_order.push_back(data[static_cast<size_t>(place)]);
      array = vector_of(sorted);
      ASSERT_EQ(lh_sort(&ctx, array.data(), 1, sizeof(T), CodeOf<T>::value, 0), kOk);
      EXPECT_TRUE(same_bits(sorted, in_order)) << count << " elements, bits " << kept;
    }
}

TYPED_TEST(Sorting, RefinesAnOrder) {
  using T = TypeParam;
  Context ctx;
  for (size_t count : {5, 300, 20'000}) {
    std::vector<T> first = random_elements<T>(count, 0x0303030303030303),
                   second = random_elements<T>(count, 0xff);
    std::vector<int64_t> expected(count), order(count);
    std::iota(expected.begin(), expected.end(), 0);
    std::stable_sort(expected.begin(), expected.end(), [&](int64_t a, int64_t b) {
      if (comes_before(second[a], second[b])) return true;
      return !comes_before(second[b], second[a]) && comes_before(first[a], first[b]);
    });
    std::vector<Slot> places = vector_of(order);
    for (std::vector<T>* keys : {&first, &second}) {
      std::vector<Slot> array = vector_of(*keys);
      ASSERT_EQ(lh_argsort(&ctx, array.data(), 1, sizeof(T), CodeOf<T>::value, 0, keys == &second,
                           places.data(), 1, 8),
                kOk);
    }
    EXPECT_EQ(order, expected);
  }
}

TYPED_TEST(Sorting, PartitionsAtEveryPlace) {
  using T = TypeParam;
  Context ctx;
  for (size_t count : {1, 40, 4097, 60'000})
    for (uint64_t kept : kKept)
      for (size_t place : {size_t{0}, count / 3, count - 1}) {
        std::vector<T> data = random_elements<T>(count, kept), sorted = data;
        std::vector<int64_t> kth = {static_cast<int64_t>(place), -1};
        std::vector<Slot> array = vector_of(data), places = vector_of(kth);
        ASSERT_EQ(lh_partition(&ctx, array.data(), 1, sizeof(T), CodeOf<T>::value, 0, places.data(), 1, 8),
                  kOk);
        std::stable_sort(sorted.begin(), sorted.end(), comes_before<T>);
        auto equal = [](T a, T b) { return !comes_before(a, b) && !comes_before(b, a); };
        for (size_t at : {place, count - 1}) {
          EXPECT_TRUE(equal(data[at], sorted[at]));
          for (size_t i = 0; i < count; ++i)
            ASSERT_FALSE(i < at ? comes_before(data[at], data[i]) : comes_before(data[i], data[at]));
        }
        std::stable_sort(data.begin(), data.end(), comes_before<T>);
        EXPECT_TRUE(std::equal(data.begin(), data.end(), sorted.begin(), equal));
      }
}

TEST(SortOrder, NansComeLast) {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  for (double x : {-inf, -1.0, -0.0, 0.0, 1.0, inf}) {
    EXPECT_TRUE(comes_before(x, nan));
    EXPECT_TRUE(comes_before(x, -nan));
    EXPECT_FALSE(comes_before(-nan, x));
    EXPECT_LT(order_key(x), order_key(-nan));
  }
  EXPECT_EQ(order_key(0.0), order_key(-0.0));
  EXPECT_LT(order_key(-inf), order_key(-1.0));
  EXPECT_LT(order_key(Ticks{INT64_MIN + 1}), order_key(Ticks{0}));
  EXPECT_LT(order_key(Ticks{INT64_MAX}), order_key(Ticks{INT64_MIN}));
  EXPECT_LT(order_key(Half{0xfc00}), order_key(Half{0x8001}));
  EXPECT_LT(order_key(Half{0x7c00}), order_key(Half{0xfe00}));
  using C = std::complex<double>;
  const C ascending[] = {{-inf, 3}, {1, 2},   {1, 5},   {2, -inf}, {1, nan},
                         {2, nan},  {nan, 1}, {nan, 2}, {nan, nan}};
  for (size_t i = 0; i + 1 < std::size(ascending); ++i) {
    EXPECT_TRUE(comes_before(ascending[i], ascending[i + 1])) << i;
    EXPECT_FALSE(comes_before(ascending[i + 1], ascending[i])) << i;
  }
}

TEST(SortLanes, AnyStridesAndAlignment) {
  Context ctx;
  std::vector<char> memory(4 * 3 * 9 + 1);
  auto at = [&](int64_t i, int64_t k) { return memory.data() + 1 + i * 27 + k * 9; };  // odd addresses, gaps
  for (int64_t axis : {0, 1}) {
    for (int64_t i = 0; i < 4; ++i)
      for (int64_t k = 0; k < 3; ++k) {
        double x = static_cast<double>((i * 7 + k * 5) % 11);
        std::memcpy(at(i, k), &x, sizeof x);
      }
    std::vector<Slot> array = leaves(at(3, 0), {4, 3}, {-27, 9});
    ASSERT_EQ(lh_sort(&ctx, array.data(), 2, 8, CodeOf<double>::value, axis), kOk);
    for (int64_t i = 0; i < 4; ++i)
      for (int64_t k = 0; k < 3; ++k) {
        double x, next;
        std::memcpy(&x, at(3 - i, k), sizeof x);
        if (axis == 0 ? i == 3 : k == 2) continue;
        std::memcpy(&next, axis == 0 ? at(2 - i, k) : at(3 - i, k + 1), sizeof next);
        EXPECT_LE(x, next);
      }
  }
}

TEST(SortErrors, AxisAndPlaceAreChecked) {
  Context ctx;
  std::vector<double> data = {3, 1, 2};
  std::vector<Slot> array = vector_of(data);
  for (int64_t axis : {1, -2}) {
    EXPECT_EQ(lh_sort(&ctx, array.data(), 1, 8, CodeOf<double>::value, axis), kRaised);
    EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::AxisOutOfBounds);
    lh_release(lh_error_take(&ctx));
  }
  for (int64_t place : {3, -4}) {
    std::vector<int64_t> kth = {place};
    std::vector<Slot> places = vector_of(kth);
    EXPECT_EQ(lh_partition(&ctx, array.data(), 1, 8, CodeOf<double>::value, 0, places.data(), 1, 8), kRaised);
    EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::PartitionPlace);
    lh_release(lh_error_take(&ctx));
  }
  Buffer<double> buffer;
  EXPECT_EQ(buffer.reserve(&ctx, INT64_MAX / 4), kRaised);
  EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::NoMemory);
  lh_release(lh_error_take(&ctx));
}

TEST(VectorSort, SortsWhatItIsGiven) {
  for (size_t count : {0, 1, 2, 15, 16, 17, 100, 1000, 100'000}) {
    std::vector<double> numbers(count);
    std::mt19937_64 random(count);
    for (double& x : numbers)
      x = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 64) - 96);
    std::vector<double> expected = numbers;
    std::sort(expected.begin(), expected.end());
    vector_sort(numbers.data(), count);
    EXPECT_EQ(numbers, expected);
  }
}

}  // namespace
}  // namespace lancehead
