// Errors of compiled code as Python exceptions (contract C11).
#pragma once

#include <Python.h>

#include "runtime/context.h"

namespace lancehead {

// The exception that an error value is, with a traceback line per compiled frame, its cause and its context.
// Takes over the error.
PyObject* exception_of_error(OwnerWord error);

// Raises what a call that returned `status` left in its context.
void raise_from(Context& ctx, Status status);

}  // namespace lancehead
