// The order of the passes, and what happens around each: its dump, and the verifier where it is wanted.
#include "opt/pipeline.h"

#include <cstdlib>
#include <string_view>

#include "base/check.h"
#include "base/dump.h"
#include "base/timing.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "opt/inline.h"
#include "opt/nest/expand.h"
#include "opt/nest/fuse.h"
#include "opt/ownership.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

// In builds with assertions, and where LANCEHEAD_VERIFY=1.
bool verifies() {
#ifdef NDEBUG
  static const bool wanted = [] {
    const char* variable = std::getenv("LANCEHEAD_VERIFY");
    return variable && std::string_view(variable) == "1";
  }();
  return wanted;
#else
  return true;
#endif
}

class Pipeline {
 public:
  explicit Pipeline(Function& f) : f_(f) {}

  template <class Pass>
  bool run(const char* name, Pass pass) {
    set_current_phase(name);
    bool changed = pass(f_);
    if (changed) show(name);
    if (changed && verifies()) check(name);
    return changed;
  }

  // The verifier names the pass whose result it refuses.
  void check(const char* name) {
    if (std::optional<Diagnostic> broken = verify(f_, name)) LH_UNREACHABLE(broken->message());
  }

  void show(const char* name) {
    if (dump_wanted(name, f_.name)) write_dump(name, f_.name, print(f_));
  }

 private:
  Function& f_;
};

// From loops over addresses to the final stage.
void finish(Function& f) {
  Pipeline passes(f);
  passes.run("simplify", simplify_all);
  passes.run("latches", single_latches);
  passes.run("polls", insert_polls);
  f.stage = Stage::Final;
  passes.run("ownership", insert_ownership);
  passes.show("final");
}

}  // namespace

Optimised optimise(Function function, const OptimiseOptions& options) {
  PhaseTimer timer(Phase::Optimise);
  Optimised out;
  Pipeline passes(function);
  passes.show("resolved");
  if (verifies()) passes.check("resolve");
  passes.run("simplify", simplify_all);
  auto inlining = [&](Function& f) { return inline_calls(f, options.find_body); };
  if (passes.run("inline", inlining)) passes.run("simplify", simplify_all);
  if (passes.run("recursion", unroll_recursion)) passes.run("simplify", simplify_all);
  if (is_inlinable(function)) out.inlinable = function;
  passes.run("split-aggregates", split_aggregates);
  passes.run("simplify", simplify_all);
  if (passes.run("fuse-nests", fuse_nests)) passes.run("simplify", simplify_all);
  if (passes.run("induction", canonical_induction)) passes.run("simplify", simplify_all);
  if (passes.run("hoist", hoist_invariants)) passes.run("simplify", simplify_all);
  bool changed = passes.run("preheaders", add_preheaders);  // where what a loop is entered with holds
  changed |= passes.run("checks", remove_checks);
  changed |= passes.run("guards", guard_loops);
  if (changed) passes.run("simplify", simplify_all);
  std::vector<Function> outlined;
  passes.run("expand-nests", [&](Function& f) { return expand_nests(f, outlined); });
  out.functions.push_back(std::move(function));
  for (Function& f : outlined) out.functions.push_back(std::move(f));
  for (Function& f : out.functions) finish(f);
  return out;
}

}  // namespace lancehead
