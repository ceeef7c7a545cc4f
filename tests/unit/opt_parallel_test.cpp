// The kind of text tests that shows what nests that run in parallel become: the function, then those made for
// it.
#include <gtest/gtest.h>

#include "ir/print.h"
#include "ir/verify.h"
#include "opt/nest/expand.h"
#include "opt/passes.h"
#include "text_tests.h"

namespace lancehead {
namespace {

using testing::read_function;
using testing::TextKind;
using testing::TextOptions;

// ; test: parallel-nests
const TextKind kParallel("opt", "parallel-nests", [](const std::string& input, const TextOptions&) {
  Function f = read_function(input);
  std::vector<Function> all;
  expand_nests(f, all);
  all.insert(all.begin(), std::move(f));
  std::string out;
  for (Function& made : all) {
    simplify_all(made);
    if (auto broken = verify(made, "parallel-nests"))
      ADD_FAILURE() << broken->message() << "\n" << print(made);
    out += print(made);
  }
  return out;
});

}  // namespace
}  // namespace lancehead
