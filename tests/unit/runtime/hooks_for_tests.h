// Stand-ins for Python in the runtime's tests: objects are counters, classes are C strings, tuple type n has
// n int64 leaves of which the first is an owner.
#pragma once

#include <atomic>
#include <cstring>

#include "runtime/error.h"
#include "runtime/hooks.h"
#include "runtime/memory.h"

namespace lancehead::test {

struct alignas(8) FakeObject {
  std::atomic<int64_t> references{1};
};

inline FakeObject* fake(void* object) {
  return static_cast<FakeObject*>(object);
}

// Puts the hooks in for the life of a test.
class WithHooks {
 public:
  WithHooks() {
    PythonHooks hooks;
    hooks.incref = [](void* object) { ++fake(object)->references; };
    hooks.decref = [](void* object) { --fake(object)->references; };
    hooks.slot_count = [](uint32_t type) { return static_cast<int64_t>(type); };
    hooks.retain_leaves = [](uint32_t, const Slot* slots) { lh_retain(slots[0].u); };
    hooks.release_leaves = [](uint32_t, const Slot* slots) { lh_release(slots[0].u); };
    hooks.class_of_row = [](int64_t row) {
      return const_cast<void*>(static_cast<const void*>(error_row_class(static_cast<ErrorRowId>(row))));
    };
    hooks.class_of_exception = [](void*) {
      return const_cast<void*>(static_cast<const void*>("FromPython"));
    };
    hooks.is_subclass = [](void* cls, void* of) {
      return std::strcmp(static_cast<char*>(of), "Exception") == 0 ||
             std::strcmp(static_cast<char*>(cls), static_cast<char*>(of)) == 0;
    };
    lh_set_python_hooks(hooks);
  }
  ~WithHooks() { lh_set_python_hooks({}); }
};

inline void* class_named(const char* name) {
  return const_cast<char*>(name);
}

}  // namespace lancehead::test
