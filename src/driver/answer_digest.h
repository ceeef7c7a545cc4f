// What a manifest keeps of Python's answers (contract C12): a hash of the content, and the handles of the
// objects in it in the order of a walk, so that "the third object of the second answer" means the same thing
// in another process.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "frontend/question.h"

namespace lancehead {

struct AnswerDigest {
  Hash128 hash;
  std::vector<uint32_t> handles;  // of a snapshot: the function's own first
};

AnswerDigest digest(const Answer& answer);

}  // namespace lancehead
