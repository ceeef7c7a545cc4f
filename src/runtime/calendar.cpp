// The Gregorian calendar, for dates that turn from months into days and back.
#include <cstdint>

#include "runtime/signature.h"

namespace lancehead {
namespace {

constexpr int64_t kDaysOfEra = 146097;  // of 400 years
constexpr int64_t kYearsOfEra = 400;
constexpr int64_t kFirstOfMarch0000 = 719468;  // days before 1970

int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

// What floor_div leaves, which always fits.
int64_t floor_mod(int64_t a, int64_t b) {
  const int64_t rest = a % b;
  return rest < 0 ? rest + b : rest;
}

}  // namespace

// The first day of a month; both counted from January 1970. Years begin in March here, so that a leap day
// ends one.
extern "C" int64_t lh_day_of_month(int64_t month) {
  int64_t years = floor_div(month, 12), of_year = floor_mod(month, 12);
  int64_t year = years + 1970 - (of_year < 2);
  int64_t from_march = of_year + (of_year < 2 ? 10 : -2);
  int64_t era = floor_div(year, kYearsOfEra), of_era = floor_mod(year, kYearsOfEra);
  int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + (153 * from_march + 2) / 5;
  uint64_t whole = static_cast<uint64_t>(era) * static_cast<uint64_t>(kDaysOfEra);  // what does not fit wraps
  return static_cast<int64_t>(whole + static_cast<uint64_t>(day) - static_cast<uint64_t>(kFirstOfMarch0000));
}

extern "C" int64_t lh_month_of_day(int64_t day) {
  int64_t era = floor_div(day, kDaysOfEra);
  int64_t of_era = floor_mod(day, kDaysOfEra) + kFirstOfMarch0000;  // of that era and the ones before 1970
  era += of_era / kDaysOfEra;
  of_era %= kDaysOfEra;
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (kDaysOfEra - 1)) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  int64_t from_march = (5 * of_year + 2) / 153;
  int64_t month = from_march < 10 ? from_march + 2 : from_march - 10;
  return (era * kYearsOfEra + year + (month < 2) - 1970) * 12 + month;
}

LH_MATCHES_ROW(lh_day_of_month);
LH_MATCHES_ROW(lh_month_of_day);

}  // namespace lancehead
