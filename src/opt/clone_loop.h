// A second copy of a loop.
#pragma once

#include <vector>

#include "ir/loops.h"

namespace lancehead {

struct LoopClone {
  BlockId header;
  std::vector<BlockId> blocks;
};

// Copies the loop's blocks; their edges out of the loop lead where the originals lead. Nothing leads to the
// copy yet. Values that are used behind the loop are joined there from both copies by block parameters, on
// the assumption that an edge to the copy's header will come from the loop's preheader.
LoopClone clone_loop(Function& f, const Loop& loop);

}  // namespace lancehead
