// CPython compiles the test of a while loop twice: before the loop and at the end of its body.
#pragma once

#include "frontend/pycode.h"

namespace lancehead {

// Where the end of a loop's body repeats the instructions before the loop one by one, position by position,
// jumps to those instead: the loop gets one header, and what the test computes is there for the body in every
// iteration.
void merge_loop_tests(PyCode& code);

}  // namespace lancehead
