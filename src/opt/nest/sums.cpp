// The runtime walks NumPy's tree and says how many elements come next; they are computed into memory of the
// function's frame, where it adds them up:
//
//         count = begin(memory, n); br head(count, 0...)
//   head(count, index...):  if count > 0: fill(0, index...) else exit
//   fill(done, index...):   the loop over as many elements as there are left in this row and to be done,
//                           which writes at memory[done]; index... moves on behind them
//                           if done' < count: fill(done', index'...), else head(next(memory), index'...)
//   exit:                   the sum stands in memory
//
// With one dimension a row never ends before what is to be done: fill is no loop.
#include "opt/nest/sums.h"

#include <algorithm>

#include "ir/runtime_call.h"
#include "opt/edit.h"

namespace lancehead {
namespace {

#define TREE_SUM(name, value) constexpr int64_t k##name = value;
#include "types/tree_sum.def"
#undef TREE_SUM

using Values = std::vector<ValueId>;

struct SumCalls {
  RtFn begin, next, row;
};

SumCalls calls_for(TypeId elem) {
  if (elem == ty::Float32) return {RtFn::TreeSumBeginFloat, RtFn::TreeSumNextFloat, RtFn::PairwiseSumFloat};
  if (elem == ty::Float64) return {RtFn::TreeSumBegin, RtFn::TreeSumNext, RtFn::PairwiseSum};
  if (elem == ty::Complex64)
    return {RtFn::TreeSumBeginComplexFloat, RtFn::TreeSumNextComplexFloat, RtFn::PairwiseSumComplexFloat};
  return {RtFn::TreeSumBeginComplex, RtFn::TreeSumNextComplex, RtFn::PairwiseSumComplex};
}

class SumWriter {
 public:
  SumWriter(Builder& b, const LoopPlan& plan)
      : b_(b),
        f_(b.function()),
        plan_(plan),
        strip_(*plan.nest),
        elem_(f_.type(strip_.yields[0])),
        calls_(calls_for(elem_)) {
    strip_.reductions.clear();
  }

  ValueId row() {
    const Walk& walk = plan_.walks[0];
    ValueId stride = walk.strides[0].valid() ? walk.strides[0] : b_.int64(0);
    Values operands = {walk.address, plan_.extents[0], stride};
    if (!is_complex(elem_)) return call(calls_.row, std::move(operands), elem_);
    memory_ = stack(size_of(elem_));
    operands.push_back(memory_);
    b_.add(Op::RtCall, std::move(operands), {}, static_cast<uint32_t>(calls_.row));
    return b_.value(Op::Load, {memory_}, elem_);
  }

  ValueId write() {
    memory_ = stack(kNumbers * size_of(elem_) + kBookkeeping);
    zero_ = b_.int64(0);
    ValueId n = plan_.extents[0];
    for (size_t d = 1; d < plan_.extents.size(); ++d) n = binary(Op::Mul, n, plan_.extents[d]);
    head_ = f_.add_block();
    BlockId fill = f_.add_block(), exit = f_.add_block();
    Values start(1 + plan_.extents.size(), zero_);
    start[0] = call(calls_.begin, {memory_, n}, ty::Int64);
    b_.br(head_, std::move(start));

    b_.set_block(head_);
    count_ = f_.add_param(head_, ty::Int64);
    Values index = add_indices(head_);
    bool one_row = plan_.extents.size() == 1;
    Values begin_fill;
    if (!one_row) {
      begin_fill = index;
      begin_fill.insert(begin_fill.begin(), zero_);
    }
    b_.condbr(b_.value(Op::Gt, {count_, zero_}, ty::Bool), fill, std::move(begin_fill), exit);

    b_.set_block(fill);
    one_row ? fill_all(index) : fill_rows(fill);

    b_.set_block(exit);
    return b_.value(Op::Load, {memory_}, elem_);
  }

