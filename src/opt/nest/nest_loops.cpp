// Rotated counting loops: guard, then body with the test at its end, which LLVM vectorises as they are.
#include "opt/nest/nest_loops.h"

#include <functional>
#include <limits>
#include <unordered_map>

#include "base/check.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

ValueId binary(Builder& b, Op op, ValueId x, ValueId y) {
  return b.value(op, {x, y}, b.function().type(x));
}
ValueId compare(Builder& b, Op op, ValueId x, ValueId y) {
  return b.value(op, {x, y}, ty::Bool);
}

bool is_constant(const Function& f, ValueId v, int64_t value) {
  const Constant* c = f.constant_of(v);
  return c && constant_as_int(*c) == value;
}

Constant extreme(TypeId type, bool lowest) {
  if (is_float(type)) {
    double inf = std::numeric_limits<double>::infinity();
    return float_constant(type, lowest ? -inf : inf);
  }
  if (type == ty::Bool) return bool_constant(!lowest);
  if (!is_signed(type)) return int_constant(type, lowest ? 0 : -1);
  int64_t top = static_cast<int64_t>((uint64_t{1} << (bits_of(type) - 1)) - 1);
  return int_constant(type, lowest ? -top - 1 : top);
}

Constant one_of(TypeId type) {
  if (is_float(type)) return float_constant(type, 1.0);
  if (is_complex(type)) return complex_constant(type, 1.0, 0.0);
  return type == ty::Bool ? bool_constant(true) : int_constant(type, 1);
}

Constant zero_of(TypeId type) {
  if (is_float(type)) return float_constant(type, 0.0);
  if (is_complex(type)) return complex_constant(type, 0.0, 0.0);
  return type == ty::Bool ? bool_constant(false) : int_constant(type, 0);
}

Constant identity_of(Reduction reduction, TypeId type) {
  switch (reduction) {
    case Reduction::Prod: return one_of(type);
    case Reduction::Min: return extreme(type, false);
    case Reduction::Max: return extreme(type, true);
    case Reduction::All: return bool_constant(true);
    case Reduction::Any: return bool_constant(false);
    default: return zero_of(type);
  }
}

ValueId fold(Builder& b, Reduction reduction, ValueId acc, ValueId v) {
  switch (reduction) {
    case Reduction::Prod: return binary(b, Op::Mul, acc, v);
    case Reduction::Min: return binary(b, Op::Min, acc, v);
    case Reduction::Max: return binary(b, Op::Max, acc, v);
    case Reduction::Any: return binary(b, Op::Or, acc, v);
    case Reduction::All: return binary(b, Op::And, acc, v);
    default: return binary(b, Op::Add, acc, v);
  }
}

class NestEmitter {
 public:
  NestEmitter(Builder& b, const NestPlan& plan) : b_(b), f_(b.function()), p_(plan) {}

  Values run() {
    if (!shapes_may_be_linear()) return strided();
    ValueId matches = shapes_match();
    if (!matches.valid()) return linear();
    BlockId fast = f_.add_block(), slow = f_.add_block(), done = f_.add_block();
    Values results;
    for (TypeId t : p_.reduced) results.push_back(f_.add_param(done, t));
    b_.condbr(matches, fast, {}, slow);
    b_.set_block(fast);
    Values from_fast = linear();
    b_.br(done, from_fast);
    b_.set_block(slow);
    Values from_slow = strided();
    b_.br(done, from_slow);
    b_.set_block(done);
    return results;
  }

 private:
  size_t dims() const { return p_.extents.size(); }
  TypeId elem(size_t access) const { return type_of(f_.type(p_.arrays[access])).elem; }
  ValueId dim(size_t access, size_t axis) {
    const Inst* def = f_.def(p_.arrays[access]);
    if (def && def->op == Op::ArrayAlloc) return def->operands[axis];
    if (def && def->op == Op::ArrayView) return def->operands[2 + axis];
    return b_.value(Op::ArrayDim, {p_.arrays[access]}, ty::Int64, static_cast<uint32_t>(axis));
  }
  ValueId stride(size_t access, size_t axis) {
    const Type& t = type_of(f_.type(p_.arrays[access]));
    size_t contiguous = t.layout == Layout::C ? t.ndim - 1u : 0u;
    if (t.layout != Layout::A && axis == contiguous) return b_.int64(size_of(t.elem));
    const Inst* def = f_.def(p_.arrays[access]);
    if (def && def->op == Op::ArrayView) return def->operands[2 + t.ndim + axis];
    return b_.value(Op::ArrayStride, {p_.arrays[access]}, ty::Int64, static_cast<uint32_t>(axis));
  }

