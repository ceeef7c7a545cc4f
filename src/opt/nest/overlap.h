// Which arrays may share memory: the question before a nest writes into an array that existed before
// (contract C9).
#pragma once

#include "ir/function.h"
#include "ir/uses.h"

namespace lancehead {

// The array that owns the memory: a view's base, transitively.
ValueId array_root(const Function& f, ValueId array);

// Answers are proofs: true means that no element of one is an element of the other.
class Disjointness {
 public:
  explicit Disjointness(const Function& f) : f_(f), uses_(f) {}

  bool disjoint(ValueId x, ValueId y) const;

 private:
  bool is_private(ValueId alloc) const;

  const Function& f_;
  Uses uses_;
};

}  // namespace lancehead
