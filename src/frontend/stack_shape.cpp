// The symbolic walk (stack_shape.h). A slot is a value or NULL; each block is walked once, with the stack
// that its first predecessor leaves, and all others must leave the same.
#include "frontend/stack_shape.h"

#include <algorithm>

namespace lancehead {

namespace {

enum class Slot : uint8_t { Null, Value };
using Shape = std::vector<Slot>;

class Walk {
 public:
  Walk(std::vector<PyInst>& insts, const std::vector<RawHandler>& handlers, uint32_t max_height)
      : insts_(insts),
        handlers_(handlers),
        max_height_(max_height),
        shape_of_(insts.size(), kNoShape),
        keep_(insts.size(), 0) {
    is_leader_.assign(insts.size(), 0);
    for (const PyInst& inst : insts) {
      if (has_target(inst) && inst.arg < insts.size()) is_leader_[inst.arg] = 1;
    }
    for (const RawHandler& handler : handlers) {
      if (handler.target < insts.size()) is_leader_[handler.target] = kHandler;
    }
  }

  std::string run(std::vector<PyHandler>* handlers) {
    arrive(0, {});
    while (error_.empty() && !work_.empty()) {
      uint32_t block = work_.back();
      work_.pop_back();
      walk_block(block);
    }
    if (error_.empty()) compact(handlers);
    return error_;
  }

 private:
  static constexpr uint32_t kNoShape = 0xffffffffu;
  static constexpr uint8_t kHandler = 2;  // of is_leader_: a block that only errors enter

  static bool has_target(const PyInst& inst) {
    PyFlow flow = py_flow(inst.op);
    return flow == PyFlow::Jump || flow == PyFlow::Branch;
  }

  void fail(const char* reason) {
    if (error_.empty()) error_ = reason;
  }

  static uint32_t count_values(Shape::const_iterator begin, Shape::const_iterator end) {
    return static_cast<uint32_t>(std::count(begin, end, Slot::Value));
  }

  void arrive(uint32_t index, Shape shape, bool unwinding = false) {
    if (index >= insts_.size()) return fail("control leaves the code");
    if ((is_leader_[index] == kHandler) != unwinding)
      return fail("control enters a handler without an error");
    uint32_t known = shape_of_[index];
    if (known == kNoShape) {
      shape_of_[index] = static_cast<uint32_t>(shapes_.size());
      shapes_.push_back(std::move(shape));
      work_.push_back(index);
    } else if (shapes_[known] != shape) {
      fail("paths that meet leave different stacks");
    }
  }

  void walk_block(uint32_t index) {
    stack_ = shapes_[shape_of_[index]];
    while (true) {
      enter_handler(index);
      bool kept = step(insts_[index]);
      if (!error_.empty()) return;
      keep_[index] = kept;
      const PyInst& inst = insts_[index];
      if (has_target(inst)) arrive(inst.arg, stack_at_target(inst));
      PyFlow flow = py_flow(inst.op);
      if (flow == PyFlow::Jump || flow == PyFlow::End) return;
      ++index;
      if (index >= insts_.size() || is_leader_[index]) return arrive(index, stack_);
    }
  }

  void enter_handler(uint32_t index) {
    auto after = std::upper_bound(handlers_.begin(), handlers_.end(), index,
                                  [](uint32_t i, const RawHandler& handler) { return i < handler.begin; });
    if (after == handlers_.begin() || index >= (after - 1)->end) return;
    const RawHandler& handler = *(after - 1);
    if (handler.depth > stack_.size())
      return fail("a handler's stack is higher than the stack that it protects");
    Shape shape(stack_.begin(), stack_.begin() + handler.depth);
    if (handler.lasti) shape.push_back(Slot::Null);
    shape.push_back(Slot::Value);
    arrive(handler.target, std::move(shape), true);
  }

  // A branch's row tells the stack of the fall-through (pyops.def).
  Shape stack_at_target(const PyInst& inst) {
    Shape shape = stack_;
    if (inst.op == PyOp::ForIter) shape.resize(shape.size() - 2);
    if (inst.op == PyOp::Send && inst.arg2) shape.pop_back();
    return shape;
  }

  // Applies one instruction to the stack; false if it has nothing left to do.
  bool step(PyInst& inst) {
    switch (inst.op) {
      case PyOp::PushNull: push(Slot::Null); return false;
      case PyOp::Pop: return pop_any();
      case PyOp::Copy: return copy(inst);
      case PyOp::Swap: return swap(inst);
      case PyOp::Call:
      case PyOp::CallKw: return call(inst);
      case PyOp::CallEx: return call_ex(inst);
      case PyOp::ListAppend:
      case PyOp::SetAdd:
      case PyOp::MapAdd:
      case PyOp::ListExtend:
      case PyOp::SetUpdate:
      case PyOp::DictUpdate:
      case PyOp::DictMerge: return add_to_container(inst);
      case PyOp::WithExceptStart: return with_except_start();
      default: return apply_effect(inst);
    }
  }

  void push(Slot slot) {
    if (stack_.size() >= max_height_) return fail("the stack is higher than the code says");
    stack_.push_back(slot);
  }

  bool pop_values(uint64_t count) {
    if (count > stack_.size()) {
      fail("the stack underflows");
      return false;
    }
    for (; count > 0; --count) {
      if (stack_.back() != Slot::Value) {
        fail("an operand is NULL");
        return false;
      }
      stack_.pop_back();
    }
    return true;
  }

