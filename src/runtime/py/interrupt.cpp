#include "runtime/py/interrupt.h"

#include <Python.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/error.h"
#include "runtime/py/python_hooks.h"

namespace lancehead {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGALRM};
using Handler = void (*)(int);

// What the main thread's contexts point to: some signal has come, or a handler has raised and all its regions are to stop.
constexpr int32_t kSignalled = 1, kStop = 2;
int32_t g_flag = 0;
int32_t g_sigint = 0;  // SIGINT has come
int32_t g_never = 0;   // of threads that no signal interrupts
Handler g_python_handler = SIG_DFL;  // the one C function that stands for all of Python's handlers
PyObject* g_getsignal = nullptr;
PyObject* g_default_handler = nullptr;

// 0: not asked, 1: main thread, 2: another.
constinit thread_local int t_thread_kind __attribute__((tls_model("initial-exec"))) = 0;

void on_signal(int number) {
  if (number == SIGINT) __atomic_store_n(&g_sigint, 1, __ATOMIC_RELAXED);
  __atomic_store_n(&g_flag, kSignalled, __ATOMIC_RELAXED);
  g_python_handler(number);
}

bool is_plain(const struct sigaction& action) { return (action.sa_flags & SA_SIGINFO) == 0; }

// Puts our handler in the place of Python's. What is handled by others stays as it is.
void stand_before(int number) {
  struct sigaction action;
  if (sigaction(number, nullptr, &action) != 0 || !is_plain(action) || action.sa_handler != g_python_handler) return;
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
  PyObject* number = PyLong_FromLong(SIGINT);
  PyObject* handler = number ? PyObject_CallOneArg(g_getsignal, number) : nullptr;
  bool is_default = handler && handler == g_default_handler;
  if (!handler) PyErr_Clear();
  Py_XDECREF(handler);
  Py_XDECREF(number);
  return is_default;
}

}  // namespace

bool install_interrupts() {
  if (g_getsignal) return true;
  PyObject* module = PyImport_ImportModule("_signal");
  if (!module) return false;
  g_default_handler = PyObject_GetAttrString(module, "default_int_handler");
  g_getsignal = PyObject_GetAttrString(module, "getsignal");
  Py_DECREF(module);
  // Python handles SIGINT from its start, unless it was told not to: then nothing interrupts compiled code.
  struct sigaction action;
  if (sigaction(SIGINT, nullptr, &action) == 0 && is_plain(action) && action.sa_handler != SIG_IGN)
    g_python_handler = action.sa_handler;
  // The thread that forks is the child's main thread.
  pthread_atfork(nullptr, nullptr, [] { t_thread_kind = 1; });
  return g_getsignal && g_default_handler;
}

int32_t* interrupt_flag() {
  if (t_thread_kind == 0) t_thread_kind = syscall(SYS_gettid) == getpid() ? 1 : 2;
  if (t_thread_kind == 2) return &g_never;
  if (__atomic_load_n(&g_flag, __ATOMIC_RELAXED) == kStop) __atomic_store_n(&g_flag, 0, __ATOMIC_RELAXED);
  static int64_t checked = 0;  // of the main thread alone
  if (int64_t now = milliseconds(); now != checked && g_python_handler != SIG_DFL) {
    checked = now;
    for (int number : kSignals) stand_before(number);
  }
  return &g_flag;
}

Status run_signal_handlers(Context* ctx) {
  if (t_thread_kind == 1) {
    __atomic_store_n(&g_flag, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&g_sigint, 0, __ATOMIC_RELAXED);
    WithGil gil;
    if (PyErr_CheckSignals() == 0) return kOk;
    __atomic_store_n(&g_flag, kStop, __ATOMIC_RELAXED);
    return raise_fetched(ctx);
  }
  if (__atomic_load_n(&g_flag, __ATOMIC_RELAXED) == kStop) return kInterrupted;
  bool stop;
  {
    WithGil gil;
    stop = __atomic_load_n(&g_sigint, __ATOMIC_RELAXED) != 0 && default_handler_in_force();
  }
  if (stop) return raise_row(ctx, ErrorRowId::Interrupted);
  // Python's handler runs when the main thread is back in the interpreter, or at its next poll.
  __atomic_store_n(&g_flag, 0, __ATOMIC_RELAXED);
  return kOk;
}

}  // namespace lancehead
