// Expands nests into loops (contract C9). For each nest:
//
//   if (every axis that is read has the nest's extent, inner strides are the item's, and no array that is
//   written shares
//       memory with another that is read)
//     fast loops: strides as they are, one linear loop where all arrays are contiguous alike; those of a
//     nest that may run in parallel do so if they are large
//   else
//     general loops: an axis of extent 1 is broadcast (stride 0); where memory is shared, into a temporary
//     that is then copied. They are kept out of the vectoriser by a poll.
//
// Views of one array are taken to share memory: what is written goes through a temporary in either version.
// What is known at compile time is not tested; with nothing left to test there are only fast loops. Axes of
// constant extent 1 are broadcast in either version. Each nest is expanded once, so it ends.
#include "opt/nest/expand.h"

#include <algorithm>

#include "ir/builder.h"
#include "ir/runtime_call.h"
#include "opt/edit.h"
#include "opt/facts.h"
#include "opt/incoming.h"
#include "opt/nest/loops.h"
#include "opt/nest/overlap.h"
#include "opt/nest/parallel.h"
#include "opt/nest/sums.h"

namespace lancehead {
namespace {

struct Axis {
  int8_t dim = -1;       // -1: broadcast
  bool matches = false;  // known to have the dimension's extent
};

struct Operand {
  ValueId array;
  TypeId type;
  std::vector<Axis> axes;
  bool write = false;
};

struct Clash {
  ValueId written, read;
};

class Expansion {
 public:
  Expansion(Function& f, const Disjointness& disjointness, InstId nest, std::vector<Function>& functions)
      : f_(f), b_(f), nest_(f.nests[f.inst(nest).attr]), inst_(nest), functions_(functions) {
    const Inst& inst = f.inst(nest);
    extents_.assign(inst.operands.begin(), inst.operands.begin() + nest_.dims);
    for (const NestAccess& access : nest_.accesses) operands_.push_back(read_access(inst, access));
    for (const Operand& w : operands_)
      for (const Operand& r : operands_)
        if (w.write && !r.write && !same_elements(w, r) && !disjointness.disjoint(w.array, r.array))
          note_clash(w.array, r.array);
    std::erase_if(clashes_, [&](const Clash& c) { return is_shared(c.written); });
  }

  void run() {
    BlockId block = f_.inst(inst_).block;
    b_.set_loc(f_.inst(inst_).loc);
    size_t at = index_in_block(f_, inst_);
    tail_ = split_block(f_, block, at + 1);
    f_.block(block).insts.pop_back();  // the nest itself
    b_.set_block(block);
    std::vector<ValueId> results = f_.inst(inst_).results;

    write_into_temporaries();
    choose_order();
    ValueId overlap = test_overlap();
    bool row = nest_.dims == 1 && sums_elements(f_, nest_);  // the runtime's, for any stride
    ValueId fast = row ? ValueId() : test_fast(overlap);
    bool parallel = nest_.parallel && f_.exported && !extents_.empty() && may_run_in_parallel(f_, nest_);
    if (!fast.valid() && !parallel) {
      finish(write_plan(row ? general_plan() : fast_plan()), results);
      return;
    }
    join_ = temporaries_.empty() ? tail_ : f_.add_block();
    for (ValueId v : results) {  // the results become parameters of what follows
      f_.value(v).def = {};
      f_.value(v).block = join_;
      f_.block(join_).params.push_back(v);
    }
    BlockId general_block;
    if (fast.valid()) {
      BlockId fast_block = f_.add_block();
      general_block = f_.add_block();
      b_.condbr(fast, fast_block, {}, general_block, {},
                tests_strides_ ? Likelihood::Unknown : Likelihood::Likely);
      b_.set_block(fast_block);
    }
    write_fast(parallel);
    if (fast.valid()) {
      b_.set_block(general_block);
      write_general(overlap);
    }
    if (join_ == tail_) return;
    b_.set_block(join_);
    copy_temporaries();
    b_.br(tail_);
  }

  // Results of the nest and the values that they are now.
  const std::vector<std::pair<ValueId, ValueId>>& results() const { return results_; }

 private:
  using Values = std::vector<ValueId>;

  // ---- what is known

  ValueId known_extent(ValueId array, uint32_t axis) const {
    const Inst* inst = f_.def(array);
    if (inst && inst->op == Op::ArrayAlloc) return inst->operands[axis];
    if (inst && inst->op == Op::ArrayView) return inst->operands[2 + axis];
    return {};
  }

