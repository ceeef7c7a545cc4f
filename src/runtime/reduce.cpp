#include "runtime/reduce.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "runtime/reduce_walk.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

template <typename T>
T limit_of(bool highest) {
  if constexpr (is_complex_number<T>) {
    using Part = typename T::value_type;
    return T(limit_of<Part>(highest), limit_of<Part>(highest));
  } else if constexpr (std::is_floating_point_v<T>) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    return highest ? infinity : -infinity;
  } else {
    return highest ? std::numeric_limits<T>::max() : std::numeric_limits<T>::lowest();
  }
}

template <typename T>
T identity_of(ReduceOp op) {
  switch (op) {
    case ReduceOp::Min: return limit_of<T>(true);
    case ReduceOp::Max: return limit_of<T>(false);
    case ReduceOp::Prod:
    case ReduceOp::All: return T(1);
    default: return T(0);
  }
}

void fill(const Slot* target, int64_t ndim, int64_t axis, char* at, const char* value, size_t itemsize) {
  if (axis == ndim) {
    std::memcpy(at, value, itemsize);
    return;
  }
  for (int64_t i = 0; i < array_extent(target, axis); ++i)
    fill(target, ndim, axis + 1, at + i * array_stride(target, ndim, axis), value, itemsize);
}

void begin(ReduceOp op, Element to, const Slot* target, int64_t ndim) {
  with_element(to, [=](auto one) {
    auto value = identity_of<decltype(one)>(op);
    fill(target, ndim, 0, static_cast<char*>(target[1].p), reinterpret_cast<const char*>(&value),
         sizeof value);
  });
}

// Elements on their way to the kernel: converted, gathered from several rows, or neither.
class Stretch {
 public:
  Stretch(ReduceOp op, Element from, Element to, ReduceWalk& walk, bool masked, ReduceKernel direct)
      : op_(op),
        walk_(walk),
        kernel_(direct ? direct : reduce_kernel(op, to, to)),
        from_(from),
        to_(to),
        held_(direct ? from : to),
        itemsize_(size_of_element(held_)),
        masked_(masked) {}

  void run() {
    if (walk_.done()) return;
    auto [length, span] = walk_.stretches();
    numbers_.resize(static_cast<size_t>(length * itemsize_));
    if (masked_) mask_.resize(static_cast<size_t>(length));
    RowsKernel blocks = from_ == to_ && !masked_ ? rows_kernel(op_, to_) : nullptr;
    if (blocks && are_contiguous())
      blocks_of_rows(blocks);
    else if (length == 0)
      rows();
    else if (walk_.reduces_rows())
      gathered(length, span);
    else
      pieces(length);
  }

 private:
  using Walk = ReduceWalk;

  bool are_contiguous() const {
    return walk_.stride(Walk::kTarget) == itemsize_ && walk_.stride(Walk::kArray) == itemsize_;
  }

  void blocks_of_rows(RowsKernel kernel) {
    while (!walk_.done()) {
      int64_t rows = walk_.rows_of_target();
      kernel(walk_.row(Walk::kTarget), walk_.row(Walk::kArray), walk_.row_distance(), rows, walk_.count());
      walk_.skip(rows);
    }
  }

  void rows() {
    for (; !walk_.done(); walk_.next())
      combine(walk_.row(Walk::kTarget), walk_.stride(Walk::kTarget), walk_.row(Walk::kArray),
              walk_.stride(Walk::kArray), masked_ ? walk_.row(Walk::kMask) : nullptr,
              masked_ ? walk_.stride(Walk::kMask) : 0, walk_.count());
  }

  void gathered(int64_t length, int64_t span) {
    int64_t left = span, filled = 0;
    for (; !walk_.done(); walk_.next())
      for (int64_t i = 0; i < walk_.count();) {
        int64_t n = std::min(walk_.count() - i, length - filled);
        gather(filled, i, n);
        filled += n, left -= n, i += n;
        if (filled < length && left > 0) continue;
        combine(walk_.row(Walk::kTarget), 0, numbers_.data(), itemsize_, mask_.data(), 1, filled);
        filled = 0;
        if (left == 0) left = span;
      }
  }

