// Iterators over the elements of arrays and over indices: see element_iterators.cpp.
#pragma once

#include <vector>

#include "library/rows.h"

namespace lancehead {

bool is_element_iterator(TypeId type);
bool is_flat(TypeId type);

// a.flat
Lookup flat_of(TypeId array);

// What iteration.cpp's iterated_type and emit_next say for them.
TypeId element_iterated_type(TypeId iterator);
std::vector<ValueId> next_element(Emitter& e, ValueId iterator);

std::span<const Row> element_iterator_intrinsics();

}  // namespace lancehead
