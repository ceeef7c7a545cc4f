// Units of time as whole numbers of attoseconds.
#include "types/time_units.h"

#include <iterator>
#include <utility>

namespace lancehead {
namespace {

using Wide = __int128;

constexpr Wide kSecond = 1'000'000'000'000'000'000;
constexpr Wide kDay = 86400 * kSecond;
constexpr Wide kMonth = kDay / 4800 * 146097;  // 400 years have 146097 days

struct UnitRow {
  const char* name;
  Wide length;  // in attoseconds
};
constexpr UnitRow kUnits[] = {
    {"Y", 12 * kMonth},
    {"M", kMonth},
    {"W", 7 * kDay},
    {"B", 0},  // NumPy has no such unit any more
    {"D", kDay},
    {"h", 3600 * kSecond},
    {"m", 60 * kSecond},
    {"s", kSecond},
    {"ms", kSecond / 1'000},
    {"us", kSecond / 1'000'000},
    {"ns", kSecond / 1'000'000'000},
    {"ps", 1'000'000},
    {"fs", 1'000},
    {"as", 1},
    {"generic", 0},
};

Wide length_of(TimeUnit unit) {
  return kUnits[static_cast<size_t>(unit)].length;
}

bool is_calendar(TimeUnit unit) {
  return unit <= TimeUnit::Month;
}

Wide gcd(Wide a, Wide b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

constexpr Wide kFactorLimit = Wide{1} << 56;  // NumPy's
constexpr int64_t kMultipleLimit = INT32_MAX;

// The multiples of the finer unit that two types count in, and that unit.
struct Common {
  TimeUnit unit;
  Wide first, second;
};

std::optional<Common> common_unit(const Type& a, const Type& b) {
  Common out{a.unit, a.size, b.size};
  if (a.unit == b.unit) return out;
  bool months = is_calendar(a.unit), other_months = is_calendar(b.unit);
  if (months != other_months) {  // no number of months is a number of days; NumPy takes both for weeks here
    const Type& linear = months ? b : a;
    if ((months ? a : b).kind == Kind::TimeDelta) return std::nullopt;
    Wide week = length_of(TimeUnit::Week) / length_of(linear.unit);
    if (week >= kFactorLimit) return std::nullopt;
    return Common{linear.unit, a.size * (months ? week : 1), b.size * (months ? 1 : week)};
  }
  bool first_coarser = a.unit < b.unit;
  out.unit = first_coarser ? b.unit : a.unit;
  Wide factor = length_of(first_coarser ? a.unit : b.unit) / length_of(out.unit);
  if (factor >= kFactorLimit) return std::nullopt;
  (first_coarser ? out.first : out.second) *= factor;
  return out;
}

}  // namespace

const char* time_unit_name(TimeUnit unit) {
  return kUnits[static_cast<size_t>(unit)].name;
}

std::optional<TimeUnit> time_unit_of(std::string_view name) {
  for (size_t k = 0; k < std::size(kUnits); ++k)
    if (name == kUnits[k].name && name != "B") return static_cast<TimeUnit>(k);
  return std::nullopt;
}

TypeId promote_times(TypeId x, TypeId y) {
  const Type &a = type_of(x), &b = type_of(y);
  Kind kind = a.kind == Kind::DateTime ? a.kind : b.kind;
  if (a.unit == TimeUnit::Generic) return time_type(kind, b.unit, b.size);
  if (b.unit == TimeUnit::Generic) return time_type(kind, a.unit, a.size);
  std::optional<Common> common = common_unit(a, b);
  if (!common || common->first >= kFactorLimit || common->second >= kFactorLimit) return {};
  Wide multiple = gcd(common->first, common->second);
  return multiple > kMultipleLimit ? TypeId() : time_type(kind, common->unit, static_cast<int64_t>(multiple));
}

std::optional<TimeConversion> time_conversion(TypeId from, TypeId to) {
  const Type &f = type_of(from), &t = type_of(to);
  TimeConversion out;
  if (f.unit == TimeUnit::Generic) return out;
  if (t.unit == TimeUnit::Generic) return std::nullopt;
  Wide source = length_of(f.unit) * f.size, target = length_of(t.unit) * t.size;
  if (f.kind == Kind::DateTime && is_calendar(f.unit) != is_calendar(t.unit)) {
    out.days_of_months = is_calendar(f.unit);
    out.months_of_days = !out.days_of_months;
    (out.days_of_months ? out.before : out.after) = out.days_of_months
                                                        ? f.size * (f.unit == TimeUnit::Year ? 12 : 1)
                                                        : t.size * (t.unit == TimeUnit::Year ? 12 : 1);
    (out.days_of_months ? source : target) = kDay;
  }
  Wide divisor = gcd(source, target);
  source /= divisor, target /= divisor;
  if (source > INT64_MAX || target > INT64_MAX) return std::nullopt;
  out.numerator = static_cast<int64_t>(source);
  out.denominator = static_cast<int64_t>(target);
  return out;
}

bool can_cast_time(TypeId from, TypeId to) {
  const Type &f = type_of(from), &t = type_of(to);
  if (f.kind != t.kind) return false;
  if (f.unit == TimeUnit::Generic || t.unit == TimeUnit::Generic) return f.unit == TimeUnit::Generic;
  return f.kind == Kind::DateTime || is_calendar(f.unit) == is_calendar(t.unit);
}

}  // namespace lancehead
