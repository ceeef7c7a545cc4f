// Python values as the compiler sees them: a constant, or a type that is all there is to know of an object.
#pragma once

#include <optional>
#include <variant>

#include "frontend/snapshot.h"
#include "ir/function.h"

namespace lancehead {

// The constant that a plain value is (None, bool, int, float, complex, str). `add` is used for the items of
// tuples.
std::optional<Constant> constant_of_value(Function& f, const PyValue& value);
// The Known or DType type of an object; invalid if compiled code cannot use it.
TypeId type_of_object(const PyObjectData& object);
// What a value is called in messages.
std::string describe(const PyValue& value);
// What to use instead of a value that compiled code cannot use: "; ...", or nothing where nothing is known.
std::string instead_of_value(const PyValue& value);

}  // namespace lancehead
