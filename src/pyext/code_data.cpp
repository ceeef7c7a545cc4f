// Copies code objects (code_data.h) through CPython's accessors, which undo specialisation and
// instrumentation.
#include "pyext/code_data.h"

#include "pyext/describe.h"
#include "pyext/ref.h"

namespace lancehead {
namespace {

std::string text_of(PyObject* text) {
  Py_ssize_t size = 0;
  const char* data = text ? PyUnicode_AsUTF8AndSize(text, &size) : nullptr;
  if (!data) PyErr_Clear();
  return data ? std::string(data, static_cast<size_t>(size)) : std::string();
}

std::string bytes_of(PyObject* bytes) {
  if (!bytes || !PyBytes_Check(bytes)) return {};
  return std::string(PyBytes_AS_STRING(bytes), static_cast<size_t>(PyBytes_GET_SIZE(bytes)));
}

std::vector<std::string> names_of(PyObject* names) {
  std::vector<std::string> out;
  if (!names) return out;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); ++i) out.push_back(text_of(PyTuple_GET_ITEM(names, i)));
  return out;
}

}  // namespace

std::shared_ptr<const CodeData> code_data(PyCodeObject* code) {
  auto data = std::make_shared<CodeData>();
  data->name = text_of(code->co_name);
  data->qualname = text_of(code->co_qualname);
  data->file_name = text_of(code->co_filename);
  data->first_line = code->co_firstlineno;
  data->python = PY_MAJOR_VERSION * 100 + PY_MINOR_VERSION;
  data->flags = static_cast<uint32_t>(code->co_flags);
  data->arg_count = static_cast<uint32_t>(code->co_argcount);
  data->posonly_count = static_cast<uint32_t>(code->co_posonlyargcount);
  data->kwonly_count = static_cast<uint32_t>(code->co_kwonlyargcount);
  data->stack_size = static_cast<uint32_t>(code->co_stacksize);
  data->names = names_of(code->co_names);
  data->var_names = names_of(Ref::steal(PyCode_GetVarnames(code)).get());
  data->cell_vars = names_of(Ref::steal(PyCode_GetCellvars(code)).get());
  data->free_vars = names_of(Ref::steal(PyCode_GetFreevars(code)).get());
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(code->co_consts); ++i)
    data->consts.push_back(describe(PyTuple_GET_ITEM(code->co_consts, i)));
  data->code = bytes_of(Ref::steal(PyCode_GetCode(code)).get());
  data->line_table = bytes_of(code->co_linetable);
  data->exception_table = bytes_of(code->co_exceptiontable);
  PyErr_Clear();
  return data;
}

}  // namespace lancehead
