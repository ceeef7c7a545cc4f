// A code object in canonical instructions: what the decoders make and the SSA builder reads. Nothing here
// depends on the CPython version: no caches, prefixes, super-instructions, NULL slots or unreachable code;
// targets are absolute instruction indices. Invariants, which the decoder guarantees for any input: operands
// are in range, the operand stack never underflows and has one height per instruction, control cannot leave
// through the end.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "frontend/snapshot.h"

namespace lancehead {

enum class PyOp : uint8_t {
#define PYOP(id, text, operand, pops, pushes, flow) id,
#include "frontend/pyops.def"
};

enum class PyOperand : uint8_t {
  None,
  Count,          // a number; the row says of what
  Counts,         // arg and arg2 are numbers
  Const,          // index into CodeData::consts
  CountConst,     // arg is a number, arg2 an index into CodeData::consts
  Var,            // index into PyCode::vars
  Name,           // index into CodeData::names
  Target,         // index of an instruction
  SendTarget,     // a target; arg2 is 1 if the jump takes the receiver too
  Operator,       // PyOperator
  Comparison,     // PyComparison
  Invert,         // 1: "is not", "not in"
  Conversion,     // 1 str, 2 repr, 3 ascii
  FunctionParts,  // bits 1 defaults, 2 keyword defaults, 4 annotations, 8 closure, in this order on the
                  // stack; arg2: code
};

enum class PyFlow : uint8_t { Next, Jump, Branch, End };

// In CPython's order (NB_ADD ...), which all versions share.
#define LANCEHEAD_PY_OPERATORS(X) \
  X(Add, "+")                     \
  X(And, "&")                     \
  X(FloorDivide, "//")            \
  X(LeftShift, "<<")              \
  X(MatMul, "@")                  \
  X(Multiply, "*")                \
  X(Remainder, "%")               \
  X(Or, "|") X(Power, "**") X(RightShift, ">>") X(Subtract, "-") X(TrueDivide, "/") X(Xor, "^")

#define LANCEHEAD_PY_COMPARISONS(X) \
  X(Less, "<") X(LessEqual, "<=") X(Equal, "==") X(NotEqual, "!=") X(Greater, ">") X(GreaterEqual, ">=")

enum class PyOperator : uint8_t {
#define X(name, text) name,
  LANCEHEAD_PY_OPERATORS(X)
#undef X
};

enum class PyComparison : uint8_t {
#define X(name, text) name,
  LANCEHEAD_PY_COMPARISONS(X)
#undef X
};

struct PyInst {
  PyOp op = PyOp::Pop;
  uint32_t arg = 0;
  uint32_t arg2 = 0;
  SourceRange range;
};

struct PyVar {
  enum class Kind : uint8_t { Local, Cell, Free };
  std::string name;
  Kind kind = Kind::Local;
  bool is_argument = false;
};

// Instructions [begin, end) unwind to `target`, with the lowest `depth` values of the stack and the exception
// on top.
struct PyHandler {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t target = 0;
  uint32_t depth = 0;
};

struct PyCode {
  std::shared_ptr<const CodeData> data;
  std::vector<PyVar> vars;  // parameters first, in order: positional, keyword-only, *args, **kwargs
  std::vector<PyInst> insts;
  std::vector<PyHandler> handlers;  // sorted, disjoint: at most one per instruction

  uint32_t parameter_count() const;
  const PyHandler* handler_at(uint32_t inst) const;  // null if there is none
};

const char* py_op_text(PyOp op);
PyOperand py_operand(PyOp op);
PyFlow py_flow(PyOp op);
const char* py_operator_text(PyOperator op);
const char* py_comparison_text(PyComparison op);

struct PyStackEffect {
  uint64_t pops;
  uint64_t pushes;
};
PyStackEffect py_stack_effect(const PyInst& inst);

// The text that tests and LANCEHEAD_DUMP=decode show; with `ranges`, each line ends in the instruction's
// source range.
std::string print_code(const PyCode& code, bool ranges = false);

// As Python's repr() shows it, shortened where it is long.
std::string repr(const PyValue& value);

}  // namespace lancehead
