// Loops over a nest's dimensions:
//
//   head(k, acc...):  condbr k < extent, body, exit
//   body:             addresses for this k; the next loop in, or the body's clone; br head(k + 1, acc'...)
//   exit:             the accumulators are head's
#include "opt/nest/loops.h"

#include <limits>

#include "opt/nest/body.h"

namespace lancehead {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Constant integer_limit(TypeId type, bool highest) {
  int bits = bits_of(type);
  if (!is_signed(type)) return int_constant(type, highest ? -1 : 0);
  uint64_t top = uint64_t{1} << (bits - 1);
  return int_constant(type, static_cast<int64_t>(highest ? top - 1 : top));
}

class LoopWriter {
 public:
  LoopWriter(Builder& b, const LoopPlan& plan) : b_(b), f_(b.function()), plan_(plan), nest_(*plan.nest) {}

  std::vector<ValueId> write() {
    std::vector<ValueId> acc, addresses;
    size_t first = nest_.yields.size() - nest_.reductions.size();
    for (size_t i = 0; i < nest_.reductions.size(); ++i)
      acc.push_back(reduction_identity(b_, nest_.reductions[i], f_.type(nest_.yields[first + i])));
    for (const Walk& walk : plan_.walks) addresses.push_back(walk.address);
    indices_ = plan_.first;
    indices_.resize(plan_.extents.size());
    one_ = b_.int64(1);
    return loop(0, std::move(addresses), std::move(acc));
  }

 private:
  using Values = std::vector<ValueId>;

  // The loops from `depth` on; gives the accumulators behind them.
  Values loop(size_t depth, Values addresses, Values acc) {
    if (depth == plan_.order.size()) return body(addresses, acc);
    uint32_t dim = plan_.order[depth];
    BlockId head = f_.add_block(), inside = f_.add_block(), exit = f_.add_block();
    Values start = {depth == 0 && plan_.begin.valid() ? plan_.begin : b_.int64(0)};
    start.insert(start.end(), acc.begin(), acc.end());
    b_.br(head, std::move(start));

    b_.set_block(head);
    ValueId k = f_.add_param(head, ty::Int64);
    f_.value(k).facts.nonneg = true;
    Values carried;
    for (ValueId v : acc) carried.push_back(f_.add_param(head, f_.type(v)));
    b_.condbr(b_.value(Op::Lt, {k, plan_.extents[dim]}, ty::Bool), inside, {}, exit);

    b_.set_block(inside);
    indices_[dim] = plan_.first.empty() ? k : b_.value(Op::Add, {plan_.first[dim], k}, ty::Int64);
    for (size_t i = 0; i < addresses.size(); ++i)
      if (ValueId stride = plan_.walks[i].strides[dim]; stride.valid())
        addresses[i] =
            b_.value(Op::Offset, {addresses[i], b_.value(Op::Mul, {k, stride}, ty::Int64)}, ty::Pointer);
    Values next = {};
    Values updated = loop(depth + 1, std::move(addresses), carried);
    if (plan_.polls && depth + 1 == plan_.order.size()) b_.add(Op::Poll, {}, {});
    next.push_back(b_.value(Op::Add, {k, one_}, ty::Int64));
    next.insert(next.end(), updated.begin(), updated.end());
    b_.br(head, std::move(next));

    b_.set_block(exit);
    return carried;
  }

  Values body(const Values& addresses, const Values& acc) {
    BodyClone clone(b_, nest_.body);
    const std::vector<ValueId> params = f_.block(nest_.body).params;
    size_t param = 0;
    for (size_t i = 0; i < plan_.walks.size(); ++i)
      if (!plan_.walks[i].write)
        clone.set(params[param++], b_.value(Op::Load, {addresses[i]}, plan_.walks[i].elem));
    if (nest_.indices)
      for (ValueId k : indices_) clone.set(params[param++], k);
    clone.clone();

    size_t yield = 0;
    for (size_t i = 0; i < plan_.walks.size(); ++i)
      if (plan_.walks[i].write) b_.add(Op::Store, {addresses[i], clone(nest_.yields[yield++])}, {});
    Values out;
    for (size_t i = 0; i < acc.size(); ++i)
      out.push_back(reduce(b_, nest_.reductions[i], acc[i], clone(nest_.yields[yield++])));
    return out;
  }

  Builder& b_;
  Function& f_;
  const LoopPlan& plan_;
  const NestInfo nest_;
  Values indices_;
  ValueId one_;
};

}  // namespace

ValueId reduction_identity(Builder& b, Reduction reduction, TypeId type) {
  bool highest = reduction == Reduction::Min;
  switch (reduction) {
    case Reduction::Any: return b.boolean(false);
    case Reduction::All: return b.boolean(true);
    case Reduction::Min:
    case Reduction::Max:
      if (type == ty::Bool) return b.boolean(highest);
      if (is_float(type)) return b.float_value(type, highest ? kInfinity : -kInfinity);
      return b.constant(integer_limit(type, highest));
    default: {
      double start = reduction == Reduction::Prod ? 1 : 0;
      if (type == ty::Bool) return b.boolean(start != 0);
      if (is_complex(type)) return b.constant(complex_constant(type, start, 0));
      if (is_float(type)) return b.float_value(type, start);
      return b.integer(type, static_cast<int64_t>(start));
    }
  }
}

ValueId reduce(Builder& b, Reduction reduction, ValueId acc, ValueId next) {
  TypeId type = b.function().type(acc);
  bool is_bool = type == ty::Bool;
  switch (reduction) {
    case Reduction::Sum: return b.value(is_bool ? Op::Or : Op::Add, {acc, next}, type);
    case Reduction::Prod: return b.value(is_bool ? Op::And : Op::Mul, {acc, next}, type);
    case Reduction::Min: return b.value(is_bool ? Op::And : Op::Min, {acc, next}, type);
    case Reduction::Max: return b.value(is_bool ? Op::Or : Op::Max, {acc, next}, type);
    case Reduction::Any: return b.value(Op::Or, {acc, next}, type);
    case Reduction::All: return b.value(Op::And, {acc, next}, type);
    case Reduction::None: break;
  }
  return next;
}

std::vector<ValueId> write_loops(Builder& b, const LoopPlan& plan) {
  return LoopWriter(b, plan).write();
}

}  // namespace lancehead
