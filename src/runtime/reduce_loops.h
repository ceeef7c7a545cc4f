// The inner loops of reductions, compiled once for each kind of machine (reduce_kernels*.cpp, which name it
// by LH_MACHINE). A row of floats is summed pairwise (runtime/pairwise.h); products are in order; the rest
// has no order that can be seen and runs on several accumulators. Rounding is the same on every machine:
// vectors do the same operations, element by element.
#include "runtime/pairwise.h"
#include "runtime/reduce_kernels.h"
#include "runtime/vector_extreme.h"

namespace lancehead {
namespace LH_MACHINE {
namespace {

template <typename T>
inline constexpr bool is_number = !std::is_same_v<T, bool>;
template <typename T>
inline constexpr bool is_whole = std::is_integral_v<T>&& is_number<T>;

template <typename T>
bool is_nan(T x) {
  if constexpr (is_complex_number<T>)
    return (x.real() != x.real()) | (x.imag() != x.imag());
  else
    return x != x;
}

template <typename T>
bool at_least(T x, T y) {
  if constexpr (is_complex_number<T>)
    return ((x.real() > y.real()) & (x.imag() == x.imag()) & (y.imag() == y.imag())) |
           ((x.real() == y.real()) & (x.imag() >= y.imag()));
  else
    return x >= y;
}

template <ReduceOp kOp, typename T>
T combined(T x, T y) {
  if constexpr (kOp == ReduceOp::Max) {
    return at_least(x, y) | is_nan(x) ? x : y;
  } else if constexpr (kOp == ReduceOp::Min) {
    return at_least(y, x) | is_nan(x) ? x : y;
  } else if constexpr (kOp == ReduceOp::Any || (kOp == ReduceOp::Sum && !is_number<T>)) {
    return x | y;
  } else if constexpr (kOp == ReduceOp::All || (kOp == ReduceOp::Prod && !is_number<T>)) {
    return x & y;
  } else if constexpr (is_whole<T>) {
    auto a = static_cast<uint64_t>(x), b = static_cast<uint64_t>(y);
    return static_cast<T>(kOp == ReduceOp::Sum ? a + b : a * b);
  } else if constexpr (kOp == ReduceOp::Sum) {
    return x + y;
  } else if constexpr (is_complex_number<T>) {  // as C multiplies, without a second try for infinities
    return T(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
  } else {
    return x * y;
  }
}

template <ReduceOp kOp, typename T>
inline constexpr bool is_extreme = (std::is_floating_point_v<T> || (is_whole<T> && sizeof(T) == 8)) &&
                                   (kOp == ReduceOp::Min || kOp == ReduceOp::Max);

template <ReduceOp kOp, typename T>
inline constexpr bool is_ordered = !std::is_integral_v<T> && (kOp == ReduceOp::Sum || kOp == ReduceOp::Prod);

// ---- vectors

#ifdef __AVX2__
constexpr size_t kVectorBytes = 32;
#else
constexpr size_t kVectorBytes = 16;
#endif

// What a vector holds: integers that may wrap are unsigned where they are added and multiplied.
template <ReduceOp kOp, typename T>
struct Lane {
  using Type = T;
};
template <ReduceOp kOp, typename T>
requires(is_whole<T> && (kOp == ReduceOp::Sum || kOp == ReduceOp::Prod)) struct Lane<kOp, T> {
  using Type = std::make_unsigned_t<T>;
};

template <ReduceOp kOp>
struct Lane<kOp, bool> {
  using Type = uint8_t;  // 0 or 1
};

template <ReduceOp kOp, typename T>
inline constexpr bool has_vectors =
    !is_number<T> || (!is_complex_number<T> && kOp != ReduceOp::Any && kOp != ReduceOp::All);

template <ReduceOp kOp, typename T>
struct Pack {
  typedef typename Lane<kOp, T>::Type Vector __attribute__((vector_size(kVectorBytes)));
  static constexpr int64_t kCount = kVectorBytes / sizeof(T);

  static void load(Vector& to, const char* at) { __builtin_memcpy(&to, at, kVectorBytes); }
  static void store(char* at, const Vector& from) { __builtin_memcpy(at, &from, kVectorBytes); }
  // x with y.
  static void combine(Vector& x, const Vector& y) {
    if constexpr (!is_number<T> && (kOp == ReduceOp::Sum || kOp == ReduceOp::Any || kOp == ReduceOp::Max))
      x |= y;
    else if constexpr (!is_number<T>)
      x &= y;
    else if constexpr (kOp == ReduceOp::Sum)
      x += y;
    else if constexpr (kOp == ReduceOp::Prod)
      x *= y;
    else if constexpr (std::is_integral_v<T>)
      x = (kOp == ReduceOp::Max ? x >= y : y >= x) ? x : y;
    else
      x = (kOp == ReduceOp::Max ? x >= y : y >= x) | (x != x) ? x : y;
  }
};

constexpr int kManyVectors = 8;  // enough to hide how long each operation takes

// `count` contiguous elements, several vectors at a time; what is left over comes one by one.
template <ReduceOp kOp, typename T>
T folded_by_vectors(T start, const char* data, int64_t count) {
  using P = Pack<kOp, T>;
  constexpr int kVectors = kManyVectors;
  constexpr int64_t kStep = kVectors * P::kCount;
  typename P::Vector sums[kVectors], next;
  int64_t whole = count - count % kStep;
  for (int k = 0; k < kVectors; ++k) P::load(sums[k], data + k * kVectorBytes);
  for (int64_t i = kStep; i < whole; i += kStep)
    for (int k = 0; k < kVectors; ++k) {
      P::load(next, data + i * static_cast<int64_t>(sizeof(T)) + k * kVectorBytes);
      P::combine(sums[k], next);
    }
  for (int width = kVectors / 2; width > 0; width /= 2)
    for (int k = 0; k < width; ++k) P::combine(sums[k], sums[k + width]);
  T lanes[P::kCount];
  __builtin_memcpy(lanes, sums, sizeof lanes);
  for (T lane : lanes) start = combined<kOp, T>(start, lane);
  for (int64_t i = whole; i < count; ++i)
    start = combined<kOp, T>(start, load_element<T>(data + i * static_cast<int64_t>(sizeof(T))));
  return start;
}

// By one instruction each; a nan is looked for beside it.
template <ReduceOp kOp, typename T>
T extreme_by_vectors(T start, const char* data, int64_t count) {
  bool has_nan = false;
  const T* elements = reinterpret_cast<const T*>(data);
  const T best = kOp == ReduceOp::Max ? vector_greatest(elements, static_cast<size_t>(count), has_nan)
                                      : vector_least(elements, static_cast<size_t>(count), has_nan);
  if constexpr (std::is_floating_point_v<T>)
    if (has_nan) return start != start ? start : static_cast<T>(__builtin_nan(""));
  return combined<kOp, T>(start, best);
}

// Rows into a target of as many elements, all contiguous: each element takes those of the rows in their
// order.
template <ReduceOp kOp, typename T>
void combine_rows(char* target, const char* data, int64_t row_stride, int64_t rows, int64_t count) {
  using P = Pack<kOp, T>;
  constexpr int64_t kGroup = 4;
  for (int64_t first = 0; first < rows; first += kGroup, data += kGroup * row_stride) {
    int64_t group = rows - first < kGroup ? rows - first : kGroup, i = 0;
    for (; group == kGroup && i + P::kCount <= count; i += P::kCount) {
      int64_t offset = i * static_cast<int64_t>(sizeof(T));
      typename P::Vector sum, next;
      P::load(sum, target + offset);
      for (int64_t k = 0; k < kGroup; ++k) {
        P::load(next, data + k * row_stride + offset);
        P::combine(sum, next);
      }
      P::store(target + offset, sum);
    }
    for (; i < count; ++i) {
      int64_t offset = i * static_cast<int64_t>(sizeof(T));
      T sum = load_element<T>(target + offset);
      for (int64_t k = 0; k < group; ++k)
        sum = combined<kOp, T>(sum, load_element<T>(data + k * row_stride + offset));
      store_element(target + offset, sum);
    }
  }
}

// ---- elements one by one

constexpr int kLanes = 16;

template <ReduceOp kOp, typename From, typename To>
To folded_by_lanes(To start, const char* data, int64_t count) {
  To lanes[kLanes];
  auto load = [=](int64_t i) {
    return convert_element<To>(load_element<From>(data + i * static_cast<int64_t>(sizeof(From))));
  };
  for (int k = 0; k < kLanes; ++k) lanes[k] = load(k);
  int64_t whole = count - count % kLanes;
  for (int64_t i = kLanes; i < whole; i += kLanes)
    for (int k = 0; k < kLanes; ++k) lanes[k] = combined<kOp, To>(lanes[k], load(i + k));
  for (int k = 0; k < kLanes; ++k) start = combined<kOp, To>(start, lanes[k]);
  for (int64_t i = whole; i < count; ++i) start = combined<kOp, To>(start, load(i));
  return start;
}

// What settles the result: a true element of any(), a false one of all().
constexpr int64_t kLookEvery = 4096;

template <ReduceOp kOp, typename From, typename To>
To folded(To start, const char* data, int64_t stride, int64_t count) {
  if constexpr (kOp == ReduceOp::Sum && std::is_same_v<From, To> && !std::is_integral_v<To>)
    return start + pairwise_row(To{}, data, count, stride);
  constexpr bool settles = kOp == ReduceOp::Any || kOp == ReduceOp::All;
  if constexpr (!is_ordered<kOp, To> && std::is_same_v<From, To> && has_vectors<kOp, To>) {
    if constexpr (is_extreme<kOp, To>) {
      if (stride == sizeof(To) && count >= 32) return extreme_by_vectors<kOp, To>(start, data, count);
    } else if (stride == sizeof(To) && count >= kManyVectors * Pack<kOp, To>::kCount) {
      return folded_by_vectors<kOp, To>(start, data, count);
    }
  } else if constexpr (!is_ordered<kOp, To>) {
    if (stride == sizeof(From) && count >= kLanes) {
      if constexpr (!settles) return folded_by_lanes<kOp, From, To>(start, data, count);
      for (; count > kLookEvery; count -= kLookEvery, data += kLookEvery * stride) {
        start = folded_by_lanes<kOp, From, To>(start, data, kLookEvery);
        if (start == To(kOp == ReduceOp::Any)) return start;
      }
      return folded_by_lanes<kOp, From, To>(start, data, count);
    }
  }
  for (int64_t i = 0; i < count; ++i)
    start = combined<kOp, To>(start, convert_element<To>(load_element<From>(data + i * stride)));
  return start;
}

template <ReduceOp kOp, typename From, typename To>
void combine_each(char* target, int64_t target_stride, const char* data, int64_t stride, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    char* at = target + i * target_stride;
    store_element(at, combined<kOp, To>(load_element<To>(at),
                                        convert_element<To>(load_element<From>(data + i * stride))));
  }
}

template <ReduceOp kOp, typename From, typename To>
void kernel(char* target, int64_t target_stride, const char* data, int64_t stride, int64_t count) {
  if (target_stride == 0)
    return store_element(target, folded<kOp, From, To>(load_element<To>(target), data, stride, count));
  if (target_stride == sizeof(To) && stride == sizeof(From)) {
    if constexpr (std::is_same_v<From, To> && has_vectors<kOp, To>)
      return combine_rows<kOp, To>(target, data, 0, 1, count);
    return combine_each<kOp, From, To>(target, sizeof(To), data, sizeof(From), count);
  }
  combine_each<kOp, From, To>(target, target_stride, data, stride, count);
}

// Without a conversion in between: the types that NumPy sums by default.
template <ReduceOp kOp, typename From, typename To>
constexpr bool is_direct() {
  if constexpr (kOp == ReduceOp::Any || kOp == ReduceOp::All) return std::is_same_v<To, bool>;
  if constexpr (std::is_same_v<From, To>) return true;
  if constexpr (kOp == ReduceOp::Min || kOp == ReduceOp::Max || !std::is_integral_v<From>) return false;
  return std::is_unsigned_v<From> && is_number<From> ? std::is_same_v<To, uint64_t>
                                                     : std::is_same_v<To, int64_t>;
}

template <ReduceOp kOp>
ReduceKernel kernel_of(Element from, Element to) {
  return with_element(from, [=](auto source) {
    using From = decltype(source);
    return with_element(to, [](auto wanted) -> ReduceKernel {
      using To = decltype(wanted);
      if constexpr (is_direct<kOp, From, To>())
        return kernel<kOp, From, To>;
      else
        return nullptr;
    });
  });
}

template <ReduceOp kOp>
RowsKernel rows_of(Element element) {
  return with_element(element, [](auto one) -> RowsKernel {
    using T = decltype(one);
    if constexpr (has_vectors<kOp, T>)
      return combine_rows<kOp, T>;
    else
      return nullptr;
  });
}

// Calls visit<op>(...) by the operation.
#define LH_OF_OP(function, ...)                                        \
  switch (op) {                                                        \
    case ReduceOp::Sum: return function<ReduceOp::Sum>(__VA_ARGS__);   \
    case ReduceOp::Prod: return function<ReduceOp::Prod>(__VA_ARGS__); \
    case ReduceOp::Min: return function<ReduceOp::Min>(__VA_ARGS__);   \
    case ReduceOp::Max: return function<ReduceOp::Max>(__VA_ARGS__);   \
    case ReduceOp::Any: return function<ReduceOp::Any>(__VA_ARGS__);   \
    case ReduceOp::All: return function<ReduceOp::All>(__VA_ARGS__);   \
    case ReduceOp::None: break;                                        \
  }                                                                    \
  return nullptr

}  // namespace

ReduceKernel reduce_kernel(ReduceOp op, Element from, Element to) {
  LH_OF_OP(kernel_of, from, to);
}
RowsKernel rows_kernel(ReduceOp op, Element element) {
  LH_OF_OP(rows_of, element);
}

#undef LH_OF_OP

}  // namespace LH_MACHINE
}  // namespace lancehead
