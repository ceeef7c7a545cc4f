// The control flow graph of a function as a graph in Graphviz's language: a node per live block, which shows
// the block's text, and an edge per edge; dashed ones lead to where an error is handled.
#pragma once

#include <string>

#include "ir/function.h"

namespace lancehead {

std::string dot(const Function& function);

}  // namespace lancehead
