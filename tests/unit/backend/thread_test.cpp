// From IR text to a call, end to end.
#include <gtest/gtest.h>

#include "native.h"

namespace lancehead::testing {
namespace {

TEST(Backend, AddsTwoIntegers) {
  Native native(R"(
function @add(%0: int64, %1: int64) -> int64 stage final {
^0:
  %2: int64 = add %0, %1
  return %2
})");
  EXPECT_EQ(native.call<int64_t>("add", int64_t{40}, int64_t{2}), 42);
  EXPECT_EQ(native.status, 0);
  EXPECT_FALSE(native.lean);
}

}  // namespace
}  // namespace lancehead::testing
