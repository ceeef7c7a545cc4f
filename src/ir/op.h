// What ops.def says, as data.
#pragma once

#include <cstdint>
#include <string_view>

namespace lancehead {

enum class Op : uint8_t {
#define OP(id, text, operands, results, stages, effects, ownership, attr, rule) id,
#include "ir/ops.def"
#undef OP
  kCount
};

enum class Stage : uint8_t { Generic = 1, Typed = 2, Resolved = 4, Final = 8 };

enum Effect : uint8_t { Pure = 0, Reads = 1, Writes = 2, MayRaise = 4, Allocates = 8, Terminator = 16 };

// What Inst::attr holds.
enum class Attr : uint8_t {
  None,
  Constant,    // index into Function::constants
  Name,        // index into Function::names; Known: index into Function::known
  Binary,      // BinaryOp
  Unary,       // UnaryOp
  Compare,     // CompareOp
  Index,       // a small integer
  CallShape,   // index into Function::call_shapes
  Code,        // index into Function::codes
  Math,        // MathFn (ir/math.def)
  Error,       // a row of types/errors.def
  ErrorClass,  // index into Function::error_classes
  Nest,        // index into Function::nests
  ParLoop,     // index into Function::parloops
  Callee,      // index into Function::callees
  RtCall,      // a row of runtime/calls.def
  Likelihood,  // Likelihood
};

enum class TypeRule : uint8_t { Any, Bool, Arith, Comparison, Select, Cast, Check };

struct OpInfo {
  const char* id;
  std::string_view text;
  int operands;  // -1: as many as the instruction has
  int results;
  uint8_t stages;
  uint8_t effects;
  std::string_view ownership;
  Attr attr;
  TypeRule rule;
};

const OpInfo& op_info(Op op);
// The op with this text, or Op::kCount.
Op op_of_text(std::string_view text);

inline bool is_terminator(Op op) {
  return op_info(op).effects & Terminator;
}
inline bool may_raise(Op op) {
  return op_info(op).effects & MayRaise;
}
inline bool has_side_effects(Op op) {
  return op_info(op).effects & (Writes | MayRaise | Terminator);
}

enum class Owns : uint8_t { Nothing, Borrowed, Consumed, Stored, Owned, Interior };
Owns operand_ownership(Op op, size_t operand);
// For Interior, *of is the operand whose owner the result shares.
Owns result_ownership(Op op, size_t result, size_t* of = nullptr);

#define LH_BINARY_OPS(X) \
  X(Add, "+")            \
  X(Sub, "-")            \
  X(Mul, "*")            \
  X(TrueDiv, "/")        \
  X(FloorDiv, "//")      \
  X(Mod, "%") X(Pow, "**") X(MatMul, "@") X(LShift, "<<") X(RShift, ">>") X(And, "&") X(Or, "|") X(Xor, "^")
#define LH_UNARY_OPS(X) X(Neg, "-") X(Pos, "+") X(Invert, "~")
#define LH_COMPARE_OPS(X) X(Lt, "<") X(Le, "<=") X(Eq, "==") X(Ne, "!=") X(Gt, ">") X(Ge, ">=")

// Whether a branch is expected to take edge 0. What only the other way leads to is cold: it is compiled
// quickly, not for speed.
#define LH_LIKELIHOODS(X) X(Unknown, "") X(Likely, "likely") X(Unlikely, "unlikely")

#define LH_ENUM(id, text) id,
enum class BinaryOp : uint8_t { LH_BINARY_OPS(LH_ENUM) };
enum class UnaryOp : uint8_t { LH_UNARY_OPS(LH_ENUM) };
enum class CompareOp : uint8_t { LH_COMPARE_OPS(LH_ENUM) };
enum class Likelihood : uint8_t { LH_LIKELIHOODS(LH_ENUM) };
#undef LH_ENUM
const char* spelling(BinaryOp op);
const char* spelling(UnaryOp op);
const char* spelling(CompareOp op);
const char* spelling(Likelihood likelihood);

}  // namespace lancehead
