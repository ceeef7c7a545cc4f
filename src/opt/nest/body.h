// Copies of a nest's body.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/builder.h"

namespace lancehead {

// Clones the body's instructions to the builder's place. First say what stands for each of the body's
// parameters.
class BodyClone {
 public:
  BodyClone(Builder& b, BlockId body) : b_(b), body_(body) {}

  void set(ValueId param, ValueId value) { map_[param.index] = value; }
  void clone();
  // What a value of the body is in the clone; values from outside are themselves.
  ValueId operator()(ValueId v) const;

 private:
  Builder& b_;
  BlockId body_;
  std::unordered_map<uint32_t, ValueId> map_;
};

}  // namespace lancehead
