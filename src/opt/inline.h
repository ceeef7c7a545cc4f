// Inlining of calls (contract C8): a call of a small function is replaced by the function's body.
#pragma once

#include <functional>
#include <string>

#include "ir/function.h"

namespace lancehead {

// The body that stands for calls of the symbol, or null: a function at stage resolved.
using FindBody = std::function<const Function*(const std::string& symbol)>;

// Small enough to be a body: inlinable functions are given to callers as they are after their own inlining.
bool is_inlinable(const Function& f);

// Replaces the calls that the function itself makes; those in the bodies that take their place stay. What
// raises in a body unwinds to where the call did, and keeps its callee's location (Function::inlined).
bool inline_calls(Function& f, const FindBody& find_body);

// A small function that calls itself outside of loops has its own body in place of these calls, some levels
// deep: fewer calls, each of which does more.
bool unroll_recursion(Function& f);

}  // namespace lancehead