 private:
  ValueId call(RtFn fn, Values operands, TypeId type) {
    return b_.value(Op::RtCall, std::move(operands), type, static_cast<uint32_t>(fn));
  }
  // One sum is under way at a time: all use the same memory.
  ValueId stack(int64_t wanted) {
    auto bytes = static_cast<uint32_t>(wanted);
    const std::vector<InstId>& at_entry = f_.block(f_.entry()).insts;
    if (at_entry.empty() || f_.inst(at_entry[0]).op != Op::StackAlloc)
      return insert_value(f_, f_.entry(), 0, Op::StackAlloc, {}, ty::Pointer, bytes);
    Inst& known = f_.inst(at_entry[0]);
    known.attr = std::max(known.attr, bytes);
    return known.results[0];
  }
  ValueId binary(Op op, ValueId x, ValueId y) { return b_.value(op, {x, y}, f_.type(x)); }
  ValueId offset(ValueId address, ValueId bytes) {
    return b_.value(Op::Offset, {address, bytes}, ty::Pointer);
  }

  Values add_indices(BlockId block) {
    Values index;
    for (size_t d = 0; d < plan_.extents.size(); ++d) {
      index.push_back(f_.add_param(block, ty::Int64));
      f_.value(index[d]).facts.nonneg = true;
    }
    return index;
  }

  void fill_all(const Values& index) {
    write_strip(index, count_, memory_);
    next_block({binary(Op::Add, index[0], count_)});
  }

  void fill_rows(BlockId fill) {
    ValueId done = f_.add_param(fill, ty::Int64);
    Values index = add_indices(fill);
    ValueId last_extent = plan_.extents.back(), one = b_.int64(1);
    ValueId count =
        binary(Op::Min, binary(Op::Sub, count_, done), binary(Op::Sub, last_extent, index.back()));
    write_strip(index, count, offset(memory_, binary(Op::Mul, done, b_.int64(size_of(elem_)))));
    ValueId step = count;
    for (size_t d = index.size(); d-- > 0;) {
      ValueId moved = binary(Op::Add, index[d], step);
      ValueId at_end = b_.value(Op::Eq, {moved, plan_.extents[d]}, ty::Bool);
      index[d] = b_.value(Op::Select, {at_end, zero_, moved}, ty::Int64);
      step = b_.value(Op::Select, {at_end, one, zero_}, ty::Int64);
    }
    ValueId now_done = binary(Op::Add, done, count);
    BlockId all_done = f_.add_block();
    Values again = index;
    again.insert(again.begin(), now_done);
    b_.condbr(b_.value(Op::Lt, {now_done, count_}, ty::Bool), fill, std::move(again), all_done);
    b_.set_block(all_done);
    next_block(std::move(index));
  }

  void next_block(Values index) {
    index.insert(index.begin(), call(calls_.next, {memory_}, ty::Int64));
    b_.br(head_, std::move(index));
  }

  // `count` elements of one row, from `index` on, to `target`.
  void write_strip(const Values& index, ValueId count, ValueId target) {
    LoopPlan strip = plan_;
    strip.nest = &strip_;
    size_t last = index.size() - 1;
    for (Walk& walk : strip.walks)
      for (size_t d = 0; d < index.size(); ++d)
        if (walk.strides[d].valid())
          walk.address = offset(walk.address, binary(Op::Mul, index[d], walk.strides[d]));
    Walk written{target, Values(index.size()), elem_, true};
    written.strides[last] = b_.int64(size_of(elem_));
    strip.walks.push_back(std::move(written));
    strip.order = {static_cast<uint32_t>(last)};
    strip.first = index;
    strip.extents[last] = count;
    write_loops(b_, strip);
  }

  Builder& b_;
  Function& f_;
  const LoopPlan& plan_;
  NestInfo strip_;  // computes the elements, and stores them
  TypeId elem_;
  SumCalls calls_;
  BlockId head_;
  ValueId memory_, zero_, count_;
};

}  // namespace

bool sums_floats(const Function& f, const NestInfo& nest) {
  if (nest.reductions.size() != 1 || nest.reductions[0] != Reduction::Sum) return false;
  TypeId type = f.type(nest.yields.back());
  return is_float(type) || is_complex(type);
}

bool sums_elements(const Function& f, const NestInfo& nest) {
  return sums_floats(f, nest) && nest.accesses.size() == 1 && nest.yields[0] == f.block(nest.body).params[0];
}

ValueId write_sum(Builder& b, const LoopPlan& plan) {
  if (plan.extents.empty()) return write_loops(b, plan)[0];
  SumWriter writer(b, plan);
  return sums_elements(b.function(), *plan.nest) && plan.extents.size() == 1 ? writer.row() : writer.write();
}

}  // namespace lancehead