  bool apply_effect(const PyInst& inst) {
    PyStackEffect effect = py_stack_effect(inst);
    if (!pop_values(effect.pops)) return false;
    if (effect.pushes > max_height_) fail("the stack is higher than the code says");
    for (uint64_t i = 0; i < effect.pushes && error_.empty(); ++i) push(Slot::Value);
    return true;
  }

  bool pop_any() {
    if (stack_.empty()) {
      fail("the stack underflows");
      return false;
    }
    bool kept = stack_.back() == Slot::Value;
    stack_.pop_back();
    return kept;
  }

  // The slot `distance` from the top (1 is the top), or none.
  Slot* slot_at(uint32_t distance) {
    if (distance == 0 || distance > stack_.size()) {
      fail("the stack underflows");
      return nullptr;
    }
    return &stack_[stack_.size() - distance];
  }

  uint32_t values_from(uint32_t distance) const {
    return count_values(stack_.end() - distance, stack_.end());
  }

  bool copy(PyInst& inst) {
    Slot* slot = slot_at(inst.arg);
    if (!slot) return false;
    Slot kind = *slot;
    inst.arg = values_from(inst.arg);
    push(kind);
    return kind == Slot::Value;
  }

  bool swap(PyInst& inst) {
    Slot* slot = slot_at(inst.arg);
    if (!slot) return false;
    Slot* top = slot_at(1);
    uint32_t values = values_from(inst.arg);
    if (*slot == *top) {
      inst.arg = values;
      return *top == Slot::Value && values > 1;
    }
    if (values > 1) fail("a NULL is moved across values");
    std::swap(*slot, *top);
    return false;
  }

  // Under the arguments lie the callable and a NULL, or the callable and one argument more.
  bool call(PyInst& inst) {
    if (!pop_values(inst.arg)) return false;
    if (stack_.size() < 2) {
      fail("the stack underflows");
      return false;
    }
    Slot upper = stack_.back();
    stack_.pop_back();
    Slot lower = stack_.back();
    stack_.pop_back();
    if (upper == Slot::Null && lower == Slot::Null) fail("a call without a callable");
    if (upper == Slot::Value && lower == Slot::Value) ++inst.arg;
    push(Slot::Value);
    return true;
  }

  bool call_ex(const PyInst& inst) {
    if (!pop_values(uint64_t{inst.arg} + 1)) return false;
    if (stack_.size() < 2 || stack_.back() == stack_[stack_.size() - 2]) {
      fail("a call without a callable");
      return false;
    }
    stack_.resize(stack_.size() - 2);
    push(Slot::Value);
    return true;
  }

  bool add_to_container(PyInst& inst) {
    if (!pop_values(py_stack_effect(inst).pops)) return false;
    Slot* container = slot_at(inst.arg);
    if (!container) return false;
    if (*container != Slot::Value) fail("an operand is NULL");
    inst.arg = values_from(inst.arg);
    return true;
  }

  // Under the exception and the one handled before it lie an instruction number and __exit__.
  bool with_except_start() {
    const Slot* exit = slot_at(4);
    if (!exit) return false;
    if (*exit != Slot::Value || values_from(4) != 3) fail("an operand is NULL");
    push(Slot::Value);
    return true;
  }

  // Drops what was not kept and renumbers targets and handlers.
  void compact(std::vector<PyHandler>* handlers) {
    std::vector<uint32_t> new_index(insts_.size() + 1, 0);
    for (size_t i = 0; i < insts_.size(); ++i) new_index[i + 1] = new_index[i] + keep_[i];
    for (const RawHandler& raw : handlers_) {
      uint32_t begin = new_index[raw.begin], end = new_index[raw.end];
      if (begin == end || shape_of_[raw.target] == kNoShape) continue;
      const Shape& shape = shapes_[shape_of_[raw.target]];
      uint32_t depth = count_values(shape.begin(), shape.end()) - 1;
      uint32_t target = new_index[raw.target];
      if (!handlers->empty() && handlers->back().end == begin && handlers->back().target == target) {
        handlers->back().end = end;
      } else {
        handlers->push_back({begin, end, target, depth});
      }
    }
    size_t kept = 0;
    for (size_t i = 0; i < insts_.size(); ++i) {
      if (!keep_[i]) continue;
      PyInst inst = insts_[i];
      if (has_target(inst)) inst.arg = new_index[inst.arg];
      insts_[kept++] = inst;
    }
    insts_.resize(kept);
    if (kept == 0) fail("the code is empty");
  }

  std::vector<PyInst>& insts_;
  const std::vector<RawHandler>& handlers_;
  const uint32_t max_height_;
  std::vector<uint32_t> shape_of_;  // of each block's first instruction, once it was reached
  std::vector<Shape> shapes_;
  std::vector<uint8_t> is_leader_;
  std::vector<uint8_t> keep_;
  std::vector<uint32_t> work_;
  Shape stack_;
  std::string error_;
};

}  // namespace

std::string settle_stack(std::vector<PyInst>& insts, const std::vector<RawHandler>& raw_handlers,
                         uint32_t max_height, std::vector<PyHandler>* handlers) {
  return Walk(insts, raw_handlers, max_height).run(handlers);
}

}  // namespace lancehead
