// An interpreter of resolved IR, written for plainness.
#include "ir_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "ir/runtime_call.h"
#include "types/layout.h"

namespace lancehead::testing {

Datum int_datum(int64_t value) {
  Datum d;
  d.bits = static_cast<uint64_t>(value);
  return d;
}
Datum float_datum(double value) {
  return int_datum(std::bit_cast<int64_t>(value));
}

Datum Machine::new_array(std::vector<int64_t> shape, const std::vector<double>& elements) {
  Datum d;
  d.buffer = static_cast<uint32_t>(buffers_.size());
  buffers_.emplace_back();
  for (double v : elements) buffers_.back().push_back(std::bit_cast<uint64_t>(v));
  d.shape = std::move(shape);
  d.strides.assign(d.shape.size(), 8);
  for (size_t k = d.shape.size(); k-- > 1;)
    d.strides[k - 1] = d.strides[k] * std::max<int64_t>(d.shape[k], 1);
  return d;
}

namespace {
struct Stop {
  std::string why;
};
int64_t as_int(const Datum& d) {
  return static_cast<int64_t>(d.bits);
}
double as_float(const Datum& d) {
  return std::bit_cast<double>(d.bits);
}

int64_t floor_div(int64_t x, int64_t y) {
  return x / y - (x % y != 0 && (x < 0) != (y < 0));
}
}  // namespace

class Frame {
 public:
  Frame(Machine& m, const Function& f, size_t most_steps)
      : m_(m), f_(f), values_(f.values.size()), most_steps_(most_steps) {}

  void run(const std::vector<Datum>& arguments) {
    for (size_t i = 0; i < arguments.size(); ++i) set(f_.block(f_.entry()).params[i], arguments[i]);
    BlockId block = f_.entry();
    while (true) {
      const Edge* next = nullptr;
      for (InstId id : f_.block(block).insts)
        if ((next = step(f_.inst(id)))) break;
      if (!next) throw Stop{"fault: no way out of a block"};
      std::vector<Datum> args;
      for (ValueId v : next->args) args.push_back(get(v));
      block = next->target;
      for (size_t i = 0; i < args.size(); ++i) set(f_.block(block).params[i], args[i]);
    }
  }

 private:
  const Datum& get(ValueId v) const { return values_[v.index]; }
  void set(ValueId v, Datum d) { values_[v.index] = std::move(d); }
  int64_t integer(const Inst& inst, size_t i) const { return as_int(get(inst.operands[i])); }
  double real(const Inst& inst, size_t i) const { return as_float(get(inst.operands[i])); }
  TypeId operand_type(const Inst& inst) const { return f_.type(inst.operands[0]); }
  void give(const Inst& inst, Datum d) { set(inst.results[0], std::move(d)); }
  void give(const Inst& inst, int64_t v) { give(inst, int_datum(v)); }

  const Edge* raise(const Inst& inst, const std::string& error) {
    error_ = error;
    if (inst.unwinds) return &inst.edges.back();
    throw Stop{"raised " + error};
  }

  uint64_t& cell(uint32_t buffer, int64_t offset) {
    if (buffer >= m_.buffers_.size()) throw Stop{"fault: no such memory"};
    std::vector<uint64_t>& words = m_.buffers_[buffer];
    if (offset < 0 || offset % 8 != 0 || offset / 8 >= static_cast<int64_t>(words.size()))
      throw Stop{fmt::format("fault: offset {} of {} bytes", offset, words.size() * 8)};
    return words[static_cast<size_t>(offset / 8)];
  }

  int64_t element(const Inst& inst, size_t first) const {
    const Datum& array = get(inst.operands[0]);
    int64_t offset = array.offset;
    for (size_t i = first; i < inst.operands.size(); ++i) {
      int64_t index = integer(inst, i);
      if (index < 0 || index >= array.shape[i - first])
        throw Stop{fmt::format("fault: index {} of {}", index, array.shape[i - first])};
      offset += index * array.strides[i - first];
    }
    return offset;
  }

