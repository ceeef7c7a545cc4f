// The store of the tests (cache_fixture.h).
#include "cache_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace lancehead {

const Hash128 kBuild{1, 2};

Hash128 numbered(uint64_t number) {
  return Hasher().add(number).finish();
}

CacheEntry small_entry(const std::string& title) {
  CacheEntry entry;
  entry.title = title;
  entry.questions.push_back({Question::Kind::Snapshot, {}, "", numbered(7)});
  entry.questions.push_back({Question::Kind::Attribute, {0, 1}, "sqrt", numbered(8)});
  entry.units.push_back({{{"lh_symbol", "f", 0}}, {1, 2, 3, 4, 5}});
  entry.handles.push_back({12, {1, 0}});
  entry.root_symbol = "lh_symbol";
  entry.result = "float64";
  entry.consulted = {0, 1};
  return entry;
}

StoreTest::StoreTest() {
  std::string name = std::filesystem::temp_directory_path().string() + "/lancehead-store-XXXXXX";
  folder_ = mkdtemp(name.data());
}

StoreTest::~StoreTest() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

CachePlace StoreTest::place() const {
  CachePlace out;
  out.read = {folder_};
  out.write = folder_;
  return out;
}

EntryWrite StoreTest::entry(uint64_t key, uint64_t identity, const std::string& text) const {
  return {folder_,
          std::nullopt,
          numbered(key),
          numbered(identity),
          entry_to_bytes(small_entry(text), kBuild, numbered(identity)),
          limit_};
}

std::string StoreTest::write(uint64_t key, uint64_t identity, const std::string& text) const {
  return write_entry(entry(key, identity, text));
}

std::vector<std::string> StoreTest::names() const {
  std::vector<std::string> out;
  for (const auto& item : std::filesystem::directory_iterator(folder_))
    out.push_back(item.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

size_t StoreTest::count(std::string_view suffix) const {
  size_t n = 0;
  for (const std::string& name : names()) n += name.ends_with(suffix);
  return n;
}

std::vector<std::string> StoreTest::titles(uint64_t key) const {
  std::vector<std::string> out;
  for (const StoredEntry& stored : read_entries(place(), numbered(key)).entries)
    if (auto entry = entry_from_bytes(stored.bytes, kBuild)) out.push_back(entry->title);
  return out;
}

void StoreTest::set_used(const std::string& name, int64_t seconds) const {
  const timespec times[2] = {{seconds, 0}, {0, UTIME_OMIT}};
  ASSERT_EQ(utimensat(AT_FDCWD, (folder_ + "/" + name).c_str(), times, 0), 0);
}

}  // namespace lancehead
