// Numbers for Python objects: what snapshots, questions and types carry instead of pointers (contract C6).
// The same object always has the same number, numbers are never used again, 0 is no object. An object is kept
// alive by its number; a Dispatcher is not, so that jitted functions can be collected. All under the GIL.
#pragma once

#include <Python.h>

#include <cstdint>

namespace lancehead {

uint32_t handle_of(PyObject* object);
// The object, borrowed; null if `handle` is 0 or its Dispatcher has gone.
PyObject* object_of(uint32_t handle);

// Gives `object` a number that does not keep it alive; the object's deallocator calls forget_handle.
uint32_t make_weak_handle(PyObject* object);
void forget_handle(uint32_t handle);

}  // namespace lancehead
