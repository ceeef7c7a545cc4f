// What inference asks of Python (contract C6): questions come out of the core as data, the driver has them
// answered under the GIL, and inference resumes. Recorded answers replay a compilation without Python.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "frontend/snapshot.h"

namespace lancehead {

struct Question {
  enum class Kind : uint8_t {
    Snapshot,   // the snapshot of the function `handle`
    Attribute,  // getattr(object `handle`, `name`); answered by kind Unbound if there is none
    Library,  // the snapshot of what implements the library function `name` in Python; no snapshot if nothing
              // does
  };
  Kind kind = Kind::Snapshot;
  uint32_t handle = 0;
  std::string name;
  friend bool operator==(const Question&, const Question&) = default;
};

struct Answer {
  std::shared_ptr<const Snapshot> snapshot;
  PyValue value;
};

}  // namespace lancehead
