// The argument `axis` of functions of arrays: an integer or a tuple of integers, known or not, or None for
// all axes.
#pragma once

#include <optional>
#include <vector>

#include "library/emitter.h"

namespace lancehead {

// How many axes an argument of this type names; none if it is no axis argument.
std::optional<int> axis_count(TypeId axis, int ndim);

// One axis, checked (AxisError) and counted from the first.
ValueId checked_axis(Emitter& e, ValueId axis,
                     int ndim);  // of a number, too: axis 0 or -1, which reduces nothing

// Which axes of an array are reduced.
class ReducedAxes {
 public:
  // `axis`: invalid or None for all. Emits the checks: AxisError, and ValueError for one that is named twice.
  ReducedAxes(Emitter& e, ValueId array, ValueId axis);

  ValueId bits() const;                                // bit k: axis k is reduced
  std::vector<ValueId> kept_extents(int count) const;  // of a result without the reduced axes
  std::vector<ValueId> extents_with_ones() const;      // ... with them
  // An error where nothing is reduced into an element; `name` is the row's text.
  void check_some(ErrorRow row, const char* name) const;

 private:
  ValueId is_reduced(size_t axis) const;
  std::vector<ValueId> without_one() const;

  Emitter& e_;
  std::vector<ValueId> dims_;
  ValueId bits_;                   // where they are not known
  ValueId one_;                    // the only axis, where it is not known
  std::optional<uint64_t> known_;  // the bits, where they are
};

}  // namespace lancehead
