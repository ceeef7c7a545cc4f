// Slots, temporary files, reading (cache_store.h).
#include "driver/cache_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "driver/cache_entry.h"
#include "driver/cache_upkeep.h"
#include "driver/file_handle.h"

namespace lancehead {
namespace {

constexpr int kSlots = 16;        // entries with one key
constexpr int kTemporaries = 32;  // writers at a time
constexpr int64_t kUsedSeconds = 600;

int64_t ns_of(const timespec& t) {
  return t.tv_sec * int64_t{1000000000} + t.tv_nsec;
}

std::string slot_name(const Hash128& key, int slot) {
  return key.hex() + "." + std::to_string(slot) + std::string(kEntrySuffix);
}

bool read_all(int file, std::string& out) {
  size_t done = 0;
  while (done < out.size()) {
    ssize_t n = read(file, out.data() + done, out.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

bool write_all(int file, const std::vector<uint8_t>& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    ssize_t n = write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<size_t>(n);
  }
  return true;
}

// `folder` and what is missing above it; the last one is for the user alone unless it lies beside a source.
bool make_folder(const std::string& folder) {
  for (size_t slash = folder.find('/', 1); slash != std::string::npos; slash = folder.find('/', slash + 1))
    mkdir(folder.substr(0, slash).c_str(), 0777);
  return mkdir(folder.c_str(), folder.ends_with("/__pycache__") ? 0755 : 0700) == 0 || errno == EEXIST;
}

// The slot that holds this identity, else the first that is free, else the least recently used one.
std::string slot_for(int folder, const EntryWrite& w) {
  std::string oldest;
  int64_t oldest_use = INT64_MAX;
  for (int slot = 0; slot < kSlots; ++slot) {
    std::string name = slot_name(w.key, slot);
    FileHandle file(openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file.valid() && errno == ENOENT) return name;
    struct stat info {};
    std::string head(kEntryHead, '\0');
    if (!file.valid() || fstat(file.get(), &info) != 0 || !read_all(file.get(), head)) return name;
    if (identity_of_entry(head) == w.identity) return name;
    if (ns_of(info.st_atim) >= oldest_use) continue;
    oldest_use = ns_of(info.st_atim);
    oldest = name;
  }
  return oldest;
}

// A temporary file that is this writer's alone as long as it is open: locked, and still the one of that name.
FileHandle open_temporary(int folder, std::string& name) {
  int why = EBUSY;
  for (int k = 0; k < kTemporaries; ++k) {
    name = "lancehead-" + std::to_string(k) + std::string(kTemporarySuffix);
    constexpr int kHow = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    FileHandle file(openat(folder, name.c_str(), kHow, 0644));
    if (!file.valid()) {
      why = errno;
      continue;
    }
    struct stat opened {
    }, named{};
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 || fstat(file.get(), &opened) != 0) continue;
    bool same = fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
                opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
    if (same && S_ISREG(opened.st_mode) && opened.st_uid == geteuid() && opened.st_nlink == 1 &&
        fchmod(file.get(), 0644) == 0 && ftruncate(file.get(), 0) == 0)
      return file;
  }
  errno = why;
  return FileHandle();
}

std::string failed(const std::string& folder) {
  return folder + " cannot be written: " + std::strerror(errno);
}

}  // namespace

std::string read_trusted(int folder, const char* name, const std::optional<SourceOwner>& source,
                         StoredEntry& out) {
  FileHandle file(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (!file.valid() && errno == ELOOP) return "it is a symbolic link";
  if (!file.valid() || fstat(file.get(), &info) != 0) return std::strerror(errno);
  if (!S_ISREG(info.st_mode)) return "it is no regular file";
  if (std::string why = distrust(info, source, geteuid()); !why.empty()) return why;
  if (static_cast<uint64_t>(info.st_size) > kMaxEntryBytes) return "it is too large";
  out.written = ns_of(info.st_mtim);
  out.used = ns_of(info.st_atim);
  out.bytes.resize(static_cast<size_t>(info.st_size));
  return read_all(file.get(), out.bytes) ? "" : "it cannot be read";
}

FoundEntries read_entries(const CachePlace& place, const Hash128& key) {
  FoundEntries out;
  for (const std::string& path : place.read) {
    FileHandle folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.valid()) continue;
    std::vector<StoredEntry> here;
    for (int slot = 0; slot < kSlots; ++slot) {
      std::string name = slot_name(key, slot);
      StoredEntry entry;
      entry.path = path + "/" + name;
      if (faccessat(folder.get(), name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0) break;
      std::string why = read_trusted(folder.get(), name.c_str(), place.source, entry);
      if (why.empty())
        here.push_back(std::move(entry));
      else
        out.refused += (out.refused.empty() ? "" : "; ") + entry.path + " is not read: " + why;
    }
    std::stable_sort(here.begin(), here.end(),
                     [](const StoredEntry& a, const StoredEntry& b) { return a.written > b.written; });
    for (StoredEntry& entry : here) out.entries.push_back(std::move(entry));
  }
  return out;
}

void mark_used(const StoredEntry& entry) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (ns_of(now) - entry.used < kUsedSeconds * 1000000000 && entry.used >= entry.written) return;
  const timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  utimensat(AT_FDCWD, entry.path.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

std::string write_entry(const EntryWrite& w) {
  if (w.bytes.size() > std::min(kMaxEntryBytes, w.limit)) return "";
  if (!make_folder(w.folder)) return failed(w.folder);
  FileHandle folder(open(w.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct stat info {};
  if (!folder.valid() || fstat(folder.get(), &info) != 0) return failed(w.folder);
  if (std::string why = distrust(info, w.source, geteuid()); !why.empty())
    return w.folder + " is not trusted: " + why;
  bool full = count_write(folder.get(), w.bytes.size(), w.limit);
  std::string temporary;
  FileHandle file = open_temporary(folder.get(), temporary);
  if (!file.valid()) return failed(w.folder);
  std::string target = slot_for(folder.get(), w);
  if (!write_all(file.get(), w.bytes) ||
      renameat(folder.get(), temporary.c_str(), folder.get(), target.c_str()) != 0) {
    std::string why = failed(w.folder);
    unlinkat(folder.get(), temporary.c_str(), 0);
    return why;
  }
  if (full) evict(folder.get(), w.limit);
  return "";
}

}  // namespace lancehead