  // The edge that control takes, or null to go on.
  const Edge* step(const Inst& inst) {
    if (++m_.steps_ > most_steps_) throw Stop{"did not end"};
    switch (inst.op) {
      case Op::Br: return &inst.edges[0];
      case Op::CondBr: return &inst.edges[get(inst.operands[0]).bits ? 0 : 1];
      case Op::Return: throw Stop{"returned " + show(f_.type(inst.operands[0]), get(inst.operands[0]))};
      case Op::Unreachable: throw Stop{"fault: unreachable"};
      case Op::Check:
      case Op::CheckAssigned:
        if (get(inst.operands[0]).bits) return nullptr;
        return raise(inst,
                     fmt::format("check {} {}", inst.attr, inst.operands.size() > 1 ? integer(inst, 1) : 0));
      case Op::CheckIndex:
        if (static_cast<uint64_t>(integer(inst, 0)) < static_cast<uint64_t>(integer(inst, 1))) return nullptr;
        return raise(inst,
                     fmt::format("index {} of {} on axis {}", integer(inst, 0), integer(inst, 1), inst.attr));
      case Op::Poll: return nullptr;
      case Op::Catch: give(inst, 0); return nullptr;
      case Op::Nest: run_nest(inst); return nullptr;
      default: compute(inst); return nullptr;
    }
  }

  void compute(const Inst& inst) {
    switch (inst.op) {
      case Op::Const: give(inst, constant(f_.constants[inst.attr])); return;
      case Op::Undef: give(inst, int_datum(0x5555)); return;
      case Op::TupleMake: {
        Datum d;
        for (ValueId v : inst.operands) d.parts.push_back(get(v));
        give(inst, d);
        return;
      }
      case Op::TupleGet: give(inst, Datum(get(inst.operands[0]).parts.at(inst.attr))); return;
      case Op::OptionalMake: {
        Datum d;
        d.parts = {int_datum(1), get(inst.operands[0])};
        give(inst, d);
        return;
      }
      case Op::OptionalNone: {
        Datum d;
        d.parts = {int_datum(0), Datum()};
        give(inst, d);
        return;
      }
      case Op::OptionalHas: give(inst, Datum(get(inst.operands[0]).parts.at(0))); return;
      case Op::OptionalGet: give(inst, Datum(get(inst.operands[0]).parts.at(1))); return;
      case Op::Select: give(inst, Datum(get(inst.operands[get(inst.operands[0]).bits ? 1 : 2]))); return;
      case Op::Cast:
        give(inst, cast(get(inst.operands[0]), operand_type(inst), f_.type(inst.results[0])));
        return;
      case Op::Eq:
      case Op::Ne:
      case Op::Lt:
      case Op::Le:
      case Op::Gt:
      case Op::Ge: give(inst, compare(inst)); return;
      case Op::RtCall: runtime_call(inst); return;
      case Op::StackAlloc: give(inst, m_.new_array({}, std::vector<double>(inst.attr / 8, 777.0))); return;
      default: break;
    }
    if (inst.op >= Op::ArrayDim && inst.op <= Op::Store) return memory(inst);
    if (f_.type(inst.results[0]) == ty::Float64)
      give(inst, float_datum(float_op(inst)));
    else
      give(inst, int_op(inst));
  }

  Datum constant(const Constant& c) const {
    Datum d = int_datum(static_cast<int64_t>(c.bits[0]));
    for (uint32_t item : c.items) d.parts.push_back(constant(f_.constants[item]));
    return d;
  }

  static Datum cast(const Datum& d, TypeId from, TypeId to) {
    if (to == ty::Bool) return int_datum(from == ty::Float64 ? as_float(d) != 0 : d.bits != 0);
    if (from == ty::Float64) return to == ty::Float64 ? d : int_datum(static_cast<int64_t>(as_float(d)));
    if (to != ty::Float64) return d;
    return float_datum(from == ty::UInt64 ? static_cast<double>(d.bits) : static_cast<double>(as_int(d)));
  }

  int64_t compare(const Inst& inst) const {
    auto by = [&](auto x, auto y) {
      switch (inst.op) {
        case Op::Eq: return x == y;
        case Op::Ne: return x != y;
        case Op::Lt: return x < y;
        case Op::Le: return x <= y;
        case Op::Gt: return x > y;
        default: return x >= y;
      }
    };
    if (operand_type(inst) == ty::Float64) return by(real(inst, 0), real(inst, 1));
    if (operand_type(inst) == ty::UInt64) return by(get(inst.operands[0]).bits, get(inst.operands[1]).bits);
    return by(integer(inst, 0), integer(inst, 1));
  }

