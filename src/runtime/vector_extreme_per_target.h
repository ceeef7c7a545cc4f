// The loops of runtime/vector_extreme.h for one instruction set. Highway includes this file once per set, so
// it has no guard; only vector_extreme.cpp may include it.
#include <hwy/highway.h>

#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace lancehead {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

template <bool kGreatest, typename T>
T extreme_of(const T* data, size_t count, bool& has_nan) {
  T best;
  std::memcpy(&best, data, sizeof best);
  for (size_t i = 0; i < count; ++i) {
    T x;
    std::memcpy(&x, reinterpret_cast<const char*>(data) + i * sizeof(T), sizeof x);
    has_nan |= x != x;
    best = (kGreatest ? x > best : x < best) ? x : best;
  }
  return best;
}

#else

template <class V>
HWY_INLINE auto nans_of(V x) {
  using T = hn::TFromV<V>;
  if constexpr (hwy::IsFloat<T>())
    return hn::IsNaN(x);
  else
    return hn::Lt(x, x);  // there are none
}

// `kVectors` accumulators; the last block overlaps the one before, which changes nothing.
template <bool kGreatest, size_t kVectors, typename T>
HWY_INLINE T extreme_by(const T* data, size_t count, bool& has_nan) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const size_t lanes = hn::Lanes(d), block = kVectors * lanes;
  auto better = [](V x, V best) HWY_ATTR { return kGreatest ? hn::Max(x, best) : hn::Min(x, best); };
  V best[kVectors];
  for (size_t k = 0; k < kVectors; ++k) best[k] = hn::LoadU(d, data + k * lanes);
  auto nans = nans_of(best[0]);
  for (size_t k = 1; k < kVectors; ++k) nans = hn::Or(nans, nans_of(best[k]));
  auto take = [&](const T* at) HWY_ATTR {
    for (size_t k = 0; k < kVectors; ++k) {
      const V x = hn::LoadU(d, at + k * lanes);
      nans = hn::Or(nans, nans_of(x));
      best[k] = better(x, best[k]);
    }
  };
  for (size_t i = block; i + block <= count; i += block) take(data + i);
  take(data + count - block);
  has_nan |= !hn::AllFalse(d, nans);
  for (size_t k = 1; k < kVectors; ++k) best[0] = better(best[k], best[0]);
  return hn::GetLane(kGreatest ? hn::MaxOfLanes(d, best[0]) : hn::MinOfLanes(d, best[0]));
}

template <bool kGreatest, typename T>
T extreme_of(const T* data, size_t count, bool& has_nan) {
  if (count >= 8 * hn::Lanes(hn::ScalableTag<T>())) return extreme_by<kGreatest, 8>(data, count, has_nan);
  return extreme_by<kGreatest, 1>(data, count, has_nan);
}

#endif

#define LH_ADDRESSES(name, type) extreme_of<false, type>, extreme_of<true, type>,
constexpr VectorExtremes kExtremes = {LH_VECTOR_EXTREMES(LH_ADDRESSES)};
#undef LH_ADDRESSES

}  // namespace HWY_NAMESPACE
}  // namespace lancehead
HWY_AFTER_NAMESPACE();
