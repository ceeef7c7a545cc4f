// Ownership, by property: random functions with loops, handlers, views and tuples; after the pass, random
// paths through them, errors included, are executed with a count per object. No object is used at count 0,
// and when the function is left each object's count is what its caller expects.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "ir/builder.h"
#include "ir/dominators.h"
#include "ir/print.h"
#include "opt/effects.h"
#include "opt/ownership.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

const TypeId kArray = array_type(ty::Float64, 1, Layout::C);
const TypeId kView = array_type(ty::Float64, 1, Layout::A);
const TypeId kPair = tuple_type({kArray, kArray});

// ---- random functions

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed), b_(f_) {}

  Function make() {
    f_.name = f_.symbol = "f";
    f_.stage = Stage::Final;
    f_.result = kArray;
    f_.callees.push_back({"g", "g", {kArray}, kArray});
    f_.error_classes.push_back({"builtins.ValueError", 0});
    size_t blocks = 4 + pick(7);
    for (size_t i = 0; i < blocks; ++i) f_.add_block();
    handlers_ = 1 + pick(2);  // the last blocks: reached by unwinding alone
    for (size_t i = 0; i < 2; ++i) f_.add_param(f_.entry(), kArray);
    for (BlockId block : f_.order)
      if (block != f_.entry())
        for (size_t i = pick(3); i > 0; --i) f_.add_param(block, coin(4) ? kPair : kArray);
    for (BlockId block : f_.order) skeleton(block);
    fill();
    return std::move(f_);
  }

 private:
  uint32_t pick(size_t n) { return static_cast<uint32_t>(random_() % n); }
  bool coin(size_t n) { return pick(n) == 0; }
  bool is_handler(BlockId block) const { return block.index + handlers_ >= f_.order.size(); }
  BlockId plain_target() { return BlockId(1 + pick(f_.order.size() - handlers_ - 1)); }

  // The way out of each block, its arguments still missing, so that dominance is known before any value is
  // used.
  void skeleton(BlockId block) {
    b_.set_block(block);
    if (is_handler(block)) b_.add(Op::Catch, {}, {ty::Error});
    if (coin(3)) {
      InstId call = b_.add(Op::Call, {}, {kArray}, 0);
      f_.inst(call).unwinds = true;
      f_.inst(call).edges.push_back({BlockId(f_.order.size() - 1 - pick(handlers_)), {}});
    }
    switch (pick(5)) {
      case 0: b_.add(Op::Return, {}, {}); break;
      case 1: b_.br(plain_target()); break;
      case 2: b_.add(coin(2) ? Op::Throw : Op::Return, {}, {}); break;
      default:
        b_.add(Op::CondBr, {}, {});
        f_.terminator(block).edges = {{plain_target(), {}}, {plain_target(), {}}};
    }
  }

  void fill() {
    Cfg cfg(f_);
    Dominators dominators(cfg);
    std::erase_if(f_.order, [&](BlockId block) { return !cfg.reachable(block); });
    std::vector<Values> available(f_.blocks.size());
    for (BlockId block : cfg.reverse_postorder()) {
      Values values;
      if (dominators.parent(block).valid()) values = available[dominators.parent(block).index];
      for (ValueId v : f_.block(block).params) values.push_back(v);
      std::vector<InstId> ends = std::exchange(f_.block(block).insts, {});
      b_.set_block(block);
      if (f_.inst(ends[0]).op == Op::Catch) {
        f_.block(block).insts.push_back(ends[0]);
        error_ = f_.inst(ends[0]).results[0];
        ends.erase(ends.begin());
      } else {
        error_ = {};
      }
      for (size_t i = pick(6); i > 0; --i) any_inst(values);
      available[block.index] = values;
      for (InstId id : ends) finish(id, values, available[block.index]);
    }
  }

  ValueId any(Values& values, TypeId type) {
    Values fitting;
    for (ValueId v : values)
      if (f_.type(v) == type) fitting.push_back(v);
    if (!fitting.empty()) return fitting[pick(fitting.size())];
    ValueId v = type == kPair ? b_.value(Op::TupleMake, {any(values, kArray), any(values, kArray)}, kPair)
                              : b_.value(Op::ArrayAlloc, {b_.int64(3)}, type);
    values.push_back(v);
    return v;
  }

  void any_inst(Values& values) {
    switch (pick(8)) {
      case 0: values.push_back(b_.value(Op::ArrayAlloc, {b_.int64(3)}, kArray)); break;
      case 1: values.push_back(b_.value(Op::Call, {any(values, kArray)}, kArray, 0)); break;
      case 2:
        values.push_back(b_.value(Op::TupleMake, {any(values, kArray), any(values, kArray)}, kPair));
        break;
      case 3: values.push_back(b_.value(Op::TupleGet, {any(values, kPair)}, kArray, pick(2))); break;
      case 4: {
        ValueId base = any(values, kArray);
        ValueId data = b_.value(Op::ArrayData, {base}, ty::Pointer);
        if (coin(2)) base = any(values, kArray);
        values.push_back(b_.value(Op::ArrayView, {base, data, b_.int64(3), b_.int64(8)}, kArray));
        break;
      }
      case 5: b_.value(Op::ArrayLoad, {any(values, kArray), b_.int64(0)}, ty::Float64); break;
      case 6:
        b_.value(Op::Load, {b_.value(Op::ArrayData, {any(values, kArray)}, ty::Pointer)}, ty::Float64);
        break;
      default: b_.add(Op::Check, {b_.boolean(true)}, {}, 0);
    }
  }

  void finish(InstId id, Values& values, Values& available) {
    Op op = f_.inst(id).op;
    Values operands;
    if (op == Op::Call || op == Op::Return) operands = {any(values, kArray)};
    if (op == Op::CondBr) operands = {b_.boolean(true)};
    if (op == Op::Throw)
      operands = {error_.valid() && coin(2) ? error_ : b_.value(Op::ErrorMake, {}, ty::Error, 0)};
    std::vector<Values> args;
    for (const Edge& e : f_.inst(id).edges) {
      args.emplace_back();
      for (ValueId param : f_.block(e.target).params) args.back().push_back(any(values, f_.type(param)));
    }
    // Values made for the terminator must not stand behind an instruction that unwinds.
    std::vector<InstId>& insts = f_.block(b_.block()).insts;
    auto unwinding = std::find_if(insts.begin(), insts.end(), [&](InstId i) { return f_.inst(i).unwinds; });
    if (unwinding != insts.end()) std::rotate(unwinding, unwinding + 1, insts.end());
    Inst& inst = f_.inst(id);
    inst.operands = std::move(operands);
    for (size_t e = 0; e < args.size(); ++e) inst.edges[e].args = std::move(args[e]);
    insts.push_back(id);
    (void)available;
  }

  std::mt19937 random_;
  Function f_;
  Builder b_;
  size_t handlers_ = 1;
  ValueId error_;
};

