// The element types of arrays (types/elements.def) as C++ types: loading and storing at any alignment,
// numbers as compiled code names them, and conversion.
#pragma once

#include <complex>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace lancehead {

enum class Element : int64_t {
#define ELEMENT(id, type) id,
#include "types/elements.def"
#undef ELEMENT
  kCount
};

template <typename T>
inline constexpr bool is_complex_number = false;
template <typename T>
inline constexpr bool is_complex_number<std::complex<T>> = true;

template <typename T>
[[gnu::always_inline]] inline T load_element(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
template <typename T>
[[gnu::always_inline]] inline void store_element(char* at, T value) {
  std::memcpy(at, &value, sizeof value);
}

template <typename T>
[[gnu::always_inline]] inline bool is_true(T value) {
  return value != T(0);
}

template <typename To, typename From>
[[gnu::always_inline]] inline To convert_element(From value) {
  if constexpr (std::is_same_v<To, From>) {
    return value;
  } else if constexpr (std::is_same_v<To, bool>) {
    return is_true(value);
  } else if constexpr (is_complex_number<From>) {
    if constexpr (is_complex_number<To>)
      return To(static_cast<typename To::value_type>(value.real()),
                static_cast<typename To::value_type>(value.imag()));
    else
      return static_cast<To>(value.real());
  } else if constexpr (is_complex_number<To>) {
    return To(static_cast<typename To::value_type>(value), 0);
  } else {
    return static_cast<To>(value);
  }
}

int64_t size_of_element(Element element);
// `count` strided elements of one type as contiguous ones of another.
void convert_elements(Element to, char* target, Element from, const char* data, int64_t stride,
                      int64_t count);

// Calls visit(T{}) with the element's type.
template <typename Visit>
auto with_element(Element element, Visit visit) {
  switch (element) {
#define ELEMENT(id, type) \
  case Element::id:       \
    return visit(type{});
#include "types/elements.def"
#undef ELEMENT
    case Element::kCount: break;
  }
  return visit(bool{});
}

}  // namespace lancehead
