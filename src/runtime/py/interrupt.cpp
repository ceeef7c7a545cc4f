#include "runtime/py/interrupt.h"

#include <Python.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

#include "runtime/error.h"
#include "runtime/hooks.h"
#include "runtime/py/python_hooks.h"

namespace lancehead {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGALRM};
using Handler = void (*)(int);

int32_t g_sigint = 0;  // SIGINT has come
// The one C function that stands for all of Python's handlers; not known until some signal has one.
std::atomic<Handler> g_python_handler{SIG_DFL};
static_assert(std::atomic<Handler>::is_always_lock_free, "a signal handler reads it");
PyObject* g_getsignal = nullptr;
PyObject* g_default_handler = nullptr;

std::atomic<int64_t> g_checked{0};  // when our handlers were last seen to be in place, in ms

int32_t flag() {
  return __atomic_load_n(&g_interrupt_flag, __ATOMIC_RELAXED);
}
void set_flag(int32_t state) {
  __atomic_store_n(&g_interrupt_flag, state, __ATOMIC_RELAXED);
}

// Clears a state that has been dealt with; one that another thread has set since stays.
void clear_flag(int32_t state) {
  __atomic_compare_exchange_n(&g_interrupt_flag, &state, 0, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

void on_signal(int number) {
  // First: who sees the flag must find the signal noted.
  g_python_handler.load(std::memory_order_relaxed)(number);
  if (number == SIGINT) __atomic_store_n(&g_sigint, 1, __ATOMIC_RELEASE);
  __atomic_store_n(&g_interrupt_flag, kSignalled, __ATOMIC_RELEASE);
}

// What handles the signal is a function of one argument; it may be ours.
bool is_function(const struct sigaction& action) {
  return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN;
}

// The handler as signal.getsignal() shows it, or null without an error; with the GIL.
PyObject* handler_in_python(int number) {
  PyObject* boxed = PyLong_FromLong(number);
  PyObject* handler = boxed ? PyObject_CallOneArg(g_getsignal, boxed) : nullptr;
  Py_XDECREF(boxed);
  if (!handler) PyErr_Clear();
  return handler;
}

// Learns Python's C function from a signal that it handles: one whose handler Python knows, and can call.
void learn_from(const struct sigaction& action, int number) {
  WithGil gil;
  PyObject* handler = handler_in_python(number);
  if (handler && PyCallable_Check(handler)) g_python_handler = action.sa_handler;
  Py_XDECREF(handler);
}

// Puts our handler in the place of Python's. What is handled by others stays as it is.
void stand_before(int number) {
  struct sigaction action;
  if (sigaction(number, nullptr, &action) != 0 || !is_function(action)) return;
  if (g_python_handler == SIG_DFL) learn_from(action, number);
  if (action.sa_handler != g_python_handler) return;
  action.sa_handler = on_signal;
  sigaction(number, &action, nullptr);
}

int64_t milliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now.tv_sec * int64_t{1000} + now.tv_nsec / 1000000;
}

// Whether SIGINT would raise KeyboardInterrupt; with the GIL.
bool default_handler_in_force() {
  PyObject* handler = handler_in_python(SIGINT);
  bool is_default = handler && handler == g_default_handler;
  Py_XDECREF(handler);
  return is_default;
}

// _signal.signal(), which signal.signal() calls. It is wrapped because the check below comes at most once per
// tick of the clock: a loop may be entered sooner after a handler was set, and never be left.
PyObject* g_set_handler = nullptr;
PyMethodDef g_wrapper;

PyObject* set_handler(PyObject*, PyObject* const* args, Py_ssize_t count) {
  PyObject* before = PyObject_Vectorcall(g_set_handler, args, static_cast<size_t>(count), nullptr);
  if (before)
    for (int number : kSignals) stand_before(number);
  return before;
}

bool wrap_set_handler(PyObject* module) {
  g_set_handler = PyObject_GetAttrString(module, "signal");
  if (!g_set_handler) return false;
  if (!PyCFunction_Check(g_set_handler)) return true;  // somebody's own
  g_wrapper = *reinterpret_cast<PyCFunctionObject*>(g_set_handler)->m_ml;
  g_wrapper.ml_meth = reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(set_handler));
  g_wrapper.ml_flags = METH_FASTCALL;
  PyObject* name = PyModule_GetNameObject(module);
  PyObject* wrapper = name ? PyCFunction_NewEx(&g_wrapper, module, name) : nullptr;
  bool fine = wrapper && PyObject_SetAttrString(module, "signal", wrapper) == 0;
  Py_XDECREF(wrapper);
  Py_XDECREF(name);
  return fine;
}

void check_handlers() {
  clear_flag(kCheck);
  int64_t now = milliseconds();
  if (g_checked.exchange(now, std::memory_order_relaxed) == now) return;
  for (int number : kSignals) stand_before(number);
}

}  // namespace

int32_t g_interrupt_flag = 0;
int32_t g_never_interrupted = 0;
constinit thread_local ThreadKind t_thread_kind = ThreadKind::Unknown;

ThreadKind find_thread_kind() {
  return syscall(SYS_gettid) == getpid() ? ThreadKind::Main : ThreadKind::Other;
}

bool install_interrupts() {
  if (g_getsignal) return true;
  PyObject* module = PyImport_ImportModule("_signal");
  if (!module) return false;
  g_default_handler = PyObject_GetAttrString(module, "default_int_handler");
  g_getsignal = PyObject_GetAttrString(module, "getsignal");
  bool wrapped = wrap_set_handler(module);
  Py_DECREF(module);
  // The thread that forks is the child's main thread.
  pthread_atfork(nullptr, nullptr, [] { t_thread_kind = ThreadKind::Main; });
  return g_getsignal && g_default_handler && wrapped;
}

Status run_signal_handlers(Context* ctx) {
  bool on_main = t_thread_kind == ThreadKind::Main;
  if (flag() == kCheck) {
    check_handlers();
    if (!on_main || !t_gil_held) return kOk;  // what came just before is not worth waiting for the GIL
  }
  if (on_main) {
    set_flag(0);
    __atomic_store_n(&g_sigint, 0, __ATOMIC_RELAXED);
    WithGil gil;
    if (PyErr_CheckSignals() == 0) return kOk;
    set_flag(kStop);
    return raise_fetched(ctx);
  }
  bool stop = false;
  if (flag() != kStop) {
    WithGil gil;
    stop = __atomic_load_n(&g_sigint, __ATOMIC_RELAXED) != 0 && default_handler_in_force();
  }
  if (flag() == kStop) return kInterrupted;
  if (stop) return raise_row(ctx, ErrorRowId::Interrupted);
  // Python's handler runs when the main thread is back in the interpreter, or at its next poll.
  clear_flag(kSignalled);
  return kOk;
}

}  // namespace lancehead
