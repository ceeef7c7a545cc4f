// Folders, files and the writing thread.
#include "driver/cache_store.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <mutex>
#include <new>
#include <thread>

namespace lancehead {
namespace {

namespace fs = std::filesystem;
constexpr const char* kSuffix = ".lhc";

const char* setting(const char* ours, const char* numba) {
  const char* value = std::getenv(ours);
  if (!value && numba) value = std::getenv(numba);
  return value && *value ? value : nullptr;
}

bool is_off() {
  const char* value = std::getenv("LANCEHEAD_CACHE");
  return value && (!std::strcmp(value, "0") || !strcasecmp(value, "off") || !strcasecmp(value, "false"));
}

// A store is trusted like a .pyc: only its owner may have changed it.
bool is_trusted(int file, const std::string& folder) {
  struct stat f {
  }, d{};
  if (fstat(file, &f) != 0 || stat(folder.c_str(), &d) != 0) return false;
  bool owner = f.st_uid == geteuid() || f.st_uid == 0 || f.st_uid == d.st_uid;
  return owner && !(f.st_mode & S_IWOTH) && !((d.st_mode & S_IWOTH) && !(d.st_mode & S_ISVTX)) &&
         S_ISREG(f.st_mode);
}

bool read_file(const std::string& folder, const fs::path& path, std::string& out) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool ok = is_trusted(file, folder);
  struct stat info {};
  if (ok && fstat(file, &info) == 0) {
    out.resize(static_cast<size_t>(info.st_size));
    size_t done = 0;
    while (done < out.size()) {
      ssize_t n = read(file, out.data() + done, out.size() - done);
      if (n <= 0) break;
      done += static_cast<size_t>(n);
    }
    ok = done == out.size();
  }
  if (ok) futimens(file, nullptr);  // the least recently used go first; a read-only store stays as it is
  close(file);
  return ok;
}

struct Write {
  std::string folder, name;
  std::vector<uint8_t> bytes;
};

void write_entry(const Write& w) {
  std::error_code ignored;
  fs::create_directories(w.folder, ignored);
  std::string target = w.folder + "/" + w.name;
  std::string temporary = target + ".tmp" + std::to_string(getpid());
  int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return;
  size_t done = 0;
  while (done < w.bytes.size()) {
    ssize_t n = write(file, w.bytes.data() + done, w.bytes.size() - done);
    if (n <= 0) break;
    done += static_cast<size_t>(n);
  }
  bool ok = close(file) == 0 && done == w.bytes.size();
  if (!ok || rename(temporary.c_str(), target.c_str()) != 0) unlink(temporary.c_str());
}

bool is_entry(const fs::path& path) {
  return path.extension() == kSuffix;
}

// Removes the least recently used entries of the user's folder until it is within its limit.
void evict() {
  struct Found {
    fs::file_time_type time;
    uint64_t size;
    fs::path path;
  };
  std::vector<Found> all;
  uint64_t total = 0;
  std::error_code ec;
  for (fs::directory_iterator it(user_cache_folder(), ec), end; !ec && it != end; it.increment(ec)) {
    if (!is_entry(it->path())) continue;
    std::error_code time_error, size_error;
    all.push_back(
        {fs::last_write_time(it->path(), time_error), fs::file_size(it->path(), size_error), it->path()});
    if (!size_error) total += all.back().size;
  }
  if (total <= kCacheLimit) return;
  std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.time < b.time; });
  for (const Found& f : all) {
    if (total <= kCacheLimit) return;
    if (unlink(f.path.c_str()) == 0) total -= f.size;
  }
}

class WriterThread {
 public:
  void push(Write write) {
    std::lock_guard<std::mutex> lock(mutex_);
    queue_.push_back(std::move(write));
    if (!thread_.joinable()) {
      stop_ = false;
      static const int registered = std::atexit(finish_cache_writes);
      (void)registered;
      thread_ = std::thread([this] { run(); });
    }
    wake_.notify_one();
  }

