// The stack limit of each thread (thread_state.h).
#include "pyext/thread_state.h"

namespace lancehead {

constinit thread_local uintptr_t t_stack_limit = 0;

}  // namespace lancehead
