// Fuses nests (contract C9). A *temporary* is an array that array_alloc makes, one nest (its producer) fills
// and one other nest (its consumer) reads, and nothing else sees. The producer's body is computed in the
// consumer in place of the load, and temporary and producer go. Fused where
//
//   - nothing between the two, which stand in one straight line of code, may write what the producer reads;
//   - no element is computed more often than it was, or computing it is cheap;
//   - the consumer writes into no array that is known to share memory with what the producer reads: there the
//   temporary
//     is what a C programmer would have made;
//   - the result is of a size that keeps its arrays in registers;
//   - what may run in parallel is not made part of what may not.
//
// The consumer may come to read what it writes, element by element or not: that is the expansion's business.
// Producers come before consumers in the order of the walk and each fusion removes a nest, so it ends.
#include "opt/nest/fuse.h"

#include <algorithm>

#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/math_fn.h"
#include "ir/runtime_call.h"
#include "opt/edit.h"
#include "opt/effects.h"
#include "opt/facts.h"
#include "opt/incoming.h"
#include "opt/nest/fuse_body.h"
#include "opt/nest/overlap.h"
#include "opt/nest/sums.h"

namespace lancehead {
namespace {

constexpr size_t kMaxBody = 160;     // instructions
constexpr size_t kMaxAccesses = 20;  // address registers
constexpr size_t kCheapBody = 6;     // instructions that are worth no array, however often they run

constexpr uint32_t kNoTemporary = 0xffffffffu;

struct Temporary {
  ValueId array;
  std::vector<InstId> nests;  // those that access it
};

class Fusion {
 public:
  explicit Fusion(Function& f) : f_(f), cfg_(f), disjointness_(f) {}

  bool run() {
    bool changed = false;
    for (BlockId block : cfg_.reverse_postorder())
      for (InstId id : f_.block(block).insts)
        if (f_.inst(id).op == Op::Nest && see_through_views(f_, id)) {
          tidy_operands(f_, id);
          changed = true;
        }
    collect();
    for (InstId nest : std::vector<InstId>(nests_)) {
      bool merged = merge_equal_reads(f_, nest);
      while (fuse_one(nest)) merged = merge_equal_reads(f_, nest) || true;
      if (merged) tidy_operands(f_, nest);
      changed = changed || merged;
    }
    if (unwinds_less_) remove_unreachable_blocks(f_);
    return changed;
  }

 private:
  const NestInfo& nest_of(InstId id) const { return f_.nests[f_.inst(id).attr]; }

  // ---- temporaries

  void collect() {
    temporary_of_.assign(f_.values.size(), kNoTemporary);
    for (BlockId block : cfg_.reverse_postorder())
      for (InstId id : f_.block(block).insts) {
        const Inst& inst = f_.inst(id);
        if (inst.op == Op::Nest) nests_.push_back(id);
        if (inst.op == Op::ArrayAlloc) {
          temporary_of_[inst.results[0].index] = static_cast<uint32_t>(temporaries_.size());
          temporaries_.push_back({inst.results[0], {}});
        }
        for (ValueId v : inst.operands) note_use(v, id);
        for (const Edge& e : inst.edges)
          for (ValueId v : e.args) temporary_of_[v.index] = kNoTemporary;
      }
  }

  void note_use(ValueId v, InstId user) {
    uint32_t& index = temporary_of_[v.index];
    if (index == kNoTemporary) return;
    if (f_.inst(user).op != Op::Nest) {
      index = kNoTemporary;
      return;
    }
    std::vector<InstId>& nests = temporaries_[index].nests;
    if (std::find(nests.begin(), nests.end(), user) == nests.end()) nests.push_back(user);
  }

  // ---- one consumer

  bool fuse_one(InstId consumer) {
    for (const NestAccess& access : nest_of(consumer).accesses) {
      if (access.write) continue;
      uint32_t index = temporary_of_[f_.inst(consumer).operands[access.operand].index];
      if (index == kNoTemporary) continue;
      const Temporary& t = temporaries_[index];
      if (t.nests.size() != 2) continue;
      InstId producer = t.nests[t.nests[0] == consumer ? 1 : 0];
      if (!may_fuse(t, producer, consumer)) continue;
      fuse(t.array, producer, consumer);
      return true;
    }
    return false;
  }

