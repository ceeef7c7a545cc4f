// The kinds of text tests of opt/: a pass or a sequence of passes, by name, from IR to IR.
#include <gtest/gtest.h>

#include "ir/print.h"
#include "ir/verify.h"
#include "opt/nest/expand.h"
#include "opt/nest/fuse.h"
#include "opt/ownership.h"
#include "opt/passes.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_function;
using testing::TextKind;
using testing::TextOptions;

struct NamedPass {
  const char* name;
  bool (*run)(Function&);
};

bool expand_serially(Function& f) {
  std::vector<Function> functions;
  return expand_nests(f, functions);
}

const NamedPass kPasses[] = {
    {"simplify", simplify_all},        {"simplify-cfg", simplify_cfg},
    {"dead-code", remove_dead_code},   {"split-aggregates", split_aggregates},
    {"fuse-nests", fuse_nests},        {"induction", canonical_induction},
    {"hoist", hoist_invariants},       {"preheaders", add_preheaders},
    {"checks", remove_checks},         {"guards", guard_loops},
    {"expand-nests", expand_serially}, {"latches", single_latches},
    {"polls", insert_polls},           {"ownership", insert_ownership},
};

void expect_sound(const Function& f, const char* after) {
  if (auto broken = verify(f, after)) ADD_FAILURE() << broken->message() << "\n" << print(f);
}

// ; test: pass name... : the passes named, in the order of the table; `clean`: simplify last;
// `clean-between`: after each.
const TextKind kPass("opt", "pass", [](const std::string& input, const TextOptions& options) {
  Function f = read_function(input);
  expect_sound(f, "parse");
  size_t known = 0;
  for (const NamedPass& pass : kPasses)
    if (options.count(pass.name)) {
      pass.run(f);
      expect_sound(f, pass.name);
      if (options.count("clean-between")) simplify_all(f);
      ++known;
    }
  if (options.count("clean")) {
    simplify_all(f);
    expect_sound(f, "clean");
    ++known;
  }
  known += options.count("clean-between");
  EXPECT_EQ(known, options.size()) << "a pass that is not known";
  return print(f);
});

}  // namespace
}  // namespace lancehead
