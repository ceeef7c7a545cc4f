// Part after part: each that is there makes the unit finer.
#include "library/date_text.h"

namespace lancehead {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  // A number of exactly so many digits, from low to high.
  bool number(size_t digits, int64_t low, int64_t high, int64_t& out) {
    if (text_.size() < digits) return false;
    out = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      out = out * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return out >= low && out <= high;
  }
  size_t digits() const {
    size_t n = 0;
    while (n < text_.size() && text_[n] >= '0' && text_[n] <= '9') ++n;
    return n;
  }

 private:
  std::string_view text_;
};

int64_t days_in(int64_t year, int64_t month) {
  if (month == 2) return 28 + (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return 30 + (month <= 7 ? month % 2 : 1 - month % 2);
}

// The fraction of a second in thousandths of thousandths..., as many as hold its digits.
bool read_fraction(Reader& text, DateText& date) {
  static constexpr TimeUnit kUnits[] = {TimeUnit::Milli, TimeUnit::Micro, TimeUnit::Nano};
  size_t digits = text.digits();
  if (digits == 0 || digits > 9) return false;
  int64_t value = 0;
  text.number(digits, 0, INT64_MAX, value);
  size_t steps = (digits + 2) / 3;
  for (size_t k = digits; k < 3 * steps; ++k) value *= 10;
  for (size_t k = 0; k < steps; ++k) date.rest *= 1000, date.per_day *= 1000;
  date.rest += value;
  date.unit = kUnits[steps - 1];
  return true;
}

bool read_clock(Reader& text, DateText& date) {
  int64_t part = 0;
  if (!text.number(2, 0, 23, part)) return false;
  date = {TimeUnit::Hour, date.months, 24, date.rest * 24 + part};
  for (TimeUnit unit : {TimeUnit::Minute, TimeUnit::Second}) {
    if (text.at_end()) return true;
    if (!text.take(':') || !text.number(2, 0, 59, part)) return false;
    date = {unit, date.months, date.per_day * 60, date.rest * 60 + part};
  }
  return text.at_end() || (text.take('.') && read_fraction(text, date));
}

}  // namespace

std::optional<DateText> read_date(std::string_view given) {
  Reader text(given);
  DateText date;
  bool before = text.take('-');
  int64_t year = 0, month = 1, day = 1;
  if (!text.number(4, 0, 9999, year)) return std::nullopt;
  if (before) year = -year;
  date.months = (year - 1970) * 12;
  if (text.at_end()) return date;
  if (!text.take('-') || !text.number(2, 1, 12, month)) return std::nullopt;
  date.unit = TimeUnit::Month;
  date.months += month - 1;
  if (text.at_end()) return date;
  if (!text.take('-') || !text.number(2, 1, days_in(year, month), day)) return std::nullopt;
  date = {TimeUnit::Day, date.months, 1, day - 1};
  if (text.at_end()) return date;
  if (!text.take('T') && !text.take(' ')) return std::nullopt;
  return read_clock(text, date) && text.at_end() ? std::optional(date) : std::nullopt;
}

}  // namespace lancehead
