// A CPython code object as plain data.
#pragma once

#include <Python.h>

#include <memory>

#include "frontend/snapshot.h"

namespace lancehead {

std::shared_ptr<const CodeData> code_data(PyCodeObject* code);

}  // namespace lancehead
