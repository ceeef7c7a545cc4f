// Numbers for Python objects: what snapshots, questions and types carry instead of pointers (contract C6).
// The same object always has the same number, numbers are never used again, 0 is no object. A number does not
// keep its object alive where that can be referenced weakly: what needs it (a compilation, compiled code)
// holds it by other means. All under the GIL.
#pragma once

#include <Python.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "pyext/ref.h"

namespace lancehead {

uint32_t handle_of(PyObject* object);
// The object, borrowed; null if `handle` is 0 or the object has gone.
PyObject* object_of(uint32_t handle);

// Gives `object` a number that does not keep it alive; the object's deallocator calls forget_handle.
uint32_t make_weak_handle(PyObject* object);
void forget_handle(uint32_t handle);

// While it exists, the objects whose numbers this thread asks for stay alive.
class HoldObjects {
 public:
  HoldObjects();
  ~HoldObjects();
  HoldObjects(const HoldObjects&) = delete;
  HoldObjects& operator=(const HoldObjects&) = delete;

 private:
  friend uint32_t handle_of(PyObject* object);
  std::vector<Ref> held_;
  HoldObjects* around_;
};

// Takes over a reference. The last copy may go in any thread: the runtime waits for the GIL then.
std::shared_ptr<const void> keeper_of(PyObject* object);

}  // namespace lancehead
