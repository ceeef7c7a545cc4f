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
#include "pyext/refused_argument.h"
#include "pyext/signature.h"
#include "pyext/typeof.h"
#include "types/layout.h"

namespace lancehead {

bool Overload::takes(const std::vector<ArgumentFacts>& given) const {
  const std::vector<ArgumentFacts>& own = request.facts;
  for (size_t i = 0; i < own.size() && i < code->consulted.size(); ++i) {
    uint8_t consulted = code->consulted[i];
    if ((consulted & ConsultedWeakness) && own[i].weak != given[i].weak) return false;
    bool same = own[i].omitted == given[i].omitted && own[i].value == given[i].value;
    if ((consulted & ConsultedValue) && !same) return false;
  }
  return true;
}

bool Overload::is_general() const {
  return request.facts.empty() ||
         std::ranges::all_of(code->consulted, [](uint8_t bits) { return bits == 0; });
}

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
  std::string text = refused_argument_text(parameter + 1, name ? name : "?", value);
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
  entry->has_lists = std::ranges::any_of(entry->plans, reads_lists);
  entry->direct = overload && !entry->has_lists && entry->leaves <= kInlineLeaves &&
                  overload->result_leaves <= kInlineLeaves && entry->must_be_omitted == 0;
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
    if (call)
      set_known_object(entry->plans.back(), call->values[i]);
    else
      take_empty_lists(entry->plans.back());
  }
  if (overload && call) restrict_entry(*entry, *overload, *call);
  return entry;
}

std::vector<Kind> plain_items(TypeId result) {
  std::vector<Kind> out;
  if (!is_tuple(result)) return out;
  for (TypeId item : type_of(result).items) {
    if (item != ty::Int64 && item != ty::Float64 && item != ty::Bool) return {};
    out.push_back(kind_of(item));
  }
  return out;
}

std::unique_ptr<Overload> make_overload(CompileRequest request, const CompileOutcome& outcome) {
  auto overload = std::make_unique<Overload>();
  const Code& code = *outcome.code;
  overload->request = std::move(request);
  overload->result_kind = kind_of(code.result);
  overload->result_leaves = static_cast<uint32_t>(leaf_count(code.result));
  overload->result_items = plain_items(code.result);
  (code.from_cache ? overload->hits : overload->misses) = 1;
  overload->seconds = outcome.seconds;
  overload->code = outcome.code;
  return overload;
}

const Overload* add_overload(DispatcherState& state, CompileRequest request, const CompileOutcome& outcome) {
  state.overloads.push_back(make_overload(std::move(request), outcome));
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
  return is_array(type) || is_list(type);
}

CompileOutcome marked_compile(DispatcherState& state, const CompileRequest& request) {
  PendingCompiles::Mark mark(state.pending, request);
  return compile(request);
}

// The specialisation that a compilation would make again.
const Overload* serving(const DispatcherState& state, const CompileRequest& request) {
  for (const auto& overload : state.overloads)
    if (overload->request.args == request.args && overload->takes(request.facts)) return overload.get();
  return nullptr;
}

Entry* compile_entry(DispatcherObject* self, const BoundCall& call, const std::vector<TypeId>& types) {
  DispatcherState& state = *self->state;
  CompileRequest request = request_for(state, types);
  request.facts = facts_of(call, types);
  if (const Overload* known = serving(state, request))
    return add_entry(state, exact_entry(known, types, &call), types);
  if (state.pending.await_another(request) && is_there(state, request)) return state.entries.front().get();
  CompileOutcome outcome = marked_compile(state, request);
  if (outcome.code) {
    if (is_there(state, request)) return state.entries.front().get();
    const Overload* overload = add_overload(state, std::move(request), outcome);
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
  restrict_entry(*entry, *best, call);
  return add_entry(state, std::move(entry), best->request.args);
}

// Whether a program has replaced the function's code; an error then.
bool is_stale(DispatcherObject* self) {
  if (!self->state->binder.is_stale()) return false;
  PyErr_Format(PyExc_RuntimeError, "the code of %R was replaced after it was jitted: call its recompile()",
               self->py_func);
  return true;
}

// Without a call to make an entry for; no code, with a Python error, if it fails.
CompileOutcome compile_for(DispatcherObject* self, const CompileRequest& request) {
  CompileOutcome outcome = marked_compile(*self->state, request);
  if (!outcome.code && outcome.diagnostic) raise_diagnostic(*outcome.diagnostic, self->py_func);
  return outcome;
}

}  // namespace

