// Binds the arguments of a call to a function's parameters, as CPython does: positional, keyword, defaults,
// *args. The plan is made once; defaults are read from the function at each call, because a program may
// replace them.
#pragma once

#include <Python.h>

#include <cstdint>
#include <string>
#include <vector>

#include "pyext/ref.h"

namespace lancehead {

// One bound call. `values` are borrowed from the caller, the function's defaults or `rest`.
struct BoundCall {
  PyObject* const* values = nullptr;  // one per parameter: positional, keyword-only, then the tuple of *args
  uint64_t omitted = 0;               // bit i: parameter i has its default
  Ref rest;                           // *args
  Ref defaults, kwdefaults;           // keep what is borrowed from them
  std::vector<PyObject*> storage;
};

class Binder {
 public:
  explicit Binder(PyFunctionObject* function);

  size_t parameter_count() const { return names_.size(); }
  // Whether a call of that many positional arguments binds as it stands.
  bool is_direct(size_t count) const { return count == direct_count_; }
  // False with a TypeError if the arguments do not fit.
  bool bind(PyObject* const* args, size_t count, PyObject* kwnames, BoundCall& out) const;
  // Whether there is a parameter *args, which is the last; the types after the others are then those of a
  // tuple.
  bool has_rest() const { return has_rest_; }
  PyObject* name(size_t parameter) const { return names_[parameter]; }
  std::string source_file() const;

 private:
  bool bind_keyword(PyObject* name, PyObject* value, BoundCall& out) const;
  bool fill_defaults(size_t given, BoundCall& out) const;
  bool complain_of_count(size_t count, size_t required) const;

  PyFunctionObject* function_;    // borrowed from the dispatcher
  std::vector<PyObject*> names_;  // interned, borrowed from the code
  size_t positional_ = 0, positional_only_ = 0, keyword_only_ = 0;
  bool has_rest_ = false;
  size_t direct_count_ = SIZE_MAX;  // where no parameter needs a plan
};

}  // namespace lancehead
