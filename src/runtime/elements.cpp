#include "runtime/elements.h"

namespace lancehead {

int64_t size_of_element(Element element) {
  return with_element(element, [](auto one) { return static_cast<int64_t>(sizeof one); });
}

void convert_elements(Element to, char* target, Element from, const char* data, int64_t stride,
                      int64_t count) {
  with_element(from, [=](auto source) {
    using From = decltype(source);
    with_element(to, [=](auto wanted) {
      using To = decltype(wanted);
      for (int64_t i = 0; i < count; ++i)
        store_element(target + i * static_cast<int64_t>(sizeof(To)),
                      convert_element<To>(load_element<From>(data + i * stride)));
    });
  });
}

}  // namespace lancehead
