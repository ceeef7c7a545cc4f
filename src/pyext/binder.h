// Binds the arguments of a call to a function's parameters, as CPython does: positional, keyword, defaults,
// *args. The plan is made once; defaults are read from the function at each call, because a program may
// replace them. What does not bind is told by CPython itself: the caller lets it try (dispatch.cpp).
#pragma once

#include <Python.h>

#include <cstdint>
#include <memory>
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

  BoundCall() = default;
  BoundCall(const BoundCall&) = delete;
  BoundCall& operator=(const BoundCall&) = delete;
  PyObject** make_storage(size_t count);  // of null pointers

 private:
  static constexpr size_t kInlineParameters = 12;
  PyObject* inline_[kInlineParameters];
  std::unique_ptr<PyObject*[]> heap_;
};

class Binder {
 public:
  explicit Binder(PyFunctionObject* function);

  size_t parameter_count() const { return names_.size(); }
  // Whether a call of that many positional arguments binds as it stands.
  bool is_direct(size_t count) const { return count == direct_count_; }
  // False if the arguments do not fit, without a Python error unless there is no memory. A keyword that
  // goes into a parameter **kwargs is passed over: such functions are never compiled.
  bool bind(PyObject* const* args, size_t count, PyObject* kwnames, BoundCall& out) const;
  // Whether there is a parameter *args, which is the last; the types after the others are then those of a
  // tuple.
  bool has_rest() const { return has_rest_; }
  PyObject* name(size_t parameter) const { return names_[parameter]; }
  // What Numba says of a call with so many arguments, keywords included; empty if the number is right.
  std::string wrong_count(size_t given) const;
  // Whether a program has replaced the function's code since.
  bool is_stale() const { return function_->func_code != code_.get(); }
  std::string source_file() const;

 private:
  bool bind_keyword(PyObject* name, PyObject* value, PyObject** storage) const;
  bool fill_defaults(PyObject** storage, BoundCall& out) const;

  PyFunctionObject* function_;    // borrowed from the dispatcher
  Ref code_;                      // keeps the names
  std::vector<PyObject*> names_;  // interned
  size_t positional_ = 0, positional_only_ = 0, keyword_only_ = 0;
  bool has_rest_ = false, takes_any_keyword_ = false;
  size_t direct_count_ = SIZE_MAX;  // where no parameter needs a plan
};

}  // namespace lancehead
