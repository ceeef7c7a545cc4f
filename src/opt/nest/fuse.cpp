// Fuses a nest that fills a fresh array with the only nest that reads it, so that the array need not exist:
//
//   t = array_alloc; nest write t { x * y }            =>    nest read x, y, c; write r { x * y + c }
//   nest read t, c; write r { t + c }
//
// An axis of the producer's operands walks the consumer's dimension that the temporary's axis walked. That
// also holds where it is broadcast at run time: an operand's extent is the temporary's or 1, and that is the
// consumer's or 1. The elements are then computed once for each place they are broadcast to, so a producer of
// lower rank than its consumer, or one that is read in two ways, is fused only if it is cheap.
//
// Legal where nothing between the two writes into memory that the producer reads; what the consumer itself
// writes does not count, as nests read everything before they write (ir/function.h). Both must be in the same
// loop, on a straight way. Each fusion removes a nest, so it ends.
#include "opt/nest/fuse.h"

#include <algorithm>

#include "ir/builder.h"
#include "ir/loops.h"
#include "ir/math_fn.h"
#include "ir/uses.h"
#include "opt/edit.h"
#include "opt/effects.h"
#include "opt/facts.h"
#include "opt/nest/body.h"
#include "opt/nest/overlap.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// Larger bodies run out of registers.
constexpr size_t kMostInsts = 48;
constexpr size_t kMostAccesses = 12;
// A body that may as well be computed more than once.
constexpr size_t kCheapInsts = 3;

class Fusion {
 public:
  explicit Fusion(Function& f)
      : f_(f), uses_(f), cfg_(f), dominators_(cfg_), loops_(cfg_, dominators_), disjointness_(f) {}

  // Fuses once, if anything can be.
  bool run() {
    for (BlockId block : f_.order)
      for (InstId id : f_.block(block).insts)
        if (f_.inst(id).op == Op::Nest && fuse_into(id)) return true;
    return false;
  }

 private:
  bool fuse_into(InstId consumer) {
    const Inst& inst = f_.inst(consumer);
    for (const NestAccess& access : f_.nests[inst.attr].accesses) {
      if (access.write) continue;
      ValueId array = inst.operands[access.operand];
      InstId producer = producer_of(array, consumer);
      if (!producer.valid() || !is_legal(producer, consumer) || !pays(producer, consumer, array)) continue;
      merge(producer, consumer, array);
      return true;
    }
    return false;
  }

  // The nest that fills this array, if nobody but `consumer` uses it otherwise.
  InstId producer_of(ValueId array, InstId consumer) const {
    const Inst* alloc = f_.def(array);
    if (!alloc || alloc->op != Op::ArrayAlloc) return {};
    InstId producer;
    for (const Use& use : uses_.of(array)) {
      const Inst& user = f_.inst(use.user);
      if (use.user == consumer && use.kind == Use::Kind::Operand && only_reads(user, array)) continue;
      if (user.op != Op::Nest || use.kind != Use::Kind::Operand || producer.valid()) return {};
      producer = use.user;
    }
    if (!producer.valid()) return {};
    const Inst& inst = f_.inst(producer);
    const NestInfo& nest = f_.nests[inst.attr];
    if (!nest.reductions.empty() || nest.yields.size() != 1) return {};
    for (const NestAccess& a : nest.accesses) {
      if (a.write != (inst.operands[a.operand] == array)) return {};
      if (a.write && a.axes.size() != nest.dims) return {};
    }
    return producer;
  }

  bool only_reads(const Inst& inst, ValueId array) const {
    for (const NestAccess& a : f_.nests[inst.attr].accesses)
      if (inst.operands[a.operand] == array && a.write) return false;
    return inst.op == Op::Nest;
  }

  // ---- legality

  bool is_legal(InstId producer, InstId consumer) const {
    BlockId from = f_.inst(producer).block, to = f_.inst(consumer).block;
    if (loops_.innermost(from) != loops_.innermost(to)) return false;
    // Back from the consumer, along blocks with one way in.
    BlockId block = to;
    InstId end = consumer;
    while (true) {
      const std::vector<InstId>& insts = f_.block(block).insts;
      size_t i = end.valid() ? index_in_block(f_, end) : insts.size();
      while (i-- > 0) {
        if (insts[i] == producer) return true;
        if (disturbs(f_.inst(insts[i]), producer)) return false;
      }
      if (block == from || cfg_.preds(block).size() != 1) return false;
      block = cfg_.preds(block)[0];
      end = InstId();
    }
  }