  double float_op(const Inst& inst) const {
    double x = real(inst, 0), y = inst.operands.size() > 1 ? real(inst, 1) : 0;
    switch (inst.op) {
      case Op::Add: return x + y;
      case Op::Sub: return x - y;
      case Op::Mul: return x * y;
      case Op::Div: return x / y;
      case Op::Neg: return -x;
      case Op::Abs: return std::fabs(x);
      case Op::Min: return std::isnan(x) || x < y ? x : y;
      case Op::Max: return std::isnan(x) || x > y ? x : y;
      case Op::Math: return std::sqrt(x);
      default: throw Stop{fmt::format("fault: {} is not known", op_info(inst.op).text)};
    }
  }

  int64_t int_op(const Inst& inst) const {
    bool is_bool = f_.type(inst.results[0]) == ty::Bool, is_unsigned = f_.type(inst.results[0]) == ty::UInt64;
    int64_t x = integer(inst, 0), y = inst.operands.size() > 1 ? integer(inst, 1) : 0;
    auto ux = static_cast<uint64_t>(x), uy = static_cast<uint64_t>(y);
    auto wrap = [](uint64_t bits) { return static_cast<int64_t>(bits); };
    switch (inst.op) {
      case Op::Add: return wrap(ux + uy);
      case Op::Sub: return wrap(ux - uy);
      case Op::Mul: return wrap(ux * uy);
      case Op::Neg: return wrap(0 - ux);
      case Op::Invert: return is_bool ? !x : ~x;
      case Op::Abs: return x < 0 ? wrap(0 - ux) : x;
      case Op::And: return x & y;
      case Op::Or: return x | y;
      case Op::Xor: return x ^ y;
      case Op::Min: return is_unsigned ? wrap(std::min(ux, uy)) : std::min(x, y);
      case Op::Max: return is_unsigned ? wrap(std::max(ux, uy)) : std::max(x, y);
      case Op::Shl: return y >= 64 ? 0 : wrap(ux << y);
      case Op::Shr: return is_unsigned ? (y >= 64 ? 0 : wrap(ux >> y)) : x >> std::min<int64_t>(y, 63);
      case Op::WrapIndex: return x < 0 ? wrap(ux + uy) : x;
      case Op::FloorDiv:
      case Op::Mod: {
        if (y == 0) throw Stop{"fault: division by zero"};
        if (is_unsigned) return wrap(inst.op == Op::FloorDiv ? ux / uy : ux % uy);
        if (y == -1) return inst.op == Op::FloorDiv ? wrap(0 - ux) : 0;
        return inst.op == Op::FloorDiv ? floor_div(x, y) : x - floor_div(x, y) * y;
      }
      default: throw Stop{fmt::format("fault: {} is not known", op_info(inst.op).text)};
    }
  }

  void memory(const Inst& inst) {
    const Datum first = get(inst.operands[0]);
    switch (inst.op) {
      case Op::ArrayDim: return give(inst, first.shape.at(inst.attr));
      case Op::ArrayStride: return give(inst, first.strides.at(inst.attr));
      case Op::ArrayAlloc: {
        std::vector<int64_t> shape;
        int64_t size = 1;
        for (size_t i = 0; i < inst.operands.size(); ++i) {
          shape.push_back(integer(inst, i));
          if (shape.back() < 0) throw Stop{"raised negative dimension"};
          size *= shape.back();
        }
        return give(inst, m_.new_array(shape, std::vector<double>(static_cast<size_t>(size),
                                                                  inst.attr & 1 ? 0.0 : 777.0)));
      }
      case Op::ArrayView: {
        Datum d = get(inst.operands[1]);
        size_t ndim = (inst.operands.size() - 2) / 2;
        for (size_t i = 0; i < ndim; ++i) {
          d.shape.push_back(integer(inst, 2 + i));
          d.strides.push_back(integer(inst, 2 + ndim + i));
        }
        return give(inst, d);
      }
      case Op::ArrayLoad:
        return give(inst, int_datum(static_cast<int64_t>(cell(first.buffer, element(inst, 1)))));
      case Op::ArrayStore: cell(first.buffer, element(inst, 2)) = get(inst.operands[1]).bits; return;
      case Op::Load: return give(inst, int_datum(static_cast<int64_t>(cell(first.buffer, first.offset))));
      case Op::Store: cell(first.buffer, first.offset) = get(inst.operands[1]).bits; return;
      default: break;
    }
    Datum address;
    address.buffer = first.buffer;
    address.offset = first.offset;
    if (inst.op == Op::ArrayAddress) address.offset = element(inst, 1);
    if (inst.op == Op::Offset) address.offset += integer(inst, 1);
    give(inst, address);
  }

