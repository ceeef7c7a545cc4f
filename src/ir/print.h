// The text form of functions, as dumps and test files show it; parse.h reads it back.
//
//   function @mean(%0: array<float64,1,C>, %1: int64 !nonneg) -> float64 stage resolved nobounds {
//     callee @helper symbol h12ab (int64) -> int64 reads raises
//   ^0:
//     %2: float64 = const 0.5
//     %3: int64 = call @helper %1 unwind ^2(%2)
//     br ^1(%3)
//   ^1(%4: int64):
//   ...
//   }
//
// The entry, the first block, has the function's parameters. Values and blocks are numbered in the order in
// which they appear, so that the text does not depend on what passes have left behind. `: type` is omitted
// where a value is untyped, a constant's own `: type` where it is that of the result. Facts follow the type:
// !nonneg !weak !notnone !const=5. Attributes come before the operands. A comment is `;` to the end of the
// line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/function.h"

namespace lancehead {

struct PrintOptions {
  // After each instruction, @line:column-line:column; ` in 0` where the line is that of inlined call 0, which
  // stands in the header like a callee: inlined @square symbol h12ab @2:11-2:20
  bool locations = false;
};

std::string print(const Function& function, const PrintOptions& options = {});
std::string print(const Unit& unit, const PrintOptions& options = {});
// The blocks alone, in their order, the same texts.
std::vector<std::string> print_blocks(const Function& function);
// One instruction (without a nest's body), numbered as print() numbers it. Never fails, however broken the
// function is.
std::string print(const Function& function, InstId inst);

std::string_view stage_name(Stage stage);
std::string_view reduction_name(Reduction reduction);

}  // namespace lancehead
