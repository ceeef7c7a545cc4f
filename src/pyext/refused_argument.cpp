// Why an argument is refused (refused_argument.h).
#include "pyext/refused_argument.h"

#include <string_view>

#include "pyext/numpy_api.h"
#include "pyext/qualified_name.h"
#include "pyext/ref.h"
#include "pyext/typeof.h"

namespace lancehead {
namespace {

struct Advice {
  std::string_view type;
  const char* text;
};

constexpr Advice kAdvice[] = {
#define ADVICE(type, text) {type, text},
#include "pyext/argument_advice.def"
};

const char* advice_on_class(std::string_view type) {
  for (const Advice& row : kAdvice)
    if (row.type == type) return row.text;
  return "";
}

// Of a list: whether it is empty, or which item is of another type than those before it.
std::string list_text(PyObject* value, const std::string& name) {
  if (PyList_GET_SIZE(value) == 0)
    return "an empty list, whose item type nothing says; pass an array, or say the type, as in "
           "@njit((types.List(types.int64), "
           "...))";
  TypeId first;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i) {
    TypeId type = typeof_value(PyList_GET_ITEM(value, i));
    PyErr_Clear();
    if (i == 0) first = type;
    if (!type.valid() || !first.valid() || type == first) {
      first = first.valid() ? first : type;
      continue;
    }
    return "a list of " + spell(first) + " whose item " + std::to_string(i) + " is " + spell(type) +
           "; pass items of one type, as in [float(x) for x in " + name + "], or a tuple";
  }
  return "a list of " + (first.valid() ? spell(first) : "lists without items") + "; pass a tuple or an array";
}

// Of subclasses of what would be taken: how to make the plain value of them.
const char* advice_on_subclass(PyObject* value) {
  if (PyTuple_Check(value)) return "; pass tuple({0})";
  if (PyList_Check(value)) return "; pass list({0})";
  if (PyUnicode_Check(value)) return "; pass str({0})";
  if (PyFloat_Check(value)) return "; pass float({0})";
  if (PyLong_Check(value)) return "; pass int({0})";
  if (PyObject_HasAttrString(value, "_member_map_") || PyObject_HasAttrString(value, "_value_"))
    return "; pass {0}.value";
  return "";
}

const char* advice_on_dtype(PyArray_Descr* dtype) {
  if (!PyArray_ISNBO(dtype->byteorder) &&
      (PyTypeNum_ISNUMBER(dtype->type_num) || PyTypeNum_ISDATETIME(dtype->type_num)))
    return "; pass {0}.astype({0}.dtype.newbyteorder('='))";
  switch (dtype->type_num) {
    case NPY_OBJECT: return "; pass {0}.astype(np.float64), or another type of number";
    case NPY_LONGDOUBLE: return "; pass {0}.astype(np.float64)";
    case NPY_CLONGDOUBLE: return "; pass {0}.astype(np.complex128)";
    case NPY_VOID: return PyDataType_HASFIELDS(dtype) ? "; pass its fields, as in {0}['name']" : "";
    default: return "";
  }
}

// The advice about the argument of this name, or about the item of it that it names.
std::string filled_in(std::string advice, const std::string& name) {
  constexpr std::string_view kHole = "{0}";
  for (size_t at; (at = advice.find(kHole)) != std::string::npos;) advice.replace(at, kHole.size(), name);
  return advice;
}

std::string array_text(PyObject* value, const std::string& cls, const std::string& name) {
  PyArray_Descr* dtype = PyArray_DESCR(reinterpret_cast<PyArrayObject*>(value));
  Ref shown = Ref::steal(PyObject_Str(reinterpret_cast<PyObject*>(dtype)));
  const char* text = shown ? PyUnicode_AsUTF8(shown.get()) : nullptr;
  std::string advice = advice_on_class(cls);
  if (advice.empty()) advice = advice_on_dtype(dtype);
  return cls + (text ? std::string(" of dtype ") + text : "") + filled_in(std::move(advice), name);
}

// "a tuple whose item 1 is a set": tuples and lists are refused for what they hold.
std::string described(PyObject* value, const std::string& name, int depth) {
  constexpr int kDepth = 4;
  std::string cls = type_name(Py_TYPE(value));
  if (PyArray_Check(value)) return array_text(value, cls, name);
  if (PyTuple_CheckExact(value) && depth < kDepth)
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); ++i) {
      PyObject* item = PyTuple_GET_ITEM(value, i);
      bool known = typeof_value(item).valid();
      PyErr_Clear();
      if (known) continue;
      std::string index = std::to_string(i);
      return "a tuple whose item " + index + " is " + described(item, name + "[" + index + "]", depth + 1);
    }
  if (PyList_CheckExact(value)) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value) && depth < kDepth; ++i) {
      PyObject* item = PyList_GET_ITEM(value, i);
      bool known = PyList_Check(item) || typeof_value(item).valid();
      PyErr_Clear();
      if (known) continue;
      std::string index = std::to_string(i);
      return "a list whose item " + index + " is " + described(item, name + "[" + index + "]", depth + 1);
    }
    return list_text(value, name);
  }
  std::string advice = advice_on_class(cls);
  if (advice.empty()) advice = advice_on_subclass(value);
  return cls + filled_in(std::move(advice), name);
}

}  // namespace

std::string refused_argument_text(size_t position, const char* name, PyObject* value) {
  std::string text = "the type of argument " + std::to_string(position) + " ('" + name +
                     "') is not supported in compiled code: " + described(value, name, 0);
  PyErr_Clear();
  return text;
}

}  // namespace lancehead