  bool has_extent(ValueId array, uint32_t axis, ValueId extent) const {
    ValueId known = known_extent(array, axis);
    if (known == extent) return true;
    auto x = known.valid() ? int_value(f_, known) : std::nullopt;
    if (x && int_value(f_, extent) == x) return true;
    const Inst* inst = f_.def(extent);
    return inst && inst->op == Op::ArrayDim && inst->attr == axis && inst->operands[0] == array;
  }

  Operand read_access(const Inst& inst, const NestAccess& access) const {
    Operand out;
    out.array = inst.operands[access.operand];
    out.type = f_.type(out.array);
    out.write = access.write;
    for (uint32_t axis = 0; axis < access.axes.size(); ++axis) {
      Axis a{access.axes[axis], access.write};
      if (a.dim >= 0 && !a.matches) {
        ValueId extent = extents_[static_cast<size_t>(a.dim)], known = known_extent(out.array, axis);
        a.matches = has_extent(out.array, axis, extent);
        if (!a.matches && known.valid() && int_value(f_, known) == 1) a.dim = -1;
      }
      out.axes.push_back(a);
    }
    return out;
  }

  static bool same_elements(const Operand& x, const Operand& y) {
    if (x.array != y.array || x.axes.size() != y.axes.size()) return false;
    for (size_t i = 0; i < x.axes.size(); ++i)
      if (x.axes[i].dim != y.axes[i].dim) return false;
    return true;
  }

  // Is the array contiguous in the order of the loops, which walk all of it?
  bool is_linear(const Operand& o) const {
    Layout layout = type_of(o.type).layout;
    size_t n = o.axes.size();
    if (n != order_.size() || layout == Layout::A) return false;
    for (size_t i = 0; i < n; ++i)
      if (o.axes[layout == Layout::C ? i : n - 1 - i].dim != static_cast<int>(order_[i])) return false;
    return true;
  }

  // Fortran order inside out: the first dimension is the innermost where every array with more than one axis
  // wants it so. Sums and products of floats are taken in the order of the indices.
  void choose_order() {
    bool reversed = false, some_c = false;
    for (const Operand& o : operands_)
      if (o.axes.size() > 1) (type_of(o.type).layout == Layout::F ? reversed : some_c) = true;
    for (size_t i = nest_.yields.size() - nest_.reductions.size(); i < nest_.yields.size(); ++i)
      some_c = some_c || !is_integer(f_.type(nest_.yields[i]));
    reversed = reversed && !some_c;
    for (uint32_t i = 0; i < nest_.dims; ++i) order_.push_back(reversed ? nest_.dims - 1 - i : i);
    linear_ = nest_.dims > 1 && !nest_.indices;
    for (const Operand& o : operands_) linear_ = linear_ && is_linear(o);
  }

  // ---- tests

  ValueId either(ValueId x, ValueId y) { return x.valid() ? b_.value(Op::Or, {x, y}, ty::Bool) : y; }
  ValueId both(ValueId x, ValueId y) { return x.valid() ? b_.value(Op::And, {x, y}, ty::Bool) : y; }

  ValueId test_overlap() {
    ValueId out;
    for (auto [w, r] : clashes_)
      out = either(out, b_.value(Op::RtCall, {w, r}, ty::Bool, static_cast<uint32_t>(RtFn::MayOverlap)));
    return out;
  }

  ValueId test_fast(ValueId overlap) {
    ValueId out;
    if (overlap.valid()) out = b_.value(Op::Invert, {overlap}, ty::Bool);
    for (const Operand& o : operands_)
      for (uint32_t axis = 0; axis < o.axes.size(); ++axis) {
        const Axis& a = o.axes[axis];
        if (a.dim < 0) continue;
        if (!a.matches)
          out = both(out, b_.value(Op::Eq, {extent_of(o.array, axis), extents_[static_cast<size_t>(a.dim)]},
                                   ty::Bool));
        bool inner = static_cast<uint32_t>(a.dim) == order_.back();
        if (!inner || type_of(o.type).layout != Layout::A) continue;
        ValueId stride = stride_of(o.array, axis);
        if (is_int(f_, stride, size_of(type_of(o.type).elem))) continue;
        if (int_value(f_, stride)) continue;  // another constant: no version has it contiguous
        out = both(out, b_.value(Op::Eq, {stride, b_.int64(size_of(type_of(o.type).elem))}, ty::Bool));
        tests_strides_ = true;
      }
    return out;
  }

  // ---- loops

  ValueId extent_of(ValueId array, uint32_t axis) {
    ValueId known = known_extent(array, axis);
    return known.valid() ? known : b_.value(Op::ArrayDim, {array}, ty::Int64, axis);
  }

