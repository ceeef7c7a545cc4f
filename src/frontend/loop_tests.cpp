// Merging of equal tails: from the jump back to the body and from the branch before the body, as far
// backwards as both are alike. What runs from there on is the same, so it may be the same code.
#include "frontend/loop_tests.h"

#include <algorithm>
#include <optional>

namespace lancehead {
namespace {

bool is_branch(PyOp op) {
  return op == PyOp::PopJumpIfFalse || op == PyOp::PopJumpIfTrue || op == PyOp::PopJumpIfNone ||
         op == PyOp::PopJumpIfNotNone;
}

PyOp inverse(PyOp branch) {
  switch (branch) {
    case PyOp::PopJumpIfFalse: return PyOp::PopJumpIfTrue;
    case PyOp::PopJumpIfTrue: return PyOp::PopJumpIfFalse;
    case PyOp::PopJumpIfNone: return PyOp::PopJumpIfNotNone;
    default: return PyOp::PopJumpIfNone;
  }
}

bool has_target(const PyInst& inst) {
  PyOperand operand = py_operand(inst.op);
  return operand == PyOperand::Target || operand == PyOperand::SendTarget;
}

// The second copy of a test: instructions [begin, end), which lead to `body` as those of [first, body) do.
struct Copy {
  uint32_t first, body, begin, end;
};

class LoopTests {
 public:
  explicit LoopTests(PyCode& code) : code_(code) {}

  void run() {
    for (uint32_t i = 0; i < code_.insts.size(); ++i)
      if (std::optional<Copy> copy = copy_that_ends_with(i)) {
        i = copy->begin;
        replace(*copy);
      }
  }

 private:
  // Instruction `last` jumps back to the body, if a test passes or after a branch that leaves the loop if it
  // fails.
  std::optional<Copy> copy_that_ends_with(uint32_t last) const {
    const PyInst& back = code_.insts[last];
    if (!has_target(back) || back.arg > last || back.arg == 0) return std::nullopt;
    const uint32_t body = back.arg;
    const PyInst& before = code_.insts[body - 1];
    if (!is_branch(before.op)) return std::nullopt;
    uint32_t branch = last;
    if (is_branch(back.op)) {
      if (back.op != inverse(before.op) || before.arg != last + 1) return std::nullopt;
    } else {
      if (back.op != PyOp::Jump || --branch < body) return std::nullopt;
      const PyInst& leaves = code_.insts[branch];
      if (leaves.op != before.op || leaves.arg != before.arg) return std::nullopt;
    }
    if (!same_place(body - 1, branch)) return std::nullopt;
    uint32_t length = matching_length(body, branch + 1);
    Copy copy{body - length, body, branch + 1 - length, last + 1};
    if (!is_self_contained(copy) || is_entered_inside(copy)) return std::nullopt;
    return copy;
  }

  bool same_place(uint32_t a, uint32_t b) const {
    const SourceRange& range = code_.insts[a].range;
    if (!range.known() || range != code_.insts[b].range) return false;
    const PyHandler *one = code_.handler_at(a), *other = code_.handler_at(b);
    return one == other || (one && other && one->target == other->target && one->depth == other->depth);
  }

  // How many instructions before `body` and before `end` are alike; the branches right before them are.
  uint32_t matching_length(uint32_t body, uint32_t end) const {
    uint32_t length = 1;
    while (length < body && end - length > body && alike(body - length - 1, end - length - 1, body, end))
      ++length;
    return length;
  }

  bool alike(uint32_t a, uint32_t b, uint32_t body, uint32_t end) const {
    const PyInst &x = code_.insts[a], &y = code_.insts[b];
    if (x.op != y.op || x.arg2 != y.arg2 || !same_place(a, b) || py_flow(x.op) == PyFlow::End) return false;
    if (x.arg == y.arg) return !has_target(x) || x.arg <= a || x.arg >= body;
    return has_target(x) && x.arg > a && x.arg < body && body - x.arg == end - y.arg;  // within the test
  }

  // Does it take nothing from the stack that it has not put there?
  bool is_self_contained(const Copy& copy) const {
    uint64_t height = 0;
    for (uint32_t i = copy.first; i < copy.body; ++i) {
      PyStackEffect effect = py_stack_effect(code_.insts[i]);
      if (effect.pops > height) return false;
      height += effect.pushes - effect.pops;
    }
    return height == 0;
  }

  bool is_entered_inside(const Copy& copy) const {
    auto inside = [&](uint32_t target) { return target > copy.begin && target < copy.end; };
    for (uint32_t i = 0; i < code_.insts.size(); ++i) {
      bool own = i >= copy.begin && i < copy.end;
      if (!own && has_target(code_.insts[i]) && inside(code_.insts[i].arg)) return true;
    }
    return std::any_of(code_.handlers.begin(), code_.handlers.end(),
                       [&](const PyHandler& h) { return inside(h.target); });
  }

  void replace(const Copy& copy) {
    const uint32_t removed = copy.end - copy.begin - 1;
    PyInst& jump = code_.insts[copy.begin];
    jump = {PyOp::Jump, copy.first, 0, jump.range};
    code_.insts.erase(code_.insts.begin() + copy.begin + 1, code_.insts.begin() + copy.end);
    auto moved = [&](uint32_t i) { return i >= copy.end ? i - removed : std::min(i, copy.begin + 1); };
    for (PyInst& inst : code_.insts)
      if (has_target(inst) && inst.arg > copy.begin) inst.arg = moved(inst.arg);
    for (PyHandler& h : code_.handlers) {
      h.begin = moved(h.begin);
      h.end = moved(h.end);
      if (h.target > copy.begin) h.target = moved(h.target);
    }
    std::erase_if(code_.handlers, [](const PyHandler& h) { return h.begin >= h.end; });
  }

  PyCode& code_;
};

}  // namespace

void merge_loop_tests(PyCode& code) {
  LoopTests(code).run();
}

}  // namespace lancehead