  void runtime_call(const Inst& inst) {
    switch (static_cast<RtFn>(inst.attr)) {
      case RtFn::MayOverlap:  // of whole buffers: the runtime may say yes more often than must be
        return give(inst, get(inst.operands[0]).buffer == get(inst.operands[1]).buffer);
      case RtFn::PairwiseSum: {
        const Datum& first = get(inst.operands[0]);
        double sum = 0;
        for (int64_t i = 0; i < integer(inst, 1); ++i)
          sum += std::bit_cast<double>(cell(first.buffer, first.offset + i * integer(inst, 2)));
        return give(inst, float_datum(sum));
      }
      case RtFn::TreeSumBegin: {
        TreeSum& sum = sums_[get(inst.operands[0]).buffer];
        sum = {integer(inst, 1), 0, 0};
        return give(inst, sum.next(&cell(get(inst.operands[0]).buffer, 0)));
      }
      case RtFn::TreeSumNext: {
        uint32_t buffer = get(inst.operands[0]).buffer;
        return give(inst, sums_[buffer].next(&cell(buffer, 0)));
      }
      default: throw Stop{"fault: a runtime call that is not known"};
    }
  }

  // Sums in the order of the numbers, as run_nest does, a few at a time.
  struct TreeSum {
    int64_t left, count;
    double sum;
    int64_t next(uint64_t* memory) {
      for (int64_t i = 0; i < count; ++i) sum += std::bit_cast<double>(memory[i]);
      count = std::min<int64_t>(left, 3);
      left -= count;
      if (count == 0) memory[0] = std::bit_cast<uint64_t>(sum);
      return count;
    }
  };

  // All reads, then all writes.
  void run_nest(const Inst& inst) {
    const NestInfo& nest = f_.nests[inst.attr];
    std::vector<int64_t> extents, index(nest.dims, 0);
    bool empty = false;
    for (size_t d = 0; d < nest.dims; ++d) {
      extents.push_back(integer(inst, d));
      empty = empty || extents[d] <= 0;
    }
    std::vector<std::pair<uint64_t*, uint64_t>> writes;
    std::vector<Datum> acc(nest.reductions.size());
    bool first = true;
    while (!empty) {
      one_iteration(inst, nest, index, writes, acc, std::exchange(first, false));
      size_t d = nest.dims;
      while (d > 0 && ++index[d - 1] == extents[d - 1]) index[--d] = 0;
      if (d == 0) break;
    }
    for (auto [at, bits] : writes) *at = bits;
    for (size_t i = 0; i < acc.size(); ++i) {
      if (first) acc[i] = identity(nest.reductions[i], f_.type(inst.results[i]));
      set(inst.results[i], acc[i]);
    }
  }

  uint64_t& nest_cell(const Inst& inst, const NestAccess& access, const std::vector<int64_t>& index) {
    const Datum& array = get(inst.operands[access.operand]);
    int64_t offset = array.offset;
    for (size_t k = 0; k < access.axes.size(); ++k)
      if (access.axes[k] >= 0 && (access.write || array.shape[k] != 1))
        offset += index[static_cast<size_t>(access.axes[k])] * array.strides[k];
    return cell(array.buffer, offset);
  }

