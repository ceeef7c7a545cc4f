// A row per compilation, a future per row.
#include "pyext/pending_compile.h"

#include <Python.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/hooks.h"

namespace lancehead {
namespace {

thread_local int t_compiling = 0;  // how many compilations of this thread are under way, one inside the other

}  // namespace

bool PendingCompiles::await_another(const CompileRequest& request) const {
  if (t_compiling > 0) return false;
  auto row = std::find_if(rows_.begin(), rows_.end(), [&, here = getpid()](const Row& r) {
    return r.process == here && same_arguments(*r.request, request);
  });
  if (row == rows_.end()) return false;
  std::shared_future<void> done = row->done;
  PyThreadState* thread = PyEval_SaveThread();
  {
    GilMark mark(false);
    done.wait();
  }
  PyEval_RestoreThread(thread);
  return true;
}

PendingCompiles::Mark::Mark(PendingCompiles& all, const CompileRequest& request)
    : all_(all), request_(request) {
  ++t_compiling;
  all_.rows_.push_back({&request, getpid(), done_.get_future().share()});
}

PendingCompiles::Mark::~Mark() {
  --t_compiling;
  std::erase_if(all_.rows_, [this](const Row& r) { return r.request == &request_; });
  done_.set_value();
}

bool same_arguments(const CompileRequest& a, const CompileRequest& b) {
  return a.args == b.args && std::equal(a.facts.begin(), a.facts.end(), b.facts.begin(), b.facts.end(),
                                        [](const ArgumentFacts& x, const ArgumentFacts& y) {
                                          return x.weak == y.weak && x.omitted == y.omitted &&
                                                 x.value == y.value;
                                        });
}

}  // namespace lancehead
