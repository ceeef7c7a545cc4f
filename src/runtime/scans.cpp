#include "runtime/scans.h"

#include <algorithm>
#include <cstdlib>

#include "runtime/axes.h"
#include "runtime/reduce.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

struct Line {
  int64_t extent, stride;
};

// Calls visit(address, target's address) for each index of the axes; the last one is the fastest.
template <typename Visit>
void for_each_index(char* data, const Line* axes, char* target, const int64_t* target_strides, int64_t count,
                    Visit visit) {
  if (count == 0) return visit(data, target);
  for (int64_t i = 0; i < axes->extent; ++i)
    for_each_index(data + i * axes->stride, axes + 1, target + i * *target_strides, target_strides + 1,
                   count - 1, visit);
}

template <typename Visit>
void for_each_index(char* data, const Line* axes, int64_t count, Visit visit) {
  const int64_t still[kMaxDims + 1] = {};
  for_each_index(data, axes, data, still, count, [&](char* at, char*) { visit(at); });
}

// The axes but one; the number of them.
int64_t others(const Slot* array, int64_t ndim, int64_t axis, Line* out) {
  int64_t count = 0;
  for (int64_t k = 0; k < ndim; ++k)
    if (k != axis) out[count++] = {array_extent(array, k), array_stride(array, ndim, k)};
  return count;
}

// ---- running sums and products

