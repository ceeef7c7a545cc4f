// The canonical name of a Python object: where the public finds it, whatever name the program has for it.
// Verified by identity, so that `from math import sqrt as s` and a patched module are both seen for what they
// are.
#pragma once

#include <Python.h>

#include <string>

namespace lancehead {

// "math.sqrt", "numpy.linalg.norm", "builtins.len", "lancehead.prange"; empty if no module has the object
// under its own name.
std::string canonical_name(PyObject* object);

// "module.qualname" as the object says it, unverified, for messages; without "builtins." for types.
std::string plain_name(PyObject* object);
std::string type_name(PyTypeObject* type);

// The str attribute `name` of an object, empty if it has none.
std::string str_attribute(PyObject* object, const char* name);

}  // namespace lancehead
