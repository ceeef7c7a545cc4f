// What of a compilation runs alone (contract C15): questions, inference, resolve and the optimiser under one
// lock, which is never waited for while the GIL is held; emission and loading outside it.
#pragma once

#include <mutex>

namespace lancehead {

std::mutex& compiler_lock();

// While it exists, a thread emits or loads. Made while the lock is still held, so that who holds the lock and
// sees none knows that there is none.
class OutsideLock {
 public:
  OutsideLock();
  ~OutsideLock();
  OutsideLock(const OutsideLock&) = delete;
  OutsideLock& operator=(const OutsideLock&) = delete;

  static void await_none();
};

// Around a fork, by the thread that forks, without the GIL: waits for what is being compiled.
void compiler_before_fork();
void compiler_after_fork();  // in the parent and in the child

}  // namespace lancehead