template <typename T>
T multiplied(T x, T y) {
  if constexpr (is_complex_number<T>)
    return T(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
  else if constexpr (std::is_integral_v<T>)
    return static_cast<T>(static_cast<uint64_t>(x) * static_cast<uint64_t>(y));
  else
    return x * y;
}

template <typename T>
T added(T x, T y) {
  if constexpr (std::is_same_v<T, bool>)
    return x | y;
  else if constexpr (std::is_integral_v<T>)
    return static_cast<T>(static_cast<uint64_t>(x) + static_cast<uint64_t>(y));
  else
    return x + y;
}

template <typename T, typename Combine>
void scan_line(char* data, Line line, Combine combine) {
  T sum = load_element<T>(data);
  for (int64_t i = 1; i < line.extent; ++i) {
    data += line.stride;
    sum = combine(sum, load_element<T>(data));
    store_element(data, sum);
  }
}

void scan_line(ReduceOp op, Element element, char* data, Line line) {
  with_element(element, [=](auto one) {
    using T = decltype(one);
    if (op == ReduceOp::Sum)
      scan_line<T>(data, line, added<T>);
    else
      scan_line<T>(data, line, multiplied<T>);
  });
}

// Element by element along the axis, or, where another axis is nearer in memory, row by row of that one.
void accumulate(ReduceOp op, Element element, const Slot* array, int64_t ndim, int64_t axis) {
  Line axes[kMaxDims + 1], line = {array_extent(array, axis), array_stride(array, ndim, axis)};
  int64_t count = others(array, ndim, axis, axes);
  for (int64_t k = 0; k < count; ++k)
    if (axes[k].extent == 0) return;
  if (line.extent < 2) return;
  char* data = static_cast<char*>(array[1].p);
  auto nearest = std::min_element(axes, axes + count, [](const Line& x, const Line& y) {
    return std::abs(x.stride) < std::abs(y.stride);
  });
  bool by_rows = count > 0 && nearest->extent > 1 && std::abs(nearest->stride) < std::abs(line.stride);
  if (!by_rows) return for_each_index(data, axes, count, [=](char* at) { scan_line(op, element, at, line); });
  ReduceKernel kernel = reduce_kernel(op, element, element);
  Line row = *nearest;
  std::rotate(nearest, nearest + 1, axes + count);
  for_each_index(data, axes, count - 1, [=](char* at) {
    for (int64_t i = 1; i < line.extent; ++i, at += line.stride)
      kernel(at + line.stride, row.stride, at, row.stride, row.extent);
  });
}

// ---- where extremes are

template <typename T>
bool is_nan(T x) {
  if constexpr (is_complex_number<T>)
    return x.real() != x.real() || x.imag() != x.imag();
  else
    return x != x;
}

template <typename T>
bool is_beyond(ReduceOp op, T x, T y) {
  if (op == ReduceOp::Min) std::swap(x, y);
  if constexpr (is_complex_number<T>)
    return x.real() > y.real() || (x.real() == y.real() && x.imag() > y.imag());
  else
    return x > y;
}

// The extreme of what came so far, and where it was first.
template <typename T>
class Extreme {
 public:
  Extreme(ReduceOp op, Element element, const char* first)
      : op_(op), kernel_(reduce_kernel(op, element, element)), value_(load_element<T>(first)) {}

  // Its first block is found by its extreme, and in the end looked through for it.
  void look_at(const char* data, Line line) {
    const char* found = nullptr;
    for (int64_t i = 0; i < line.extent && !(started_ && is_nan(value_)); i += kBlock) {
      int64_t n = std::min(kBlock, line.extent - i);
      const char* at = data + i * line.stride;
      T best = load_element<T>(at);
      kernel_(reinterpret_cast<char*>(&best), 0, at, line.stride, n);
      if (started_ && !is_nan(best) && !is_beyond(op_, best, value_)) continue;
      started_ = true;
      value_ = best;
      index_ = before_ + i;
      found = at;
    }
    if (found) find(found, line.stride, std::min(kBlock, line.extent - (index_ - before_)));
    before_ += line.extent;
  }
  int64_t index() const { return index_; }

 private:
  static constexpr int64_t kBlock = 32768 / sizeof(T);  // of a first-level cache

  // Where the kernel is fast, half by half: the first that has the extreme.
  void find(const char* at, int64_t stride, int64_t count) {
    while (count > 32 && stride == sizeof(T)) {
      int64_t half = count / 2;
      T best = load_element<T>(at);
      kernel_(reinterpret_cast<char*>(&best), 0, at, stride, half);
      bool left = is_it(best);
      if (!left) at += half * stride, index_ += half;
      count = left ? half : count - half;
    }
    while (!is_it(load_element<T>(at))) at += stride, ++index_;
  }

  bool is_it(T x) const { return is_nan(value_) ? is_nan(x) : x == value_; }

  ReduceOp op_;
  ReduceKernel kernel_;
  T value_;
  int64_t index_ = 0, before_ = 0;
  bool started_ = false;
};

int64_t arg_index(ReduceOp op, Element element, const Slot* array, int64_t ndim) {
  Line axes[kMaxDims + 1];
  int64_t count = 0;
  for (int64_t k = 0; k < ndim; ++k) {  // axes that continue each other are one
    Line axis = {array_extent(array, k), array_stride(array, ndim, k)};
    if (axis.extent == 1) continue;
    if (count > 0 && axes[count - 1].stride == axis.extent * axis.stride)
      axes[count - 1] = {axes[count - 1].extent * axis.extent, axis.stride};
    else
      axes[count++] = axis;
  }
  if (count == 0) return 0;
  char* data = static_cast<char*>(array[1].p);
  Line line = axes[count - 1];
  return with_element(element, [&](auto one) {
    Extreme<decltype(one)> extreme(op, element, data);
    for_each_index(data, axes, count - 1, [&](char* at) { extreme.look_at(at, line); });
    return extreme.index();
  });
}

void arg_reduce(ReduceOp op, Element element, const Slot* target, const Slot* array, int64_t ndim,
                int64_t axis) {
  Line axes[kMaxDims + 1], to[kMaxDims + 1],
      line = {array_extent(array, axis), array_stride(array, ndim, axis)};
  int64_t count = others(array, ndim, axis, axes), strides[kMaxDims + 1];
  others(target, ndim, axis, to);
  for (int64_t k = 0; k < count; ++k) strides[k] = to[k].stride;
  with_element(element, [&](auto one) {
    for_each_index(static_cast<char*>(array[1].p), axes, static_cast<char*>(target[1].p), strides, count,
                   [&](char* at, char* result) {
                     Extreme<decltype(one)> extreme(op, element, at);
                     extreme.look_at(at, line);
                     store_element(result, extreme.index());
                   });
  });
}

}  // namespace

extern "C" {

void lh_accumulate(int64_t op, int64_t element, const Slot* array, int64_t ndim, int64_t, int64_t axis) {
  accumulate(static_cast<ReduceOp>(op), static_cast<Element>(element), array, ndim, axis);
}

int64_t lh_arg_index(int64_t op, int64_t element, const Slot* array, int64_t ndim, int64_t) {
  return arg_index(static_cast<ReduceOp>(op), static_cast<Element>(element), array, ndim);
}

void lh_arg_reduce(int64_t op, int64_t element, const Slot* target, int64_t, int64_t, const Slot* array,
                   int64_t ndim, int64_t, int64_t axis) {
  arg_reduce(static_cast<ReduceOp>(op), static_cast<Element>(element), target, array, ndim, axis);
}

}  // extern "C"

LH_MATCHES_ROW(lh_accumulate);
LH_MATCHES_ROW(lh_arg_index);
LH_MATCHES_ROW(lh_arg_reduce);

}  // namespace lancehead
