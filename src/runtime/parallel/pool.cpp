// The pool on oneTBB. Each thread that starts outermost regions has an arena of its own, whose slots number
// the threads that work for it; nested regions run in the arena that they find.
#define TBB_PREVIEW_WAITING_FOR_WORKERS 1
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>

#include "runtime/parallel_table.h"

namespace lancehead {
namespace {

class Arena;

// All arenas and the pool's lifetime. Never destroyed: threads may end after main does.
struct Pool {
  std::mutex lock;
  std::set<Arena*> arenas;
  tbb::task_scheduler_handle handle;
  std::unique_ptr<tbb::global_control> limit;  // where more threads are asked for than there are CPUs
  int64_t limit_value = 0;

  void allow(int64_t threads) {
    std::lock_guard guard(lock);
    if (!handle) handle = tbb::task_scheduler_handle{tbb::attach{}};
    if (threads <= std::max<int64_t>(limit_value, tbb::info::default_concurrency())) return;
    limit_value = threads;
    limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                  static_cast<size_t>(threads));
  }
};

Pool& pool() {
  static Pool* const instance = new Pool;
  return *instance;
}

class Arena {
 public:
  Arena() {
    Pool& all = pool();
    std::lock_guard guard(all.lock);
    all.arenas.insert(this);
  }
  ~Arena() {
    Pool& all = pool();
    std::lock_guard guard(all.lock);
    all.arenas.erase(this);
  }

  tbb::task_arena& with(int64_t threads) {
    if (threads_ != threads) {
      arena_.terminate();
      pool().allow(threads);
      arena_.initialize(static_cast<int>(threads), 1);
      threads_ = threads;
    }
    return arena_;
  }

  void terminate() {
    arena_.terminate();
    threads_ = 0;
  }

 private:
  tbb::task_arena arena_;
  int64_t threads_ = 0;
};

// ThreadSanitizer does not see how oneTBB's library, which is not compiled with it, hands work from thread to
// thread: it is told that what came before a task was given out comes before the task, and that before what
// follows the wait. (The regions themselves are tested on plain threads too.)
#ifdef __SANITIZE_THREAD__
#define LH_UNSEEN __attribute__((no_sanitize("thread")))  // reads what came with it before it can say so
extern "C" void AnnotateHappensBefore(const char* file, int line, const volatile void* address);
extern "C" void AnnotateHappensAfter(const char* file, int line, const volatile void* address);
char g_hand_over;
void hands_over() {
  AnnotateHappensBefore(__FILE__, __LINE__, &g_hand_over);
}
void takes_over() {
  AnnotateHappensAfter(__FILE__, __LINE__, &g_hand_over);
}
#else
#define LH_UNSEEN
void hands_over() {}
void takes_over() {}
#endif

void fork_and_join(Participant participant, void* environment, int64_t participants) {
  takes_over();
  tbb::task_group group;
  for (int64_t k = 1; k < participants; ++k) {
    hands_over();
    group.run([=]() LH_UNSEEN {
      takes_over();
      participant(environment, k, tbb::this_task_arena::current_thread_index());
      hands_over();
    });
  }
  participant(environment, 0, tbb::this_task_arena::current_thread_index());
  group.wait();
  takes_over();
  hands_over();
}

void run(Participant participant, void* environment, int64_t participants, int64_t threads, bool nested) {
  auto region = [=] { fork_and_join(participant, environment, participants); };
  if (nested) {
    // Isolated: while it waits, this thread must not start another part of the region around this one, which
    // would find the thread's number in use.
    tbb::this_task_arena::isolate(region);
    return;
  }
  thread_local Arena arena;
  hands_over();
  arena.with(threads).execute(region);
  takes_over();
}

bool finish() {
  Pool& all = pool();
  std::lock_guard guard(all.lock);
  if (!all.handle) return true;
  for (Arena* arena : all.arenas) arena->terminate();
  bool ended = tbb::finalize(all.handle, std::nothrow);
  all.handle = tbb::task_scheduler_handle{};
  all.limit.reset();
  all.limit_value = 0;
  return ended;
}

constexpr ParallelTable kTable{kParallelTableVersion, run, finish};

}  // namespace

extern "C" __attribute__((visibility("default"))) const ParallelTable* lh_parallel_table() {
  return &kTable;
}

}  // namespace lancehead
