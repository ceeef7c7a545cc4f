// Gives the runtime what it needs of Python and of the type table (runtime/py/python_hooks.h), and the driver
// the addresses of Python objects.
#pragma once

namespace lancehead {

// Once, when the module is imported. False with a Python error if that fails.
bool install_hooks();

}  // namespace lancehead