  void finish() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!thread_.joinable()) return;
      stop_ = true;
      wake_.notify_one();
    }
    thread_.join();
    thread_ = std::thread();
  }

  // Nobody but the thread that forks may be inside, or the child could never enter.
  void before_fork() { mutex_.lock(); }
  void after_fork_in_parent() { mutex_.unlock(); }
  // The child has the parent's thread object but not the thread, which may have been waiting; what was queued
  // is the parent's to write.
  void after_fork_in_child() {
    new (&thread_) std::thread;
    new (&wake_) std::condition_variable;
    queue_.clear();
    mutex_.unlock();
  }

 private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return stop_ || !queue_.empty(); });
      if (queue_.empty()) {
        lock.unlock();
        evict();
        return;
      }
      Write next = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      write_entry(next);
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Write> queue_;
  std::thread thread_;
  bool stop_ = false;
};

WriterThread& writer();

WriterThread* make_writer() {
  pthread_atfork([] { writer().before_fork(); }, [] { writer().after_fork_in_parent(); },
                 [] { writer().after_fork_in_child(); });
  return new WriterThread;
}

WriterThread& writer() {
  static WriterThread* const thread = make_writer();  // never destroyed: finish_cache_writes() joins it
  return *thread;
}

}  // namespace

std::string user_cache_folder() {
  if (const char* dir = setting("LANCEHEAD_CACHE_DIR", "NUMBA_CACHE_DIR")) return dir;
  if (const char* dir = setting("XDG_CACHE_HOME", nullptr)) return std::string(dir) + "/lancehead";
  const char* home = std::getenv("HOME");
  return home && *home ? std::string(home) + "/.cache/lancehead" : std::string();
}

CachePlace cache_place(const std::string& source_file, bool beside_source) {
  CachePlace place;
  if (is_off()) return place;
  std::string user = user_cache_folder();
  place.write = user;
  if (beside_source && fs::path(source_file).is_absolute()) {
    std::string folder = (fs::path(source_file).parent_path() / "__pycache__").string();
    std::string parent = fs::path(source_file).parent_path().string();
    bool writable = access(folder.c_str(), W_OK) == 0 ||
                    (access(folder.c_str(), F_OK) != 0 && access(parent.c_str(), W_OK) == 0);
    std::error_code ignored;
    if (writable && fs::exists(source_file, ignored)) place.write = folder;
    place.read.push_back(folder);
  }
  if (!user.empty()) place.read.push_back(user);
  return place;
}

std::vector<std::string> read_entries(const std::vector<std::string>& folders, const Hash128& key) {
  std::vector<std::string> out;
  std::string prefix = key.hex() + "-";
  for (const std::string& folder : folders) {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code ec;
    for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
      if (it->path().filename().string().rfind(prefix, 0) != 0 || !is_entry(it->path())) continue;
      std::error_code time_error;
      found.emplace_back(fs::last_write_time(it->path(), time_error), it->path());
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [time, path] : found) {
      std::string bytes;
      if (read_file(folder, path, bytes)) out.push_back(std::move(bytes));
    }
  }
  return out;
}

void publish_entry(const std::string& folder, const Hash128& key, const Hash128& identity,
                   std::vector<uint8_t> bytes) {
  if (folder.empty()) return;
  writer().push({folder, key.hex() + "-" + identity.hex().substr(0, 16) + kSuffix, std::move(bytes)});
}

void finish_cache_writes() {
  writer().finish();
}

CacheUsage cache_usage() {
  CacheUsage usage;
  usage.folder = user_cache_folder();
  std::error_code ec;
  for (fs::directory_iterator it(usage.folder, ec), end; !ec && it != end; it.increment(ec)) {
    if (!is_entry(it->path())) continue;
    ++usage.entries;
    std::error_code size_error;
    usage.bytes += fs::file_size(it->path(), size_error);
  }
  return usage;
}

uint64_t clear_cache() {
  uint64_t removed = 0;
  std::error_code ec;
  for (fs::directory_iterator it(user_cache_folder(), ec), end; !ec && it != end; it.increment(ec))
    if (is_entry(it->path()) && unlink(it->path().c_str()) == 0) ++removed;
  return removed;
}

}  // namespace lancehead
