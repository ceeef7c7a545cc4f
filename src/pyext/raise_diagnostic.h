// Diagnostics as Python exceptions (contract C17).
#pragma once

#include <Python.h>

#include <string>

#include "base/diagnostic.h"

namespace lancehead {

// The text: the message, the place with the source line and a caret under the expression, then the notes
// likewise. `function` (a Python function or Dispatcher) is where places without a function of their own are.
std::string diagnostic_text(const Diagnostic& diagnostic, PyObject* function);

// "file:line" of the place.
std::string diagnostic_location(const Diagnostic& diagnostic, PyObject* function);

// Raises the diagnostic's class with that text; the attribute `diagnostic` is the row's id.
void raise_diagnostic(const Diagnostic& diagnostic, PyObject* function);

}  // namespace lancehead
