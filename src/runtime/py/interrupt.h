// Signals during compiled code. Python's own C handlers only note a signal for the interpreter to act on, which does not run
// now; so ours stand before them, set the flag that `poll` reads, and go on to Python's. Where poll finds the flag set, the
// main thread runs Python's handlers (Ctrl-C: KeyboardInterrupt).
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

bool install_interrupts();  // false with Python's error set

// What a context's `interrupt` is to be in a call from this thread. On the main thread it also sees to it that our handlers are
// in place, since signal.signal() takes them out; at most once per millisecond.
int32_t* interrupt_flag();

// The hook of that name. A thread that works for a region of the main thread cannot run handlers: it stops the region if the
// signal is SIGINT and its handler is Python's default one.
Status run_signal_handlers(Context* ctx);

}  // namespace lancehead
