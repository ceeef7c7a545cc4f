// Reads options (jit_options.h).
#include "pyext/jit_options.h"

#include "pyext/ref.h"

namespace lancehead {
namespace {

constexpr struct {
  const char* name;
  uint8_t bits;
} kFlags[] = {{"nnan", FastNnan},         {"ninf", FastNinf}, {"nsz", FastNsz},         {"arcp", FastArcp},
              {"contract", FastContract}, {"afn", FastAfn},   {"reassoc", FastReassoc}, {"fast", FastAll}};

// The truth of an option; `absent` where it is not there or None; -1 with a Python error.
int truth(PyObject* dict, const char* key, int absent) {
  PyObject* value = PyDict_GetItemString(dict, key);
  return value && value != Py_None ? PyObject_IsTrue(value) : absent;
}

bool is_text(PyObject* dict, const char* key, const char* text) {
  PyObject* value = PyDict_GetItemString(dict, key);
  return value && PyUnicode_Check(value) && PyUnicode_CompareWithASCIIString(value, text) == 0;
}

bool read_fastmath(PyObject* dict, uint8_t& out) {
  PyObject* value = PyDict_GetItemString(dict, "fastmath");
  if (!value || PyBool_Check(value) || value == Py_None) {
    out = value == Py_True ? FastAll : 0;
    return true;
  }
  Ref names = Ref::steal(PySequence_Tuple(value));
  for (Py_ssize_t i = 0; names && i < PyTuple_GET_SIZE(names.get()); ++i)
    for (const auto& flag : kFlags)
      if (PyUnicode_Check(PyTuple_GET_ITEM(names.get(), i)) &&
          PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names.get(), i), flag.name) == 0)
        out |= flag.bits;
  return static_cast<bool>(names);
}

}  // namespace

bool read_options(PyObject* dict, JitOptions& out) {
  CompileOptions& c = out.compile;
  c.dialect = is_text(dict, "dialect", "numba") ? Dialect::Numba : Dialect::Numpy;
  c.numpy_division = is_text(dict, "error_model", "numpy");
  int nogil = truth(dict, "nogil", 0), parallel = truth(dict, "parallel", 0),
      bounds = truth(dict, "boundscheck", 1), fallback = truth(dict, "fallback", 0),
      beside = truth(dict, "cache", 0), cached = truth(dict, "cache", 1);
  if (nogil < 0 || parallel < 0 || bounds < 0 || fallback < 0 || beside < 0) return false;
  c.nogil = nogil;
  c.parallel = parallel;
  c.check_bounds = bounds;
  c.cache = beside;
  c.allow_cache = cached;
  out.fallback = fallback;
  return read_fastmath(dict, c.fastmath);
}

}  // namespace lancehead
