// Which specialisation runs a call: the exact one, compiled if need be; else, where compiling is disabled,
// the signature that the arguments convert to best (contract C7; numba-features.md section 6). Also what
// happens if a function cannot be typed: an error, or for plain lazy @jit a warning and the interpreter
// (contract C14).
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "driver/cache_writer.h"
#include "pyext/choose_overload.h"
#include "pyext/classes.h"
#include "pyext/compile.h"
#include "pyext/describe.h"
#include "pyext/dispatcher_state.h"
#include "pyext/qualified_name.h"
#include "pyext/raise_diagnostic.h"
#include "pyext/typeof.h"
#include "types/layout.h"

namespace lancehead {
namespace {

bool falls_back(const DispatcherState& state) {
  const char* setting = std::getenv("LANCEHEAD_FALLBACK");
  return state.options.fallback && !(setting && std::strcmp(setting, "error") == 0);
}

// Warns once that the interpreter runs the function; false if the warning became an exception.
bool warn_of_fallback(DispatcherObject* self, const std::string& cause) {
  if (self->state->warned) return true;
  self->state->warned = true;
  PyObject* category = exception_class("LanceheadFallbackWarning");
  if (!PyObject_IsSubclass(category, PyExc_Warning)) category = PyExc_RuntimeWarning;
  std::string name = str_attribute(self->py_func, "__qualname__");
  return PyErr_WarnFormat(category, 1, "%s cannot be compiled natively and runs in the interpreter: %s",
                          name.c_str(), cause.c_str()) == 0;
}

// For an argument without a type. Null, with a Python error unless the call may be interpreted.
Entry* refuse_argument(DispatcherObject* self, size_t parameter, PyObject* value) {
  DispatcherState& state = *self->state;
  const char* name = PyUnicode_AsUTF8(state.binder.name(parameter));
  std::string text = "the type of argument " + std::to_string(parameter + 1) + " ('" + (name ? name : "?") +
                     "') is not supported in compiled code: " + type_name(Py_TYPE(value));
  if (PyArray_Check(value)) {
    PyObject* dtype = reinterpret_cast<PyObject*>(PyArray_DESCR(reinterpret_cast<PyArrayObject*>(value)));
    Ref shown = Ref::steal(PyObject_Str(dtype));
    if (shown && PyUnicode_AsUTF8(shown.get()))
      text += std::string(" of dtype ") + PyUnicode_AsUTF8(shown.get());
    PyErr_Clear();
  }
  if (falls_back(state))
    warn_of_fallback(self, text);
  else
    PyErr_SetString(exception_class("TypingError"), text.c_str());
  return nullptr;
}

// ---- entries

Entry* add_entry(DispatcherState& state, std::unique_ptr<Entry> entry, const std::vector<TypeId>& types) {
  for (TypeId type : types) entry->leaves += static_cast<uint32_t>(leaf_count(type));
  const Overload* overload = entry->overload;
  entry->direct = overload && entry->leaves <= kInlineLeaves && overload->result_leaves <= kInlineLeaves &&
                  entry->must_be_omitted == 0;
  state.entries.insert(state.entries.begin(), std::move(entry));
  return state.entries.front().get();
}

// What typing consulted of the parameters becomes part of what the entry compares.
void restrict_entry(Entry& entry, const Overload& overload, const BoundCall& call) {
  const std::vector<uint8_t>& consulted = overload.code->consulted;
  const std::vector<ArgumentFacts>& facts = overload.request.facts;
  for (size_t i = 0; i < consulted.size() && i < facts.size(); ++i) {
    if (consulted[i] & ConsultedWeakness) take_only(entry.plans[i], facts[i].weak);
    if (!(consulted[i] & ConsultedValue) || i >= 64) continue;
    (facts[i].omitted ? entry.must_be_omitted : entry.must_be_given) |= uint64_t{1} << i;
    if (!facts[i].omitted) continue;
    entry.defaults.resize(entry.plans.size(), nullptr);
    entry.defaults[i] = Py_NewRef(call.values[i]);
  }
}

// The entry for exactly these types; `call` is null for an eager signature, which takes Python's and NumPy's
// scalars alike.
std::unique_ptr<Entry> exact_entry(const Overload* overload, const std::vector<TypeId>& types,
                                   const BoundCall* call) {
  auto entry = std::make_unique<Entry>();
  entry->overload = overload;
  for (size_t i = 0; i < types.size(); ++i) {
    entry->plans.push_back(plan_argument(types[i], types[i], false));
    if (call) set_known_object(entry->plans.back(), call->values[i]);
  }
  if (overload && call) restrict_entry(*entry, *overload, *call);
  return entry;
}

Overload* add_overload(DispatcherState& state, CompileRequest request, std::shared_ptr<const Code> code) {
  auto overload = std::make_unique<Overload>();
  overload->request = std::move(request);
  overload->result_kind = kind_of(code->result);
  overload->result_leaves = static_cast<uint32_t>(leaf_count(code->result));
  (code->from_cache ? overload->hits : overload->misses) = 1;
  overload->code = std::move(code);
  state.overloads.push_back(std::move(overload));
  return state.overloads.back().get();
}

// ---- lazy compilation

CompileRequest request_for(const DispatcherState& state, const std::vector<TypeId>& types) {
  CompileRequest request;
  request.function = state.handle;
  request.args = types;
  request.options = state.options.compile;
  return request;
}

bool is_typing_failure(const Diagnostic& diagnostic) {
  const char* cls = diagnostic.exception_class();
  return std::strcmp(cls, "TypingError") == 0 || std::strcmp(cls, "UnsupportedError") == 0;
}

// Whether another thread has made the overload while this one compiled it.
bool is_there(const DispatcherState& state, const CompileRequest& request) {
  for (const auto& overload : state.overloads)
    if (same_arguments(overload->request, request)) return true;
  return false;
}

// Whether a default of this type may be changed in place: its value is then no constant.
bool may_change(TypeId type) {
  if (is_tuple(type)) return std::ranges::any_of(type_of(type).items, may_change);
  return is_array(type);
}

Entry* compile_entry(DispatcherObject* self, const BoundCall& call, const std::vector<TypeId>& types) {
  DispatcherState& state = *self->state;
  CompileRequest request = request_for(state, types);
  for (size_t i = 0; i < types.size(); ++i) {
    ArgumentFacts facts;
    facts.weak = is_weak(call.values[i]);
    facts.omitted = i < 64 && (call.omitted >> i & 1) && !may_change(types[i]);
    if (facts.omitted) facts.value = describe(call.values[i]);
    request.facts.push_back(std::move(facts));
  }
  if (state.pending.await_another(request) && is_there(state, request)) return state.entries.front().get();
  CompileOutcome outcome;
  {
    PendingCompiles::Mark mark(state.pending, request);
    outcome = compile(request);
  }
  if (outcome.code) {
    if (is_there(state, request)) return state.entries.front().get();
    Overload* overload = add_overload(state, std::move(request), std::move(outcome.code));
    return add_entry(state, exact_entry(overload, types, &call), types);
  }
  if (!outcome.diagnostic) return nullptr;
  if (!falls_back(state) || !is_typing_failure(*outcome.diagnostic)) {
    raise_diagnostic(*outcome.diagnostic, self->py_func);
    return nullptr;
  }
  std::string place = diagnostic_location(*outcome.diagnostic, self->py_func);
  if (!warn_of_fallback(self, place + ": " + outcome.diagnostic->message())) return nullptr;
  return add_entry(state, exact_entry(nullptr, types, &call), types);
}

// ---- eager signatures

Entry* converting_entry(DispatcherState& state, const BoundCall& call, const std::vector<TypeId>& types) {
  const Overload* best = best_overload(state, call, types);
  if (!best) return nullptr;
  bool exact = state.options.compile.dialect == Dialect::Numpy;
  auto entry = std::make_unique<Entry>();
  entry->overload = best;
  for (size_t i = 0; i < types.size(); ++i) {
    ArgumentPlan plan = plan_argument(types[i], best->request.args[i], exact);
    // Which signature fits best may depend on whose number it is.
    if (exact) take_only(plan, is_weak(call.values[i]));
    set_known_object(plan, call.values[i]);
    entry->plans.push_back(std::move(plan));
  }
  return add_entry(state, std::move(entry), best->request.args);
}

}  // namespace

Entry* make_entry(DispatcherObject* self, const BoundCall& call) {
  DispatcherState& state = *self->state;
  std::vector<TypeId> types;
  std::string shown;  // of all types, for a message
  bool complete = true;
  for (size_t i = 0; i < state.binder.parameter_count(); ++i) {
    TypeId type = typeof_value(call.values[i]);
    if (!type.valid() && PyErr_Occurred()) return nullptr;
    if (!type.valid() && state.can_compile) return refuse_argument(self, i, call.values[i]);
    shown += (i ? ", " : "") + (type.valid() ? spell(type) : type_name(Py_TYPE(call.values[i])));
    complete = complete && type.valid();
    types.push_back(type);
  }
  if (!complete) {
    PyErr_Format(PyExc_TypeError, "No matching definition for argument type(s) %s", shown.c_str());
    return nullptr;
  }
  return state.can_compile ? compile_entry(self, call, types) : converting_entry(state, call, types);
}

const Overload* compile_signature(DispatcherObject* self, std::vector<TypeId> args, TypeId result) {
  DispatcherState& state = *self->state;
  size_t named = state.binder.parameter_count() - (state.binder.has_rest() ? 1 : 0);
  if (state.binder.has_rest() && args.size() >= named) {
    auto rest = args.begin() + static_cast<std::ptrdiff_t>(named);
    TypeId tuple = tuple_type({rest, args.end()});
    args.erase(rest, args.end());
    args.push_back(tuple);
  }
  if (args.size() != state.binder.parameter_count()) {
    PyErr_Format(PyExc_TypeError, "the signature has %zu argument types, %R has %zu parameters", args.size(),
                 self->py_func, state.binder.parameter_count());
    return nullptr;
  }
  for (const auto& overload : state.overloads)
    if (overload->request.args == args) return overload.get();
  CompileRequest request = request_for(state, args);
  request.result = result;
  CompileOutcome outcome = compile(request);
  if (!outcome.code) {
    if (outcome.diagnostic) raise_diagnostic(*outcome.diagnostic, self->py_func);
    return nullptr;
  }
  Overload* overload = add_overload(state, std::move(request), std::move(outcome.code));
  add_entry(state, exact_entry(overload, args, nullptr), args);
  release_cache_writes();
  return overload;
}

bool recompile(DispatcherObject* self) {
  DispatcherState& state = *self->state;
  std::vector<std::unique_ptr<Overload>> before;
  before.swap(state.overloads);
  for (auto& entry : state.entries) state.retired_entries.push_back(std::move(entry));
  state.entries.clear();
  bool done = true;
  for (auto& overload : before) {
    bool eager = overload->request.facts.empty();
    if (done && eager)
      done = compile_signature(self, overload->request.args, overload->request.result) != nullptr;
    state.retired_overloads.push_back(std::move(overload));
  }
  if (state.active == 0) {
    state.retired_entries.clear();
    state.retired_overloads.clear();
  }
  return done;
}

}  // namespace lancehead
