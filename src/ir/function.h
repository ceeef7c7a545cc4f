// A function in SSA form with block arguments, at any stage (design.md section 1). Values, instructions and
// blocks are indices; removing leaves holes that compact() closes. An instruction that may raise inside a try
// block, or while it must release something, has `unwinds` set: its last edge goes to the handler, and it
// stands right before its block's terminator, so that the edge's arguments are fixed at one point.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/hash.h"
#include "base/ids.h"
#include "ir/op.h"
#include "types/array_data.h"
#include "types/type.h"

namespace lancehead {

using ValueId = Id<struct ValueTag>;
using InstId = Id<struct InstTag>;
using BlockId = Id<struct BlockTag>;
using LocId = Id<struct LocTag>;

// What is known of a value beyond its type (contract C6).
struct Facts {
  uint32_t constant = Id<void>::kNone;  // index into Function::constants
  bool nonneg = false;                  // an integer >= 0
  bool weak = false;                    // would be a Python scalar in CPython (contract C7)
  bool not_none = false;
  friend bool operator==(const Facts&, const Facts&) = default;
};

struct Value {
  TypeId type = ty::Untyped;
  Facts facts;
  InstId def;     // the instruction that makes it, or none:
  BlockId block;  // ... then it is a parameter of this block
  uint32_t variable =
      Id<void>::kNone;  // of a parameter: the variable's name in Function::names, for diagnostics alone
};

struct Edge {
  BlockId target;
  std::vector<ValueId> args;
};

struct Inst {
  Op op = Op::Unreachable;
  bool unwinds = false;  // the last edge is the handler's
  uint32_t attr = 0;
  LocId loc;
  BlockId block;
  std::vector<ValueId> operands;
  std::vector<ValueId> results;
  std::vector<Edge> edges;
};

struct Block {
  std::vector<ValueId> params;
  std::vector<InstId> insts;
};

// A compile-time constant: a scalar, None, a str, an array, a tuple of constants.
struct Constant {
  TypeId type;
  uint64_t bits[2] = {0, 0};    // integer or IEEE bits; complex: real, imaginary; float32 as float32 bits
  std::string text;             // Str: UTF-8
  std::vector<uint32_t> items;  // Tuple: indices into Function::constants
  std::shared_ptr<const ArrayData> array = nullptr;  // Array; not null then
  friend bool operator==(const Constant& a, const Constant& b);
};

struct CallShape {
  uint32_t positional = 0;            // arguments without a name; operand 0 of pycall is the callee
  std::vector<std::string> keywords;  // names of the arguments that follow
  bool star = false;                  // the last positional operand is a tuple to be spread
};

// Where an instruction comes from: a line of this function, or of a callee whose body stands here in place of
// a call.
struct Location {
  static constexpr uint32_t kOwn = Id<void>::kNone;
  SourceRange range;
  uint32_t inlined =
      kOwn;  // index into Function::inlined: in whose callee the range is; kOwn: in this function
  friend bool operator==(const Location&, const Location&) = default;
};

// A call that its callee's body replaced: a frame of its own in tracebacks (contract C11). Callers come
// before callees.
struct InlinedCall {
  std::string symbol;  // the callee's
  std::string name;
  LocId call;  // of the call, in this function or in an inlined call before this one
};

// A function of the same or another unit.
struct Callee {
  std::string symbol;  // the linker's name, a hash
  std::string name;    // for people
  std::vector<TypeId> params;
  TypeId result;
  uint8_t effects = Reads | Writes | MayRaise | Allocates;
};

// An exception class that a unit names: a builtin by name, or a Python object by handle.
struct ErrorClass {
  std::string name;  // "builtins.ValueError"; empty if by handle
  uint32_t handle = 0;
};

// One access of a nest: which array, and for each of its axes the nest's dimension that walks it (-1: always
// index 0). An axis of a read access has the dimension's extent or 1 at run time; 1 means broadcast (stride
// 0). The expansion into loops tests once whether all axes match and all arrays are contiguous, and has a
// linear loop for that case.
struct NestAccess {
  uint32_t operand = 0;  // index into the nest's operands
  std::vector<int8_t> axes;
  bool write = false;
};

enum class Reduction : uint8_t {
  None,
#define REDUCE(id, name) id,
#include "types/reductions.def"
#undef REDUCE
};

// The body of an array computation (contract C9). All reads happen as if before all writes: where a write
// goes to an array that is not fresh (made by array_alloc and not yet stored) and a read is of another array,
// or of the same with other axes, the expansion proves that they do not overlap or tests it at run time
// (rtcall MayOverlap), with a temporary as the other branch. So a producer can always be fused into its
// consumer, broadcast or not. The body block's parameters are the loaded elements, one per reading access in
// order, then (if `indices`) the indices, one int64 per dimension; it ends in Return-like `yield` operands
// kept in `yields`: one value per writing access, then one per reduction. A sum of floats or complex numbers
// is the only thing that its nest computes, and taken in the order of NumPy's pairwise tree over the
// elements, the last dimension the fastest.
struct NestInfo {
  uint32_t dims = 0;  // operands [0, dims) of the op are the extents (int64)
  std::vector<NestAccess> accesses;
  std::vector<Reduction> reductions;
  bool indices = false;
  bool parallel = false;
  BlockId body;
  std::vector<ValueId> yields;
};

// A parallel loop over [0, count): operands are the count, the captures, and the initial values of what is
// reduced. The iterations are cut into chunks by the count alone. `body`(first, last, captures...) runs one
// chunk and returns a tuple of partial results; the partial results are folded in the order of the chunks:
// acc = `combine`(acc, partial), tuples both, beginning with the initial values. The op's results are the
// items of the last acc.
struct ParLoopInfo {
  static constexpr uint32_t kNoCombine = Id<void>::kNone;
  uint32_t body = 0;              // index into Function::callees
  uint32_t combine = kNoCombine;  // likewise; kNoCombine where nothing is reduced: body returns nothing
  uint32_t captures = 0;
};

struct Function {
  std::string name;    // for people
  std::string symbol;  // the linker's name
  Stage stage = Stage::Generic;
  uint32_t handle = 0;  // of the Python function, for diagnostics and tracebacks
  TypeId result = ty::Untyped;
  bool fastmath = false;
  bool check_bounds = true;
  bool numpy_division = false;  // error_model='numpy'
  bool parallel = false;
  bool exported = true;  // has an entry point for Python; not: the body of a parallel loop