  ValueId stride_of(ValueId array, uint32_t axis) {
    const Type& type = type_of(f_.type(array));
    uint32_t contiguous = type.layout == Layout::C ? type.ndim - 1u : 0u;
    if (type.layout != Layout::A && axis == contiguous) return b_.int64(size_of(type.elem));
    if (const Inst* view = f_.def(array); view && view->op == Op::ArrayView)
      return view->operands[2u + type.ndim + axis];
    return b_.value(Op::ArrayStride, {array}, ty::Int64, axis);
  }

  Walk walk_of(const Operand& o, ValueId array, bool fast) {
    Walk walk;
    walk.elem = type_of(o.type).elem;
    walk.write = o.write;
    walk.address = b_.value(Op::ArrayData, {array}, ty::Pointer);
    walk.strides.assign(extents_.size(), ValueId());
    for (uint32_t axis = 0; axis < o.axes.size(); ++axis) {
      const Axis& a = o.axes[axis];
      if (a.dim < 0) continue;
      bool inner = static_cast<uint32_t>(a.dim) == order_.back();
      ValueId stride = stride_of(array, axis);
      if (fast && inner && type_of(o.type).layout == Layout::A && !int_value(f_, stride))
        stride = b_.int64(size_of(walk.elem));  // as tested
      if (!fast && !a.matches) {
        ValueId single = b_.value(Op::Eq, {extent_of(array, axis), b_.int64(1)}, ty::Bool);
        stride = b_.value(Op::Select, {single, b_.int64(0), stride}, ty::Int64);
      }
      ValueId& sum = walk.strides[static_cast<size_t>(a.dim)];  // two axes may walk one dimension: a diagonal
      sum = sum.valid() ? b_.value(Op::Add, {sum, stride}, ty::Int64) : stride;
    }
    return walk;
  }

  LoopPlan fast_plan() {
    LoopPlan plan;
    plan.nest = &nest_;
    if (!linear_) {
      plan.extents = extents_;
      plan.order = order_;
      for (const Operand& o : operands_) plan.walks.push_back(walk_of(o, o.array, true));
      return plan;
    }
    ValueId count = extents_[0];
    for (size_t i = 1; i < extents_.size(); ++i) count = b_.value(Op::Mul, {count, extents_[i]}, ty::Int64);
    plan.extents = {count};
    plan.order = {0};
    for (const Operand& o : operands_) {
      TypeId elem = type_of(o.type).elem;
      plan.walks.push_back(
          {b_.value(Op::ArrayData, {o.array}, ty::Pointer), {b_.int64(size_of(elem))}, elem, o.write});
    }
    return plan;
  }

  LoopPlan general_plan() {
    LoopPlan plan;
    plan.nest = &nest_;
    plan.extents = extents_;
    plan.order = order_;
    plan.polls = true;
    for (const Operand& o : operands_) plan.walks.push_back(walk_of(o, o.array, false));
    return plan;
  }

  Values write_plan(const LoopPlan& plan) {
    if (sums_floats(f_, nest_)) return {write_sum(b_, plan)};
    return write_loops(b_, plan);
  }

  void write_fast(bool parallel) {
    LoopPlan plan = fast_plan();
    if (!parallel) return b_.br(join_, write_plan(plan));
    OutlinedLoops loops(b_, plan, functions_);
    BlockId large = f_.add_block(), small = f_.add_block();
    b_.condbr(is_large(b_, plan), large, {}, small);
    b_.set_block(large);
    b_.br(join_, loops.run_parallel());
    b_.set_block(small);
    b_.br(join_, loops.run_serial());
  }

  // Into the arrays themselves, or where memory is shared, into temporaries.
  void write_general(ValueId overlap) {
    if (!overlap.valid()) return b_.br(join_, write_plan(general_plan()));
    std::vector<ValueId> targets = choose_targets(overlap);
    std::vector<Operand> arrays = operands_;
    size_t writes = 0;
    for (Operand& o : operands_) {
      if (!o.write) continue;
      o.array = targets[writes++];
      o.type = f_.type(o.array);
    }
    Values results = write_plan(general_plan());
    BlockId copying = f_.add_block();
    b_.condbr(overlap, copying, {}, join_, results);
    b_.set_block(copying);
    writes = 0;
    for (const Operand& o : arrays)
      if (o.write) copy(o.array, targets[writes++]);
    b_.br(join_, std::move(results));
  }