std::vector<ArgumentFacts> facts_of(const BoundCall& call, const std::vector<TypeId>& types) {
  std::vector<ArgumentFacts> out(types.size());
  for (size_t i = 0; i < types.size(); ++i) {
    out[i].weak = is_weak(call.values[i]);
    out[i].omitted = i < 64 && (call.omitted >> i & 1) && !may_change(types[i]);
    if (out[i].omitted) out[i].value = describe(call.values[i]);
  }
  return out;
}

Entry* make_entry(DispatcherObject* self, const BoundCall& call) {
  DispatcherState& state = *self->state;
  if (is_stale(self)) return nullptr;
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

// The types after those of the named parameters are one tuple's, where there is a parameter *args.
std::vector<TypeId> folded(const DispatcherState& state, std::vector<TypeId> args) {
  size_t named = state.binder.parameter_count() - 1;
  if (!state.binder.has_rest() || args.size() < named) return args;
  auto rest = args.begin() + static_cast<std::ptrdiff_t>(named);
  TypeId tuple = tuple_type({rest, args.end()});
  args.erase(rest, args.end());
  args.push_back(tuple);
  return args;
}

const Overload* general_overload(const DispatcherState& state, const std::vector<TypeId>& args) {
  for (const auto& overload : state.overloads)
    if (overload->request.args == args && overload->is_general()) return overload.get();
  return nullptr;
}

const Overload* compile_signature(DispatcherObject* self, std::vector<TypeId> args, TypeId result) {
  DispatcherState& state = *self->state;
  if (is_stale(self)) return nullptr;
  args = folded(state, std::move(args));
  if (args.size() != state.binder.parameter_count()) {
    PyErr_Format(PyExc_TypeError, "the signature has %zu argument types, %R has %zu parameters", args.size(),
                 self->py_func, state.binder.parameter_count());
    return nullptr;
  }
  if (const Overload* known = general_overload(state, args)) return known;
  CompileRequest request = request_for(state, args);
  request.result = result;
  CompileOutcome outcome = compile_for(self, request);
  if (!outcome.code) return nullptr;
  if (const Overload* known = general_overload(state, args)) return known;  // another thread's
  const Overload* overload = add_overload(state, std::move(request), outcome);
  add_entry(state, exact_entry(overload, args, nullptr), args);
  release_cache_writes();
  return overload;
}

const Overload* find_overload(DispatcherObject* self, PyObject* signature) {
  std::vector<TypeId> args;
  TypeId result;
  if (!read_signature(signature, args, result)) return nullptr;
  const Overload* found = nullptr;
  for (const std::vector<TypeId>& types : {args, folded(*self->state, args)})
    for (const auto& overload : self->state->overloads)
      if (overload->request.args == types && (!found || overload->is_general())) found = overload.get();
  if (!found) PyErr_SetObject(PyExc_KeyError, signature);
  return found;
}

void adopt(DispatcherState& state, const Overload& overload) {
  state.overloads.push_back(std::make_unique<Overload>(overload));
  const Overload* own = state.overloads.back().get();
  const std::vector<TypeId>& types = own->request.args;
  if (own->is_general()) add_entry(state, exact_entry(own, types, nullptr), types);
}

// What is there stays in use until all is compiled.
bool recompile(DispatcherObject* self) {
  DispatcherState& state = *self->state;
  std::vector<CompileRequest> requests;
  if (state.binder.is_stale())
    state.binder = Binder(reinterpret_cast<PyFunctionObject*>(self->py_func));
  else
    for (const auto& overload : state.overloads) requests.push_back(overload->request);
  std::vector<std::unique_ptr<Overload>> fresh;
  for (CompileRequest& request : requests) {
    request.options = state.options.compile;
    CompileOutcome outcome = compile_for(self, request);
    if (!outcome.code) return false;
    fresh.push_back(make_overload(std::move(request), outcome));
  }
  for (auto& entry : state.entries) state.retired_entries.push_back(std::move(entry));
  for (auto& overload : state.overloads) state.retired_overloads.push_back(std::move(overload));
  state.entries.clear();
  state.overloads = std::move(fresh);
  for (const auto& overload : state.overloads) {
    const std::vector<TypeId>& types = overload->request.args;
    if (overload->request.facts.empty()) add_entry(state, exact_entry(overload.get(), types, nullptr), types);
  }
  if (state.active == 0) {
    state.retired_entries.clear();
    state.retired_overloads.clear();
  }
  return true;
}

}  // namespace lancehead
