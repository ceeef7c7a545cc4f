// Calls of ufuncs with all that NumPy's take: out, where, dtype, casting.
#pragma once

#include "library/ufunc_table.h"

namespace lancehead {

// No match where the arguments are none that ufuncs take; a diagnostic where there is no loop for them.
Lookup call_ufunc(const UfuncRow& row, const Query& query);
// The call with out=<its first argument>, which is an array: what `a += b` does.
Lookup call_ufunc_into_first(const UfuncRow& row, const Query& query);

}  // namespace lancehead
