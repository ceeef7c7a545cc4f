// The runtime's products against sums written out, by its own loops: no library of this process has a BLAS.
// Numbers are small integers, so that every order gives the same sums.
#include "runtime/products.h"

#include <gtest/gtest.h>

#include <vector>

#include "runtime/blas.h"
#include "runtime/elements.h"
#include "runtime/error.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

// A view of fresh memory; steps are in elements and may be negative.
template <typename T>
struct View {
  T memory[400];
  std::vector<int64_t> shape, steps;
  std::vector<Slot> leaves;
  T* first = nullptr;

  View(std::vector<int64_t> extents, std::vector<int64_t> strides, int seed)
      : shape(extents), steps(strides) {
    for (size_t k = 0; k < std::size(memory); ++k)
      memory[k] = T((static_cast<int>(k) * 7 + seed * 3) % 5 % 3);
    first = memory + 200;
    leaves.resize(2);
    leaves[0].p = nullptr;
    leaves[1].p = first;
    for (int64_t extent : shape) leaves.push_back({extent});
    for (int64_t step : steps) leaves.push_back({step * static_cast<int64_t>(sizeof(T))});
  }
  int64_t ndim() const { return static_cast<int64_t>(shape.size()); }
  T& at(std::vector<int64_t> index) {
    int64_t place = 0;
    for (size_t k = 0; k < index.size(); ++k) place += index[k] * steps[k];
    return first[place];
  }
};

template <typename T>
T times(T x, T y) {
  return T(x * y);
}
template <typename T>
T plus(T x, T y) {
  return T(x + y);
}
bool plus(bool x, bool y) {
  return x || y;
}

struct Steps {
  std::vector<int64_t> a, b, out;
};
const std::vector<Steps> kSteps = {{{4, 1}, {5, 1}, {5, 1}},
                                   {{1, 3}, {1, 4}, {1, 3}},
                                   {{-8, 2}, {10, 2}, {-5, 1}},
                                   {{0, 1}, {1, 0}, {20, 3}}};

template <typename T>
void check_matrices(Element element) {
  for (const Steps& s : kSteps) {
    View<T> a({3, 4}, s.a, 1), b({4, 5}, s.b, 2), out({3, 5}, s.out, 3), contiguous({3, 5}, {5, 1}, 3),
        sums({3, 5}, s.out, 4);
    Context ctx;
    ASSERT_EQ(
        lh_matmul(&ctx, a.leaves.data(), 2, sizeof(T), b.leaves.data(), 2, sizeof(T), out.leaves.data(), 2,
                  sizeof(T), static_cast<int64_t>(ProductKind::MatMul), static_cast<int64_t>(element), false),
        kOk);
    ASSERT_EQ(lh_dot(&ctx, a.leaves.data(), 2, sizeof(T), b.leaves.data(), 2, sizeof(T),
                     contiguous.leaves.data(), 2, sizeof(T), static_cast<int64_t>(element), false),
              kOk);
    View<T> x({3, 5, 4}, {s.a[0], 0, s.a[1]}, 1), y({3, 5, 4}, {0, s.b[1], s.b[0]}, 2);
    ASSERT_EQ(lh_einsum(&ctx, x.leaves.data(), 3, sizeof(T), y.leaves.data(), 3, sizeof(T),
                        sums.leaves.data(), 2, sizeof(T), 2, static_cast<int64_t>(element)),
              kOk);
    for (int64_t i = 0; i < 3; ++i)
      for (int64_t j = 0; j < 5; ++j) {
        T sum(0);
        for (int64_t k = 0; k < 4; ++k) sum = plus(sum, times(a.at({i, k}), b.at({k, j})));
        EXPECT_EQ(out.at({i, j}), sum) << "matmul " << i << ' ' << j;
        EXPECT_EQ(contiguous.at({i, j}), sum) << "dot " << i << ' ' << j;
        EXPECT_EQ(sums.at({i, j}), sum) << "einsum " << i << ' ' << j;
      }
  }
}

TEST(Products, WithoutABlasAreOwnLoops) {
  EXPECT_EQ(blas<double>(), nullptr);
  EXPECT_EQ(blas<std::complex<float>>(), nullptr);
}

TEST(Products, OfMatricesOfAnyElementsAndLayout){
#define ELEMENT(id, type)              \
  {                                    \
    SCOPED_TRACE(#id);                 \
    check_matrices<type>(Element::id); \
  }
#include "types/elements.def"
#undef ELEMENT
}

TEST(Products, SumsOfFourOperands) {
  View<int64_t> a({3, 4}, {4, 1}, 1), b({3, 4}, {1, 3}, 2), c({3, 4}, {0, 1}, 3), d({3, 4}, {1, 0}, 4),
      out({3}, {2}, 5);
  Context ctx;
  ASSERT_EQ(lh_einsum_of_four(&ctx, a.leaves.data(), 2, 8, b.leaves.data(), 2, 8, c.leaves.data(), 2, 8,
                              d.leaves.data(), 2, 8, out.leaves.data(), 1, 8, 4,
                              static_cast<int64_t>(Element::Int64)),
            kOk);
  for (int64_t i = 0; i < 3; ++i) {
    int64_t sum = 0;
    for (int64_t k = 0; k < 4; ++k) sum += a.at({i, k}) * b.at({i, k}) * c.at({i, k}) * d.at({i, k});
    EXPECT_EQ(out.at({i}), sum);
  }
}

TEST(Products, NothingAddedIsZero) {
  View<double> a({3, 0}, {1, 1}, 1), b({0, 5}, {5, 1}, 2), out({3, 5}, {5, 1}, 3);
  Context ctx;
  ASSERT_EQ(lh_dot(&ctx, a.leaves.data(), 2, 8, b.leaves.data(), 2, 8, out.leaves.data(), 2, 8,
                   static_cast<int64_t>(Element::Float64), false),
            kOk);
  for (int64_t i = 0; i < 3; ++i)
    for (int64_t j = 0; j < 5; ++j) EXPECT_EQ(out.at({i, j}), 0.0);
}

TEST(Products, OtherExtentsRaise) {
  View<double> a({3, 4}, {4, 1}, 1), b({3, 5}, {5, 1}, 2), out({3, 5}, {5, 1}, 3);
  Context ctx;
  EXPECT_EQ(lh_matmul(&ctx, a.leaves.data(), 2, 8, b.leaves.data(), 2, 8, out.leaves.data(), 2, 8, 0,
                      static_cast<int64_t>(Element::Float64), false),
            kRaised);
  OwnerWord error = lh_error_take(&ctx);
  EXPECT_EQ(error_object(error).row, ErrorRowId::MatMulExtents);
  EXPECT_EQ(error_object(error).parameters[0], 3);
  EXPECT_EQ(error_object(error).parameters[1], 4);
  lh_release(error);
}

}  // namespace
}  // namespace lancehead
