// Copies the elements of one array into another of the same shape; they share no memory. Used where compiled
// code went through a temporary because what it wrote overlapped what it read, and for arrays of records.
#include <cstring>

#include "runtime/axes.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

struct CopyAxis {
  int64_t extent, to, from;  // strides in bytes
};

template <typename T>
void copy_row(char* to, const char* from, const CopyAxis& axis) {
  for (int64_t i = 0; i < axis.extent; ++i) std::memcpy(to + i * axis.to, from + i * axis.from, sizeof(T));
}

struct Wide {
  char bytes[16];
};

void copy_items(char* to, const char* from, const CopyAxis& axis, size_t itemsize) {
  for (int64_t i = 0; i < axis.extent; ++i) std::memcpy(to + i * axis.to, from + i * axis.from, itemsize);
}

void copy_axis(char* to, const char* from, const CopyAxis& axis, int64_t itemsize) {
  if (axis.to == itemsize && axis.from == itemsize) {
    std::memcpy(to, from, static_cast<size_t>(axis.extent * itemsize));
    return;
  }
  switch (itemsize) {
    case 1: return copy_row<uint8_t>(to, from, axis);
    case 2: return copy_row<uint16_t>(to, from, axis);
    case 4: return copy_row<uint32_t>(to, from, axis);
    case 8: return copy_row<uint64_t>(to, from, axis);
    case 16: return copy_row<Wide>(to, from, axis);
    default: return copy_items(to, from, axis, static_cast<size_t>(itemsize));
  }
}

// The innermost axis is the last one.
void copy_axes(char* to, const char* from, const CopyAxis* axes, int64_t count, int64_t itemsize) {
  if (count == 1) return copy_axis(to, from, *axes, itemsize);
  for (int64_t i = 0; i < axes->extent; ++i)
    copy_axes(to + i * axes->to, from + i * axes->from, axes + 1, count - 1, itemsize);
}

}  // namespace

extern "C" void lh_copy_array(const Slot* to, int64_t ndim, int64_t itemsize, const Slot* from, int64_t,
                              int64_t) {
  CopyAxis axes[kMaxDims + 1];
  int64_t count = 0;
  for (int64_t k = 0; k < ndim; ++k) {
    CopyAxis axis{array_extent(to, k), array_stride(to, ndim, k), array_stride(from, ndim, k)};
    if (axis.extent == 0) return;
    CopyAxis& outer = axes[count - (count > 0)];
    bool continues = count > 0 && outer.to == axis.extent * axis.to && outer.from == axis.extent * axis.from;
    if (continues)
      outer = {outer.extent * axis.extent, axis.to, axis.from};
    else
      axes[count++] = axis;
  }
  if (count == 0) axes[count++] = {1, itemsize, itemsize};
  copy_axes(static_cast<char*>(to[1].p), array_data(from), axes, count, itemsize);
}

extern "C" void lh_copy_bytes(void* to, const void* from, int64_t count) {
  std::memmove(to, from, static_cast<size_t>(count));
}

LH_MATCHES_ROW(lh_copy_array);
LH_MATCHES_ROW(lh_copy_bytes);

}  // namespace lancehead
