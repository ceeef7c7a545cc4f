// The runtime's hooks (runtime/hooks.h) for a real interpreter. The extension installs them when it is
// imported and adds what only it knows: how values of each type look.
#pragma once

#include <Python.h>

#include "runtime/context.h"

namespace lancehead {

struct ValueHooks {
  int64_t (*slot_count)(uint32_t type);
  void (*retain_leaves)(uint32_t type, const Slot* slots);
  void (*release_leaves)(uint32_t type, const Slot* slots);
  PyObject* (*box)(uint32_t type, const Slot* slots);  // a new reference, or null with Python's error set
};

bool install_python_hooks(const ValueHooks& values);  // false with Python's error set
PyObject* box_value(uint32_t type, const Slot* slots);

PyObject* class_of_row(int64_t row);  // borrowed
// Makes Python's current error the context's pending one; kRaised. With the GIL.
Status raise_fetched(Context* ctx);

// Holds the GIL, taking it if this thread does not have it.
class WithGil {
 public:
  WithGil();
  ~WithGil();
  WithGil(const WithGil&) = delete;
  WithGil& operator=(const WithGil&) = delete;

 private:
  bool had_it_;
  PyGILState_STATE state_{};
};

}  // namespace lancehead