  // Every array contiguous in the same order, and every axis walked by its own dimension.
  bool shapes_may_be_linear() const {
    if (dims() == 0) return false;
    if (p_.info.indices && dims() > 1) return false;
    bool all_c = true, all_f = true;
    for (size_t k = 0; k < p_.arrays.size(); ++k) {
      const Type& t = type_of(f_.type(p_.arrays[k]));
      const NestAccess& a = p_.info.accesses[k];
      if (a.axes.size() != dims()) return false;
      for (size_t axis = 0; axis < a.axes.size(); ++axis)
        if (a.axes[axis] != static_cast<int8_t>(axis)) return false;
      all_c = all_c && (t.layout == Layout::C);
      all_f = all_f && (t.layout == Layout::F || (t.ndim == 1 && t.layout == Layout::C));
    }
    return all_c || all_f;
  }

  // Whether no axis is broadcast; invalid if that is known.
  ValueId shapes_match() {
    ValueId all;
    for (size_t k = 0; k < p_.arrays.size(); ++k) {
      if (p_.info.accesses[k].write) continue;
      for (size_t axis = 0; axis < dims(); ++axis) {
        ValueId d = dim(k, axis);
        if (d == p_.extents[axis]) continue;
        ValueId same = compare(b_, Op::Eq, d, p_.extents[axis]);
        all = all.valid() ? binary(b_, Op::And, all, same) : same;
      }
    }
    return all;
  }

  // for (i = 0; i < count; ++i) accumulators = body(i, accumulators)
  Values loop(ValueId count, const Values& begin, const std::function<Values(ValueId, const Values&)>& body) {
    BlockId enter = f_.add_block(), head = f_.add_block(), done = f_.add_block();
    ValueId zero = b_.int64(0);
    b_.condbr(compare(b_, Op::Gt, count, zero), enter, {}, done, begin);
    b_.set_block(enter);
    Values first = {zero};
    first.insert(first.end(), begin.begin(), begin.end());
    b_.br(head, first);
    ValueId index = f_.add_param(head, ty::Int64);
    f_.value(index).facts.nonneg = true;
    Values accumulators, results;
    for (ValueId v : begin) accumulators.push_back(f_.add_param(head, f_.type(v)));
    for (ValueId v : begin) results.push_back(f_.add_param(done, f_.type(v)));
    b_.set_block(head);
    Values next_values = body(index, accumulators);
    ValueId next = binary(b_, Op::Add, index, b_.int64(1));
    Values back = {next};
    back.insert(back.end(), next_values.begin(), next_values.end());
    b_.condbr(compare(b_, Op::Lt, next, count), head, back, done, next_values);
    b_.set_block(done);
    return results;
  }

  Values initial_accumulators() {
    Values out;
    for (size_t k = 0; k < p_.reduced.size(); ++k)
      out.push_back(b_.constant(identity_of(p_.info.reductions[k], p_.reduced[k])));
    return out;
  }

