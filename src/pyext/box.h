// Values as leaves to Python objects and back to nothing (contracts C7, C10, C19). With the GIL.
#pragma once

#include <Python.h>

#include "runtime/context.h"
#include "types/type.h"

namespace lancehead {

// Makes the Python object of a value and takes over what the leaves own, also if it fails. Scalars are
// Python's; an array or str whose owner is a Python object with the same contents is that object. Null with a
// Python error if that fails.
PyObject* box(TypeId type, const Slot* leaves);

// Gives up, or takes, what the leaves own; both may be called without the GIL.
void release_leaves(TypeId type, const Slot* leaves);
void retain_leaves(TypeId type, const Slot* leaves);

// Reads a Python object as a value of `type`, whose owners are new references. False with a Python error if
// it is of another type.
bool unbox(TypeId type, PyObject* object, Slot* leaves);

}  // namespace lancehead
