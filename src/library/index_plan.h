// What the parts of a key do to the axes of an array, from their types alone.
#pragma once

#include <vector>

#include "library/emitter.h"

namespace lancehead {

struct IndexPart {
  enum What : uint8_t { Integer, Slice, NewAxis, Array };
  What what = Slice;
  int item =
      -1;  // of the key; -1: a full slice that nothing in the key says (..., or what the key leaves out)
  int axis = -1;  // of the array; -1: a new axis
};

struct IndexPlan {
  std::vector<IndexPart> parts;
  int result_ndim = 0;   // of the view: integers drop their axes, index arrays keep them whole
  bool element = false;  // every axis is indexed by an integer, and no ... says that an array is wanted
  TypeId view;
  std::vector<size_t> order;  // of the view's axes, where it is not theirs in the array
};

std::vector<TypeId> key_parts(TypeId key);

// A key of integers, slices, None and at most one `...`. False if the key has other parts, or too many.
bool plan_index(TypeId array, TypeId key, IndexPlan& plan);

// A key that also has arrays of integers, one per axis. The axes that they index come first in the view.
struct AdvancedPlan {
  IndexPlan basic;
  std::vector<int> arrays;  // the key's items that are arrays
  std::vector<int> axes;    // of the array, which these index
  int place = 0;            // the axis of the result before which their common axes belong
};
bool plan_advanced(TypeId array, TypeId key, AdvancedPlan& plan);

// The view of an array by a key's integers, slices and new axes.
ValueId basic_view(Emitter& e, ValueId array, ValueId key, const IndexPlan& plan);

}  // namespace lancehead
