// Shows diagnostics (raise_diagnostic.h). The source lines come from linecache, which knows notebook cells
// too.
#include "pyext/raise_diagnostic.h"

#include <algorithm>

#include "pyext/classes.h"
#include "pyext/dispatcher.h"
#include "pyext/fetch_exception.h"
#include "pyext/handles.h"
#include "pyext/ref.h"

namespace lancehead {
namespace {

struct Source {
  std::string file;
  int first_line = 0;
  PyObject* globals = nullptr;  // borrowed
};

Source source_of(const SourcePlace& place, PyObject* function) {
  PyObject* object = place.function != 0 ? object_of(place.function) : nullptr;
  if (!object) object = function;
  if (is_dispatcher(object)) object = dispatcher_function(object);
  if (!PyFunction_Check(object)) return {};
  auto* code = reinterpret_cast<PyCodeObject*>(PyFunction_GET_CODE(object));
  const char* file = PyUnicode_AsUTF8(code->co_filename);
  if (!file) PyErr_Clear();
  return {file ? file : "", code->co_firstlineno, PyFunction_GET_GLOBALS(object)};
}

std::string source_line(const Source& source, int line) {
  Ref linecache = Ref::steal(PyImport_ImportModule("linecache"));
  Ref text = linecache
                 ? Ref::steal(PyObject_CallMethod(linecache.get(), "getline", "siO", source.file.c_str(),
                                                  line, source.globals ? source.globals : Py_None))
                 : Ref();
  const char* utf8 = text && PyUnicode_Check(text.get()) ? PyUnicode_AsUTF8(text.get()) : nullptr;
  PyErr_Clear();
  std::string out = utf8 ? utf8 : "";
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return out;
}

size_t characters(std::string_view utf8) {
  return static_cast<size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string caret_line(const std::string& line, size_t indent, const SourceRange& range) {
  size_t from = static_cast<size_t>(std::max(range.column, 0));
  if (range.column < 0 || from < indent || from > line.size()) return {};
  bool one_line = range.end_line == range.line && range.end_column > range.column;
  size_t to = one_line ? std::min(static_cast<size_t>(range.end_column), line.size()) : line.size();
  size_t width = std::max<size_t>(1, characters(std::string_view(line).substr(from, to - from)));
  return std::string(characters(std::string_view(line).substr(indent, from - indent)), ' ') +
         std::string(width, '^');
}

std::string place_text(const SourcePlace& place, PyObject* function) {
  Source source = source_of(place, function);
  if (source.file.empty()) return {};
  int number = source.first_line + std::max(place.range.line, 0);
  std::string out = "\n" + source.file + ":" + std::to_string(number) + ":";
  std::string line = source_line(source, number);
  size_t indent = line.find_first_not_of(" \t\f");
  if (indent == std::string::npos) return out;
  out += "\n    " + line.substr(indent);
  std::string caret = place.range.known() ? caret_line(line, indent, place.range) : "";
  return caret.empty() ? out : out + "\n    " + caret;
}

}  // namespace

std::string diagnostic_text(const Diagnostic& diagnostic, PyObject* function) {
  std::string out = diagnostic.message() + place_text(diagnostic.place, function);
  for (const DiagNote& note : diagnostic.notes)
    out += "\n" + note.text + (note.place.range.known() ? place_text(note.place, function) : "");
  return out;
}

std::string diagnostic_location(const Diagnostic& diagnostic, PyObject* function) {
  Source source = source_of(diagnostic.place, function);
  return source.file + ":" + std::to_string(source.first_line + std::max(diagnostic.place.range.line, 0));
}

void raise_diagnostic(const Diagnostic& diagnostic, PyObject* function) {
  std::string text = diagnostic_text(diagnostic, function);
  Ref message =
      Ref::steal(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
  PyObject* cls = exception_class(diagnostic.exception_class());
  Ref made = message ? Ref::steal(PyObject_CallOneArg(cls, message.get())) : Ref();
  if (!made) return;
  Ref id = Ref::steal(PyUnicode_FromString(diagnostic.id_name()));
  if (!id || PyObject_SetAttrString(made.get(), "diagnostic", id.get()) < 0) PyErr_Clear();
  PyErr_SetObject(cls, made.get());
}

}  // namespace lancehead
