// Outlines the loops of a nest. The chunk function is a copy of the function whose only blocks are the loops,
// so that values, constants and the nest's body are what they were; what it uses from outside becomes its
// parameters.
//
//   chunk(first, last, captures...):  for i in range(first * step, min(last * step, n)): the inner loops
//
// with step = kStep where there is but one loop, else 1.
#include "opt/nest/parallel.h"

#include <algorithm>

#include "ir/math_fn.h"
#include "opt/facts.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

constexpr int64_t kStep = 1024;  // elements of a linear loop per iteration of the parloop
constexpr int64_t kLeastWork =
    int64_t{1} << 17;  // a region costs one or two microseconds: some ten thousand instructions
constexpr int64_t kSlow = 8, kCall = 32;  // a division or a root, a function of libm, in simple instructions

int64_t cost_of(const Inst& inst) {
  switch (inst.op) {
    case Op::Const: return 0;
    case Op::Div:
    case Op::FloorDiv:
    case Op::Mod:
    case Op::Rem: return kSlow;
    case Op::Math:
      return math_info(static_cast<MathFn>(inst.attr)).form == MathForm::Instruction ? kSlow : kCall;
    case Op::RtCall: return kCall;
    default: return 1;
  }
}

class Outliner {
 public:
  Outliner(Function& f, const LoopPlan& plan, const std::vector<TypeId>& types,
           std::vector<Function>& functions)
      : f_(f), plan_(plan), nest_(*plan.nest), types_(types), functions_(functions) {
    tuple_ = types_.empty() ? ty::None : tuple_type(types_);
    step_ = plan.extents.size() == 1 ? kStep : 1;
    collect_captures();
  }

  ParLoopInfo run(LocId loc) {
    ParLoopInfo loop;
    loop.captures = static_cast<uint32_t>(captures_.size());
    std::vector<TypeId> params = {ty::Int64, ty::Int64};
    for (ValueId v : captures_) params.push_back(f_.type(v));
    loop.body = add_function(make_chunk(loc), std::move(params));
    if (!types_.empty()) loop.combine = add_function(make_combine(), {tuple_, tuple_});
    return loop;
  }

  const Values& captures() const { return captures_; }

  // ceil(n / step)
  ValueId rounds(Builder& b) const {
    ValueId n = plan_.extents[plan_.order[0]];
    if (step_ == 1) return n;
    ValueId up = b.value(Op::Add, {n, b.int64(step_ - 1)}, ty::Int64);
    return b.value(Op::FloorDiv, {up, b.int64(step_)}, ty::Int64);
  }

 private:
  // ---- captures

  bool is_of_body(ValueId v) const { return f_.block_of(v) == nest_.body; }

  void take(ValueId v) {
    if (!v.valid() || is_of_body(v)) return;
    Values& list = f_.def(v) && f_.def(v)->op == Op::Const ? constants_ : captures_;
    if (std::find(list.begin(), list.end(), v) == list.end()) list.push_back(v);
  }

  void collect_captures() {
    for (uint32_t d = 0; d < plan_.extents.size(); ++d)
      if (d != plan_.order[0] || step_ != 1) take(plan_.extents[d]);
    for (const Walk& walk : plan_.walks) {
      take(walk.address);
      for (ValueId v : walk.strides) take(v);
    }
    for (InstId id : f_.block(nest_.body).insts)
      for (ValueId v : f_.inst(id).operands) take(v);
    for (ValueId v : nest_.yields) take(v);
  }

  // ---- functions

  uint32_t add_function(Function made, std::vector<TypeId> params) {
    Callee callee;
    callee.symbol = made.symbol;
    callee.name = made.name;
    callee.params = std::move(params);
    callee.result = made.result;
    f_.callees.push_back(std::move(callee));
    functions_.push_back(std::move(made));
    return static_cast<uint32_t>(f_.callees.size() - 1);
  }

  void name(Function& made, const char* what) const {
    std::string suffix = "." + std::string(what) + std::to_string(functions_.size());
    made.name = f_.name + suffix;
    made.symbol = f_.symbol + suffix;
    made.result = tuple_;
    made.exported = false;
  }

  Function make_chunk(LocId loc) const {
    Function chunk = f_;
    name(chunk, "nest");
    chunk.order = {chunk.entry()};
    chunk.block(chunk.entry()) = Block();
    Builder b(chunk);
    b.set_block(chunk.entry());
    b.set_loc(loc);
    ValueId first = chunk.add_param(chunk.entry(), ty::Int64),
            last = chunk.add_param(chunk.entry(), ty::Int64);
    for (ValueId v : captures_) {
      chunk.value(v).def = InstId();
      chunk.value(v).block = chunk.entry();
      chunk.block(chunk.entry()).params.push_back(v);
    }
    for (ValueId v : constants_) {
      InstId def = chunk.value(v).def;
      chunk.inst(def).block = chunk.entry();
      chunk.block(chunk.entry()).insts.push_back(def);
    }
    LoopPlan plan = plan_;
    plan.nest = &nest_;
    limit(b, plan, first, last);
    Values results = write_loops(b, plan);
    b.ret(results.empty() ? b.none() : b.value(Op::TupleMake, std::move(results), tuple_));
    return chunk;
  }