  std::vector<Value> values;
  std::vector<Inst> insts;
  std::vector<Block> blocks;   // block 0 is the entry; its parameters are the function's
  std::vector<BlockId> order;  // the live blocks, entry first
  std::vector<Location> locs;

  std::vector<Constant> constants;
  std::vector<std::string> names;
  std::vector<TypeId> known;  // Known types
  std::vector<CallShape> call_shapes;
  std::vector<uint32_t> codes;  // handles of inner functions' code
  std::vector<ErrorClass> error_classes;
  std::vector<NestInfo> nests;
  std::vector<ParLoopInfo> parloops;
  std::vector<Callee> callees;
  std::vector<InlinedCall> inlined;

  // ---- reading
  Value& value(ValueId id) { return values[id.index]; }
  const Value& value(ValueId id) const { return values[id.index]; }
  Inst& inst(InstId id) { return insts[id.index]; }
  const Inst& inst(InstId id) const { return insts[id.index]; }
  Block& block(BlockId id) { return blocks[id.index]; }
  const Block& block(BlockId id) const { return blocks[id.index]; }
  BlockId entry() const { return BlockId(0u); }
  TypeId type(ValueId id) const { return values[id.index].type; }
  const Inst* def(ValueId id) const {  // null for block parameters
    InstId d = values[id.index].def;
    return d.valid() ? &insts[d.index] : nullptr;
  }
  const Inst& terminator(BlockId id) const { return insts[block(id).insts.back().index]; }
  Inst& terminator(BlockId id) { return insts[block(id).insts.back().index]; }
  SourceRange range(LocId loc) const { return loc.valid() ? locs[loc.index].range : SourceRange{}; }
  uint32_t inlined_in(LocId loc) const { return loc.valid() ? locs[loc.index].inlined : Location::kOwn; }
  BlockId block_of(ValueId id)
      const {  // where the value is made: the block of its instruction, or that it is a parameter of
    const Value& value = this->value(id);
    return value.def.valid() ? inst(value.def).block : value.block;
  }
  const Constant* constant_of(ValueId id) const {  // the constant that the value is known to be, or null
    uint32_t c = values[id.index].facts.constant;
    return c == Id<void>::kNone ? nullptr : &constants[c];
  }

  // ---- building
  BlockId add_block();  // at the end of `order`
  ValueId add_param(BlockId block, TypeId type = ty::Untyped);
  ValueId new_value(TypeId type, InstId def);
  uint32_t add_constant(Constant constant);  // returns an equal one if there is one
  uint32_t add_name(const std::string& name);
  uint32_t add_known(TypeId type);
  LocId add_loc(const Location& location);
};

// Calls visit(Edge&) for every edge that leaves `block`: its terminator's, and an unwinding instruction's.
template <class F>
void for_each_edge(Function& f, BlockId block, F visit) {
  for (InstId id : f.block(block).insts)
    for (Edge& e : f.inst(id).edges) visit(e);
}
template <class F>
void for_each_edge(const Function& f, BlockId block, F visit) {
  for (InstId id : f.block(block).insts)
    for (const Edge& e : f.inst(id).edges) visit(e);
}

// A recursion group: functions that are compiled into one object.
struct Unit {
  std::vector<Function> functions;
};

}  // namespace lancehead
