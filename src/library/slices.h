// Slices at run time, of axes of arrays and of lists.
#pragma once

#include "library/emitter.h"

namespace lancehead {

struct AxisSlice {
  ValueId start, length, step;
};

// A slice value applied to `extent` items, as PySlice_AdjustIndices.
AxisSlice adjust_slice(Emitter& e, ValueId slice, ValueId extent);

}  // namespace lancehead
