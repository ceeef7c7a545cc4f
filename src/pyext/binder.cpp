// Binding of arguments (binder.h).
#include "pyext/binder.h"

namespace lancehead {

Binder::Binder(PyFunctionObject* function) : function_(function) {
  auto* code = reinterpret_cast<PyCodeObject*>(function->func_code);
  positional_ = static_cast<size_t>(code->co_argcount);
  positional_only_ = static_cast<size_t>(code->co_posonlyargcount);
  keyword_only_ = static_cast<size_t>(code->co_kwonlyargcount);
  has_rest_ = (code->co_flags & CO_VARARGS) != 0;
  size_t count = positional_ + keyword_only_ + (has_rest_ ? 1 : 0);
  Ref names = Ref::steal(PyCode_GetVarnames(code));
  for (size_t i = 0; i < count; ++i)
    names_.push_back(PyTuple_GET_ITEM(names.get(), static_cast<Py_ssize_t>(i)));
  if (keyword_only_ == 0 && !has_rest_) direct_count_ = positional_;
}

std::string Binder::source_file() const {
  const char* name = PyUnicode_AsUTF8(reinterpret_cast<PyCodeObject*>(function_->func_code)->co_filename);
  if (!name) PyErr_Clear();
  return name ? name : "";
}

bool Binder::complain_of_count(size_t count, size_t required) const {
  if (count > positional_)
    PyErr_Format(PyExc_TypeError, "too many arguments: expected %zu, got %zu", positional_, count);
  else
    PyErr_Format(PyExc_TypeError, "not enough arguments: expected %zu, got %zu", required, count);
  return false;
}

bool Binder::bind_keyword(PyObject* name, PyObject* value, BoundCall& out) const {
  size_t named = positional_ + keyword_only_;
  size_t found = named;
  for (size_t i = positional_only_; i < named && found == named; ++i)
    if (names_[i] == name) found = i;
  for (size_t i = positional_only_; i < named && found == named; ++i)
    if (PyUnicode_Compare(names_[i], name) == 0) found = i;
  if (found == named) {
    PyErr_Format(PyExc_TypeError, "%U() got an unexpected keyword argument '%U'", function_->func_qualname,
                 name);
    return false;
  }
  if (out.storage[found]) {
    PyErr_Format(PyExc_TypeError, "%U() got multiple values for argument '%U'", function_->func_qualname,
                 name);
    return false;
  }
  out.storage[found] = value;
  return true;
}

bool Binder::fill_defaults(size_t given, BoundCall& out) const {
  out.defaults = Ref::borrow(function_->func_defaults);
  out.kwdefaults = Ref::borrow(function_->func_kwdefaults);
  size_t count = out.defaults ? static_cast<size_t>(PyTuple_GET_SIZE(out.defaults.get())) : 0;
  size_t required = positional_ - count;
  for (size_t i = 0; i < positional_ + keyword_only_; ++i) {
    if (out.storage[i]) continue;
    PyObject* value = nullptr;
    if (i < positional_) {
      if (i >= required) value = PyTuple_GET_ITEM(out.defaults.get(), static_cast<Py_ssize_t>(i - required));
    } else if (out.kwdefaults) {
      value = PyDict_GetItemWithError(out.kwdefaults.get(), names_[i]);
    }
    if (!value) {
      if (i < positional_ && given < required) return complain_of_count(given, required);
      PyErr_Format(PyExc_TypeError, "missing argument '%U'", names_[i]);
      return false;
    }
    out.storage[i] = value;
    if (i < 64) out.omitted |= uint64_t{1} << i;
  }
  return true;
}

bool Binder::bind(PyObject* const* args, size_t count, PyObject* kwnames, BoundCall& out) const {
  size_t keywords = kwnames ? static_cast<size_t>(PyTuple_GET_SIZE(kwnames)) : 0;
  if (keywords == 0 && is_direct(count)) {
    out.values = args;
    return true;
  }
  if (count > positional_ && !has_rest_) return complain_of_count(count + keywords, positional_);
  out.storage.assign(names_.size(), nullptr);
  size_t direct = count < positional_ ? count : positional_;
  for (size_t i = 0; i < direct; ++i) out.storage[i] = args[i];
  if (has_rest_) {
    out.rest = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(count - direct)));
    if (!out.rest) return false;
    for (size_t i = direct; i < count; ++i)
      PyTuple_SET_ITEM(out.rest.get(), static_cast<Py_ssize_t>(i - direct), Py_NewRef(args[i]));
    out.storage.back() = out.rest.get();
  }
  for (size_t i = 0; i < keywords; ++i)
    if (!bind_keyword(PyTuple_GET_ITEM(kwnames, static_cast<Py_ssize_t>(i)), args[count + i], out))
      return false;
  if (!fill_defaults(count + keywords, out)) return false;
  out.values = out.storage.data();
  return true;
}

}  // namespace lancehead
