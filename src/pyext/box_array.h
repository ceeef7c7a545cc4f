// Arrays of compiled code as NumPy arrays.
#pragma once

#include <Python.h>

#include "runtime/context.h"
#include "types/type.h"

namespace lancehead {

// The array whose leaves these are; takes over the owner. An argument that comes back unchanged is the same
// object.
PyObject* box_array(const Type& type, const Slot* leaves);

// A record as NumPy's scalar, which shares the memory of the array that it is an element of; takes over the
// owner.
PyObject* box_record(TypeId type, const Slot* leaves);

// Readies the Python type of the objects that keep runtime blocks alive for arrays.
bool init_memory_owner_type();

}  // namespace lancehead
