// Dates as text: what np.datetime64("2024-02-29T12:30") reads.
#pragma once

#include <optional>
#include <string_view>

#include "types/type.h"

namespace lancehead {

// A date of the unit that its text is written in. Of years `months / 12`, of months `months`; else the first
// day of that month times `per_day`, and `rest` more.
struct DateText {
  TimeUnit unit = TimeUnit::Year;
  int64_t months = 0;  // since January 1970
  int64_t per_day = 0, rest = 0;
};

// ISO 8601 as NumPy takes it, without a time zone; nothing of other texts.
std::optional<DateText> read_date(std::string_view text);

}  // namespace lancehead
