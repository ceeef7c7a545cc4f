// Takes the snapshot of a function (frontend/snapshot.h).
#pragma once

#include <Python.h>

#include <memory>

#include "frontend/snapshot.h"

namespace lancehead {

// `function` is a Python function or a Dispatcher; the snapshot carries the handle of the object that was
// asked for. Null if it is something else. Of the globals it has every name of the code and its nested codes
// that is bound in the module or the builtins: an attribute's name may be among them, which does no harm.
std::shared_ptr<const Snapshot> snapshot_of(PyObject* function);

}  // namespace lancehead
