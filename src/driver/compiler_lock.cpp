// A mutex, and a count of those who work outside it.
#include "driver/compiler_lock.h"

#include <condition_variable>

#include "driver/backend_library.h"

namespace lancehead {
namespace {

struct Outside {
  std::mutex lock;
  std::condition_variable none;
  int count = 0;
};

Outside& outside() {
  static Outside* const instance = new Outside;
  return *instance;
}

}  // namespace

std::mutex& compiler_lock() {
  static std::mutex* const lock = new std::mutex;
  return *lock;
}

OutsideLock::OutsideLock() {
  std::lock_guard<std::mutex> guard(outside().lock);
  ++outside().count;
}

OutsideLock::~OutsideLock() {
  std::lock_guard<std::mutex> guard(outside().lock);
  if (--outside().count == 0) outside().none.notify_all();
}

void OutsideLock::await_none() {
  std::unique_lock<std::mutex> guard(outside().lock);
  outside().none.wait(guard, [] { return outside().count == 0; });
}

void compiler_before_fork() {
  compiler_lock().lock();
  OutsideLock::await_none();
  await_backend();
}

void compiler_after_fork() {
  compiler_lock().unlock();
}

}  // namespace lancehead