// ---- execution

class Machine {
 public:
  Machine(const Function& f, uint32_t seed) : f_(f), random_(seed), objects_(f.values.size()) {}

  // The first violation, or nothing.
  std::string run() {
    for (ValueId param : f_.block(f_.entry()).params) objects_[param.index] = {fresh()};
    arguments_ = counts_.size();
    BlockId block = f_.entry();
    for (size_t steps = 0; steps < 60; ++steps) {
      next_ = {};
      for (InstId id : f_.block(block).insts) {
        step(f_.inst(id));
        if (!fault_.empty() || left_) return fault_.empty() ? at_exit() : fault_ + " at " + print(f_, id);
        if (next_) break;
      }
      if (!next_) return "a block without a way out";
      Values args = next_->args;
      std::vector<std::vector<size_t>> passed;
      for (ValueId v : args) passed.push_back(objects_[v.index]);
      block = next_->target;
      for (size_t i = 0; i < args.size(); ++i) objects_[f_.block(block).params[i].index] = passed[i];
    }
    return "";
  }

 private:
  size_t fresh() {
    counts_.push_back(1);
    return counts_.size() - 1;
  }

  void change(ValueId v, int by) {
    for (size_t object : objects_[v.index]) counts_[object] += by;
  }

  bool coin(size_t n) { return random_() % n == 0; }

  void step(const Inst& inst) {
    for (ValueId v : inst.operands)
      for (size_t object : objects_[v.index])
        if (counts_[object] < 1) fault_ = "use of a dead object";
    if (can_raise(f_, inst) && !is_terminator(inst.op) && coin(4)) {
      if (inst.unwinds)
        next_ = &inst.edges.back();
      else
        left_ = true;
      return;
    }
    switch (inst.op) {
      case Op::Retain: return change(inst.operands[0], 1);
      case Op::Release: return change(inst.operands[0], -1);
      case Op::Br: next_ = &inst.edges[0]; return;
      case Op::CondBr: next_ = &inst.edges[coin(2)]; return;
      case Op::Return:
        change(inst.operands[0], -1);
        left_ = true;
        return;
      case Op::Throw:
        change(inst.operands[0], -1);
        if (inst.unwinds)
          next_ = &inst.edges.back();
        else
          left_ = true;
        return;
      case Op::Resume: left_ = true; return;
      default: define(inst);
    }
  }

  void define(const Inst& inst) {
    if (inst.results.empty()) return;
    std::vector<size_t>& out = objects_[inst.results[0].index];
    out.clear();
    switch (inst.op) {
      case Op::ArrayAlloc:
      case Op::Call:
      case Op::Catch:
      case Op::ErrorMake: out = {fresh()}; return;
      case Op::ArrayData: out = objects_[inst.operands[0].index]; return;
      case Op::ArrayView: out = objects_[inst.operands[0].index]; return;
      case Op::TupleGet: out = {objects_[inst.operands[0].index][inst.attr]}; return;
      case Op::TupleMake:
        for (ValueId v : inst.operands) out.push_back(objects_[v.index][0]);
        return;
      default: return;
    }
  }

  std::string at_exit() const {
    for (size_t i = 0; i < counts_.size(); ++i)
      if (counts_[i] != (i < arguments_ ? 1 : 0))
        return "object " + std::to_string(i) + " is left with count " + std::to_string(counts_[i]);
    return "";
  }

  const Function& f_;
  std::mt19937 random_;
  std::vector<std::vector<size_t>> objects_;  // by value
  std::vector<int> counts_;
  size_t arguments_ = 0;
  const Edge* next_ = nullptr;
  std::string fault_;
  bool left_ = false;
};

TEST(Ownership, IsBalancedOnEveryPath) {
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    Function f = Generator(seed).make();
    std::string before = print(f);
    insert_ownership(f);
    for (uint32_t path = 0; path < 30; ++path) {
      std::string fault = Machine(f, path).run();
      ASSERT_EQ(fault, "") << "seed " << seed << ", path " << path << "\n" << before << "\n" << print(f);
    }
  }
}

// The property can fail: without the pass, something leaks or dies on some path.
TEST(Ownership, TheOracleSeesWhatIsMissing) {
  size_t faults = 0;
  for (uint32_t seed = 0; seed < 100; ++seed) {
    Function f = Generator(seed).make();
    for (uint32_t path = 0; path < 30; ++path) faults += !Machine(f, path).run().empty();
  }
  EXPECT_GT(faults, 100u);
}

}  // namespace
}  // namespace lancehead
