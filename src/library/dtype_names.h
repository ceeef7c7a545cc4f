// Dtypes by NumPy's names for them: "float64", "f8", "<f8", "d", "datetime64[ns]".
#pragma once

#include <string>
#include <string_view>

#include "types/type.h"

namespace lancehead {

// The element type that np.dtype(text) has; invalid if we have none.
TypeId dtype_named(std::string_view text);

// The attributes of np.dtype: name, kind, char, str.
std::string dtype_name(TypeId elem);
char dtype_kind(TypeId elem);
char dtype_char(TypeId elem);
std::string dtype_str(TypeId elem);

}  // namespace lancehead