  void limit(Builder& b, LoopPlan& plan, ValueId first, ValueId last) const {
    ValueId& end = plan.extents[plan.order[0]];
    plan.begin = first;
    if (step_ == 1) {
      end = last;
      return;
    }
    ValueId step = b.int64(step_);
    plan.begin = b.value(Op::Mul, {first, step}, ty::Int64);
    end = b.value(Op::Min, {b.value(Op::Mul, {last, step}, ty::Int64), end}, ty::Int64);
  }

  Function make_combine() const {
    Function combine;
    name(combine, "combine");
    combine.stage = f_.stage;
    combine.handle = f_.handle;
    combine.fastmath = f_.fastmath;
    BlockId block = combine.add_block();
    Builder b(combine);
    b.set_block(block);
    ValueId acc = combine.add_param(block, tuple_), partial = combine.add_param(block, tuple_);
    Values folded;
    for (uint32_t i = 0; i < types_.size(); ++i)
      folded.push_back(reduce(b, nest_.reductions[i], b.value(Op::TupleGet, {acc}, types_[i], i),
                              b.value(Op::TupleGet, {partial}, types_[i], i)));
    b.ret(b.value(Op::TupleMake, std::move(folded), tuple_));
    return combine;
  }

  Function& f_;
  const LoopPlan& plan_;
  const NestInfo nest_;
  const std::vector<TypeId>& types_;
  std::vector<Function>& functions_;
  TypeId tuple_;
  int64_t step_;
  Values captures_, constants_;
};

}  // namespace

bool may_run_in_parallel(const Function& f, const NestInfo& nest) {
  size_t first = nest.yields.size() - nest.reductions.size();
  for (size_t i = 0; i < nest.reductions.size(); ++i) {
    bool ordered = nest.reductions[i] == Reduction::Sum || nest.reductions[i] == Reduction::Prod;
    TypeId type = f.type(nest.yields[first + i]);
    if (ordered && (is_float(type) || is_complex(type)) && !f.fastmath) return false;
  }
  return true;
}

ValueId is_large(Builder& b, const LoopPlan& plan) {
  const Function& f = b.function();
  int64_t work = static_cast<int64_t>(plan.walks.size() + plan.nest->reductions.size());
  for (InstId id : f.block(plan.nest->body).insts) work += cost_of(f.inst(id));
  ValueId count = plan.extents[0];
  for (size_t i = 1; i < plan.extents.size(); ++i)
    count = b.value(Op::Mul, {count, plan.extents[i]}, ty::Int64);
  return b.value(Op::Ge, {count, b.int64(kLeastWork / std::max<int64_t>(work, 1))}, ty::Bool);
}

OutlinedLoops::OutlinedLoops(Builder& b, const LoopPlan& plan, std::vector<Function>& functions) : b_(b) {
  Function& f = b.function();
  const NestInfo& nest = *plan.nest;
  size_t first = nest.yields.size() - nest.reductions.size();
  for (size_t i = first; i < nest.yields.size(); ++i) types_.push_back(f.type(nest.yields[i]));
  for (size_t i = 0; i < types_.size(); ++i)
    initial_.push_back(reduction_identity(b, nest.reductions[i], types_[i]));
  Outliner outliner(f, plan, types_, functions);
  operands_ = {outliner.rounds(b)};
  operands_.insert(operands_.end(), outliner.captures().begin(), outliner.captures().end());
  f.parloops.push_back(outliner.run(b.loc()));
  loop_ = static_cast<uint32_t>(f.parloops.size() - 1);
}

std::vector<ValueId> OutlinedLoops::run_parallel() {
  Values operands = operands_;
  operands.insert(operands.end(), initial_.begin(), initial_.end());
  InstId id = b_.add(Op::ParLoop, std::move(operands), types_, loop_);
  return b_.function().inst(id).results;
}

std::vector<ValueId> OutlinedLoops::run_serial() {
  Function& f = b_.function();
  uint32_t body = f.parloops[loop_].body;
  Values operands = {b_.int64(0)};
  operands.insert(operands.end(), operands_.begin(), operands_.end());
  ValueId result = b_.value(Op::Call, std::move(operands), f.callees[body].result, body);
  Values out;
  for (uint32_t i = 0; i < types_.size(); ++i) out.push_back(b_.value(Op::TupleGet, {result}, types_[i], i));
  return out;
}

}  // namespace lancehead
