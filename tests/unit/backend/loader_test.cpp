// The loader on what the back end emits, whole and damaged.
#include "driver/loader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "backend/emit.h"
#include "ir/parse.h"

namespace lancehead::testing {
namespace {

// Calls of the runtime and of libm, constants, a string, named values.
std::string object() {
  Expected<Unit> unit = parse_unit(R"(
function @f(%x: float64, %n: int64) -> tuple<float64,str> stage final symbol f {
^entry:
  %limit: int64 = const 10
  check_index 0 %n, %limit @1:0-1:1
  %a: float64 = const 1.25
  %b: float64 = math sin %x
  %c: float64 = mul %a, %b
  %s: str = const "text"
  object_call "builtins.print" %c
  %t: tuple<float64,str> = tuple_make %c, %s
  return %t
})");
  EXPECT_TRUE(unit);
  return emit(*unit, {}).bytes;
}

bool know_all(const char*, uint64_t* value) {
  *value = 0x1000;
  return true;
}

TEST(Loader, FindsGlobalSymbolsOnly) {
  auto loaded = load_object(object(), know_all);
  ASSERT_TRUE(loaded);
  EXPECT_NE((*loaded)->symbol("f"), nullptr);
  EXPECT_NE((*loaded)->symbol("f$entry"), nullptr);
  EXPECT_EQ((*loaded)->symbol("sin"), nullptr);
  EXPECT_EQ((*loaded)->symbol(""), nullptr);
}

TEST(Loader, SaysWhatIsUndefined) {
  auto loaded = load_object(object(), [](const char* name, uint64_t* value) {
    *value = 0;
    return std::strcmp(name, "sin") != 0;
  });
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message().find("undefined symbol 'sin'"), std::string::npos)
      << loaded.error().message();
}

TEST(Loader, AsksForWhatTheObjectNames) {
  std::vector<std::string> names;
  auto loaded = load_object(object(), [&](const char* name, uint64_t* value) {
    names.push_back(name);
    return know_all(name, value);
  });
  ASSERT_TRUE(loaded);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"lh$function$f", "lh$object$builtins.print", "lh$type$tuple<float64>",
                                      "lh_error_trace", "lh_object_call", "lh_raise_builtin", "sin"}));
}

TEST(Loader, TruncatedObjectsAreErrors) {
  std::string whole = object();
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(load_object(std::string_view(whole).substr(0, size), know_all)) << size;
}

// Damage must never reach beyond the object's own arena; whether it is noticed depends on where it is.
TEST(Loader, DamagedObjectsDoNotCrash) {
  const std::string whole = object();
  std::mt19937 random(1);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = whole;
    for (int flips = 1 + static_cast<int>(random() % 4); flips > 0; --flips) {
      // Headers and tables, at both ends of the file, are hit more often than code.
      size_t at =
          random() % 2 ? random() % damaged.size() : damaged.size() - 1 - random() % (damaged.size() / 2);
      damaged[at] = static_cast<char>(random() % 3 ? random() : 0xff);
    }
    if (!load_object(damaged, know_all)) ++refused;
  }
  EXPECT_GT(refused, 1000);
}

TEST(Loader, OtherFilesAreErrors) {
  for (const char* text :
       {"", "\x7f\x45LF", "not an object at all, but long enough to hold a header of sixty-four bytes"}) {
    auto loaded = load_object(text, know_all);
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message().find("cannot load an object"), std::string::npos);
  }
}

}  // namespace
}  // namespace lancehead::testing
