// The passes of the optimiser. Each takes a verified function and leaves one; the answer is whether it
// changed anything. Each pass's file says what it does and why it ends; pipeline.cpp has the order.
#pragma once

#include "ir/function.h"

namespace lancehead {

// ---- scalar and control flow, any resolved IR
bool simplify_cfg(Function& f);      // cfg.cpp: branches, blocks, block parameters
bool simplify_values(Function& f);   // values.cpp: folding, rules, common subexpressions
bool remove_dead_code(Function& f);  // dce.cpp
bool simplify_all(Function& f);      // simplify.cpp: the three above until nothing changes
bool split_aggregates(Function& f);  // split_aggregates.cpp: block parameters by their parts

// ---- loops
bool canonical_induction(Function& f);  // induction.cpp: variables that count iterations
bool add_preheaders(Function& f);       // hoist.cpp: a block before each loop, which leads nowhere else
bool hoist_invariants(Function& f);     // hoist.cpp: pure instructions in front of loops
bool guard_loops(Function& f);          // guards.cpp: unchecked copies of loops, behind one test
bool remove_checks(Function& f);        // checks.cpp: what facts prove

// ---- last, before ownership
bool single_latches(Function& f);  // latches.cpp: one edge back, and there what only the next iteration needs
bool insert_polls(Function& f);    // poll.cpp

}  // namespace lancehead
