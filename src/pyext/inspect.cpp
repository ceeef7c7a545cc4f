// Shows specialisations (inspect.h).
#include "pyext/inspect.h"

#include <structseq.h>

#include "driver/cache_place.h"
#include "driver/cache_writer.h"
#include "pyext/classes.h"
#include "pyext/compile.h"

namespace lancehead {
namespace {

PyStructSequence_Field stats_fields[] = {
    {"cache_path", "folder where cache entries go, None if there is none that can be written"},
    {"cache_hits", "dict: argument types -> how often they were found in the cache"},
    {"cache_misses", "dict: argument types -> how often they were compiled"},
    {"reason", "why the cache is not read or not written as asked for, None if it is"},
    {nullptr, nullptr}};
PyStructSequence_Desc stats_desc = {"lancehead.CacheStats", "How often a function was found in the cache.",
                                    stats_fields, 3};  // a sequence of three, as Numba's

PyStructSequence_Field result_fields[] = {{"args", "argument types"},
                                          {"return_type", "type of the result"},
                                          {"signature", "both"},
                                          {"entry_point", "calls this specialisation alone"},
                                          {"objectmode", "whether the interpreter runs it"},
                                          {"typing_error", "None"},
                                          {"lifted", "()"},
                                          {"from_cache", "whether it was found in the cache"},
                                          {"metadata", "what is known of its compilation"},
                                          {nullptr, nullptr}};
PyStructSequence_Desc result_desc = {"lancehead.CompileResult", "One specialisation.", result_fields, 9};

PyTypeObject* g_stats_type = nullptr;
PyTypeObject* g_result_type = nullptr;

// A structure of the given fields, which it takes over; null if one of them is.
PyObject* structure(PyTypeObject* type, std::initializer_list<PyObject*> fields) {
  Ref made = Ref::steal(PyStructSequence_New(type));
  bool complete = static_cast<bool>(made);
  Py_ssize_t i = 0;
  for (PyObject* field : fields) {
    complete = complete && field;
    if (made)
      PyStructSequence_SetItem(made.get(), i++, field ? field : Py_NewRef(Py_None));
    else
      Py_XDECREF(field);
  }
  return complete ? made.release() : nullptr;
}

// A dict with a value per overload by its argument types; `value_of` gives new references, or null to leave
// one out.
template <class ValueOf>
PyObject* by_types(const DispatcherState& state, ValueOf value_of) {
  Ref out = Ref::steal(PyDict_New());
  for (size_t i = 0; out && i < state.overloads.size(); ++i) {
    Ref key = Ref::steal(facades(state.overloads[i]->request.args));
    Ref value = key ? Ref::steal(value_of(*state.overloads[i])) : Ref();
    if (!value && PyErr_Occurred()) return nullptr;
    if (value && PyDict_SetItem(out.get(), key.get(), value.get()) < 0) return nullptr;
  }
  return out.release();
}

PyObject* text_or_none(const std::string& text) {
  return text.empty() ? Py_NewRef(Py_None) : PyUnicode_DecodeFSDefault(text.c_str());
}

PyObject* counts(const DispatcherState& state, int64_t Overload::*counter) {
  return by_types(
      state, [counter](const Overload& o) { return o.*counter ? PyLong_FromLongLong(o.*counter) : nullptr; });
}

template <class Make>
PyObject* listed(const DispatcherState& state, Make make) {
  Ref out = Ref::steal(PyList_New(0));
  for (size_t i = 0; out && i < state.overloads.size(); ++i) {
    Ref item = Ref::steal(make(*state.overloads[i]));
    if (!item) return nullptr;
    int known = PySequence_Contains(out.get(), item.get());
    if (known < 0 || (known == 0 && PyList_Append(out.get(), item.get()) < 0)) return nullptr;
  }
  return out.release();
}

template <class Make>
PyObject* one_or_all(DispatcherObject* self, PyObject* only, Make make) {
  if (only == Py_None) return by_types(*self->state, make);
  const Overload* overload = find_overload(self, only);
  return overload ? make(*overload) : nullptr;
}

// Numba's keys where there is something to say, and ours.
PyObject* metadata_of(DispatcherObject* self, const Overload& o) {
  return Py_BuildValue("{s:{s:d},s:{},s:s,s:O,s:O}", "timers", "compiler_lock", o.seconds, "pipeline_times",
                       "symbol", o.code->symbol.c_str(), "from_cache",
                       o.code->from_cache ? Py_True : Py_False, "options", self->options);
}

}  // namespace

bool init_inspection_types() {
  g_stats_type = PyStructSequence_NewType(&stats_desc);
  g_result_type = PyStructSequence_NewType(&result_desc);
  return g_stats_type && g_result_type;
}

PyObject* shown_signatures(const DispatcherState& state) {
  return listed(state, [](const Overload& o) { return facades(o.request.args); });
}

PyObject* shown_nopython_signatures(const DispatcherState& state) {
  return listed(state, [](const Overload& o) { return signature_object(o.request.args, o.code->result); });
}

PyObject* shown_stats(const DispatcherState& state) {
  const CompileOptions& options = state.options.compile;
  CachePlace place;
  place.why = "the option cache=False";
  if (options.allow_cache) place = cache_place(state.binder.source_file(), options.cache);
  std::string why = place.why;
  auto add = [&why](const std::string& more) {
    if (!more.empty()) why += (why.empty() ? "" : "; ") + more;
  };
  add(last_write_failure(place.write));
  for (const auto& overload : state.overloads) add(overload->code->cache_note);
  return structure(g_stats_type, {text_or_none(place.write), counts(state, &Overload::hits),
                                  counts(state, &Overload::misses), text_or_none(why)});
}

PyObject* shown_overload(DispatcherObject* self, const Overload& o) {
  return structure(g_result_type, {facades(o.request.args), facade(o.code->result),
                                   signature_object(o.request.args, o.code->result), dispatcher_of(self, o),
                                   Py_NewRef(Py_False), Py_NewRef(Py_None), PyTuple_New(0),
                                   PyBool_FromLong(o.code->from_cache), metadata_of(self, o)});
}

PyObject* shown_overloads(DispatcherObject* self) {
  return by_types(*self->state, [self](const Overload& o) { return shown_overload(self, o); });
}

PyObject* shown_listings(DispatcherObject* self, Listing which, PyObject* only) {
  return one_or_all(self, only, [=](const Overload& o) { return listing(o.request, which, self->py_func); });
}

PyObject* shown_metadata(DispatcherObject* self, PyObject* only) {
  return one_or_all(self, only, [self](const Overload& o) { return metadata_of(self, o); });
}

}  // namespace lancehead
