// The Dispatcher: what jit makes of a Python function (contract C13). A call finds the specialisation for its
// arguments' types, compiles it if there is none yet, and runs it.
#pragma once

#include <Python.h>

#include "driver/options.h"

namespace lancehead {

bool init_dispatcher_type();
PyTypeObject* dispatcher_type();
bool is_dispatcher(PyObject* object);
PyObject* dispatcher_function(PyObject* dispatcher);  // its py_func, borrowed
const CompileOptions& dispatcher_options(PyObject* dispatcher);

}  // namespace lancehead
