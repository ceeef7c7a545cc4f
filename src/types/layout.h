// The leaves of a type (layout.def), in order.
#pragma once

#include <cstdint>
#include <vector>

#include "types/type.h"

namespace lancehead {

enum class LeafKind : uint8_t { Bool, I8, I16, I32, I64, F16, F32, F64, Pointer, Owner };

// Appends the leaves of `type`; opaque types have none.
void append_leaves(TypeId type, std::vector<LeafKind>& out);
std::vector<LeafKind> leaves_of(TypeId type);
size_t leaf_count(TypeId type);
// The parts of an aggregate, as tuple_make and tuple_get number them: one per word of its row of layout.def,
// where ITEMS counts one per item and DIMS one per dimension. Empty for scalars and opaque types.
std::vector<TypeId> parts_of(TypeId type);
// Offsets (in leaves) of an array's parts.
inline size_t array_shape_leaf(int dim) {
  return 2 + static_cast<size_t>(dim);
}
inline size_t array_stride_leaf(int ndim, int dim) {
  return 2 + static_cast<size_t>(ndim + dim);
}

}  // namespace lancehead
