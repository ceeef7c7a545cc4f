#include "runtime/pairwise.h"

#include <cstring>
#include <vector>

#include "runtime/axes.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

constexpr int64_t kBlock = 128;  // numbers; the parts of a complex one count as two

template <typename T>
struct ComplexSum {
  T re, im;
};

template <typename T>
T at(const char* data, int64_t offset) {
  T value;
  std::memcpy(&value, data + offset, sizeof value);
  return value;
}

// 8 accumulators, in vectors as wide as every machine has them. Element k of each group of 8 goes to
// accumulator k.
template <typename T>
struct Lanes;
template <>
struct Lanes<double> {
  typedef double Vector __attribute__((vector_size(16)));
};
template <>
struct Lanes<float> {
  typedef float Vector __attribute__((vector_size(16)));
};

// The accumulators of `count` >= 8 contiguous numbers, without the last count % 8.
template <typename T>
void accumulate_contiguous(const char* data, int64_t count, T* lanes) {
  using Vector = typename Lanes<T>::Vector;
  constexpr int kVectors = 8 * sizeof(T) / sizeof(Vector);
  Vector sums[kVectors];
  std::memcpy(sums, data, sizeof sums);
  const char* end = data + (count - count % 8) * static_cast<int64_t>(sizeof(T));
  for (data += sizeof sums; data != end; data += sizeof sums)
    for (int k = 0; k < kVectors; ++k) {
      Vector next;
      std::memcpy(&next, data + k * static_cast<int>(sizeof next), sizeof next);
      sums[k] += next;
    }
  std::memcpy(lanes, sums, sizeof sums);
}

template <typename T>
T sum_block(const char* data, int64_t count, int64_t stride) {
  T lanes[8];
  int64_t whole = count - count % 8;
  if (stride == sizeof(T)) {
    accumulate_contiguous(data, count, lanes);
  } else {
    for (int k = 0; k < 8; ++k) lanes[k] = at<T>(data, k * stride);
    for (int64_t i = 8; i < whole; i += 8)
      for (int k = 0; k < 8; ++k) lanes[k] += at<T>(data, (i + k) * stride);
  }
  T sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
  for (int64_t i = whole; i < count; ++i) sum += at<T>(data, i * stride);
  return sum;
}

template <typename T>
T sum_row(const char* data, int64_t count, int64_t stride) {
  if (count < 8) {
    T sum = T{-0.0f};  // so that negative zeros alone add up to one
    for (int64_t i = 0; i < count; ++i) sum += at<T>(data, i * stride);
    return sum;
  }
  if (count <= kBlock) return sum_block<T>(data, count, stride);
  int64_t half = pairwise_half(count);
  return sum_row<T>(data, half, stride) + sum_row<T>(data + half * stride, count - half, stride);
}

template <typename T>
void add_complex(ComplexSum<T>& sum, const char* data) {
  sum.re += at<T>(data, 0);
  sum.im += at<T>(data, sizeof(T));
}

template <typename T>
ComplexSum<T> sum_complex_block(const char* data, int64_t count, int64_t stride) {
  T lanes[8];  // real and imaginary parts of 4 numbers
  int64_t whole = count - count % 4;
  if (stride == 2 * sizeof(T)) {
    accumulate_contiguous(data, 2 * whole, lanes);
  } else {
    for (int k = 0; k < 4; ++k) std::memcpy(lanes + 2 * k, data + k * stride, 2 * sizeof(T));
    for (int64_t i = 4; i < whole; i += 4)
      for (int k = 0; k < 8; ++k)
        lanes[k] += at<T>(data, (i + k / 2) * stride + (k % 2) * static_cast<int64_t>(sizeof(T)));
  }
  ComplexSum<T> sum{(lanes[0] + lanes[2]) + (lanes[4] + lanes[6]),
                    (lanes[1] + lanes[3]) + (lanes[5] + lanes[7])};
  for (int64_t i = whole; i < count; ++i) add_complex(sum, data + i * stride);
  return sum;
}

template <typename T>
ComplexSum<T> sum_complex_row(const char* data, int64_t count, int64_t stride) {
  if (count < 4) {
    ComplexSum<T> sum{T{-0.0f}, T{-0.0f}};
    for (int64_t i = 0; i < count; ++i) add_complex(sum, data + i * stride);
    return sum;
  }
  if (2 * count <= kBlock) return sum_complex_block<T>(data, count, stride);
  int64_t half = pairwise_half_complex(count);
  ComplexSum<T> low = sum_complex_row<T>(data, half, stride);
  ComplexSum<T> high = sum_complex_row<T>(data + half * stride, count - half, stride);
  return {low.re + high.re, low.im + high.im};
}

