// Counting, evicting, listing, clearing (cache_upkeep.h).
#include "driver/cache_upkeep.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "driver/cache_entry.h"
#include "driver/cache_place.h"
#include "driver/cache_settings.h"
#include "driver/cache_store.h"
#include "driver/file_handle.h"

namespace lancehead {
namespace {

constexpr const char* kUsage = "lancehead.usage";
constexpr uint64_t kBlock = 4096;
constexpr int kCarefully = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;  // whatever another put there

uint64_t blocks(uint64_t bytes) {
  return (bytes + kBlock - 1) / kBlock;
}

// "<32 hexadecimal digits>.<slot>.lhc"
bool is_entry(const std::string& name) {
  return name.ends_with(kEntrySuffix) && name.find_first_not_of("0123456789abcdef") == 32 && name[32] == '.';
}

bool is_temporary(const std::string& name) {
  return name.starts_with("lancehead-") && name.ends_with(kTemporarySuffix);
}

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> out;
  int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* stream = copy >= 0 ? fdopendir(copy) : nullptr;
  if (!stream) return out;
  while (const dirent* item = readdir(stream)) out.push_back(item->d_name);
  closedir(stream);
  return out;
}

// Those that a killed writer left.
void remove_temporary(int folder, const std::string& name) {
  FileHandle file(openat(folder, name.c_str(), O_WRONLY | kCarefully));
  if (file.valid() && flock(file.get(), LOCK_EX | LOCK_NB) == 0) unlinkat(folder, name.c_str(), 0);
}

struct Found {
  std::string name;
  int64_t used;
  uint64_t blocks;
};

}  // namespace

bool count_write(int folder, uint64_t bytes, uint64_t limit) {
  FileHandle usage(openat(folder, kUsage, O_WRONLY | O_APPEND | O_CREAT | kCarefully, 0644));
  struct stat info {};
  std::string marks(blocks(bytes), '.');
  if (!usage.valid() || write(usage.get(), marks.data(), marks.size()) < 0 || fstat(usage.get(), &info) != 0)
    return false;
  bool first = static_cast<uint64_t>(info.st_size) == marks.size();  // what lies there is not known
  return first || static_cast<uint64_t>(info.st_size) > limit / kBlock;
}

void evict(int folder, uint64_t limit) {
  FileHandle usage(openat(folder, kUsage, O_WRONLY | kCarefully));
  if (!usage.valid() || flock(usage.get(), LOCK_EX | LOCK_NB) != 0) return;
  std::vector<Found> all;
  uint64_t total = 0;
  for (const std::string& name : names_in(folder)) {
    struct stat info {};
    if (is_temporary(name)) remove_temporary(folder, name);
    if (!is_entry(name) || fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    int64_t used = info.st_atim.tv_sec * int64_t{1000000000} + info.st_atim.tv_nsec;
    all.push_back({name, used, blocks(static_cast<uint64_t>(info.st_size))});
    total += all.back().blocks;
  }
  if (total > limit / kBlock) {
    std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.used < b.used; });
    uint64_t wanted = (limit - limit / 8) / kBlock;
    for (const Found& f : all) {
      if (total <= wanted) break;
      if (unlinkat(folder, f.name.c_str(), 0) == 0) total -= f.blocks;
    }
  }
  if (ftruncate(usage.get(), static_cast<off_t>(total)) != 0) unlinkat(folder, kUsage, 0);
  flock(usage.get(), LOCK_UN);  // a child of a fork may hold the file open
}

StoreListing list_store(const std::string& path) {
  StoreListing out;
  out.folder = path;
  out.limit = cache_limit();
  out.why = path.empty() ? "no folder is known" : state_of_folder(path, std::nullopt).why;
  FileHandle folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return out;
  for (const std::string& name : names_in(folder.get())) {
    struct stat info {};
    if (!is_entry(name) || fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    ListedEntry listed;
    listed.file = name;
    listed.bytes = static_cast<uint64_t>(info.st_size);
    StoredEntry stored;
    listed.refused = read_trusted(folder.get(), name.c_str(), std::nullopt, stored);
    if (listed.refused.empty()) {
      std::optional<CacheEntry> entry = entry_from_bytes(stored.bytes);
      if (entry)
        listed.title = entry->title;
      else
        listed.refused = "it is damaged or of another version";
    }
    out.entries.push_back(std::move(listed));
  }
  std::sort(out.entries.begin(), out.entries.end(), [](const ListedEntry& a, const ListedEntry& b) {
    return std::tie(a.title, a.file) < std::tie(b.title, b.file);
  });
  return out;
}

ClearedStore clear_store(const std::string& path) {
  ClearedStore out;
  FileHandle folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return out;
  for (const std::string& name : names_in(folder.get())) {
    if (is_temporary(name)) remove_temporary(folder.get(), name);
    if (name == kUsage) unlinkat(folder.get(), kUsage, 0);
    if (!is_entry(name)) continue;
    if (unlinkat(folder.get(), name.c_str(), 0) == 0)
      ++out.removed;
    else
      out.failed.push_back(path + "/" + name + ": " + std::strerror(errno));
  }
  return out;
}

}  // namespace lancehead
