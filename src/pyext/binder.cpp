// Binding of arguments (binder.h).
#include "pyext/binder.h"

#include <algorithm>

namespace lancehead {

PyObject** BoundCall::make_storage(size_t count) {
  if (count > kInlineParameters) heap_.reset(new PyObject*[count]);
  PyObject** storage = heap_ ? heap_.get() : inline_;
  std::fill_n(storage, count, nullptr);
  values = storage;
  return storage;
}

Binder::Binder(PyFunctionObject* function) : function_(function), code_(Ref::borrow(function->func_code)) {
  auto* code = reinterpret_cast<PyCodeObject*>(function->func_code);
  positional_ = static_cast<size_t>(code->co_argcount);
  positional_only_ = static_cast<size_t>(code->co_posonlyargcount);
  keyword_only_ = static_cast<size_t>(code->co_kwonlyargcount);
  has_rest_ = (code->co_flags & CO_VARARGS) != 0;
  takes_any_keyword_ = (code->co_flags & CO_VARKEYWORDS) != 0;
  size_t count = positional_ + keyword_only_ + (has_rest_ ? 1 : 0);
  Ref names = Ref::steal(PyCode_GetVarnames(code));
  for (size_t i = 0; i < count; ++i)
    names_.push_back(PyTuple_GET_ITEM(names.get(), static_cast<Py_ssize_t>(i)));
  if (keyword_only_ == 0 && !has_rest_) direct_count_ = positional_;
}

std::string Binder::source_file() const {
  const char* name = PyUnicode_AsUTF8(reinterpret_cast<PyCodeObject*>(code_.get())->co_filename);
  if (!name) PyErr_Clear();
  return name ? name : "";
}

std::string Binder::wrong_count(size_t given) const {
  PyObject* defaults = function_->func_defaults;
  size_t optional = defaults ? static_cast<size_t>(PyTuple_GET_SIZE(defaults)) : 0;
  size_t required = positional_ - std::min(positional_, optional);
  std::string got = ", got " + std::to_string(given);
  if (given < required) return "not enough arguments: expected " + std::to_string(required) + got;
  bool open = has_rest_ || takes_any_keyword_;
  if (given > positional_ + keyword_only_ && !open)
    return "too many arguments: expected " + std::to_string(positional_ + keyword_only_) + got;
  return {};
}

bool Binder::bind_keyword(PyObject* name, PyObject* value, PyObject** storage) const {
  size_t named = positional_ + keyword_only_;
  size_t found = named;
  for (size_t i = positional_only_; i < named && found == named; ++i)
    if (names_[i] == name) found = i;
  for (size_t i = positional_only_; i < named && found == named; ++i)
    if (PyUnicode_Compare(names_[i], name) == 0) found = i;
  if (found == named) return takes_any_keyword_;
  if (storage[found]) return false;
  storage[found] = value;
  return true;
}

bool Binder::fill_defaults(PyObject** storage, BoundCall& out) const {
  out.defaults = Ref::borrow(function_->func_defaults);
  out.kwdefaults = Ref::borrow(function_->func_kwdefaults);
  size_t count = out.defaults ? static_cast<size_t>(PyTuple_GET_SIZE(out.defaults.get())) : 0;
  for (size_t i = 0; i < positional_ + keyword_only_; ++i) {
    if (storage[i]) continue;
    PyObject* value = nullptr;
    if (i >= positional_)
      value = out.kwdefaults ? PyDict_GetItemWithError(out.kwdefaults.get(), names_[i]) : nullptr;
    else if (i + count >= positional_)
      value = PyTuple_GET_ITEM(out.defaults.get(), static_cast<Py_ssize_t>(i + count - positional_));
    if (!value) return false;
    storage[i] = value;
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
  if (count > positional_ && !has_rest_) return false;
  PyObject** storage = out.make_storage(names_.size());
  size_t direct = std::min(count, positional_);
  std::copy_n(args, direct, storage);
  if (has_rest_) {
    out.rest = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(count - direct)));
    if (!out.rest) return false;
    for (size_t i = direct; i < count; ++i)
      PyTuple_SET_ITEM(out.rest.get(), static_cast<Py_ssize_t>(i - direct), Py_NewRef(args[i]));
    storage[names_.size() - 1] = out.rest.get();
  }
  for (size_t i = 0; i < keywords; ++i)
    if (!bind_keyword(PyTuple_GET_ITEM(kwnames, static_cast<Py_ssize_t>(i)), args[count + i], storage))
      return false;
  return fill_defaults(storage, out);
}

}  // namespace lancehead
