#include "runtime/py/python_hooks.h"

#include "runtime/error.h"
#include "runtime/hooks.h"
#include "runtime/ledger.h"
#include "runtime/py/interrupt.h"
#include "runtime/py/object_call.h"

namespace lancehead {
namespace {

constexpr const char* kRowClasses[] = {
#define ERR(id, cls, text) cls,
#include "types/errors.def"
#undef ERR
};
constexpr size_t kRows = sizeof kRowClasses / sizeof kRowClasses[0];

PyObject* g_row_classes[kRows];  // looked up once, so that matching needs no GIL; never released
ValueHooks g_values;

// Classes are Python's, or NumPy's.
bool look_up_classes() {
  PyObject* builtins = PyImport_ImportModule("builtins");
  PyObject* numpy = builtins ? PyImport_ImportModule("numpy.exceptions") : nullptr;
  bool fine = numpy != nullptr;
  for (size_t i = 0; fine && i < kRows; ++i) {
    bool builtin = PyObject_HasAttrString(builtins, kRowClasses[i]);
    g_row_classes[i] = PyObject_GetAttrString(builtin ? builtins : numpy, kRowClasses[i]);
    fine = g_row_classes[i] != nullptr;
  }
  Py_XDECREF(numpy);
  Py_XDECREF(builtins);
  return fine;
}

bool is_subclass(void* cls, void* of) {
  auto* wanted = static_cast<PyObject*>(of);
  return PyType_Check(wanted) &&
         PyType_IsSubtype(static_cast<PyTypeObject*>(cls), static_cast<PyTypeObject*>(of));
}

int drain_when_called(void*) {
  lh_drain_python_ledger();
  return 0;
}

PyObject* take_exception() {
#if PY_VERSION_HEX >= 0x030C0000
  return PyErr_GetRaisedException();
#else
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  if (!type) return nullptr;
  PyErr_NormalizeException(&type, &value, &traceback);
  if (traceback) PyException_SetTraceback(value, traceback);
  Py_XDECREF(traceback);
  Py_DECREF(type);
  return value;
#endif
}

}  // namespace

WithGil::WithGil() : had_it_(t_gil_held) {
  if (had_it_) return;
  state_ = PyGILState_Ensure();
  t_gil_held = true;
}

WithGil::~WithGil() {
  if (had_it_) return;
  if (!lh_python_ledger_is_empty()) lh_drain_python_ledger();
  t_gil_held = false;
  PyGILState_Release(state_);
}

PyObject* class_of_row(int64_t row) {
  return g_row_classes[row];
}
PyObject* box_value(uint32_t type, const Slot* slots) {
  return g_values.box(type, slots);
}

Status raise_fetched(Context* ctx) {
  PyObject* exception = take_exception();
  if (!exception) return raise_row(ctx, ErrorRowId::Interrupted);
  lh_error_set(ctx, make_python_error(exception));
  return kRaised;
}

bool install_python_hooks(const ValueHooks& values) {
  g_values = values;
  if (!look_up_classes() || !install_interrupts()) return false;
  PythonHooks hooks;
  hooks.incref = [](void* object) { Py_INCREF(static_cast<PyObject*>(object)); };
  hooks.decref = [](void* object) { Py_DECREF(static_cast<PyObject*>(object)); };
  hooks.request_drain = [] { Py_AddPendingCall(drain_when_called, nullptr); };
  hooks.release_gil = []() -> void* { return PyEval_SaveThread(); };
  hooks.acquire_gil = [](void* state) { PyEval_RestoreThread(static_cast<PyThreadState*>(state)); };
  hooks.slot_count = values.slot_count;
  hooks.retain_leaves = values.retain_leaves;
  hooks.release_leaves = values.release_leaves;
  hooks.class_of_row = [](int64_t row) -> void* { return class_of_row(row); };
  hooks.class_of_exception = [](void* exception) -> void* {
    return Py_TYPE(static_cast<PyObject*>(exception));
  };
  hooks.is_subclass = is_subclass;
  hooks.interrupted = run_signal_handlers;
  hooks.object_call = call_python;
  lh_set_python_hooks(hooks);
  return true;
}

}  // namespace lancehead
