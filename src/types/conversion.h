// Conversions between types: how well one fits another, and what two become where control flow joins
// (contract C7; numba-features.md section 6).
#pragma once

#include <optional>

#include "types/type.h"

namespace lancehead {

enum class Fit : uint8_t { Exact, Promote, Safe, Unsafe, None };

// How well a value of type `from` can be given where `to` is wanted.
Fit conversion(TypeId from, TypeId to);

// The type of a variable that is `a` on one path and `b` on the other; invalid if there is none.
TypeId join(TypeId a, TypeId b);

// NumPy's promote_types of two scalar types.
TypeId promote(TypeId a, TypeId b);
// NumPy's can_cast(from, to, "safe") and "same_kind" of scalar types.
bool can_cast_safely(TypeId from, TypeId to);
bool can_cast_same_kind(TypeId from, TypeId to);

// The type of `a op b` for Python-like arithmetic on scalars: at least 64-bit integers; float32 stays where
// both are at most float32 and no integer wider than 16 bits takes part; uint64 with a signed integer is
// int64.
TypeId arithmetic_type(TypeId a, TypeId b);

}  // namespace lancehead
