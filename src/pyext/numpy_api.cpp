// Holds NumPy's tables of functions (numpy_api.h).
#define LANCEHEAD_IMPORTS_NUMPY
#include "pyext/numpy_api.h"

namespace lancehead {

bool import_numpy() {
  return PyArray_ImportNumPyAPI() >= 0 && PyUFunc_ImportUFuncAPI() >= 0;
}

}  // namespace lancehead
