// The state of resolving one instance: old values and blocks to new ones.
#pragma once

#include <map>
#include <vector>

#include "infer/resolve.h"
#include "library/emitter.h"

namespace lancehead {

class Resolver {
 public:
  Resolver(Session& session, Instance& instance);
  Function run();

 private:
  void make_blocks();
  void block(BlockId id);
  void inst(const Inst& inst);
  void dispatch(const Inst& inst, const InstNote& note);
  ValueId operand(ValueId old);  // the new value; constants are made where they are used
  ValueId materialise(uint32_t constant, TypeId type);
  std::vector<ValueId> operands(const Inst& inst, size_t first = 0);
  void define(ValueId old, ValueId value);  // with a cast to the type that inference gave
  Edge map_edge(const Edge& edge);          // casts the arguments, before the instruction that leaves
  std::vector<BlockId> reverse_postorder() const;

  // resolve_values.cpp
  void build_slice(const Inst& inst);
  void build_list(const Inst& inst);
  void unpack_list(const Inst& inst);
  void unpack(const Inst& inst);
  void unpack_array(const Inst& inst);
  bool stores_back(const Inst& inst) const;
  bool same_key(ValueId a, ValueId b) const;
  // resolve_calls.cpp
  void call(const Inst& inst, const InstNote& note);
  ValueId argument(const ArgumentSource& source, const Inst& inst, const InstNote& note);
  void parallel_loop(const Inst& inst, const InstNote& note);
  uint32_t callee_index(const Instance& callee);
  ValueId make_error(ValueId class_or_error, TypeId old_type, std::vector<ValueId> arguments);
  uint32_t error_class(TypeId cls);
  void raise(const Inst& inst);
  void match_error(const Inst& inst);
  void set_context(const Inst& inst, RtFn how);
  void spread(const CallShape& shape, std::vector<ValueId>& args);
  void conditional_branch(const Inst& inst);

  Session& session_;
  Instance& in_;
  const Function& old_;
  Function new_;
  Emitter e_;
  std::vector<ValueId> values_;
  std::vector<BlockId> blocks_;
  std::vector<bool> reached_;  // by old block: that an edge leads to the new one
};

}  // namespace lancehead
