// Snapshots as text (.snap files), so that tests and replays need no Python; tools/snap.py writes the same
// form. S-expressions: atoms, "strings" (UTF-8, escapes \" \\ \n \xNN), (head item ...).
//
//   (snapshots S ...), where each S is
//   (snapshot (module "m") (qualname "f") (handle 7)
//     (globals ("math" (object module 3 "math" "module")) ...)
//     (closure ("k" 1) ...) (defaults 1 ...) (kwdefaults ("k" 1) ...)
//     (code (python 311) (name "f") (qualname "f") (file "m.py") (line 1) (args 2 0 0) (flags 3) (stack 2)
//       (names "math" ...) (varnames ...) (cellvars ...) (freevars ...) (consts none 1 ...)
//       (bytes "97 00 hex") (lines "hex") (exceptions "hex")))
//
// args: positional, of these positional-only, keyword-only. Absent fields are empty.
// Values: none true false ellipsis, an integer, a string, (float 0x1.8p+0), (complex re im), (bytes "\x00"),
//   (tuple ...), (slice start stop step), (frozenset ...), (code ...),
//   (object class handle "name" "type name" [(type "array<float64,2,C>")] [(address n)]
//   [(value v)]), types as types/text.h spells them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "frontend/snapshot.h"

namespace lancehead {

// The diagnostic's text names the line.
Expected<std::vector<Snapshot>> read_snapshots(std::string_view text);

// A fixed point: reading what this writes gives equal snapshots.
std::string write_snapshots(const std::vector<Snapshot>& snapshots);

// One value, for recorded answers.
std::string write_value(const PyValue& value);
Expected<PyValue> read_value(std::string_view text);

}  // namespace lancehead