// Calls add(data, count, stride) for each stretch of the array that np.sum adds at once.
template <typename Element, typename Add>
void for_each_stretch(const Slot* array, int64_t ndim, Add add) {
  RowWalk walk(array, ndim);
  if (walk.done()) return;
  auto [block, span] = walk.gathering();
  std::vector<Element> buffer(static_cast<size_t>(block));
  int64_t filled = 0, left = span;
  for (; !walk.done(); walk.next()) {
    if (block == 0) add(walk.row(), walk.count(), walk.stride());
    for (int64_t i = 0; block != 0 && i < walk.count(); ++i) {
      buffer[static_cast<size_t>(filled++)] = at<Element>(walk.row(), i * walk.stride());
      if (--left > 0 && filled < block) continue;
      add(reinterpret_cast<const char*>(buffer.data()), filled, sizeof(Element));
      filled = 0;
      if (left == 0) left = span;
    }
  }
}

// np.sum starts from 0.
template <typename T>
T sum_array(const Slot* array, int64_t ndim) {
  T sum = 0;
  for_each_stretch<T>(array, ndim, [&](const char* data, int64_t count, int64_t stride) {
    sum += sum_row<T>(data, count, stride);
  });
  return sum;
}

template <typename T>
void sum_complex_array(const Slot* array, int64_t ndim, void* out) {
  ComplexSum<T> sum{0, 0};
  for_each_stretch<ComplexSum<T>>(array, ndim, [&](const char* data, int64_t count, int64_t stride) {
    ComplexSum<T> row = sum_complex_row<T>(data, count, stride);
    sum = {sum.re + row.re, sum.im + row.im};
  });
  std::memcpy(out, &sum, sizeof sum);
}

template <typename T>
void sum_one_complex_row(const void* data, int64_t count, int64_t stride, void* out) {
  ComplexSum<T> row = sum_complex_row<T>(static_cast<const char*>(data), count, stride);
  ComplexSum<T> sum{0 + row.re, 0 + row.im};
  std::memcpy(out, &sum, sizeof sum);
}

}  // namespace

double pairwise_row(double, const char* data, int64_t count, int64_t stride) {
  return sum_row<double>(data, count, stride);
}
float pairwise_row(float, const char* data, int64_t count, int64_t stride) {
  return sum_row<float>(data, count, stride);
}
std::complex<double> pairwise_row(std::complex<double>, const char* data, int64_t count, int64_t stride) {
  ComplexSum<double> sum = sum_complex_row<double>(data, count, stride);
  return {sum.re, sum.im};
}
std::complex<float> pairwise_row(std::complex<float>, const char* data, int64_t count, int64_t stride) {
  ComplexSum<float> sum = sum_complex_row<float>(data, count, stride);
  return {sum.re, sum.im};
}

extern "C" {

double lh_pairwise_sum(const void* data, int64_t count, int64_t stride) {
  return 0.0 + sum_row<double>(static_cast<const char*>(data), count, stride);
}
float lh_pairwise_sum_float(const void* data, int64_t count, int64_t stride) {
  return 0.0f + sum_row<float>(static_cast<const char*>(data), count, stride);
}
void lh_pairwise_sum_complex(const void* data, int64_t count, int64_t stride, void* out) {
  sum_one_complex_row<double>(data, count, stride, out);
}
void lh_pairwise_sum_complex_float(const void* data, int64_t count, int64_t stride, void* out) {
  sum_one_complex_row<float>(data, count, stride, out);
}

double lh_array_sum(const Slot* array, int64_t ndim, int64_t) {
  return sum_array<double>(array, ndim);
}
float lh_array_sum_float(const Slot* array, int64_t ndim, int64_t) {
  return sum_array<float>(array, ndim);
}
void lh_array_sum_complex(const Slot* array, int64_t ndim, int64_t, void* out) {
  sum_complex_array<double>(array, ndim, out);
}
void lh_array_sum_complex_float(const Slot* array, int64_t ndim, int64_t, void* out) {
  sum_complex_array<float>(array, ndim, out);
}

}  // extern "C"

LH_MATCHES_ROW(lh_pairwise_sum);
LH_MATCHES_ROW(lh_pairwise_sum_float);
LH_MATCHES_ROW(lh_pairwise_sum_complex);
LH_MATCHES_ROW(lh_pairwise_sum_complex_float);
LH_MATCHES_ROW(lh_array_sum);
LH_MATCHES_ROW(lh_array_sum_float);
LH_MATCHES_ROW(lh_array_sum_complex);
LH_MATCHES_ROW(lh_array_sum_complex_float);

}  // namespace lancehead
