// Which owners and modes are trusted, and what the settings say.
#include <gtest/gtest.h>

#include "driver/cache_settings.h"
#include "driver/cache_trust.h"

namespace lancehead {
namespace {

constexpr uid_t kMe = 1000, kRoot = 0, kAuthor = 2000, kOther = 3000;
constexpr gid_t kGroup = 50, kOtherGroup = 60;

struct Case {
  const char* name;
  uid_t owner;
  mode_t mode;
  std::optional<SourceOwner> source;
  const char* why;
};

const SourceOwner kPlain{kAuthor, kGroup, S_IFREG | 0644};
const SourceOwner kShared{kAuthor, kGroup, S_IFREG | 0664};
const SourceOwner kSharedByOthers{kAuthor, kOtherGroup, S_IFREG | 0664};
const SourceOwner kOpen{kAuthor, kGroup, S_IFREG | 0666};
constexpr const char* kForeign = "it belongs to user 3000";
constexpr const char* kAuthors = "it belongs to user 2000";
constexpr const char* kEverybody = "everybody can write to it";
constexpr const char* kItsGroup = "its group can write to it";

class CacheTrustTest : public testing::TestWithParam<Case> {};

TEST_P(CacheTrustTest, SaysWhy) {
  const Case& c = GetParam();
  struct stat info {};
  info.st_uid = c.owner;
  info.st_gid = kGroup;
  info.st_mode = c.mode;
  EXPECT_EQ(distrust(info, c.source, kMe), c.why);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, CacheTrustTest,
    testing::Values(Case{"Own", kMe, S_IFREG | 0644, {}, ""}, Case{"Roots", kRoot, S_IFREG | 0644, {}, ""},
                    Case{"AnothersFile", kOther, S_IFREG | 0644, {}, kForeign},
                    Case{"AnothersFolder", kOther, S_IFDIR | 0755, {}, kForeign},
                    Case{"AnothersStickyFolder", kOther, S_IFDIR | 01777, {}, kForeign},
                    Case{"AnothersBesideTheAuthors", kOther, S_IFREG | 0644, kOpen, kForeign},
                    Case{"Authors", kAuthor, S_IFREG | 0644, kPlain, ""},
                    Case{"AuthorsWithoutSource", kAuthor, S_IFREG | 0644, {}, kAuthors},
                    Case{"OpenFile", kMe, S_IFREG | 0646, {}, kEverybody},
                    Case{"OpenFolder", kMe, S_IFDIR | 0757, {}, kEverybody},
                    Case{"OpenFileOfPlainSource", kMe, S_IFREG | 0646, kPlain, kEverybody},
                    Case{"OpenFileOfSharedSource", kMe, S_IFREG | 0666, kShared, kEverybody},
                    Case{"OpenFileOfOpenSource", kMe, S_IFREG | 0666, kOpen, ""},
                    Case{"GroupFile", kMe, S_IFREG | 0664, {}, kItsGroup},
                    Case{"GroupFolder", kMe, S_IFDIR | 0775, {}, kItsGroup},
                    Case{"GroupFileOfPlainSource", kMe, S_IFREG | 0664, kPlain, kItsGroup},
                    Case{"GroupFileOfSharedSource", kMe, S_IFREG | 0664, kShared, ""},
                    Case{"GroupFileOfSourceOfAnotherGroup", kMe, S_IFREG | 0664, kSharedByOthers, kItsGroup},
                    Case{"GroupFileOfOpenSource", kMe, S_IFREG | 0664, kOpen, ""},
                    Case{"StickyFolder", kRoot, S_IFDIR | 01777, {}, ""},
                    Case{"StickyBitOnAFile", kMe, S_IFREG | 01666, {}, kEverybody}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(CacheSettingsTest, SizesAreReadWithUnits) {
  EXPECT_EQ(parse_size("0"), 0u);
  EXPECT_EQ(parse_size("1000"), 1000u);
  EXPECT_EQ(parse_size("1000B"), 1000u);
  EXPECT_EQ(parse_size("64K"), 64u << 10);
  EXPECT_EQ(parse_size("64kb"), 64u << 10);
  EXPECT_EQ(parse_size("512M"), 512u << 20);
  EXPECT_EQ(parse_size("3G"), 3ull << 30);
  EXPECT_EQ(parse_size("99999999999T"), UINT64_MAX);
  for (const char* wrong : {"", "M", "-1", "1.5G", "12X", "12 M", "12MM"})
    EXPECT_FALSE(parse_size(wrong)) << wrong;
}

}  // namespace
}  // namespace lancehead