  // May the instruction change what the producer reads?
  bool disturbs(const Inst& inst, InstId producer) const {
    if (!(effects_of(f_, inst) & Writes)) return false;
    Values written;
    if (inst.op == Op::ArrayStore)
      written = {inst.operands[0]};
    else if (inst.op == Op::Nest) {
      for (const NestAccess& a : f_.nests[inst.attr].accesses)
        if (a.write) written.push_back(inst.operands[a.operand]);
    } else {
      return true;
    }
    const Inst& p = f_.inst(producer);
    for (const NestAccess& a : f_.nests[p.attr].accesses)
      for (ValueId w : written)
        if (!a.write && !disjointness_.disjoint(w, p.operands[a.operand])) return true;
    return false;
  }

  // ---- profit

  bool is_cheap(const NestInfo& nest) const {
    size_t n = 0;
    for (InstId id : f_.block(nest.body).insts) {
      const Inst& inst = f_.inst(id);
      if (inst.op == Op::RtCall || inst.op == Op::Div || inst.op == Op::FloorDiv || inst.op == Op::Mod)
        return false;
      if (inst.op == Op::Math && math_info(static_cast<MathFn>(inst.attr)).form != MathForm::Instruction)
        return false;
      n += inst.op != Op::Const && inst.op != Op::Cast;
    }
    return n <= kCheapInsts;
  }

  bool pays(InstId producer, InstId consumer, ValueId array) const {
    const NestInfo& p = f_.nests[f_.inst(producer).attr];
    const NestInfo& c = f_.nests[f_.inst(consumer).attr];
    if (f_.block(p.body).insts.size() + f_.block(c.body).insts.size() > kMostInsts) return false;
    if (p.accesses.size() + c.accesses.size() > kMostAccesses) return false;
    std::vector<std::vector<int8_t>> ways;
    for (const NestAccess& a : c.accesses) {
      if (f_.inst(consumer).operands[a.operand] != array) continue;
      if (std::find(ways.begin(), ways.end(), a.axes) == ways.end()) ways.push_back(a.axes);
      if (p.indices && !same_extents(producer, consumer, a)) return false;
    }
    bool once = ways.size() == 1 && p.dims == c.dims &&
                std::find(ways[0].begin(), ways[0].end(), -1) == ways[0].end();
    return once || is_cheap(p);
  }

  // Indices mean the same in both only where no axis can be broadcast.
  bool same_extents(InstId producer, InstId consumer, const NestAccess& access) const {
    const Inst& p = f_.inst(producer);
    const Inst& c = f_.inst(consumer);
    const std::vector<int8_t>& stored = written(f_.nests[p.attr]).axes;
    for (size_t k = 0; k < stored.size(); ++k) {
      if (stored[k] < 0 || access.axes[k] < 0) return false;
      if (p.operands[static_cast<size_t>(stored[k])] != c.operands[static_cast<size_t>(access.axes[k])])
        return false;
    }
    return true;
  }

  static const NestAccess& written(const NestInfo& nest) {
    return *std::find_if(nest.accesses.begin(), nest.accesses.end(),
                         [](const NestAccess& a) { return a.write; });
  }

  // ---- the fused nest

  uint32_t operand_index(Values& operands, size_t dims, ValueId array) const {
    for (size_t i = dims; i < operands.size(); ++i)
      if (operands[i] == array) return static_cast<uint32_t>(i);
    operands.push_back(array);
    return static_cast<uint32_t>(operands.size() - 1);
  }

  // The parameter of the fused body that this access loads into; equal accesses share one.
  ValueId parameter(NestInfo& info, Values& operands, ValueId array, std::vector<int8_t> axes) {
    uint32_t operand = operand_index(operands, info.dims, array);
    size_t reads = 0;
    for (const NestAccess& a : info.accesses) {
      if (!a.write && a.operand == operand && a.axes == axes) return f_.block(info.body).params[reads];
      reads += !a.write;
    }
    info.accesses.push_back({operand, std::move(axes), false});
    return f_.add_param(info.body, type_of(f_.type(array)).elem);
  }