  // One element: loads, the body, stores; the accumulators after it.
  Values element(const Values& addresses, const Values& indices, const Values& accumulators) {
    std::unordered_map<uint32_t, ValueId> map;
    const Values params = f_.block(p_.info.body).params;
    size_t next_param = 0;
    for (size_t k = 0; k < p_.arrays.size(); ++k)
      if (!p_.info.accesses[k].write)
        map[params[next_param++].index] = b_.value(Op::Load, {addresses[k]}, elem(k));
    if (p_.info.indices)
      for (ValueId i : indices) map[params[next_param++].index] = i;
    auto mapped = [&](ValueId v) {
      auto found = map.find(v.index);
      return found == map.end() ? v : found->second;
    };
    for (InstId id : std::vector<InstId>(f_.block(p_.info.body).insts)) {
      const Inst source = f_.inst(id);
      Values operands;
      for (ValueId v : source.operands) operands.push_back(mapped(v));
      std::vector<TypeId> types;
      for (ValueId v : source.results) types.push_back(f_.type(v));
      InstId copy = b_.add(source.op, std::move(operands), std::move(types), source.attr);
      for (size_t k = 0; k < source.results.size(); ++k) {
        ValueId fresh = f_.inst(copy).results[k];
        f_.value(fresh).facts = f_.value(source.results[k]).facts;
        map[source.results[k].index] = fresh;
      }
    }
    size_t yield = 0;
    for (size_t k = 0; k < p_.arrays.size(); ++k)
      if (p_.info.accesses[k].write) b_.add(Op::Store, {addresses[k], mapped(p_.info.yields[yield++])}, {});
    Values out;
    for (size_t k = 0; k < accumulators.size(); ++k)
      out.push_back(fold(b_, p_.info.reductions[k], accumulators[k], mapped(p_.info.yields[yield + k])));
    return out;
  }

  Values bases() {
    Values out;
    for (ValueId a : p_.arrays) out.push_back(b_.value(Op::ArrayData, {a}, ty::Pointer));
    return out;
  }

  Values linear() {
    ValueId count = p_.extents[0];
    for (size_t k = 1; k < dims(); ++k) count = binary(b_, Op::Mul, count, p_.extents[k]);
    Values base = bases();
    Values sizes;
    for (size_t k = 0; k < p_.arrays.size(); ++k) sizes.push_back(b_.int64(size_of(elem(k))));
    return loop(count, initial_accumulators(), [&](ValueId i, const Values& accumulators) {
      Values addresses;
      for (size_t k = 0; k < base.size(); ++k)
        addresses.push_back(b_.value(Op::Offset, {base[k], binary(b_, Op::Mul, i, sizes[k])}, ty::Pointer));
      return element(addresses, {i}, accumulators);
    });
  }

  // The stride by which an access moves with a dimension: 0 for an axis that is broadcast.
  ValueId moving_stride(size_t access, size_t dimension) {
    const NestAccess& a = p_.info.accesses[access];
    for (size_t axis = 0; axis < a.axes.size(); ++axis) {
      if (a.axes[axis] != static_cast<int8_t>(dimension)) continue;
      ValueId s = stride(access, axis);
      if (a.write) return s;
      ValueId d = dim(access, axis);
      if (d == p_.extents[dimension]) return s;
      if (is_constant(f_, d, 1)) return b_.int64(0);
      return b_.value(Op::Select, {compare(b_, Op::Eq, d, p_.extents[dimension]), s, b_.int64(0)}, ty::Int64);
    }
    return ValueId();
  }

  Values strided() {
    std::vector<Values> strides(dims());
    for (size_t d = 0; d < dims(); ++d)
      for (size_t k = 0; k < p_.arrays.size(); ++k) strides[d].push_back(moving_stride(k, d));
    return level(0, bases(), {}, initial_accumulators(), strides);
  }

  Values level(size_t d, const Values& addresses, const Values& indices, const Values& accumulators,
               const std::vector<Values>& strides) {
    if (d == dims()) return element(addresses, indices, accumulators);
    return loop(p_.extents[d], accumulators, [&](ValueId i, const Values& inner) {
      Values moved;
      for (size_t k = 0; k < addresses.size(); ++k) {
        ValueId s = strides[d][k];
        moved.push_back(s.valid()
                            ? b_.value(Op::Offset, {addresses[k], binary(b_, Op::Mul, i, s)}, ty::Pointer)
                            : addresses[k]);
      }
      Values here = indices;
      here.push_back(i);
      return level(d + 1, moved, here, inner, strides);
    });
  }

  Builder& b_;
  Function& f_;
  const NestPlan& p_;
};

}  // namespace

std::vector<ValueId> emit_nest(Builder& b, const NestPlan& plan) {
  return NestEmitter(b, plan).run();
}

}  // namespace lancehead
