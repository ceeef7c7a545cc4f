// The element types that the runtime sorts and searches, and the order that NumPy gives them: nan and NaT
// last, complex numbers by their real parts and then by their imaginary ones.
#pragma once

#include <complex>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace lancehead {

// float16 and the counts of datetime64 and timedelta64, as they lie in memory.
struct Half {
  uint16_t bits;
};
struct Ticks {
  int64_t count;  // the least one is NaT
};

// How library functions name an element type (order_code in python/lancehead/library/sorting.py): 32 times
// the place of NumPy's letter for its kind, and its size in bytes.
enum class ElementKind : int64_t { Bool, Int, Uint, Float, Complex, Time };
inline constexpr int64_t element_code(ElementKind kind, int64_t size) {
  return static_cast<int64_t>(kind) * 32 + size;
}

template <typename T>
inline constexpr bool is_complex_element = false;
template <typename T>
inline constexpr bool is_complex_element<std::complex<T>> = true;

// Calls visit(T{}) with the type that the code means. A bool is a byte.
template <typename Visit>
auto with_element_type(int64_t code, Visit visit) {
  switch (code) {
    case element_code(ElementKind::Int, 1): return visit(int8_t{});
    case element_code(ElementKind::Int, 2): return visit(int16_t{});
    case element_code(ElementKind::Int, 4): return visit(int32_t{});
    case element_code(ElementKind::Int, 8): return visit(int64_t{});
    case element_code(ElementKind::Uint, 2): return visit(uint16_t{});
    case element_code(ElementKind::Uint, 4): return visit(uint32_t{});
    case element_code(ElementKind::Uint, 8): return visit(uint64_t{});
    case element_code(ElementKind::Float, 2): return visit(Half{});
    case element_code(ElementKind::Float, 4): return visit(float{});
    case element_code(ElementKind::Float, 8): return visit(double{});
    case element_code(ElementKind::Complex, 8): return visit(std::complex<float>{});
    case element_code(ElementKind::Complex, 16): return visit(std::complex<double>{});
    case element_code(ElementKind::Time, 8): return visit(Ticks{});
    default: return visit(uint8_t{});
  }
}

// An unsigned number per element whose order is that of the elements: equal elements have equal keys (zeros
// of both signs too), all nans the greatest. Complex numbers have none.
template <typename Bits>
Bits float_key(Bits bits, Bits infinity) {
  constexpr Bits kSign = Bits{1} << (8 * sizeof(Bits) - 1);
  Bits magnitude = bits & static_cast<Bits>(~kSign);
  if (magnitude > infinity) return static_cast<Bits>(~Bits{0});
  if (magnitude == 0) return kSign;
  return static_cast<Bits>(bits & kSign ? ~bits : bits | kSign);
}

inline uint16_t order_key(Half x) {
  return float_key<uint16_t>(x.bits, 0x7c00);
}
inline uint32_t order_key(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return float_key<uint32_t>(bits, 0x7f800000);
}
inline uint64_t order_key(double x) {
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return float_key<uint64_t>(bits, 0x7ff0000000000000);
}
inline uint64_t order_key(Ticks x) {
  return static_cast<uint64_t>(x.count) + 0x7fffffffffffffff;
}
template <typename T>
requires std::is_integral_v<T> std::make_unsigned_t<T> order_key(T x) {
  using Key = std::make_unsigned_t<T>;
  if constexpr (std::is_signed_v<T>)
    return static_cast<Key>(static_cast<Key>(x) ^ static_cast<Key>(Key{1} << (8 * sizeof(T) - 1)));
  else
    return x;
}

// Whether NumPy calls it a nan: NaT is one too.
template <typename T>
bool is_nan_element(T x) {
  if constexpr (std::is_floating_point_v<T>)
    return x != x;
  else if constexpr (is_complex_element<T>)
    return x.real() != x.real() || x.imag() != x.imag();
  else if constexpr (std::is_same_v<T, Half>)
    return (x.bits & 0x7fff) > 0x7c00;
  else if constexpr (std::is_same_v<T, Ticks>)
    return x.count == INT64_MIN;
  else
    return false;
}

template <typename T>
bool comes_before(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return a < b || (b != b && a == a);
  } else if constexpr (is_complex_element<T>) {
    // Numbers without nans, those with one in the imaginary part, in the real part, in both.
    auto rank = [](T x) { return (x.real() != x.real()) * 2 + (x.imag() != x.imag()); };
    int of_a = rank(a), of_b = rank(b);
    if (of_a != of_b) return of_a < of_b;
    if (a.real() < b.real()) return true;
    if (b.real() < a.real()) return false;
    return a.imag() < b.imag();
  } else {
    return order_key(a) < order_key(b);
  }
}

}  // namespace lancehead
