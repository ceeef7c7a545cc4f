#include "runtime/parallel_gate.h"

#include <dlfcn.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>

#include "runtime/error.h"
#include "runtime/hooks.h"
#include "runtime/memory.h"
#include "runtime/signature.h"
#include "runtime/stack.h"

namespace lancehead {
namespace {

// A region has at most this many chunks: enough to balance the load of many threads, few enough to cost
// nothing.
constexpr int64_t kMostChunks = 128;
// Chunks of at least kRoundFrom iterations are multiples of kRound, so that chunks of an array start at cache
// lines.
constexpr int64_t kRoundFrom = 64;
constexpr int64_t kRound = 16;
// Participants beyond this many share a part.
constexpr int64_t kMostParts = 64;

struct Gate {
  std::mutex lock;  // opening
  std::string path;
  std::atomic<const ParallelTable*> table{nullptr};
  std::atomic<bool> serial{false};      // no pool, for good
  std::atomic<int64_t> max_threads{0};  // 0: not asked yet
  std::atomic<int64_t> outermost{0};    // regions running
  std::atomic<bool> forking{false};     // a lock: held from before the fork to after it
};

Gate& gate() {
  static Gate* const instance = new Gate;
  return *instance;
}

thread_local int64_t t_threads = 0;           // this thread's mask; 0: the maximum
thread_local int64_t t_depth = 0;             // regions around what this thread runs
thread_local bool t_child_is_serial = false;  // if this thread forks now

template <typename T>
class Restore {
 public:
  Restore(T& place, T value) : place_(place), before_(place) { place = value; }
  ~Restore() { place_ = before_; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  T& place_;
  T before_;
};

const ParallelTable* open_table() {
  Gate& g = gate();
  if (const ParallelTable* table = g.table.load(std::memory_order_acquire)) return table;
  if (g.serial.load(std::memory_order_relaxed)) return nullptr;
  std::lock_guard guard(g.lock);
  if (const ParallelTable* table = g.table.load(std::memory_order_relaxed)) return table;
  const ParallelTable* table = nullptr;
  // Never unloaded: its threads run its code.
  if (void* library =
          g.path.empty() ? nullptr : dlopen(g.path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) {
    auto get = reinterpret_cast<const ParallelTable* (*)()>(dlsym(library, kParallelTableSymbol));
    if (get && get()->version == kParallelTableVersion) table = get();
  }
  if (table)
    g.table.store(table, std::memory_order_release);
  else
    g.serial.store(true, std::memory_order_relaxed);
  return table;
}

// A row of chunks that one participant starts with and others may help with.
struct alignas(64) Part {
  std::atomic<int64_t> next{0};
  int64_t end = 0;
};

class Region {
 public:
  Region(Context* ctx, ParallelBody body, void* environment, int64_t count, int64_t chunk)
      : ctx_(ctx),
        body_(body),
        environment_(environment),
        count_(count),
        chunk_(chunk),
        chunks_((count - 1) / chunk + 1),
        threads_(lh_get_num_threads()) {}

  int64_t participants() const { return std::min(threads_, chunks_); }
  Status run_serially();
  Status run(const ParallelTable* table);

 private:
  static void participate(void* region, int64_t k, int64_t thread);
  void take_chunks(Context* ctx, int64_t home);
  Status run_chunk(Context* ctx, int64_t chunk);
  void fail(int64_t chunk, Status status, OwnerWord error);

  Context* ctx_;
  ParallelBody body_;
  void* environment_;
  int64_t count_, chunk_, chunks_, threads_;
  int64_t part_count_ = 0;
  std::atomic<int64_t> failed_{INT64_MAX};  // the lowest chunk that has failed
  std::mutex failure_lock_;                 // guards what follows
  Status status_ = kOk;
  OwnerWord error_ = 0;
  Part* parts_ = nullptr;
};

Status Region::run_chunk(Context* ctx, int64_t chunk) {
  int64_t first = chunk * chunk_;
  return body_(ctx, environment_, first, chunk + 1 == chunks_ ? count_ : first + chunk_);
}

Status Region::run_serially() {
  for (int64_t chunk = 0; chunk < chunks_; ++chunk)
    if (Status status = run_chunk(ctx_, chunk)) return status;
  return kOk;
}

void Region::fail(int64_t chunk, Status status, OwnerWord error) {
  std::lock_guard guard(failure_lock_);
  if (status == kInterrupted) {
    // All stop. What interrupted them is an error that some other chunk has or the caller knows of.
    failed_.store(-1, std::memory_order_relaxed);
    if (status_ == kOk) status_ = status;
    return;
  }
  if (chunk < failed_.load(std::memory_order_relaxed) || status_ == kInterrupted) {
    if (status_ != kInterrupted) failed_.store(chunk, std::memory_order_relaxed);
    status_ = status;
    std::swap(error_, error);
  }
  lh_release(error);
}

void Region::take_chunks(Context* ctx, int64_t home) {
  for (int64_t i = 0; i < part_count_; ++i) {
    Part& part = parts_[(home + i) % part_count_];
    while (part.next.load(std::memory_order_relaxed) < part.end) {
      int64_t chunk = part.next.fetch_add(1, std::memory_order_relaxed);
      // Beyond an error nothing needs to run; below it everything does, for a lower error.
      if (chunk >= part.end || chunk > failed_.load(std::memory_order_relaxed)) break;
      if (Status status = run_chunk(ctx, chunk)) {
        fail(chunk, status, ctx->error);
        ctx->error = 0;
      }
    }
  }
}

void Region::participate(void* region, int64_t k, int64_t thread) {
  auto& self = *static_cast<Region*>(region);
  Restore depth(t_depth, t_depth + 1);
  Restore threads(t_threads, self.threads_);
  Context ctx;
  ctx.stack_limit = lh_stack_limit();
  ctx.interrupt = self.ctx_->interrupt;
  ctx.thread = thread;
  self.take_chunks(&ctx, k % self.part_count_);
}

Status Region::run(const ParallelTable* table) {
  Part parts[kMostParts];
  int64_t workers = participants();
  part_count_ = std::min(workers, kMostParts);
  parts_ = parts;
  for (int64_t k = 0; k < part_count_; ++k) {
    parts_[k].next.store(chunks_ * k / part_count_, std::memory_order_relaxed);
    parts_[k].end = chunks_ * (k + 1) / part_count_;
  }
  table->run(participate, this, workers, threads_, t_depth > 0);
  if (status_ == kOk) return kOk;
  if (ctx_->error) lh_release(ctx_->error);
  ctx_->error = error_;
  return status_;
}

// While it exists, an outermost region is counted, and this thread is without the GIL: another thread's part
// may need it, and so may a thread that waits to fork.
class OutermostRegion {
 public:
  OutermostRegion() : had_gil_(t_gil_held && python_hooks().release_gil), mark_(false) {
    if (had_gil_) gil_ = python_hooks().release_gil();
    Gate& g = gate();
    while (true) {
      g.outermost.fetch_add(1);
      if (!g.forking.load()) break;
      leave();
      g.forking.wait(true);
    }
  }
  ~OutermostRegion() {
    leave();
    if (had_gil_) python_hooks().acquire_gil(gil_);
  }

 private:
  static void leave() {
    Gate& g = gate();
    if (g.outermost.fetch_sub(1) == 1 && g.forking.load()) g.outermost.notify_all();
  }

  bool had_gil_;
  GilMark mark_;
  void* gil_ = nullptr;
};

// A region that one of its other threads has stopped because of a signal: this thread can run the signal's
// handler, whose exception is the one to raise.
Status settle_interruption(Context* ctx) {
  const ErrorObject& error = error_object(ctx->error);
  bool stopped = error.source == ErrorObject::Source::Row && error.row == ErrorRowId::Interrupted;
  if (!stopped || !python_hooks().interrupted) return kRaised;
  OwnerWord stop = ctx->error;
  ctx->error = 0;
  if (python_hooks().interrupted(ctx) == kOk)
    ctx->error = stop;
  else
    lh_release(stop);
  return kRaised;
}

int64_t available_cpus() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

}  // namespace

void lh_set_parallel_library(const char* path) {
  Gate& g = gate();
  std::lock_guard guard(g.lock);
  g.path = path;
}

void lh_set_parallel_table(const ParallelTable* table) {
  gate().table.store(table, std::memory_order_release);
}

extern "C" {

int64_t lh_parallel_chunk(int64_t count, int64_t grain) {
  int64_t size = std::max<int64_t>(count <= 0 ? 1 : (count - 1) / kMostChunks + 1, grain);
  return size < kRoundFrom || size > INT64_MAX - kRound ? size : (size + kRound - 1) / kRound * kRound;
}

Status lh_parallel_for(Context* ctx, ParallelBody body, void* environment, int64_t count, int64_t grain) {
  if (count <= 0) return kOk;
  // An interruption that a handler has dealt with must not stop this region.
  if (Status status = t_depth == 0 ? lh_poll(ctx) : kOk) return status;
  Region region(ctx, body, environment, count, lh_parallel_chunk(count, grain));
  if (region.participants() == 1 || gate().serial.load(std::memory_order_relaxed))
    return region.run_serially();
  if (t_depth > 0) return region.run(open_table());  // open already: this is a part of a region
  const ParallelTable* table;
  Status status = kOk;
  {
    OutermostRegion outermost;
    table = open_table();
    if (table) status = region.run(table);
  }
  if (!table) return region.run_serially();
  return status == kRaised ? settle_interruption(ctx) : status;
}

int64_t lh_max_threads() {
  Gate& g = gate();
  int64_t most = g.max_threads.load(std::memory_order_relaxed);
  if (most == 0) g.max_threads.store(most = available_cpus(), std::memory_order_relaxed);
  return most;
}

void lh_set_max_threads(int64_t threads) {
  gate().max_threads.store(std::max<int64_t>(threads, 1), std::memory_order_relaxed);
}

int64_t lh_get_num_threads() {
  return t_threads > 0 ? std::min(t_threads, lh_max_threads()) : lh_max_threads();
}

void lh_set_num_threads(int64_t threads) {
  t_threads = std::clamp<int64_t>(threads, 1, lh_max_threads());
}

void lh_parallel_before_fork() {
  Gate& g = gate();
  t_child_is_serial = t_depth > 0;
  if (t_depth > 0) return;  // cannot wait for the region that it is in
  while (g.forking.exchange(true)) g.forking.wait(true);
  for (int64_t running; (running = g.outermost.load()) != 0;) g.outermost.wait(running);
  const ParallelTable* table = g.table.load();
  t_child_is_serial = table && !table->finish();
}

void lh_parallel_after_fork_parent() {
  if (t_depth > 0) return;
  gate().forking.store(false);
  gate().forking.notify_all();
}

void lh_parallel_after_fork_child() {
  Gate& g = gate();
  g.outermost.store(t_depth > 0 ? 1 : 0);
  if (t_child_is_serial) g.serial.store(true);
  g.forking.store(false);
}

}  // extern "C"

LH_MATCHES_ROW(lh_parallel_chunk);
LH_MATCHES_ROW(lh_parallel_for);
LH_MATCHES_ROW(lh_get_num_threads);
LH_MATCHES_ROW(lh_set_num_threads);

}  // namespace lancehead
