// NumPy's C API: the one place that includes its headers, so that every file shares one table of functions.
#pragma once

#include <Python.h>

#define PY_ARRAY_UNIQUE_SYMBOL lancehead_array_api
#define PY_UFUNC_UNIQUE_SYMBOL lancehead_ufunc_api
#ifndef LANCEHEAD_IMPORTS_NUMPY
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#endif
#ifndef NPY_NO_DEPRECATED_API
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#endif
#include <numpy/arrayobject.h>
#include <numpy/arrayscalars.h>
#include <numpy/ufuncobject.h>

namespace lancehead {

// Imports NumPy's tables; false with a Python error set if that fails.
bool import_numpy();

}  // namespace lancehead
