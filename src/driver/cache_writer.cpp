// The queue, the thread, and what a fork does to them (cache_writer.h).
#include "driver/cache_writer.h"

#include <pthread.h>

#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace lancehead {
namespace {

class WriterThread {
 public:
  void push(EntryWrite write) {
    std::lock_guard<std::mutex> lock(mutex_);
    static const int registered = std::atexit(finish_cache_writes);
    (void)registered;
    queue_.push_back(std::move(write));
  }

  void release() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (queue_.empty()) return;
    start();
    wake_.notify_one();
  }

  void finish() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!queue_.empty()) start();
      if (!thread_.joinable()) return;
      stop_ = true;
      wake_.notify_one();
    }
    thread_.join();
    thread_ = std::thread();
  }

  std::string failure(const std::string& folder) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = failures_.find(folder);
    return found == failures_.end() ? std::string() : found->second;
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
    released_ = 0;
    mutex_.unlock();
  }

 private:
  // With the lock: all that is queued now may be written.
  void start() {
    released_ = queue_.size();
    if (thread_.joinable()) return;
    stop_ = false;
    sigset_t all, before;  // signals are for the threads that run Python
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      thread_ = std::thread([this] { run(); });
    } catch (const std::system_error&) {  // no more threads: these entries are not kept
      queue_.clear();
      released_ = 0;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return stop_ || released_ > 0; });
      if (released_ == 0) return;
      EntryWrite next = std::move(queue_.front());
      queue_.pop_front();
      --released_;
      lock.unlock();
      std::string why = write_entry(next);
      lock.lock();
      if (why.empty())
        failures_.erase(next.folder);
      else
        failures_[next.folder] = std::move(why);
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<EntryWrite> queue_;
  size_t released_ = 0;                          // how many of the queue, from its front, may be written
  std::map<std::string, std::string> failures_;  // by folder
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

void queue_cache_write(EntryWrite write) {
  writer().push(std::move(write));
}

void release_cache_writes() {
  writer().release();
}

void finish_cache_writes() {
  writer().finish();
}

std::string last_write_failure(const std::string& folder) {
  return writer().failure(folder);
}

}  // namespace lancehead
