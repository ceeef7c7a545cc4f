// The verifier (contract C4): what every pass may rely on. It runs after each pass in tests and where
// LANCEHEAD_VERIFY asks for it, names pass, function, rule and instruction, and may be given any function
// whatever, however broken.
//
//   structure   every id is in range; a value has one definition, which its record names; a block ends in its
//   only
//               terminator; edges pass as many arguments as their targets have parameters; no edge leads to
//               the entry; attributes are in range; ops are legal at the function's stage and have the
//               operands that ops.def says
//   dominance   a definition dominates its uses; what an unwinding instruction gives does not exist where it
//   unwinds to unwinding   an unwinding instruction may raise, and stands right before its block's terminator
//   or is it; its handler
//               begins with `catch`, which is first, and only unwind edges lead there (at stage final a
//               handler may be a cleanup, and cleanups branch to handlers)
//   nests       a body is no block of the function, has one parameter per read element and index, is
//   straight, and
//               neither raises nor writes
//   types       from `resolved` on: what ops.def's rules and comments say; edges, calls and returns pass the
//   exact types
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "ir/function.h"

namespace lancehead {

// The broken rule as a diagnostic of DiagId::Verifier, or nothing.
std::optional<Diagnostic> verify(const Function& function, const char* after_pass);

// The type rule that an instruction breaks, or "". The instruction's structure must be sound, its stage
// `resolved` or later.
std::string broken_type_rule(const Function& function, const Inst& inst);
// The rule that a nest breaks, its body's instructions apart; or "".
std::string broken_nest_rule(const Function& function, const Inst& inst);

}  // namespace lancehead
