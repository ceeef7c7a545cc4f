// Records of read-only arrays: their types differ from those that arrays consist of by the flag alone.
#pragma once

#include "types/type.h"

namespace lancehead {

TypeId record_like(TypeId record, bool readonly);
TypeId element_of(const Type& array);  // what indexing gives: elem, or a record that is read-only

}  // namespace lancehead
