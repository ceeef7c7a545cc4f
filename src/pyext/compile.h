// Runs compilations: without the GIL but for the questions of inference, which are answered here (contracts
// C6, C15).
#pragma once

#include <Python.h>

#include <memory>
#include <optional>

#include "driver/compiler.h"

namespace lancehead {

struct CompileOutcome {
  std::shared_ptr<const Code> code;      // null if it failed
  std::optional<Diagnostic> diagnostic;  // why; none if a Python error is set
  double seconds = 0;                    // that it took
};

CompileOutcome compile(CompileRequest request);

// The text of a specialisation, compiled anew if it was not kept. Null with a Python error if that fails;
// `function` is where its diagnostics are.
PyObject* listing(CompileRequest request, Listing which, PyObject* function);

}  // namespace lancehead
