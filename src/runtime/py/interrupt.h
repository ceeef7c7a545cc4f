// Signals during compiled code. Python's own C handlers only note a signal for the interpreter to act on,
// which does not run now; so ours stand before them, set the flag that `poll` reads, and go on to Python's.
// Where poll finds the flag set, the main thread runs Python's handlers (Ctrl-C: KeyboardInterrupt).
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

bool install_interrupts();  // false with Python's error set

// States of the flag that the main thread's contexts point to.
inline constexpr int32_t kSignalled = 1;  // a signal has come
inline constexpr int32_t kStop = 2;  // a handler has raised, and all regions of the main thread are to stop
inline constexpr int32_t kCheck =
    3;  // see whether our handlers are still in place: signal.signal() takes them out

extern int32_t g_interrupt_flag;
extern int32_t g_never_interrupted;
enum class ThreadKind : int32_t { Unknown, Main, Other };
extern constinit thread_local ThreadKind t_thread_kind __attribute__((tls_model("initial-exec")));
ThreadKind find_thread_kind();

// What a context's `interrupt` is to be in a call from this thread. The check is left to the first poll, so
// that a call without loops does not pay for it.
inline int32_t* interrupt_flag() {
  if (t_thread_kind == ThreadKind::Unknown) [[unlikely]]
    t_thread_kind = find_thread_kind();
  if (t_thread_kind == ThreadKind::Other) return &g_never_interrupted;
  if (__atomic_load_n(&g_interrupt_flag, __ATOMIC_RELAXED) != kSignalled)
    __atomic_store_n(&g_interrupt_flag, kCheck, __ATOMIC_RELAXED);
  return &g_interrupt_flag;
}

// The hook of that name. A thread that works for a region of the main thread cannot run handlers: it stops
// the region if the signal is SIGINT and its handler is Python's default one.
Status run_signal_handlers(Context* ctx);

}  // namespace lancehead
