// Memory that an algorithm needs for a while. Having none is a status (MemoryError), not an exception.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <type_traits>

#include "runtime/error.h"

namespace lancehead {

template <typename T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Buffer() = default;
  ~Buffer() { std::free(data_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  // Room for `count` elements, whose contents are undefined; raises MemoryError.
  Status reserve(Context* ctx, int64_t count) {
    if (count <= capacity_) return kOk;
    int64_t bytes;
    bool fits = !__builtin_mul_overflow(count, static_cast<int64_t>(sizeof(T)), &bytes);
    std::free(data_);
    capacity_ = 0;
    data_ = fits ? static_cast<T*>(std::malloc(static_cast<size_t>(bytes))) : nullptr;
    if (!data_) return raise_row(ctx, ErrorRowId::NoMemory, fits ? bytes : INT64_MAX);
    capacity_ = count;
    return kOk;
  }

  T* data() { return data_; }
  T& operator[](int64_t i) { return data_[i]; }

 private:
  T* data_ = nullptr;
  int64_t capacity_ = 0;
};

}  // namespace lancehead
