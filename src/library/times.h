// Dates and spans of time (datetime64, timedelta64): casts, operators and ufuncs by NumPy's rules for units
// and NaT.
#pragma once

#include "library/rows.h"

namespace lancehead {

// Between two times, and between a time and a number.
bool can_cast_to_time(TypeId from, TypeId to);
ValueId cast_time(Emitter& e, ValueId v, TypeId to);

// Whether an operand, or an element of it, is a time.
bool any_time(const Query& query);
// A ufunc, or the operator behind which it is; `inplace` stores into argument 0.
Lookup time_ufunc(std::string_view name, const Query& query, bool inplace = false);

// min, max, sum and mean of a whole array of times, as functions and as methods.
Lookup time_reduction(std::string_view name, const Query& query);
Lookup make_time(TypeId time, const Query& query);  // a call of its dtype with what it counts
std::span<const Row> time_rows();                   // numpy.datetime64, numpy.timedelta64, numpy.isnat

}  // namespace lancehead
