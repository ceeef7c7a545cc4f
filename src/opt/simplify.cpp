// simplify: control flow, values and dead code in turn until nothing changes. Each of the three only shrinks
// the function or moves it down the order of rewrite.h, so this ends; the bound is for the time that a
// compilation may take.
#include "opt/passes.h"

namespace lancehead {

bool simplify_all(Function& f) {
  constexpr int kRounds = 4;
  bool changed = false;
  for (int round = 0; round < kRounds; ++round) {
    bool again = simplify_cfg(f);
    again |= simplify_values(f);
    again |= remove_dead_code(f);
    changed |= again;
    if (!again) break;
  }
  return changed;
}

}  // namespace lancehead
