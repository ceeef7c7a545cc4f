// CHECK: our bugs. A broken invariant of the compiler becomes an InternalFailure, which the driver alone
// catches and turns into an InternalError diagnostic that names the pass and the function and says how to
// report it.
#pragma once

#include <string>

namespace lancehead {

struct InternalFailure {
  std::string message;
};

[[noreturn]] void internal_failure(const char* file, int line, const char* condition,
                                   const std::string& message);

// The pass or phase that runs now on this thread, for messages.
void set_current_phase(const char* phase);
const char* current_phase();

}  // namespace lancehead

#define LH_CHECK(condition, message)                                                          \
  do {                                                                                        \
    if (!(condition)) ::lancehead::internal_failure(__FILE__, __LINE__, #condition, message); \
  } while (0)
#define LH_UNREACHABLE(message) ::lancehead::internal_failure(__FILE__, __LINE__, "unreachable", message)