  void one_iteration(const Inst& inst, const NestInfo& nest, const std::vector<int64_t>& index,
                     std::vector<std::pair<uint64_t*, uint64_t>>& writes, std::vector<Datum>& acc,
                     bool first) {
    const std::vector<ValueId>& params = f_.block(nest.body).params;
    size_t param = 0, yield = 0;
    for (const NestAccess& access : nest.accesses)
      if (!access.write)
        set(params[param++], int_datum(static_cast<int64_t>(nest_cell(inst, access, index))));
    if (nest.indices)
      for (int64_t i : index) set(params[param++], int_datum(i));
    for (InstId id : f_.block(nest.body).insts) step(f_.inst(id));
    for (const NestAccess& access : nest.accesses)
      if (access.write) writes.push_back({&nest_cell(inst, access, index), get(nest.yields[yield++]).bits});
    for (size_t i = 0; i < acc.size(); ++i, ++yield) {
      TypeId type = f_.type(nest.yields[yield]);
      if (first) acc[i] = identity(nest.reductions[i], type);
      acc[i] = fold(nest.reductions[i], type, acc[i], get(nest.yields[yield]));
    }
  }

  static Datum identity(Reduction reduction, TypeId type) {
    bool is_float = type == ty::Float64;
    switch (reduction) {
      case Reduction::Prod: return is_float ? float_datum(1) : int_datum(1);
      case Reduction::Min:
        return is_float ? float_datum(INFINITY) : int_datum(std::numeric_limits<int64_t>::max());
      case Reduction::Max:
        return is_float ? float_datum(-INFINITY) : int_datum(std::numeric_limits<int64_t>::min());
      default: return int_datum(reduction == Reduction::All);
    }
  }

  static Datum fold(Reduction reduction, TypeId type, const Datum& x, const Datum& y) {
    bool is_float = type == ty::Float64;
    double fx = as_float(x), fy = as_float(y);
    switch (reduction) {
      case Reduction::Sum:
        return is_float ? float_datum(fx + fy) : int_datum(static_cast<int64_t>(x.bits + y.bits));
      case Reduction::Prod:
        return is_float ? float_datum(fx * fy) : int_datum(static_cast<int64_t>(x.bits * y.bits));
      case Reduction::Min:
        return is_float ? float_datum(fx < fy ? fx : fy) : int_datum(std::min(as_int(x), as_int(y)));
      case Reduction::Max:
        return is_float ? float_datum(fx > fy ? fx : fy) : int_datum(std::max(as_int(x), as_int(y)));
      case Reduction::Any: return int_datum(x.bits | y.bits);
      default: return int_datum(x.bits & y.bits);
    }
  }

  std::string show(TypeId type, const Datum& d) {
    if (type == ty::Float64) return fmt::format("{}", as_float(d));
    if (is_scalar(type)) return fmt::format("{}", as_int(d));
    if (is_array(type)) return show_array(d, 0, d.offset);
    std::string out = "(";
    std::vector<TypeId> parts = parts_of(type);
    for (size_t i = 0; i < d.parts.size(); ++i) out += show(parts[i], d.parts[i]) + ",";
    return out + ")";
  }

  std::string show_array(const Datum& d, size_t axis, int64_t offset) {
    if (axis == d.shape.size()) return fmt::format("{}", std::bit_cast<double>(cell(d.buffer, offset)));
    std::string out = "[";
    for (int64_t i = 0; i < d.shape[axis]; ++i)
      out += show_array(d, axis + 1, offset + i * d.strides[axis]) + " ";
    return out + "]";
  }

  Machine& m_;
  const Function& f_;
  std::vector<Datum> values_;
  std::map<uint32_t, TreeSum> sums_;  // by the memory that they use
  std::string error_;
  size_t most_steps_;
};

std::string Machine::run(const Function& f, const std::vector<Datum>& arguments, size_t most_steps) {
  size_t before = buffers_.size();
  steps_ = 0;
  std::string out;
  try {
    Frame(*this, f, most_steps).run(arguments);
  } catch (const Stop& stop) {
    out = stop.why;
  }
  for (size_t i = 0; i < before; ++i) {
    out += fmt::format("\nbuffer {}:", i);
    for (uint64_t bits : buffers_[i]) out += fmt::format(" {}", std::bit_cast<double>(bits));
  }
  return out;
}

}  // namespace lancehead::testing
