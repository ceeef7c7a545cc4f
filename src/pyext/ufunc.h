// NumPy ufuncs of compiled scalar functions.
#pragma once

#include <Python.h>

namespace lancehead {

// A numpy.ufunc with a loop per signature, tried by NumPy in that order. `signatures` is a sequence of core
// signatures (argument ids, result id or None), all of scalars; the results are a scalar or a tuple of
// scalars. `identity` is None, 0, 1 or "reorderable". Null with a Python error.
PyObject* make_ufunc(PyObject* function, PyObject* name, PyObject* signatures, PyObject* options,
                     PyObject* identity);

bool is_made_ufunc(PyObject* object);
PyObject* made_ufunc_function(PyObject* ufunc);  // the Python function, borrowed

}  // namespace lancehead
