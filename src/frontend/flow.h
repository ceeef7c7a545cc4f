// What the SSA builder must know of a PyCode before it starts: basic blocks, an order in which each block
// comes after one of its predecessors, the variables that are live, and those that are assigned for certain.
#pragma once

#include <cstdint>
#include <vector>

#include "frontend/pycode.h"

namespace lancehead {

class BitSet {
 public:
  explicit BitSet(size_t size = 0, bool value = false) : words_((size + 63) / 64, value ? ~uint64_t{0} : 0) {}
  bool test(size_t i) const { return words_[i / 64] >> (i % 64) & 1; }
  void set(size_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  void clear(size_t i) { words_[i / 64] &= ~(uint64_t{1} << (i % 64)); }
  void unite(const BitSet& other);
  void intersect(const BitSet& other);
  friend bool operator==(const BitSet&, const BitSet&) = default;

 private:
  std::vector<uint64_t> words_;
};

struct FlowBlock {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::vector<uint32_t> successors;  // by jump, then by falling through
  std::vector<uint32_t> handlers;    // blocks that instructions of this one may unwind to
  uint32_t predecessors = 0;         // the function's entry is one; unwinding is not counted
  bool is_handler = false;
  uint32_t handler_depth = 0;  // of a handler: the height of the stack under the exception
  uint32_t handling = 0;       // how many exceptions are being handled at its begin
  bool chains = false;         // a handler of what is raised while another exception is being handled
  BitSet live_in;              // variables, and the exception being handled (FlowGraph::exception_variable)
  BitSet assigned_in;          // variables that every path to here has assigned
};

struct FlowGraph {
  std::vector<FlowBlock> blocks;    // in the order of the code; block 0 is the entry
  std::vector<uint32_t> block_of;   // by instruction; meaningful for the first of each block
  std::vector<uint32_t> order;      // reverse postorder
  uint32_t exception_variable = 0;  // the number of variables: a pseudo variable after them
};

// `assigned_at_entry`: parameters and captured variables.
FlowGraph analyse_flow(const PyCode& code, const BitSet& assigned_at_entry);

// What an instruction does to the number of exceptions that are being handled.
uint32_t handling_after(PyOp op, uint32_t handling);

// What an instruction does to the set of assigned variables; the loads that it survives assign, too.
void step_assigned(const PyInst& inst, BitSet* assigned);

// Whether the variable may be assigned or deleted after the instruction.
bool changes_after(const PyCode& code, const FlowGraph& graph, uint32_t inst, uint32_t var);

}  // namespace lancehead
