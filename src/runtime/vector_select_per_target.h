// The passes of runtime/vector_select.h for one instruction set. Highway includes this file once per set, so
// it has no guard; only vector_select.cpp may include it.
#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace lancehead {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

template <typename T>
size_t split_of(T* data, size_t count, T pivot) {
  return static_cast<size_t>(std::partition(data, data + count, [=](T x) { return x < pivot; }) - data);
}

template <typename T>
size_t between_of(const T* data, size_t count, T low, T high, T* between, size_t* lows, size_t* highs) {
  size_t kept = 0;
  *lows = *highs = 0;
  for (size_t i = 0; i < count; ++i) {
    T x = data[i];
    between[kept] = x;
    kept += (x >= low) & (x <= high);
    *lows += x < low;
    *highs += x > high;
  }
  return kept;
}

#else

constexpr size_t kUnrolled = 4;

// The ends of the free space on either side of what has not been read: as much on both together as two
// blocks, so that after a block is read from the side that has less, each side has room for a whole one.
template <class D, typename T = hn::TFromD<D> >
struct Split {
  D d;
  T *low, *high;  // the next free place on the left; behind the last one on the right
  hn::Vec<D> pivot;

  HWY_INLINE void put(hn::Vec<D> v) {
    const auto is_low = hn::Lt(v, pivot);
    const size_t lows = hn::CountTrue(d, is_low), highs = hn::Lanes(d) - lows;
    hn::StoreU(hn::Compress(v, is_low), d, low);
    low += lows;
    high -= highs;
    hn::BlendedStore(hn::Compress(v, hn::Not(is_low)), hn::FirstN(d, highs), d, high);
  }
};

template <typename T>
size_t split_of(T* data, size_t count, T pivot) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d), block = kUnrolled * lanes;
  T *left = data, *right = data + count;
  while (static_cast<size_t>(right - left) % block != 0 ||
         (left < right && static_cast<size_t>(right - left) < 2 * block)) {
    if (*left < pivot)
      ++left;
    else
      std::swap(*left, *--right);
  }
  if (left == right) return static_cast<size_t>(left - data);
  hn::Vec<decltype(d)> first[kUnrolled], last[kUnrolled];
  Split<decltype(d)> split{d, left, right, hn::Set(d, pivot)};
  for (size_t k = 0; k < kUnrolled; ++k) {
    first[k] = hn::LoadU(d, left + k * lanes);
    last[k] = hn::LoadU(d, right - block + k * lanes);
  }
  left += block;
  right -= block;
  while (left < right) {
    hn::Vec<decltype(d)> next[kUnrolled];
    const bool from_left = left - split.low <= split.high - right;
    const T* at = from_left ? left : right - block;
    for (size_t k = 0; k < kUnrolled; ++k) next[k] = hn::LoadU(d, at + k * lanes);
    left += from_left ? block : 0;
    right -= from_left ? 0 : block;
    for (size_t k = 0; k < kUnrolled; ++k) split.put(next[k]);
  }
  // As the free space runs out, what is written must not be more than what belongs there.
  T kept[2 * kUnrolled * HWY_MAX_BYTES / sizeof(T)];
  for (size_t k = 0; k < kUnrolled; ++k) {
    hn::StoreU(first[k], d, kept + k * lanes);
    hn::StoreU(last[k], d, kept + block + k * lanes);
  }
  for (size_t k = 0; k < 2 * block; ++k) (kept[k] < pivot ? *split.low++ : *--split.high) = kept[k];
  return static_cast<size_t>(split.low - data);
}

template <typename T>
size_t between_of(const T* data, size_t count, T low, T high, T* between, size_t* lows, size_t* highs) {
  const hn::ScalableTag<T> d;
  const size_t lanes = hn::Lanes(d);
  const auto least = hn::Set(d, low), greatest = hn::Set(d, high);
  size_t kept = 0, below = 0, above = 0, i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto v = hn::LoadU(d, data + i);
    const auto is_low = hn::Lt(v, least), is_high = hn::Gt(v, greatest);
    auto inside = hn::Not(hn::Or(is_low, is_high));
    if constexpr (hwy::IsFloat<T>()) inside = hn::And(inside, hn::Eq(v, v));
    below += hn::CountTrue(d, is_low);
    above += hn::CountTrue(d, is_high);
    if (hn::AllFalse(d, inside)) continue;
    hn::StoreU(hn::Compress(v, inside), d, between + kept);
    kept += hn::CountTrue(d, inside);
  }
  for (; i < count; ++i) {
    const T x = data[i];
    if (x >= low && x <= high) between[kept++] = x;
    below += x < low;
    above += x > high;
  }
  *lows = below;
  *highs = above;
  return kept;
}

#endif

#define LH_ADDRESSES(name, type) split_of<type>, between_of<type>,
constexpr VectorSelects kSelects = {LH_VECTOR_SELECTS(LH_ADDRESSES)};
#undef LH_ADDRESSES

}  // namespace HWY_NAMESPACE
}  // namespace lancehead
HWY_AFTER_NAMESPACE();
