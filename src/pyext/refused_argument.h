// The text of the error for an argument whose type compiled code does not have: which one, what it is, and
// what to pass instead where we know it.
#pragma once

#include <Python.h>

#include <string>

namespace lancehead {

// "the type of argument 1 ('x') is not supported in compiled code: list; pass a tuple or an array". Called
// with the GIL; leaves no Python error.
std::string refused_argument_text(size_t position, const char* name, PyObject* value);

}  // namespace lancehead
