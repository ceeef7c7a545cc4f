// Where each value is used: an index over a function, valid until instructions change. What a nest's body
// yields is used by the nest; the body's instructions use values as any others do.
#pragma once

#include <span>
#include <vector>

#include "ir/function.h"

namespace lancehead {

struct Use {
  enum class Kind : uint8_t { Operand, Argument, Yield };
  InstId user;
  Kind kind = Kind::Operand;
  uint32_t edge = 0;   // Argument: which edge
  uint32_t index = 0;  // which operand, argument or yield
};

class Uses {
 public:
  explicit Uses(const Function& function);

  std::span<const Use> of(ValueId value) const {
    return {uses_.data() + begin_[value.index], begin_[value.index + 1] - begin_[value.index]};
  }
  bool used(ValueId value) const { return !of(value).empty(); }

 private:
  std::vector<Use> uses_;
  std::vector<uint32_t> begin_;
};

}  // namespace lancehead