  static TypeId strided(TypeId array) {
    const Type& t = type_of(array);
    return array_type(t.elem, t.ndim, Layout::A);
  }

  ValueId as_strided(ValueId array) {
    TypeId type = strided(f_.type(array));
    if (f_.type(array) == type) return array;
    Values operands = {array, b_.value(Op::ArrayData, {array}, ty::Pointer)};
    uint32_t ndim = type_of(type).ndim;
    for (uint32_t k = 0; k < ndim; ++k) operands.push_back(extent_of(array, k));
    for (uint32_t k = 0; k < ndim; ++k) operands.push_back(stride_of(array, k));
    return b_.value(Op::ArrayView, std::move(operands), type);
  }

  // One strided array per write: a temporary if memory is shared, else the array itself.
  Values choose_targets(ValueId overlap) {
    BlockId shared = f_.add_block(), direct = f_.add_block(), joined = f_.add_block();
    b_.condbr(overlap, shared, {}, direct);
    Values temporaries, arrays, params;
    for (const Operand& o : operands_) {
      if (!o.write) continue;
      b_.set_block(shared);
      temporaries.push_back(as_strided(temporary_like(o.array)));
      b_.set_block(direct);
      arrays.push_back(as_strided(o.array));
      params.push_back(f_.add_param(joined, strided(o.type)));
    }
    b_.set_block(shared);
    b_.br(joined, std::move(temporaries));
    b_.set_block(direct);
    b_.br(joined, std::move(arrays));
    b_.set_block(joined);
    return params;
  }

  void copy(ValueId to, ValueId from) {
    b_.add(Op::RtCall, {to, from}, {}, static_cast<uint32_t>(RtFn::CopyArray));
  }

  // ---- writes into memory that is known to be shared with what is read

  void note_clash(ValueId written, ValueId read) {
    if (array_root(f_, written) != array_root(f_, read))
      clashes_.push_back({written, read});
    else if (!is_shared(written))
      shared_.push_back(written);
  }

  bool is_shared(ValueId written) const {
    return std::find(shared_.begin(), shared_.end(), written) != shared_.end();
  }

  ValueId temporary_like(ValueId array) {
    const Type& type = type_of(f_.type(array));
    Values extents;
    for (uint32_t k = 0; k < type.ndim; ++k) extents.push_back(extent_of(array, k));
    Layout layout = type.layout == Layout::F ? Layout::F : Layout::C;
    return b_.value(Op::ArrayAlloc, std::move(extents), array_type(type.elem, type.ndim, layout));
  }

  void write_into_temporaries() {
    for (Operand& o : operands_) {
      if (!o.write || !is_shared(o.array)) continue;
      temporaries_.push_back({o.array, temporary_like(o.array)});
      o.array = temporaries_.back().second;
      o.type = f_.type(o.array);
    }
  }

  void copy_temporaries() {
    for (auto [array, temporary] : temporaries_) copy(array, temporary);
  }

  // One version only: what follows goes on in the block where the loops end.
  void finish(Values values, const Values& results) {
    for (size_t i = 0; i < results.size(); ++i) results_.push_back({results[i], values[i]});
    copy_temporaries();
    b_.br(tail_);
  }

  Function& f_;
  Builder b_;
  const NestInfo nest_;
  InstId inst_;
  std::vector<Function>& functions_;  // made for loops that run in parallel
  BlockId join_, tail_;               // where the versions meet; what followed the nest
  Values extents_;
  std::vector<Operand> operands_;
  std::vector<Clash> clashes_;  // to be tested
  Values shared_;               // arrays written that are known to share memory with one that is read
  std::vector<std::pair<ValueId, ValueId>>
      temporaries_;  // such an array, and what stands for it in the loops
  std::vector<uint32_t> order_;
  bool linear_ = false;
  bool tests_strides_ = false;  // the choice of the fast loops depends on strides: neither way is rare
  std::vector<std::pair<ValueId, ValueId>> results_;
};

}  // namespace

bool expand_nests(Function& f, std::vector<Function>& functions) {
  std::vector<InstId> nests;
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts)
      if (f.inst(id).op == Op::Nest) nests.push_back(id);
  if (nests.empty()) return false;
  Disjointness disjointness(f);
  std::vector<Expansion> expansions;
  for (InstId id : nests) expansions.emplace_back(f, disjointness, id, functions);
  Replacements replaced;
  for (Expansion& e : expansions) {
    e.run();
    for (auto [from, to] : e.results()) replaced.replace(from, to);
  }
  replaced.apply(f);
  return true;
}

}  // namespace lancehead
