// Linear forms over int64 values: constant + sum of coefficient * value. The constant is wide, so that bounds
// of int64 can be computed with; coefficients that do not fit 64 bits, and constants far beyond that, make
// the form invalid.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ir/function.h"

namespace lancehead {

class Linear {
 public:
  using Term = std::pair<ValueId, int64_t>;
  using Wide = __int128;

  Linear() = default;
  explicit Linear(Wide constant) { add(constant); }
  static Linear none() {
    Linear out;
    out.valid_ = false;
    return out;
  }
  explicit Linear(ValueId v) : terms_{{v, 1}} {}

  bool valid() const { return valid_; }
  Wide constant() const { return constant_; }
  const std::vector<Term>& terms() const { return terms_; }  // by value, no coefficient is 0
  int64_t coefficient(ValueId v) const;
  bool is_constant() const { return terms_.empty(); }

  // this += factor * other
  void add(const Linear& other, int64_t factor);
  void add(Wide constant);
  Linear minus(const Linear& other) const;

  friend bool operator==(const Linear&, const Linear&) = default;

 private:
  std::vector<Term> terms_;
  Wide constant_ = 0;
  bool valid_ = true;
};

// The value as a form of others, found through add, sub, neg and mul by a constant. It is equal modulo 2**64;
// as true integers only where nothing wraps. `depth` 0: the value itself.
Linear linear_form(const Function& f, ValueId v, int depth = 8);

}  // namespace lancehead
