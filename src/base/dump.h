// LANCEHEAD_DUMP=<what>[:<function>][,...]: which texts to write to stderr while compiling. <what> is a stage
// (generic, typed, resolved, final), a pass (its state after the pass), llvm, asm, recording (what inference
// asked and was answered, see infer/recording.h) or all; <function> is the name that people know.
#pragma once

#include <string>
#include <string_view>

namespace lancehead {

// Asked before a text is made: false at the price of one load where the variable is not set.
bool dump_wanted(std::string_view what, std::string_view function);
void write_dump(std::string_view what, std::string_view function, std::string_view text);

}  // namespace lancehead