  void merge(InstId producer, InstId consumer, ValueId array) {
    const NestInfo p = f_.nests[f_.inst(producer).attr], c = f_.nests[f_.inst(consumer).attr];
    const Values p_operands = f_.inst(producer).operands, c_operands = f_.inst(consumer).operands;
    NestInfo info;
    info.dims = c.dims;
    info.reductions = c.reductions;
    info.indices = c.indices || p.indices;
    info.parallel = c.parallel || p.parallel;
    info.body = BlockId(f_.blocks.size());
    f_.blocks.emplace_back();  // a body: in no order
    Values operands(c_operands.begin(), c_operands.begin() + c.dims);

    // First every read, so that the parameters come in their order; then the indices.
    std::vector<Values> loaded;  // per read of the consumer: its parameter, or those of the producer's reads
    for (const NestAccess& a : c.accesses) {
      if (a.write) continue;
      loaded.emplace_back();
      if (c_operands[a.operand] != array) {
        loaded.back() = {parameter(info, operands, c_operands[a.operand], a.axes)};
        continue;
      }
      std::vector<int8_t> dim_of(p.dims, -1);  // the producer's dimension -> the consumer's
      const std::vector<int8_t>& stored = written(p).axes;
      for (size_t k = 0; k < stored.size(); ++k)
        if (stored[k] >= 0) dim_of[static_cast<size_t>(stored[k])] = a.axes[k];
      for (const NestAccess& r : p.accesses) {
        if (r.write) continue;
        std::vector<int8_t> axes;
        for (int8_t d : r.axes) axes.push_back(d < 0 ? int8_t{-1} : dim_of[static_cast<size_t>(d)]);
        loaded.back().push_back(parameter(info, operands, p_operands[r.operand], std::move(axes)));
      }
    }
    Values indices;
    if (info.indices)
      for (uint32_t d = 0; d < info.dims; ++d) indices.push_back(f_.add_param(info.body, ty::Int64));

    Builder b(f_);
    b.set_block(info.body);
    b.set_loc(f_.inst(consumer).loc);
    BodyClone body(b, c.body);
    const Values c_params = f_.block(c.body).params, p_params = f_.block(p.body).params;
    size_t read = 0;
    for (const NestAccess& a : c.accesses) {
      if (a.write) continue;
      if (c_operands[a.operand] != array) {
        body.set(c_params[read], loaded[read][0]);
      } else {
        BodyClone inner(b, p.body);
        size_t k = 0;
        for (; k < loaded[read].size(); ++k) inner.set(p_params[k], loaded[read][k]);
        if (p.indices)
          for (uint32_t d = 0; d < p.dims; ++d) inner.set(p_params[k++], indices[index_dim(p, a, d)]);
        inner.clone();
        body.set(c_params[read], inner(p.yields[0]));
      }
      ++read;
    }
    if (c.indices)
      for (uint32_t d = 0; d < c.dims; ++d) body.set(c_params[read++], indices[d]);
    body.clone();
    for (ValueId v : c.yields) info.yields.push_back(body(v));
    for (const NestAccess& a : c.accesses)
      if (a.write)
        info.accesses.push_back({operand_index(operands, info.dims, c_operands[a.operand]), a.axes, true});

    f_.inst(consumer).operands = std::move(operands);
    f_.nests[f_.inst(consumer).attr] = std::move(info);
    std::erase(f_.block(f_.inst(producer).block).insts, producer);
  }

  static size_t index_dim(const NestInfo& producer, const NestAccess& access, uint32_t dim) {
    const std::vector<int8_t>& stored = written(producer).axes;
    size_t axis = static_cast<size_t>(std::find(stored.begin(), stored.end(), static_cast<int8_t>(dim)) -
                                      stored.begin());
    return static_cast<size_t>(access.axes[axis]);
  }

  Function& f_;
  Uses uses_;
  Cfg cfg_;
  Dominators dominators_;
  Loops loops_;
  Disjointness disjointness_;
};

bool has_nests(const Function& f) {
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts)
      if (f.inst(id).op == Op::Nest) return true;
  return false;
}

}  // namespace

bool fuse_nests(Function& f) {
  bool changed = false;
  while (has_nests(f) && Fusion(f).run()) changed = true;
  return changed;
}

}  // namespace lancehead
