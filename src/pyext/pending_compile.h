// Compilations of one dispatcher that are under way (contract C15): a thread that wants a specialisation
// which another one is compiling waits for it, without the GIL. All under the GIL but the waiting.
#pragma once

#include <sys/types.h>

#include <future>
#include <vector>

#include "driver/compiler.h"

namespace lancehead {

class PendingCompiles {
 public:
  // Waits if another thread compiles the same; false if none does. A thread that compiles something itself
  // never waits: two that wanted each other's would wait for ever.
  bool await_another(const CompileRequest& request) const;
  bool is_empty() const { return rows_.empty(); }

  // Marks the request, which outlives it, as being compiled by this thread.
  class Mark {
   public:
    Mark(PendingCompiles& all, const CompileRequest& request);
    ~Mark();
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;

   private:
    PendingCompiles& all_;
    const CompileRequest& request_;
    std::promise<void> done_;
  };

 private:
  struct Row {
    const CompileRequest* request;
    pid_t process;  // a thread that compiles does not go on in the child of a fork
    std::shared_future<void> done;
  };
  std::vector<Row> rows_;
};

// Whether the arguments are the same in all that the compiler knows of them.
bool same_arguments(const CompileRequest& a, const CompileRequest& b);

}  // namespace lancehead
