// Takes snapshots (snapshot.h).
#include "pyext/snapshot.h"

#include <unordered_set>

#include "base/timing.h"
#include "pyext/code_data.h"
#include "pyext/describe.h"
#include "pyext/dispatcher.h"
#include "pyext/handles.h"
#include "pyext/qualified_name.h"
#include "pyext/ref.h"

namespace lancehead {
namespace {

std::string text_of(PyObject* text) {
  const char* data = PyUnicode_AsUTF8(text);
  if (!data) PyErr_Clear();
  return data ? data : "";
}

class GlobalsReader {
 public:
  GlobalsReader(PyFunctionObject* function, Snapshot& out)
      : globals_(function->func_globals), builtins_(function->func_builtins), out_(out) {}

  void read(PyCodeObject* code) {
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_names); ++i)
      bind(PyTuple_GET_ITEM(code->co_names, i));
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_consts); ++i) {
      PyObject* constant = PyTuple_GET_ITEM(code->co_consts, i);
      if (PyCode_Check(constant)) read(reinterpret_cast<PyCodeObject*>(constant));
    }
  }

 private:
  void bind(PyObject* name) {
    if (!seen_.insert(name).second) return;  // names are interned
    PyObject* value = PyDict_GetItemWithError(globals_, name);
    if (!value && !PyErr_Occurred()) value = PyDict_GetItemWithError(builtins_, name);
    PyErr_Clear();
    if (value) out_.globals.emplace_back(text_of(name), describe(value));
  }

  PyObject* globals_;
  PyObject* builtins_;
  Snapshot& out_;
  std::unordered_set<PyObject*> seen_;
};

PyValue unbound(std::string name) {
  PyObjectData data;
  data.object_class = PyObjectClass::Unbound;
  data.name = std::move(name);
  return PyValue::of_object(std::move(data));
}

void read_closure(PyFunctionObject* function, Snapshot& out) {
  const std::vector<std::string>& names = out.code->free_vars;
  for (size_t i = 0; i < names.size(); ++i) {
    PyObject* cell = PyTuple_GET_ITEM(function->func_closure, static_cast<Py_ssize_t>(i));
    Ref value = Ref::steal(PyCell_Get(cell));
    out.closure.emplace_back(names[i], value ? describe(value.get()) : unbound(names[i]));
  }
}

void read_defaults(PyFunctionObject* function, Snapshot& out) {
  if (PyObject* defaults = function->func_defaults)
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(defaults); ++i)
      out.defaults.push_back(describe(PyTuple_GET_ITEM(defaults, i)));
  if (PyObject* defaults = function->func_kwdefaults) {
    PyObject *key, *value;
    Py_ssize_t position = 0;
    while (PyDict_Next(defaults, &position, &key, &value))
      out.kwdefaults.emplace_back(text_of(key), describe(value));
  }
}

}  // namespace

std::shared_ptr<const Snapshot> snapshot_of(PyObject* object) {
  PhaseTimer timer(Phase::Snapshot);
  PyObject* target = is_dispatcher(object) ? dispatcher_function(object) : object;
  if (!PyFunction_Check(target)) return nullptr;
  auto* function = reinterpret_cast<PyFunctionObject*>(target);
  auto* code = reinterpret_cast<PyCodeObject*>(function->func_code);
  auto out = std::make_shared<Snapshot>();
  out->module = str_attribute(target, "__module__");
  out->qualname = str_attribute(target, "__qualname__");
  out->handle = handle_of(object);
  out->code = code_data(code);
  GlobalsReader(function, *out).read(code);
  if (function->func_closure) read_closure(function, *out);
  read_defaults(function, *out);
  if (is_dispatcher(object)) out->semantics = semantics_of(dispatcher_options(object));
  return out;
}

}  // namespace lancehead
