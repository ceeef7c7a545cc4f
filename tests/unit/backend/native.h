// Compiles a unit of final IR, loads it and calls it, with a runtime of the test's own that notes what it is
// asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "backend/emit.h"
#include "driver/loader.h"

namespace lancehead::testing {

union Slot {
  int64_t i;
  uint64_t u;
  double d;
  float f;
  void* p;
};

// types/context.def
struct Context {
  uint64_t error = 0;
  uint64_t stack_limit = 0;
  int32_t* interrupt = nullptr;
  int64_t thread = 0;
  int64_t reserved[4] = {};
};

// The row of an array's leaves for C-contiguous data (types/layout.def).
template <class T>
std::vector<Slot> array_leaves(T* data, const std::vector<int64_t>& shape) {
  std::vector<Slot> out(2 + 2 * shape.size());
  out[0].p = nullptr;
  out[1].p = data;
  int64_t stride = sizeof(T);
  for (size_t axis = shape.size(); axis-- > 0;) {
    out[2 + axis].i = shape[axis];
    out[2 + shape.size() + axis].i = stride;
    stride *= shape[axis];
  }
  return out;
}

class Native {
 public:
  // A function without a symbol of its own has its name as symbol. On failure the test fails and nothing may
  // be called.
  explicit Native(const std::string& text, const EmitOptions& options = verified());
  static EmitOptions verified();

  // Status of the entry; the result is in `out`.
  int32_t run(const std::string& name, const std::vector<Slot>& args);
  template <class Result, class... Args>
  Result call(const std::string& name, Args... args) {
    std::vector<Slot> slots;
    (append(slots, args), ...);
    status = run(name, slots);
    return get<Result>(0);
  }
  template <class T>
  T get(size_t slot) const {
    T value;
    static_assert(sizeof(T) <= sizeof(Slot));
    __builtin_memcpy(&value, &out[slot], sizeof value);
    return value;
  }
  std::string log() const;  // what the runtime was asked for since the last run, in order

  int32_t status = -1;
  bool lean = false;
  Slot out[16] = {};
  Context ctx;

 private:
  static void append(std::vector<Slot>& slots, const std::vector<Slot>& row) {
    slots.insert(slots.end(), row.begin(), row.end());
  }
  template <class T>
  static void append(std::vector<Slot>& slots, T value) requires std::is_scalar_v<T> {
    Slot slot{};
    __builtin_memcpy(&slot, &value, sizeof value);
    slots.push_back(slot);
  }

  std::shared_ptr<const LoadedObject> code_;
};

}  // namespace lancehead::testing
