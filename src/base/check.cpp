// Raising InternalFailure.
#include "base/check.h"

#include <cstring>

namespace lancehead {
namespace {
thread_local const char* t_phase = "start";
}

void set_current_phase(const char* phase) {
  t_phase = phase;
}
const char* current_phase() {
  return t_phase;
}

void internal_failure(const char* file, int line, const char* condition, const std::string& message) {
  const char* slash = std::strrchr(file, '/');
  throw InternalFailure{std::string("in ") + t_phase + ": " + message + " (" + (slash ? slash + 1 : file) +
                        ":" + std::to_string(line) + ", " + condition + ")"};
}

}  // namespace lancehead
