// Copies small arrays, gaps left out, so that only what elements hold counts.
#include "pyext/array_data.h"

#include <algorithm>
#include <cstring>

#include "pyext/live_array.h"

namespace lancehead {
namespace {

// How many elements there are to copy: those along an axis without a stride are one.
int64_t copied_elements(const ArrayData& array) {
  int64_t count = 1;
  for (size_t k = 0; k < array.shape.size(); ++k)
    if (array.strides[k] != 0 && __builtin_mul_overflow(count, array.shape[k], &count)) return INT64_MAX;
  return count;
}

void copy_elements(const ArrayData& array, const char* from, char* to, size_t item_size, size_t axis = 0) {
  if (axis == array.shape.size()) {
    std::memcpy(to, from, item_size);
    return;
  }
  int64_t count = array.strides[axis] == 0 ? std::min<int64_t>(array.shape[axis], 1) : array.shape[axis];
  for (int64_t i = 0; i < count; ++i)
    copy_elements(array, from + i * array.strides[axis], to + i * array.strides[axis], item_size, axis + 1);
}

}  // namespace

std::shared_ptr<const ArrayData> array_data(PyArrayObject* array, TypeId dtype) {
  auto out = std::make_shared<ArrayData>();
  for (int i = 0; i < PyArray_NDIM(array); ++i) {
    out->shape.push_back(PyArray_DIM(array, i));
    out->strides.push_back(PyArray_STRIDE(array, i));
  }
  ArraySpan span;
  bool known = span_of(out->shape, out->strides, size_of(dtype), span);
  auto bytes = static_cast<uint64_t>(span.last - span.first);
  if (!known || bytes > ArrayData::kMaxFrozenBytes || copied_elements(*out) > ArrayData::kMaxFrozenElements) {
    out->handle = live_array_handle(array, out->keeper);
    return out;
  }
  out->bytes.resize(bytes);
  out->origin = -span.first;
  copy_elements(*out, PyArray_BYTES(array), out->bytes.data() + out->origin,
                static_cast<size_t>(size_of(dtype)));
  return out;
}

}  // namespace lancehead
