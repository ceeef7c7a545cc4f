// Calls of a Dispatcher (contract C13): compares the arguments with the entries, reads them into leaves, runs
// the compiled code and boxes its result. Nothing is allocated but the result.
#include <algorithm>
#include <memory>
#include <optional>

#include "driver/cache_writer.h"
#include "pyext/box.h"
#include "pyext/dispatcher_state.h"
#include "pyext/fetch_exception.h"
#include "pyext/lists.h"
#include "pyext/raise_error.h"
#include "pyext/thread_state.h"
#include "runtime/hooks.h"
#include "runtime/ledger.h"

namespace lancehead {
namespace {

bool defaults_match(const Entry& entry, const BoundCall& call) {
  if ((entry.must_be_omitted & ~call.omitted) || (entry.must_be_given & call.omitted)) return false;
  for (size_t i = 0; i < entry.defaults.size(); ++i)
    if (entry.defaults[i] && entry.defaults[i] != call.values[i]) return false;
  return true;
}

bool read_arguments(const Entry& entry, PyObject* const* values, Slot* out) {
  for (const ArgumentPlan& plan : entry.plans)
    if (!(out = read_argument(plan, *values++, out))) return false;
  return true;
}

Status run_entry_point(const Overload& overload, Context& ctx, const Slot* in, Slot* out) {
  if (!overload.request.options.nogil) return overload.code->entry(&ctx, in, out);
  PyThreadState* thread = PyEval_SaveThread();
  Status status;
  {
    GilMark mark(false);
    status = overload.code->entry(&ctx, in, out);
  }
  PyEval_RestoreThread(thread);
  return status;
}

// An Int64, Float64 or Bool.
PyObject* box_plain(Kind kind, const Slot* value) {
  if (kind == Kind::Int64) return PyLong_FromLongLong(value->i);
  if (kind == Kind::Float64) return PyFloat_FromDouble(value->d);
  return Py_NewRef(value->i & 1 ? Py_True : Py_False);
}

PyObject* box_plain_tuple(const std::vector<Kind>& items, const Slot* out) {
  auto count = static_cast<Py_ssize_t>(items.size());
  Ref tuple = Ref::steal(PyTuple_New(count));
  for (Py_ssize_t i = 0; tuple && i < count; ++i) {
    PyObject* item = box_plain(items[static_cast<size_t>(i)], out + i);
    if (!item) return nullptr;
    PyTuple_SET_ITEM(tuple.get(), i, item);
  }
  return tuple.release();
}

// The kinds that are returned most, without the general way.
PyObject* box_result(const Overload& overload, const Slot* out) {
  switch (overload.result_kind) {
    case Kind::None: return Py_NewRef(Py_None);
    case Kind::Int64:
    case Kind::Float64:
    case Kind::Bool: return box_plain(overload.result_kind, out);
    case Kind::Tuple:
      if (!overload.result_items.empty()) return box_plain_tuple(overload.result_items, out);
      [[fallthrough]];
    default: return box(overload.code->result, out);
  }
}

// `out` has room for the result's leaves.
PyObject* run(DispatcherState& state, const Overload& overload, const Slot* in, Slot* out) {
  Context ctx;
  set_up(ctx);
  GilMark mark(true);
  ++state.active;
  Status status = run_entry_point(overload, ctx, in, out);
  --state.active;
  if (!lh_python_ledger_is_empty()) [[unlikely]]
    lh_drain_python_ledger();
  if (status == kOk) [[likely]]
    return box_result(overload, out);
  raise_from(ctx, status);
  return nullptr;
}

// Leaves on the stack, or on the heap where there are many.
class Leaves {
 public:
  explicit Leaves(size_t count) {
    if (count > kInlineLeaves) heap_.reset(new Slot[count + kSpareLeaves]);
  }
  Slot* data() { return heap_ ? heap_.get() : inline_; }