  // Rows of the target, whose elements are converted.
  void pieces(int64_t length) {
    for (; !walk_.done(); walk_.next())
      for (int64_t i = 0; i < walk_.count(); i += length) {
        int64_t n = std::min(walk_.count() - i, length);
        gather(0, i, n);
        combine(walk_.row(Walk::kTarget) + i * walk_.stride(Walk::kTarget), walk_.stride(Walk::kTarget),
                numbers_.data(), itemsize_, mask_.data(), 1, n);
      }
  }

  void gather(int64_t to, int64_t first, int64_t count) {
    int64_t stride = walk_.stride(Walk::kArray);
    convert_elements(held_, numbers_.data() + to * itemsize_, from_, walk_.row(Walk::kArray) + first * stride,
                     stride, count);
    if (!masked_) return;
    stride = walk_.stride(Walk::kMask);
    for (int64_t i = 0; i < count; ++i)
      mask_[static_cast<size_t>(to + i)] = walk_.row(Walk::kMask)[(first + i) * stride];
  }

  void combine(char* target, int64_t target_stride, const char* data, int64_t stride, const char* mask,
               int64_t mask_stride, int64_t count) {
    if (!masked_) return kernel_(target, target_stride, data, stride, count);
    for (int64_t i = 0; i < count;) {
      if (!mask[i * mask_stride]) {
        ++i;
        continue;
      }
      int64_t end = i + 1;
      while (end < count && mask[end * mask_stride]) ++end;
      kernel_(target + i * target_stride, target_stride, data + i * stride, stride, end - i);
      i = end;
    }
  }

  ReduceOp op_;
  ReduceWalk& walk_;
  ReduceKernel kernel_;
  Element from_, to_, held_;  // what is in the array, in the target, and what the kernel takes
  int64_t itemsize_;
  bool masked_;
  std::vector<char> numbers_, mask_;
};

WalkOperand operand_of(const Slot* array, int64_t ndim) {
  WalkOperand out;
  out.data = static_cast<char*>(array[1].p);
  for (int64_t k = 0; k < ndim; ++k) out.strides[k] = array_stride(array, ndim, k);
  return out;
}

WalkOperand target_of(const Slot* target, int64_t target_ndim, int64_t ndim, int64_t axes) {
  WalkOperand out;
  out.data = static_cast<char*>(target[1].p);
  int64_t kept = 0;
  for (int64_t k = 0; k < ndim; ++k) {
    bool reduced = axes >> k & 1;
    out.strides[k] = reduced ? 0 : array_stride(target, target_ndim, target_ndim == ndim ? k : kept);
    kept += !reduced;
  }
  return out;
}

void reduce(ReduceOp op, Element to, Element from, int64_t axes, bool begun, const Slot* target,
            int64_t target_ndim, const Slot* array, int64_t ndim, const Slot* mask) {
  if (!begun) begin(op, to, target, target_ndim);
  WalkOperand operands[3] = {target_of(target, target_ndim, ndim, axes), operand_of(array, ndim)};
  if (mask) operands[ReduceWalk::kMask] = operand_of(mask, ndim);
  int64_t extents[kMaxDims];
  for (int64_t k = 0; k < ndim; ++k) extents[k] = array_extent(array, k);
  ReduceKernel direct = reduce_kernel(op, from, to);
  bool converts = !direct;
  ReduceWalk walk(ndim, extents, operands, mask ? 3 : 2, converts);
  Stretch(op, from, to, walk, mask != nullptr, direct).run();
}

}  // namespace

extern "C" {

void lh_reduce(int64_t op, int64_t to, int64_t from, int64_t axes, bool begun, const Slot* target,
               int64_t target_ndim, int64_t, const Slot* array, int64_t ndim, int64_t) {
  reduce(static_cast<ReduceOp>(op), static_cast<Element>(to), static_cast<Element>(from), axes, begun, target,
         target_ndim, array, ndim, nullptr);
}

void lh_reduce_where(int64_t op, int64_t to, int64_t from, int64_t axes, bool begun, const Slot* target,
                     int64_t target_ndim, int64_t, const Slot* array, int64_t ndim, int64_t, const Slot* mask,
                     int64_t, int64_t) {
  reduce(static_cast<ReduceOp>(op), static_cast<Element>(to), static_cast<Element>(from), axes, begun, target,
         target_ndim, array, ndim, mask);
}

}  // extern "C"

LH_MATCHES_ROW(lh_reduce);
LH_MATCHES_ROW(lh_reduce_where);

}  // namespace lancehead
