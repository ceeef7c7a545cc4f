// Where cache entries lie (contract C12): files named by the level-1 hash, in the user's cache folder or, for
// cache=True, in
// `__pycache__` beside the source. Entries are written by one background thread, under a temporary name, then
// renamed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.h"

namespace lancehead {

struct CachePlace {
  std::vector<std::string> read;  // folders to look into, in this order
  std::string write;              // where a new entry goes; empty: nowhere can be written
};

// LANCEHEAD_CACHE=0 turns the cache off: no folders at all.
CachePlace cache_place(const std::string& source_file, bool beside_source);
// LANCEHEAD_CACHE_DIR, NUMBA_CACHE_DIR, $XDG_CACHE_HOME/lancehead or ~/.cache/lancehead.
std::string user_cache_folder();

// The entries with this key, newest first; files that others than the user, root or the folder's owner could
// have changed are passed over.
std::vector<std::string> read_entries(const std::vector<std::string>& folders, const Hash128& key);
// Queues an entry; `identity` tells entries with the same key apart. Failures are silent: the next process
// compiles again.
void publish_entry(const std::string& folder, const Hash128& key, const Hash128& identity,
                   std::vector<uint8_t> bytes);
// Waits until all that was queued is written, and ends the thread.
void finish_cache_writes();

constexpr uint64_t kCacheLimit = 512ull << 20;  // bytes in the user's cache folder

struct CacheUsage {
  std::string folder;
  uint64_t entries = 0;
  uint64_t bytes = 0;
};
CacheUsage cache_usage();
uint64_t clear_cache();  // how many entries were removed

}  // namespace lancehead
