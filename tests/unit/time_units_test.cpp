// Units of time: promotion and conversion factors against what NumPy 2 gives, and texts of types that have
// units or fields.
#include "types/time_units.h"

#include <gtest/gtest.h>

#include "library/dtype_names.h"
#include "types/text.h"

namespace lancehead {
namespace {

std::string promoted(const char* a, const char* b) {
  TypeId type = promote_times(dtype_named(a), dtype_named(b));
  return type.valid() ? dtype_str(type).substr(1) : "none";
}

TEST(TimeUnits, Promotion) {
  EXPECT_EQ(promoted("M8[D]", "M8[h]"), "M8[h]");
  EXPECT_EQ(promoted("M8[6h]", "M8[10m]"), "M8[10m]");
  EXPECT_EQ(promoted("m8[4s]", "m8[6s]"), "m8[2s]");
  EXPECT_EQ(promoted("M8[Y]", "M8[M]"), "M8[M]");
  EXPECT_EQ(promoted("M8[7Y]", "M8[3M]"), "M8[3M]");
  EXPECT_EQ(promoted("M8[M]", "M8[D]"), "M8[D]");
  EXPECT_EQ(promoted("m8[M]", "m8[D]"), "none");
  EXPECT_EQ(promoted("M8[D]", "m8[M]"), "none");
  EXPECT_EQ(promoted("M8[M]", "m8[h]"), "M8[h]");
  EXPECT_EQ(promoted("M8", "M8[10m]"), "M8[10m]");
  EXPECT_EQ(promoted("m8[D]", "m8[as]"), "none");
  EXPECT_EQ(promoted("m8[D]", "m8[ns]"), "m8[ns]");
  EXPECT_EQ(promoted("M8[Y]", "M8[ps]"), "none");
}

TEST(TimeUnits, Factors) {
  auto factors = [](const char* from, const char* to) {
    TimeConversion c = time_conversion(dtype_named(from), dtype_named(to)).value();
    return std::pair(c.numerator, c.denominator);
  };
  EXPECT_EQ(factors("m8[D]", "m8[s]"), std::pair(int64_t{86400}, int64_t{1}));
  EXPECT_EQ(factors("m8[25s]", "m8[m]"), std::pair(int64_t{5}, int64_t{12}));
  EXPECT_EQ(factors("m8[Y]", "m8[D]"), std::pair(int64_t{146097}, int64_t{400}));
  EXPECT_EQ(factors("m8[D]", "m8[M]"), std::pair(int64_t{1600}, int64_t{48699}));
  EXPECT_EQ(factors("m8", "m8[7D]"), std::pair(int64_t{1}, int64_t{1}));
  EXPECT_FALSE(time_conversion(dtype_named("m8[D]"), dtype_named("m8[as]")).has_value());
  EXPECT_FALSE(time_conversion(dtype_named("m8[D]"), dtype_named("m8")).has_value());
}

TEST(TimeUnits, DatesGoThroughTheCalendar) {
  TimeConversion c = time_conversion(dtype_named("M8[3Y]"), dtype_named("M8[h]")).value();
  EXPECT_TRUE(c.days_of_months && !c.months_of_days);
  EXPECT_EQ(c.before, 36);
  EXPECT_EQ(c.numerator, 24);
  c = time_conversion(dtype_named("M8[h]"), dtype_named("M8[5M]")).value();
  EXPECT_TRUE(!c.days_of_months && c.months_of_days);
  EXPECT_EQ(c.denominator, 24);
  EXPECT_EQ(c.after, 5);
}

TEST(TimeUnits, Casting) {
  auto can = [](const char* from, const char* to) {
    return can_cast_time(dtype_named(from), dtype_named(to));
  };
  EXPECT_TRUE(can("M8[D]", "M8[M]"));
  EXPECT_TRUE(can("m8[D]", "m8[as]"));
  EXPECT_FALSE(can("m8[D]", "m8[M]"));
  EXPECT_FALSE(can("M8[D]", "m8[D]"));
  EXPECT_TRUE(can("m8", "m8[D]"));
  EXPECT_FALSE(can("m8[D]", "m8"));
}

TEST(TimeUnits, NamesOfDtypes) {
  EXPECT_EQ(dtype_named("datetime64[25s]"), time_type(Kind::DateTime, TimeUnit::Second, 25));
  EXPECT_EQ(dtype_named("m8"), time_type(Kind::TimeDelta, TimeUnit::Generic));
  EXPECT_EQ(dtype_named("<f2"), ty::Float16);
  EXPECT_EQ(dtype_named("p"), ty::Int64);
  for (const char* none : {"", " ", ">f8", "f3", "M8[x]", "M8[", "M8[0s]", "float", "floaty", "8f"})
    if (std::string_view(none) != "float") {
      EXPECT_FALSE(dtype_named(none).valid()) << none;
    }
}

TEST(TypeTexts, ElementsReadBack) {
  TypeId inner = record_type({ty::UInt8, sub_array_type(sub_array_type(ty::Float32, 3), 2)},
                             {{"a", 0}, {"b c", 4}}, 28, true, false);
  TypeId outer = record_type({inner, ty::Bool, dtype_named("M8[25s]")}, {{"in", 0}, {"", 28}, {"t", 29}}, 37,
                             false, true);
  for (TypeId type : {inner, outer, array_type(outer, 2, Layout::A, true, false), dtype_named("m8[ns]"),
                      dtype_named("M8"), dtype_type(outer), tuple_type({inner, outer, ty::Float16})}) {
    EXPECT_EQ(parse_type(type_text(type)), type) << type_text(type);
  }
  EXPECT_EQ(spell(dtype_named("M8[25s]")), "datetime64[25s]");
  EXPECT_EQ(size_of(outer), 37);
  EXPECT_EQ(alignment_of(inner), 4);
  EXPECT_EQ(alignment_of(outer), 1);
}

}  // namespace
}  // namespace lancehead
