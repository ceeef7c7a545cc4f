// What a prange loop does with the variables that it carries from one iteration to the next.
#pragma once

#include <optional>
#include <vector>

#include "infer/instance.h"

namespace lancehead {

// A loop over a parallel range: its blocks, and its header's instructions.
struct ParallelLoop {
  BlockId header;
  InstId next;                  // the header's `next`
  std::vector<bool> inside;     // by block: the header, and what leads back to it or raises
  Edge exit;                    // the header's edge out of the loop
  std::optional<Edge> handler;  // where its errors go, if that is in this function
  size_t iterator_param = 0;    // position among the header's parameters
  bool contains(BlockId id) const {
    return id.index < inside.size() && inside[id.index];
  }  // not blocks made since
};

enum class CarriedKind : uint8_t {
  Invariant,  // not written
  Unused,     // written before it is read, and not used after the loop
  Last,       // likewise, but used after the loop: the last iteration's value
  Reduction,
};

// How partial results of a reduction begin and are folded.
struct CarriedReduction {
  bool call = false;  // min() or max(): `callee` names it
  std::string callee;
  BinaryOp fold = BinaryOp::Add;
  bool idempotent = false;  // chunks begin with the initial value, else with the identity
  int64_t identity = 0;
};

struct Carried {
  CarriedKind kind = CarriedKind::Invariant;
  CarriedReduction reduction;
};

// The parallel loop whose header is `header`, or a diagnostic on how it is left. In a try block its `next`
// unwinds to the handler, as all that the loop does: it cannot raise, and becomes part of a header like any
// other.
Expected<ParallelLoop> find_parallel_loop(Instance& instance, BlockId header, InstId next);
// What the handler is given must be the same wherever the loop raises: a diagnostic on a variable that is
// not.
std::optional<Diagnostic> check_handler_values(const Instance& instance, const ParallelLoop& loop);
// What happens to a header parameter; a diagnostic if it is nothing that can be parallel.
Expected<Carried> classify_carried(const Instance& instance, const ParallelLoop& loop, size_t param);

}  // namespace lancehead
