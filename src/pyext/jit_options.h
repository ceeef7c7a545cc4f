// The options of jit as the compiler takes them, from the dictionary that the Python package makes.
#pragma once

#include <Python.h>

#include "driver/options.h"

namespace lancehead {

struct JitOptions {
  CompileOptions compile;
  bool fallback = false;  // Python objects are allowed if typing fails (contract C14)
};

// False with a Python error for values of the wrong kind; keys that it does not know are ignored.
// cache: None the user's store, True beside the source, False none.
bool read_options(PyObject* dict, JitOptions& out);

}  // namespace lancehead
