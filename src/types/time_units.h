// NumPy's units of time: names, and how the values of two datetime64 or timedelta64 types relate.
//
// A value counts units (each `Type::size` times Type::unit) since 1970 (datetime64), or is a span of that
// many (timedelta64); kNaT is no time. Years and months are no multiples of days: dates convert by the
// calendar, spans by the mean length of a month in 400 years. A generic value (no unit) is taken in the unit
// of the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "types/type.h"

namespace lancehead {

inline constexpr int64_t kNaT = INT64_MIN;

const char* time_unit_name(TimeUnit unit);  // "D", "ns"; "generic"
std::optional<TimeUnit> time_unit_of(std::string_view name);

// The type that holds the values of both, as np.promote_types finds it: the common divisor of the units.
// Invalid where there is none: spans of months with spans of days, or a number of units that 64 bits do not
// hold. A date and a span promote to a date.
TypeId promote_times(TypeId a, TypeId b);

// How a value becomes one of another unit; every division rounds down. Dates in months become days by
// lh_day_of_month(value * before), dates in days become months by lh_month_of_day(...) / after
// (src/runtime/calendar.cpp).
struct TimeConversion {
  bool days_of_months = false, months_of_days = false;
  int64_t before = 1;
  int64_t numerator = 1,
          denominator = 1;  // value * numerator / denominator, after the one and before the other
  int64_t after = 1;
};

// Nothing where a factor does not fit 64 bits, or where a unit turns generic.
std::optional<TimeConversion> time_conversion(TypeId from, TypeId to);

// np.can_cast(from, to, "same_kind") of two dates or two spans.
bool can_cast_time(TypeId from, TypeId to);

}  // namespace lancehead
