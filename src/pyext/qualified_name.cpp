// Finds canonical names (qualified_name.h).
#include "pyext/qualified_name.h"

#include <string_view>
#include <vector>

#include "pyext/ref.h"

namespace lancehead {
namespace {

// Public namespaces, in the order in which they are tried, of packages whose objects name private modules as
// theirs.
constexpr const char* kNumpyNamespaces[] = {"numpy",
                                            "numpy.linalg",
                                            "numpy.random",
                                            "numpy.fft",
                                            "numpy.lib.stride_tricks",
                                            "numpy.polynomial.polynomial",
                                            "numpy.strings"};
constexpr const char* kOwnNamespaces[] = {
    "lancehead",           "lancehead.types",        "lancehead.typed",
    "lancehead.extending", "lancehead.experimental", "lancehead.errors"};

bool is_attribute(PyObject* modules, const std::string& module, const std::string& name, PyObject* object) {
  PyObject* found = PyDict_GetItemString(modules, module.c_str());
  if (!found || !PyModule_Check(found)) return false;
  PyObject* dict = PyModule_GetDict(found);
  return PyDict_GetItemString(dict, name.c_str()) == object;
}

bool in_package(std::string_view module, std::string_view package) {
  return module.substr(0, package.size()) == package &&
         (module.size() == package.size() || module[package.size()] == '.');
}

std::vector<std::string> candidate_modules(PyObject* object, const std::string& module) {
  std::vector<std::string> out;
  bool nameless = module.empty();  // ufuncs before NumPy 2.2, bound methods of hidden instances
  if (nameless || in_package(module, "numpy"))
    out.insert(out.end(), std::begin(kNumpyNamespaces), std::end(kNumpyNamespaces));
  if (in_package(module, "lancehead") || in_package(module, "numba"))
    out.insert(out.end(), std::begin(kOwnNamespaces), std::end(kOwnNamespaces));
  if (module.size() > 1 && module[0] == '_') out.push_back(module.substr(1));  // _operator, _functools
  if (!nameless) out.push_back(module);
  PyObject* receiver = PyCFunction_Check(object) ? PyCFunction_GET_SELF(object) : nullptr;
  if (nameless && receiver)
    out.push_back(str_attribute(reinterpret_cast<PyObject*>(Py_TYPE(receiver)), "__module__"));
  return out;
}

}  // namespace

std::string str_attribute(PyObject* object, const char* name) {
  Ref value = Ref::steal(PyObject_GetAttrString(object, name));
  if (!value) {
    PyErr_Clear();
    return {};
  }
  if (!PyUnicode_Check(value.get())) return {};
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(value.get(), &size);
  if (!text) {
    PyErr_Clear();
    return {};
  }
  return std::string(text, static_cast<size_t>(size));
}

std::string canonical_name(PyObject* object) {
  std::string name = str_attribute(object, "__name__");
  if (name.empty()) return {};
  PyObject* modules = PyImport_GetModuleDict();
  for (const std::string& module : candidate_modules(object, str_attribute(object, "__module__")))
    if (is_attribute(modules, module, name, object)) return module + "." + name;
  return {};
}

std::string plain_name(PyObject* object) {
  std::string module = str_attribute(object, "__module__");
  std::string name = str_attribute(object, "__qualname__");
  if (name.empty()) name = str_attribute(object, "__name__");
  return module.empty() ? name : module + "." + name;
}

std::string type_name(PyTypeObject* type) {
  std::string name = plain_name(reinterpret_cast<PyObject*>(type));
  constexpr std::string_view kBuiltins = "builtins.";
  return name.compare(0, kBuiltins.size(), kBuiltins) == 0 ? name.substr(kBuiltins.size()) : name;
}

}  // namespace lancehead
