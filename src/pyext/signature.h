// Signatures as programs spell them, read into types.
#pragma once

#include <Python.h>

#include <vector>

#include "types/type.h"

namespace lancehead {

// A core signature, (tuple of argument ids, result id or None), as it is; any other spelling goes through
// lancehead.signatures. `result` stays invalid where it is left open. False with a Python error.
bool read_signature(PyObject* given, std::vector<TypeId>& args, TypeId& result);

}  // namespace lancehead
