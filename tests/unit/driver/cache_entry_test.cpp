// The byte form of cache entries: what goes in comes out, and nothing that was changed is read.
#include <gtest/gtest.h>

#include "cache_fixture.h"
#include "driver/cache_entry.h"

namespace lancehead {
namespace {

std::string bytes_of(const CacheEntry& entry) {
  std::vector<uint8_t> bytes = entry_to_bytes(entry, kBuild, numbered(3));
  return std::string(bytes.begin(), bytes.end());
}

TEST(CacheEntryTest, ComesBackAsItWas) {
  CacheEntry entry = small_entry("f(int64)");
  std::string bytes = bytes_of(entry);
  std::optional<CacheEntry> back = entry_from_bytes(bytes, kBuild);
  ASSERT_TRUE(back);
  EXPECT_EQ(bytes_of(*back), bytes);
  EXPECT_EQ(back->title, "f(int64)");
  EXPECT_EQ(back->questions[1].name, "sqrt");
  EXPECT_EQ(back->units[0].object, entry.units[0].object);
  EXPECT_EQ(identity_of_entry(bytes), numbered(3));
}

TEST(CacheEntryTest, EveryFlippedBitIsNoticed) {
  const std::string bytes = bytes_of(small_entry("f(int64)"));
  for (size_t at = 0; at < bytes.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_FALSE(entry_from_bytes(changed, kBuild)) << "byte " << at << ", bit " << bit;
    }
}

TEST(CacheEntryTest, EveryTruncationIsNoticed) {
  const std::string bytes = bytes_of(small_entry("f(int64)"));
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(entry_from_bytes(std::string_view(bytes).substr(0, size), kBuild)) << size;
  EXPECT_FALSE(entry_from_bytes(bytes + '\0', kBuild));
}

// With a checksum that is right: lengths and references are checked by themselves.
TEST(CacheEntryTest, ReferencesOutOfRangeAreNoticed) {
  auto refused = [](auto change) {
    CacheEntry entry = small_entry("f");
    change(entry);
    return !entry_from_bytes(bytes_of(entry), kBuild);
  };
  EXPECT_TRUE(refused([](CacheEntry& e) { e.questions[1].object.answer = 1; }));
  EXPECT_TRUE(refused([](CacheEntry& e) { e.handles[0].origin.answer = 2; }));
  EXPECT_TRUE(refused([](CacheEntry& e) { e.units[0].functions[0].source = 2; }));
  EXPECT_TRUE(refused([](CacheEntry& e) { e.units[0].functions.clear(); }));
  EXPECT_TRUE(refused([](CacheEntry& e) { e.units.clear(); }));
  EXPECT_TRUE(refused([](CacheEntry& e) { e.questions.clear(); }));
}

TEST(CacheEntryTest, AnotherBuildIsRefused) {
  std::string bytes = bytes_of(small_entry("f"));
  EXPECT_FALSE(entry_from_bytes(bytes, Hash128{1, 3}));
  EXPECT_TRUE(entry_from_bytes(bytes));
}

}  // namespace
}  // namespace lancehead
