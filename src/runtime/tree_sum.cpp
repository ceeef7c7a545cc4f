// The recursion of pairwise summation as a walk: what waits is, per level of the tree, the length of the
// right half, or the sum of the left one while the right one is computed.
#include "runtime/tree_sum.h"

#include <cstddef>
#include <cstring>

#include "runtime/pairwise.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

#define TREE_SUM(name, value) constexpr int64_t k##name = value;
#include "types/tree_sum.def"
#undef TREE_SUM

constexpr int kLevels = 64;

template <typename T>
struct Complex {
  T re, im;
  friend Complex operator+(Complex x, Complex y) { return {x.re + y.re, x.im + y.im}; }
};

int64_t half_of(const double*, int64_t count) {
  return pairwise_half(count);
}
int64_t half_of(const float*, int64_t count) {
  return pairwise_half(count);
}
template <typename T>
int64_t half_of(const Complex<T>*, int64_t count) {
  return pairwise_half_complex(count);
}

double sum_row(const double* data, int64_t count) {
  return lh_pairwise_sum(data, count, sizeof *data);
}
float sum_row(const float* data, int64_t count) {
  return lh_pairwise_sum_float(data, count, sizeof *data);
}
Complex<double> sum_row(const Complex<double>* data, int64_t count) {
  Complex<double> sum;
  lh_pairwise_sum_complex(data, count, sizeof *data, &sum);
  return sum;
}
Complex<float> sum_row(const Complex<float>* data, int64_t count) {
  Complex<float> sum;
  lh_pairwise_sum_complex_float(data, count, sizeof *data, &sum);
  return sum;
}

template <typename T>
class TreeSum {
 public:
  int64_t begin(int64_t n) {
    depth_ = 0;
    count_ = n;
    numbers_[0] = T{};
    return descend();
  }

  int64_t next() {
    T sum = sum_row(numbers_, count_);
    while (depth_ > 0 && waiting_[depth_ - 1].right == 0) sum = waiting_[--depth_].left + sum;
    if (depth_ == 0) {
      numbers_[0] = sum;
      return 0;
    }
    Level& level = waiting_[depth_ - 1];
    level.left = sum;
    count_ = level.right;
    level.right = 0;
    return descend();
  }

 private:
  struct Level {
    int64_t right;  // 0: it is being computed
    T left;
  };

  int64_t descend() {
    while (count_ > kNumbers) {
      int64_t half = half_of(numbers_, count_);
      waiting_[depth_++].right = count_ - half;
      count_ = half;
    }
    return count_;
  }

  T numbers_[kNumbers];
  Level waiting_[kLevels];
  int64_t depth_, count_;
};

template <typename T>
TreeSum<T>* in(void* memory) {
  static_assert(sizeof(TreeSum<T>) <= kNumbers * sizeof(T) + kBookkeeping);
  return static_cast<TreeSum<T>*>(memory);
}

}  // namespace

extern "C" {

int64_t lh_tree_sum_begin(void* memory, int64_t n) {
  return in<double>(memory)->begin(n);
}
int64_t lh_tree_sum_next(void* memory) {
  return in<double>(memory)->next();
}
int64_t lh_tree_sum_begin_float(void* memory, int64_t n) {
  return in<float>(memory)->begin(n);
}
int64_t lh_tree_sum_next_float(void* memory) {
  return in<float>(memory)->next();
}
int64_t lh_tree_sum_begin_complex(void* memory, int64_t n) {
  return in<Complex<double>>(memory)->begin(n);
}
int64_t lh_tree_sum_next_complex(void* memory) {
  return in<Complex<double>>(memory)->next();
}
int64_t lh_tree_sum_begin_complex_float(void* memory, int64_t n) {
  return in<Complex<float>>(memory)->begin(n);
}
int64_t lh_tree_sum_next_complex_float(void* memory) {
  return in<Complex<float>>(memory)->next();
}

}  // extern "C"

LH_MATCHES_ROW(lh_tree_sum_begin);
LH_MATCHES_ROW(lh_tree_sum_next);
LH_MATCHES_ROW(lh_tree_sum_begin_float);
LH_MATCHES_ROW(lh_tree_sum_next_float);
LH_MATCHES_ROW(lh_tree_sum_begin_complex);
LH_MATCHES_ROW(lh_tree_sum_next_complex);
LH_MATCHES_ROW(lh_tree_sum_begin_complex_float);
LH_MATCHES_ROW(lh_tree_sum_next_complex_float);

}  // namespace lancehead
