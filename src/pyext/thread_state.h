// What a compiled call needs of its thread (contract C19): the stack limit, found once per thread, and the
// interrupt flag.
#pragma once

#include "runtime/context.h"
#include "runtime/py/interrupt.h"
#include "runtime/stack.h"

namespace lancehead {

extern constinit thread_local uintptr_t t_stack_limit __attribute__((tls_model("initial-exec")));

inline void set_up(Context& ctx) {
  if (t_stack_limit == 0) [[unlikely]]
    t_stack_limit = lh_stack_limit();
  ctx.stack_limit = t_stack_limit;
  ctx.interrupt = interrupt_flag();
}

}  // namespace lancehead
