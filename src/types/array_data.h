// An array that is a constant (contract C12): a global or a captured variable. A small one is frozen: its
// bytes stand here, from the lowest address that an element has to the highest, with zeros between elements
// where it has gaps. A large one is the object `handle`, whose memory is looked up when code is loaded.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "types/type.h"

namespace lancehead {

struct ArrayData {
  static constexpr uint64_t kMaxFrozenBytes = 64 * 1024;
  static constexpr int64_t kMaxFrozenElements = 64 * 1024;  // some may share bytes

  std::vector<int64_t> shape;
  std::vector<int64_t> strides;  // in bytes
  std::string bytes;
  int64_t origin = 0;                            // where in `bytes` element 0 is
  uint32_t handle = 0;                           // 0: frozen
  std::shared_ptr<const void> keeper = nullptr;  // of a live one: keeps it and its handle
  bool is_frozen() const { return handle == 0; }
  friend bool operator==(const ArrayData& a, const ArrayData& b) {
    return a.shape == b.shape && a.strides == b.strides && a.bytes == b.bytes && a.origin == b.origin &&
           a.handle == b.handle;
  }
};

// The bytes that the elements of an array span: from `first`, relative to element 0, up to `last`. Nothing
// for an array without elements; false where the numbers overflow.
struct ArraySpan {
  int64_t first = 0, last = 0;
};
bool span_of(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, int64_t item_size,
             ArraySpan& span);

// Null, or what is wrong with data of this type.
const char* unsound(const ArrayData& data, const Type& type);

}  // namespace lancehead
