// Keeps a store within its limit, lists and clears it. How full a folder is, `lancehead.usage` tells by its
// length: a byte for every 4 KiB that was written, appended before the write, so that it is never less than
// the truth and needs no lock. Only when it says that the limit is passed is the folder read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lancehead {

// Notes a write into an open folder; whether the folder is then beyond its limit, as far as is known.
bool count_write(int folder, uint64_t bytes, uint64_t limit);
// Removes the least recently used entries until an eighth of the limit is free. Not while another does.
void evict(int folder, uint64_t limit);

struct ListedEntry {
  std::string file;
  uint64_t bytes = 0;
  std::string title;    // what it is of
  std::string refused;  // why it is not read
};
struct StoreListing {
  std::string folder;
  std::string why;  // why the folder is not read or written
  uint64_t limit = 0;
  std::vector<ListedEntry> entries;
};
StoreListing list_store(const std::string& folder);

struct ClearedStore {
  uint64_t removed = 0;
  std::vector<std::string> failed;  // files that could not be removed, and why
};
ClearedStore clear_store(const std::string& folder);

}  // namespace lancehead