  // Does the nest write each element of the array once, and do nothing else?
  bool only_fills(InstId nest, ValueId array) const {
    const NestInfo& n = nest_of(nest);
    if (n.yields.size() != 1 || !n.reductions.empty()) return false;
    for (const NestAccess& a : n.accesses) {
      ValueId operand = f_.inst(nest).operands[a.operand];
      if (!a.write && operand == array) return false;
      if (a.write && (operand != array || !is_permutation_of_dims(a.axes, n.dims))) return false;
    }
    return true;
  }

  static bool is_permutation_of_dims(const std::vector<int8_t>& axes, uint32_t dims) {
    std::vector<bool> seen(dims);
    for (int8_t axis : axes) {
      if (axis < 0 || seen[static_cast<size_t>(axis)]) return false;
      seen[static_cast<size_t>(axis)] = true;
    }
    return axes.size() == dims;
  }

  bool may_fuse(const Temporary& t, InstId producer, InstId consumer) const {
    const NestInfo &from = nest_of(producer), &into = nest_of(consumer);
    if (!only_fills(producer, t.array)) return false;
    for (const NestAccess& a : into.accesses)
      if (a.write && f_.inst(consumer).operands[a.operand] == t.array) return false;
    if (f_.block(from.body).insts.size() + f_.block(into.body).insts.size() > kMaxBody) return false;
    if (from.accesses.size() + into.accesses.size() > kMaxAccesses + 2) return false;
    if (from.parallel && sums_floats(f_, into)) return false;
    if (repeats(t.array, consumer) && !is_cheap(from)) return false;
    std::vector<ValueId> reads = reads_of(producer);
    return !writes_known_overlap(consumer, reads) && may_move(producer, consumer, reads);
  }

  std::vector<ValueId> reads_of(InstId nest) const {
    std::vector<ValueId> out;
    for (const NestAccess& a : nest_of(nest).accesses)
      if (!a.write) out.push_back(f_.inst(nest).operands[a.operand]);
    return out;
  }

  // ---- costs

  // Does the consumer read elements of the array more than once? An axis that is broadcast at run time alone
  // counts as none: that is known too late.
  bool repeats(ValueId array, InstId consumer) const {
    const Inst& inst = f_.inst(consumer);
    const NestInfo& n = nest_of(consumer);
    size_t reads = 0;
    for (const NestAccess& a : n.accesses) {
      if (inst.operands[a.operand] != array) continue;
      if (++reads > 1 || !is_permutation_of_dims(a.axes, n.dims)) return true;
      for (size_t axis = 0; axis < a.axes.size(); ++axis) {
        ValueId whole = inst.operands[static_cast<size_t>(a.axes[axis])];
        if (is_int(f_, f_.def(array)->operands[axis], 1) && !is_int(f_, whole, 1)) return true;
      }
    }
    return false;
  }

  bool is_cheap(const NestInfo& nest) const {
    const std::vector<InstId>& insts = f_.block(nest.body).insts;
    return insts.size() <= kCheapBody && std::all_of(insts.begin(), insts.end(), [&](InstId id) {
             switch (f_.inst(id).op) {
               case Op::Math:
                 return math_info(static_cast<MathFn>(f_.inst(id).attr)).form == MathForm::Instruction;
               case Op::Div:
               case Op::FloorDiv:
               case Op::Mod:
               case Op::Rem:
               case Op::RtCall: return false;
               default: return true;
             }
           });
  }

  // ---- memory

  bool writes_known_overlap(InstId consumer, const std::vector<ValueId>& reads) const {
    for (const NestAccess& a : nest_of(consumer).accesses) {
      if (!a.write) continue;
      ValueId written = f_.inst(consumer).operands[a.operand];
      for (ValueId read : reads)
        if (read != written && array_root(f_, read) == array_root(f_, written)) return true;
    }
    return false;
  }

