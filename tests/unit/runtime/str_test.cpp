#include "runtime/str.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "runtime/error.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

// A text with the least width that its characters need, as CPython keeps it.
class Text {
 public:
  explicit Text(const std::u32string& characters, int64_t kind = 0) {
    uint32_t highest = 0;
    for (char32_t c : characters) highest = std::max(highest, uint32_t{c});
    if (kind == 0) kind = highest < 256 ? 1 : highest < 65536 ? 2 : 4;
    for (char32_t c : characters) bytes_.append(reinterpret_cast<const char*>(&c), static_cast<size_t>(kind));
    leaves_ = {0, bytes_.data(), static_cast<int64_t>(characters.size()), kind};
  }
  const StrLeaves* leaves() const { return &leaves_; }

 private:
  std::string bytes_;
  StrLeaves leaves_;
};

const std::u32string kTexts[] = {U"",  U"a",   U"ab",     U"b", U"aé", U"ÿ",
                                 U"Ā", U"aĀb", U"\uffff", U"😀", U"a😀", U"\U0010ffff"};

TEST(Str, ConcatIsThatOfCodePoints) {
  int64_t before = lh_live_blocks();
  for (const auto& a : kTexts)
    for (const auto& b : kTexts) {
      Context ctx;
      StrLeaves out;
      Text x(a), y(b), expected(a + b);
      ASSERT_EQ(lh_str_concat(&ctx, x.leaves(), y.leaves(), &out), kOk);
      EXPECT_EQ(out.kind, expected.leaves()->kind);
      EXPECT_EQ(out.length, expected.leaves()->length);
      EXPECT_EQ(std::memcmp(out.data, expected.leaves()->data, static_cast<size_t>(out.length * out.kind)),
                0);
      lh_release(out.owner);
    }
  EXPECT_EQ(lh_live_blocks(), before);
}

TEST(Str, ConcatWithNothingIsTheSameText) {
  Context ctx;
  OwnerWord owner = owner_of(allocate_block(1, true));
  StrLeaves text{owner, header_of(owner)->payload(), 1, 1}, out;
  ASSERT_EQ(lh_str_concat(&ctx, &text, Text(U"").leaves(), &out), kOk);
  EXPECT_EQ(out.owner, owner);
  EXPECT_EQ(header_of(owner)->references, 2);
  lh_release(owner);
  lh_release(owner);
}

TEST(Str, ConcatTooLong) {
  Context ctx;
  StrLeaves text{0, "", INT64_MAX / 2 + 1, 1}, out;
  EXPECT_EQ(lh_str_concat(&ctx, &text, &text, &out), kRaised);
  EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::StrTooLong);
  lh_release(ctx.error);
}

TEST(Str, OrderIsThatOfCodePoints) {
  for (const auto& a : kTexts)
    for (const auto& b : kTexts) {
      int64_t expected = a < b ? -1 : a > b;
      for (int64_t kind : {0, 4}) {  // 4: wider than need be
        Text x(a, kind), y(b);
        EXPECT_EQ(lh_str_compare(x.leaves(), y.leaves()), expected);
        EXPECT_EQ(lh_str_equal(x.leaves(), y.leaves()), expected == 0);
      }
    }
}

}  // namespace
}  // namespace lancehead