 private:
  Slot inline_[kInlineLeaves + kSpareLeaves];
  std::unique_ptr<Slot[]> heap_;
};

struct Arguments {  // of a call as Python made it
  PyObject* const* values;
  size_t nargsf;
  PyObject* kwnames;
};

PyObject* interpret(DispatcherObject* self, const Arguments& given) {
  return PyObject_Vectorcall(self->py_func, given.values, given.nargsf, given.kwnames);
}

// For arguments that do not bind: CPython finds so too, before anything of the function runs, and says it.
// Programs that know Numba's words for a wrong number of arguments find them as well.
PyObject* refuse_binding(DispatcherObject* self, const Arguments& given) {
  if (Ref::steal(interpret(self, given))) {
    PyErr_SetString(PyExc_SystemError, "the arguments do not bind, but CPython finds that they do");
    return nullptr;
  }
  size_t keywords = given.kwnames ? static_cast<size_t>(PyTuple_GET_SIZE(given.kwnames)) : 0;
  size_t count = static_cast<size_t>(PyVectorcall_NARGS(given.nargsf)) + keywords;
  std::string numba = self->state->binder.wrong_count(count);
  if (numba.empty() || !PyErr_ExceptionMatches(PyExc_TypeError)) return nullptr;
  Ref error = Ref::steal(fetch_exception());
  PyErr_Format(PyExc_TypeError, "%S (%s)", error.get(), numba.c_str());
  return nullptr;
}

// What compiled code changed in lists shows in Python's, also if the call raised; an error in writing back is
// then of no account.
void finish_lists(ReadLists& lists, PyObject*& result) {
  PyObject* error = result ? nullptr : fetch_exception();
  if (!lists.write_back()) {
    Py_CLEAR(result);
    if (error) PyErr_Clear();
  }
  if (error) restore_exception(error);
}

// Runs the call by the first entry that takes it, which becomes the first of all. False if there is none;
// `result` is null with a Python error if the call failed.
bool call_known(DispatcherObject* self, const BoundCall& call, const Arguments& given, PyObject*& result) {
  auto& entries = self->state->entries;
  for (size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = *entries[i];
    if (!defaults_match(entry, call)) continue;
    std::optional<ReadLists> lists;
    if (entry.has_lists) lists.emplace();
    Leaves in(entry.leaves);
    bool read = read_arguments(entry, call.values, in.data());
    if (lists) lists->take();
    if (!read) {
      if (PyErr_Occurred()) return true;
      continue;
    }
    auto place = entries.begin() + static_cast<std::ptrdiff_t>(i);
    std::rotate(entries.begin(), place, place + 1);
    if (!entry.overload) return result = interpret(self, given), true;
    Leaves out(entry.overload->result_leaves);
    result = run(*self->state, *entry.overload, in.data(), out.data());
    if (lists) finish_lists(*lists, result);
    return true;
  }
  return false;
}

// Another thread may recompile, again and again, what this one has just made.
constexpr int kAttempts = 100;

// Every call that none of the first entries takes as it stands.
[[gnu::noinline]] PyObject* call_bound(DispatcherObject* self, const Arguments& given) {
  DispatcherState& state = *self->state;
  BoundCall call;
  if (!state.binder.bind(given.values, static_cast<size_t>(PyVectorcall_NARGS(given.nargsf)), given.kwnames,
                         call))
    return PyErr_Occurred() ? nullptr : refuse_binding(self, given);
  PyObject* result = nullptr;
  if (call_known(self, call, given, result)) return result;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    ++state.active;
    Entry* entry = make_entry(self, call);
    --state.active;
    if (!entry) return PyErr_Occurred() ? nullptr : interpret(self, given);
    bool known = call_known(self, call, given, result);
    release_cache_writes();  // the first call has returned
    if (known) return result;
  }
  PyErr_SetString(PyExc_SystemError, "the arguments do not fit the specialisation that was made for them");
  return nullptr;
}

}  // namespace

Entry::~Entry() {
  for (ArgumentPlan& plan : plans) clear_known_objects(plan);
  for (PyObject* value : defaults) Py_XDECREF(value);
}

PyObject* dispatcher_vectorcall(PyObject* object, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  auto* self = reinterpret_cast<DispatcherObject*>(object);
  DispatcherState& state = *self->state;
  size_t count = static_cast<size_t>(PyVectorcall_NARGS(nargsf));
  if (!kwnames && state.binder.is_direct(count)) [[likely]] {
    Slot in[kInlineLeaves + kSpareLeaves], out[kInlineLeaves];
    size_t tried = std::min(state.entries.size(), kInlineEntries);
    for (size_t i = 0; i < tried; ++i) {
      const Entry& entry = *state.entries[i];
      if (!entry.direct) continue;
      if (read_arguments(entry, args, in)) [[likely]]
        return run(state, *entry.overload, in, out);
      if (PyErr_Occurred()) return nullptr;
    }
  }
  return call_bound(self, {args, nargsf, kwnames});
}

}  // namespace lancehead
