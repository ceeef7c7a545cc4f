#include "runtime/ledger.h"

#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "runtime/hooks.h"

namespace lancehead {
namespace {

using Differences = std::unordered_map<void*, int64_t>;

struct Ledger {
  std::mutex lock;
  Differences differences;
  std::atomic<bool> empty{true};
};

Ledger& ledger();

// A thread without the GIL may be inside while another one forks: the child could never enter.
Ledger* make_ledger() {
  pthread_atfork([] { ledger().lock.lock(); }, [] { ledger().lock.unlock(); },
                 [] { ledger().lock.unlock(); });
  return new Ledger;
}

// Never destroyed: threads of the pool may release after the end of main.
Ledger& ledger() {
  static Ledger* const instance = make_ledger();
  return *instance;
}

void enter(void* object, int64_t difference) {
  Ledger& book = ledger();
  bool first;
  {
    std::lock_guard guard(book.lock);
    first = book.differences.empty();
    auto place = book.differences.try_emplace(object, 0).first;
    place->second += difference;
    if (place->second == 0) book.differences.erase(place);
    book.empty.store(book.differences.empty(), std::memory_order_release);
  }
  if (first && python_hooks().request_drain) python_hooks().request_drain();
}

}  // namespace

void retain_python(void* object) {
  if (t_gil_held) return python_hooks().incref(object);
  enter(object, 1);
}

void release_python(void* object) {
  if (t_gil_held) return python_hooks().decref(object);
  enter(object, -1);
}

extern "C" {

bool lh_python_ledger_is_empty() {
  return ledger().empty.load(std::memory_order_acquire);
}

void lh_drain_python_ledger() {
  Ledger& book = ledger();
  Differences taken;
  {
    std::lock_guard guard(book.lock);
    std::swap(taken, book.differences);
    book.empty.store(true, std::memory_order_release);
  }
  GilMark mark(true);
  // Gains first: a finalizer that a loss starts may run any code.
  for (auto [object, difference] : taken)
    for (; difference > 0; --difference) python_hooks().incref(object);
  for (auto [object, difference] : taken)
    for (; difference < 0; ++difference) python_hooks().decref(object);
}

}  // extern "C"

}  // namespace lancehead
