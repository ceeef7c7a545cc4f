// The files of the cache (contract C12). Entries with one level-1 key lie in numbered slots,
// `<key>.<slot>.lhc`, so that a look-up opens files by name and never scans a folder. They are written under
// a temporary name out of a fixed set, which a lock guards, and renamed: a writer that is killed leaves at
// most a file that the next writer uses. Nothing that goes wrong here is more than a miss.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "driver/cache_place.h"

namespace lancehead {

constexpr std::string_view kEntrySuffix = ".lhc";
constexpr std::string_view kTemporarySuffix = ".tmp";
constexpr uint64_t kMaxEntryBytes = 64ull << 20;

struct StoredEntry {
  std::string path;
  std::string bytes;
  int64_t written = 0;  // when, in ns
  int64_t used = 0;
};

struct FoundEntries {
  std::vector<StoredEntry> entries;  // by folder, then the newest first
  std::string refused;               // what was passed over and why
};
FoundEntries read_entries(const CachePlace& place, const Hash128& key);
// The file's bytes if it is a trusted regular file; else why not.
std::string read_trusted(int folder, const char* name, const std::optional<SourceOwner>& source,
                         StoredEntry& out);
// The least recently used go first; a store that cannot be written stays as it is.
void mark_used(const StoredEntry& entry);

struct EntryWrite {
  std::string folder;
  std::optional<SourceOwner> source;
  Hash128 key, identity;  // entries with the same identity replace each other
  std::vector<uint8_t> bytes;
  uint64_t limit = 0;  // of the folder
};
std::string write_entry(const EntryWrite& write);  // why it failed, or empty

}  // namespace lancehead
