// Bounds of constant arrays.
#include "types/array_data.h"

namespace lancehead {

bool span_of(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, int64_t item_size,
             ArraySpan& span) {
  span = {0, item_size};
  for (int64_t n : shape)
    if (n < 0) return false;
  for (int64_t n : shape)
    if (n == 0) return span = {}, true;
  for (size_t k = 0; k < shape.size(); ++k) {
    int64_t reach = 0;
    int64_t& end = strides[k] < 0 ? span.first : span.last;
    if (__builtin_mul_overflow(shape[k] - 1, strides[k], &reach) || __builtin_add_overflow(end, reach, &end))
      return false;
  }
  return true;
}

const char* unsound(const ArrayData& data, const Type& type) {
  if (type.kind != Kind::Array || !type.elem.valid() || !is_element(type.elem))
    return "only arrays of scalars have data";
  if (!type.readonly) return "a constant array is read-only";
  if (data.shape.size() != type.ndim || data.strides.size() != type.ndim)
    return "a constant array has its dimensions";
  ArraySpan span;
  if (!span_of(data.shape, data.strides, size_of(type.elem), span))
    return "a constant array has an extent that exists";
  if (!data.is_frozen()) return nullptr;
  auto size = static_cast<int64_t>(data.bytes.size());
  bool holds = data.origin >= 0 && data.origin <= size && span.first >= -data.origin &&
               span.last <= size - data.origin;
  return holds ? nullptr : "a constant array holds its elements";
}

}  // namespace lancehead
