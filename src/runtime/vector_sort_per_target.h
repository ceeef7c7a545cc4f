// The sorts of runtime/vector_sort.h for one instruction set. Highway includes this file once per set, so it
// has no guard; only vector_sort.cpp, which defines what it needs, may include it.
#include <hwy/contrib/sort/vqsort-inl.h>
#if !LH_HIGHWAY_SORTS_STATICALLY
#include <hwy/contrib/sort/traits-inl.h>
#endif

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace lancehead {
namespace HWY_NAMESPACE {

#if !LH_HIGHWAY_SORTS_STATICALLY && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
// The order of Highway before 1.0.5, whose step to the next smaller key is an absolute 2^-52 for floats: keys
// that lie closer together stay unsorted.
template <typename T>
struct Ascending : hwy::HWY_NAMESPACE::detail::OrderAscending<T> {
  template <class D>
  HWY_INLINE hwy::HWY_NAMESPACE::Vec<D> PrevValue(D d, hwy::HWY_NAMESPACE::Vec<D> v) const {
    namespace hn = hwy::HWY_NAMESPACE;
    if constexpr (hwy::IsFloat<T>()) {
      const hn::RebindToSigned<D> di;
      using Bits = hn::TFromD<decltype(di)>;
      const auto bits = hn::BitCast(di, v);
      const auto one = hn::Set(di, Bits{1});
      const auto nearer = hn::IfThenElse(hn::Lt(bits, hn::Zero(di)), hn::Add(bits, one), hn::Sub(bits, one));
      const auto below_zero = hn::Set(di, static_cast<Bits>(hwy::LimitsMin<Bits>() + 1));
      return hn::IfThenElse(hn::Eq(v, hn::Zero(d)), hn::BitCast(d, below_zero), hn::BitCast(d, nearer));
    } else {
      return hn::Sub(v, hn::Set(d, T{1}));
    }
  }
};
#endif

template <typename T>
void sort_vectors(T* data, size_t count) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  std::sort(data, data + count);
#elif LH_HIGHWAY_SORTS_STATICALLY
  hwy::HWY_NAMESPACE::VQSortStatic(data, count, hwy::SortAscending());
#else
  namespace hn = hwy::HWY_NAMESPACE;
  hn::detail::SharedTraits<hn::detail::TraitsLane<Ascending<T> > > ascending;
#if HWY_HAVE_SCALABLE
  HWY_ALIGN T buffer[hwy::SortConstants::BufNum<T>(64 / sizeof(T))];
  hn::Sort(hn::CappedTag<T, 64 / sizeof(T)>(), ascending, data, count, buffer);
#else
  hn::Sort(hn::SortTag<T>(), ascending, data, count, static_cast<T*>(nullptr));
#endif
#endif
}

#define LH_ADDRESS(name, type) sort_vectors<type>,
constexpr VectorSorts kSorts = {LH_VECTOR_SORTS(LH_ADDRESS)};
#undef LH_ADDRESS

}  // namespace HWY_NAMESPACE
}  // namespace lancehead
HWY_AFTER_NAMESPACE();
