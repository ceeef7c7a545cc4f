// The canonical instructions' table (pyops.def) as functions, and look-ups in a PyCode.
#include "frontend/pycode.h"

#include <algorithm>

namespace lancehead {

namespace {

struct OpRow {
  const char* text;
  PyOperand operand;
  PyFlow flow;
};

constexpr OpRow kOps[] = {
#define PYOP(id, text, operand, pops, pushes, flow) {text, PyOperand::operand, PyFlow::flow},
#include "frontend/pyops.def"
};

const OpRow& row(PyOp op) {
  return kOps[static_cast<size_t>(op)];
}

}  // namespace

const char* py_op_text(PyOp op) {
  return row(op).text;
}
PyOperand py_operand(PyOp op) {
  return row(op).operand;
}
PyFlow py_flow(PyOp op) {
  return row(op).flow;
}

const char* py_operator_text(PyOperator op) {
  static constexpr const char* kTexts[] = {
#define X(name, text) text,
      LANCEHEAD_PY_OPERATORS(X)
#undef X
  };
  return kTexts[static_cast<size_t>(op)];
}

const char* py_comparison_text(PyComparison op) {
  static constexpr const char* kTexts[] = {
#define X(name, text) text,
      LANCEHEAD_PY_COMPARISONS(X)
#undef X
  };
  return kTexts[static_cast<size_t>(op)];
}

PyStackEffect py_stack_effect(const PyInst& inst) {
  [[maybe_unused]] const uint64_t A = inst.arg;
  [[maybe_unused]] const uint64_t B = inst.arg2;
  switch (inst.op) {
#define PYOP(id, text, operand, pops, pushes, flow) \
  case PyOp::id:                                    \
    return {static_cast<uint64_t>(pops), static_cast<uint64_t>(pushes)};
#include "frontend/pyops.def"
  }
  return {0, 0};
}

uint32_t PyCode::parameter_count() const {
  uint32_t count = data->arg_count + data->kwonly_count;
  if (data->flags & CodeData::kVarArgs) ++count;
  if (data->flags & CodeData::kVarKeywords) ++count;
  return count;
}

const PyHandler* PyCode::handler_at(uint32_t inst) const {
  auto after = std::upper_bound(handlers.begin(), handlers.end(), inst,
                                [](uint32_t i, const PyHandler& handler) { return i < handler.begin; });
  if (after == handlers.begin()) return nullptr;
  const PyHandler& handler = *(after - 1);
  return inst < handler.end ? &handler : nullptr;
}

}  // namespace lancehead