  bool writes_one_of(InstId id, const std::vector<ValueId>& arrays) const {
    const Inst& inst = f_.inst(id);
    if (arrays.empty() || !(effects_of(f_, inst) & Writes)) return false;
    auto apart = [&](ValueId written) {
      return std::all_of(arrays.begin(), arrays.end(),
                         [&](ValueId read) { return disjointness_.disjoint(written, read); });
    };
    if (inst.op == Op::ArrayStore) return !apart(inst.operands[0]);
    if (inst.op != Op::Nest) return true;
    for (const NestAccess& a : nest_of(id).accesses)
      if (a.write && !apart(inst.operands[a.operand])) return true;
    return false;
  }

  // From the consumer back to the producer, through blocks that have one predecessor each.
  bool may_move(InstId producer, InstId consumer, const std::vector<ValueId>& reads) const {
    BlockId block = f_.inst(consumer).block;
    size_t end = index_in_block(f_, consumer);
    for (;;) {
      for (size_t k = end; k-- > 0;) {
        InstId id = f_.block(block).insts[k];
        if (id == producer) return true;
        if (writes_one_of(id, reads)) return false;
      }
      if (cfg_.preds(block).size() != 1) return false;
      block = cfg_.preds(block)[0];
      end = f_.block(block).insts.size();
    }
  }

  // ---- doing it

  void fuse(ValueId array, InstId producer, InstId consumer) {
    InstId alloc = f_.value(array).def;
    const NestInfo& into = nest_of(consumer);
    for (size_t k = into.accesses.size(); k-- > 0;)
      if (f_.inst(consumer).operands[into.accesses[k].operand] == array)
        compute_in_place(f_, consumer, k, producer, alloc);
    temporary_of_[array.index] = kNoTemporary;
    for (ValueId read : reads_of(producer)) take_over(read, producer, consumer);
    std::erase(f_.block(f_.inst(producer).block).insts, producer);
    drop_allocation(alloc);
  }

  void take_over(ValueId array, InstId from, InstId to) {
    if (temporary_of_[array.index] == kNoTemporary) return;
    std::vector<InstId>& nests = temporaries_[temporary_of_[array.index]].nests;
    std::erase(nests, from);
    if (std::find(nests.begin(), nests.end(), to) == nests.end()) nests.push_back(to);
  }

  // What is left of it is the ValueError for a negative extent.
  void drop_allocation(InstId alloc) {
    BlockId block = f_.inst(alloc).block;
    if (is_removable(f_, f_.inst(alloc))) {
      unwinds_less_ = unwinds_less_ || f_.inst(alloc).unwinds;
      std::erase(f_.block(block).insts, alloc);
      return;
    }
    ValueId all;
    for (ValueId extent : std::vector<ValueId>(f_.inst(alloc).operands)) {
      if (is_nonneg(f_, extent)) continue;
      ValueId good = before(alloc, Op::Ge, {extent, zero_before(alloc)}, ty::Bool);
      all = all.valid() ? before(alloc, Op::And, {all, good}, ty::Bool) : good;
    }
    Inst& inst = f_.inst(alloc);
    inst.op = Op::Check;
    inst.attr = static_cast<uint32_t>(ErrorRow::NegativeDimension);
    inst.operands = {all};
    inst.results.clear();
  }

  ValueId before(InstId at, Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr = 0) {
    return insert_value(f_, f_.inst(at).block, index_in_block(f_, at), op, std::move(operands), type, attr);
  }

  ValueId zero_before(InstId at) {
    uint32_t index = f_.add_constant(int_constant(ty::Int64, 0));
    ValueId zero = before(at, Op::Const, {}, ty::Int64, index);
    f_.value(zero).facts.constant = index;
    return zero;
  }

  Function& f_;
  Cfg cfg_;
  Disjointness disjointness_;
  std::vector<InstId> nests_;  // in reverse postorder
  std::vector<Temporary> temporaries_;
  std::vector<uint32_t> temporary_of_;  // by ValueId
  bool unwinds_less_ = false;
};

}  // namespace

bool fuse_nests(Function& f) {
  for (const NestInfo& nest : f.nests)
    if (!nest.accesses.empty()) return Fusion(f).run();
  return false;
}

}  // namespace lancehead
