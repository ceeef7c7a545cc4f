#include "runtime/symbols.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "runtime/hooks.h"
#include "runtime/memory.h"
#include "runtime/pairwise.h"

namespace lancehead {
namespace {

template <typename Function>
Function* found(const char* name) {
  return reinterpret_cast<Function*>(lh_find_symbol(name));
}

TEST(Symbols, AreTheFunctions) {
  EXPECT_EQ(found<void(OwnerWord)>("lh_release"), &lh_release);
  EXPECT_EQ(found<Status(Context*)>("lh_poll"), &lh_poll);
  EXPECT_EQ(found<double(double)>("sin")(0.5), std::sin(0.5));
  EXPECT_EQ(found<float(float)>("sqrtf")(2.0f), std::sqrt(2.0f));
  EXPECT_EQ(found<double(double, double)>("lh_logaddexp2")(1.0, 1.0), 2.0);
  double out[2];
  found<void(double, double, double*)>("lh_csqrt")(-1.0, 0.0, out);
  EXPECT_EQ(out[1], 1.0);
  char text[4] = "abc";
  found<void*(void*, int, size_t)>("memset")(text, 'x', 3);
  EXPECT_STREQ(text, "xxx");
}

TEST(Symbols, EveryRowOfTheTablesIsThere) {
#define RT(id, symbol, letters, effects, ownership, py) EXPECT_NE(lh_find_symbol(symbol), nullptr);
#include "runtime/calls.def"
#undef RT
}

TEST(Symbols, NothingElseIs) {
  for (const char* name : {"", "system", "lh_", "lh_retain_", "lh_lgamma_r", "lgamma"})
    EXPECT_EQ(lh_find_symbol(name), nullptr) << name;
}

}  // namespace
}  // namespace lancehead
