// expand_nests: every nest becomes loops over addresses.
//
// A nest reads as if before it writes. Where it writes an array A that existed before and reads an array B that may share
// memory with A at other elements, the loops run into a temporary that is copied to A afterwards; which of the two happens is
// decided by rtcall MayOverlap, or here where it can be proved:
//   - A and B are the same value with the same axes: element by element, no harm;
//   - the root of one is an array_alloc of this function and the root of the other is another array_alloc or a parameter of the
//     function: they are different memory. The root of a view is the root of its base.
// Every nest is visited once and none is added, so the pass ends.
#include <algorithm>

#include "ir/runtime_call.h"
#include "opt/nest/nest_loops.h"
#include "opt/nest/expand.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

ValueId root_of(const Function& f, ValueId v) {
  for (;;) {
    const Inst* def = f.def(v);
    if (!def || def->op != Op::ArrayView) return v;
    v = def->operands[0];
  }
}

bool is_fresh(const Function& f, ValueId root) {
  const Inst* def = f.def(root);
  return def && def->op == Op::ArrayAlloc;
}

bool is_argument(const Function& f, ValueId root) {
  const Value& v = f.value(root);
  return !v.def.valid() && v.block == f.entry();
}

bool are_disjoint(const Function& f, ValueId a, ValueId b) {
  ValueId x = root_of(f, a), y = root_of(f, b);
  if (x == y) return false;
  bool x_fresh = is_fresh(f, x), y_fresh = is_fresh(f, y);
  return (x_fresh && (y_fresh || is_argument(f, y))) || (y_fresh && is_argument(f, x));
}

NestPlan plan_of(const Function& f, const Inst& inst) {
  NestPlan plan;
  plan.info = f.nests[inst.attr];
  plan.extents.assign(inst.operands.begin(), inst.operands.begin() + plan.info.dims);
  for (const NestAccess& a : plan.info.accesses) plan.arrays.push_back(inst.operands[a.operand]);
  for (ValueId r : inst.results) plan.reduced.push_back(f.type(r));
  return plan;
}

// Whether the nest must go through a temporary; invalid if it must not.
ValueId overlap_test(Builder& b, const NestPlan& plan, size_t write) {
  Function& f = b.function();
  ValueId any;
  Values tested;
  for (size_t k = 0; k < plan.arrays.size(); ++k) {
    ValueId array = plan.arrays[k];
    if (plan.info.accesses[k].write || std::count(tested.begin(), tested.end(), array)) continue;
    bool same = array == plan.arrays[write] && plan.info.accesses[k].axes == plan.info.accesses[write].axes;
    if (same || are_disjoint(f, array, plan.arrays[write])) continue;
    tested.push_back(array);
    ValueId test = b.value(Op::RtCall, {array, plan.arrays[write]}, ty::Bool, static_cast<uint32_t>(RtFn::MayOverlap));
    any = any.valid() ? b.value(Op::Or, {any, test}, ty::Bool) : test;
  }
  return any;
}

// Runs the nest into a fresh array, then copies that to where it belongs.
Values emit_through_temporary(Builder& b, const NestPlan& plan, size_t write) {
  Function& f = b.function();
  TypeId elem = type_of(f.type(plan.arrays[write])).elem;
  TypeId type = array_type(elem, static_cast<int>(plan.extents.size()), Layout::C);
  ValueId temporary = b.value(Op::ArrayAlloc, plan.extents, type);
  NestPlan compute = plan;
  compute.arrays[write] = temporary;
  Values results = emit_nest(b, compute);
  NestPlan copy;
  copy.extents = plan.extents;
  copy.arrays = {temporary, plan.arrays[write]};
  copy.info.dims = plan.info.dims;
  NestAccess read = plan.info.accesses[write], store = plan.info.accesses[write];
  read.write = false;
  copy.info.accesses = {read, store};
  copy.info.body = BlockId(f.blocks.size());
  f.blocks.emplace_back();
  copy.info.yields = {f.add_param(copy.info.body, elem)};
  emit_nest(b, copy);
  return results;
}

Values emit_checked(Builder& b, const NestPlan& plan) {
  size_t write = plan.arrays.size();
  for (size_t k = 0; k < plan.arrays.size(); ++k)
    if (plan.info.accesses[k].write) write = k;
  if (write == plan.arrays.size()) return emit_nest(b, plan);
  ValueId overlap = overlap_test(b, plan, write);
  if (!overlap.valid()) return emit_nest(b, plan);
  Function& f = b.function();
  BlockId slow = f.add_block(), fast = f.add_block(), done = f.add_block();
  Values results;
  for (TypeId t : plan.reduced) results.push_back(f.add_param(done, t));
  b.condbr(overlap, slow, {}, fast);
  b.set_block(slow);
  Values from_slow = emit_through_temporary(b, plan, write);
  b.br(done, from_slow);
  b.set_block(fast);
  Values from_fast = emit_nest(b, plan);
  b.br(done, from_fast);
  b.set_block(done);
  return results;
}

void replace_uses(Function& f, const std::vector<std::pair<ValueId, ValueId>>& renamed) {
  for (Inst& inst : f.insts) {
    for (const auto& [from, to] : renamed) {
      std::replace(inst.operands.begin(), inst.operands.end(), from, to);
      for (Edge& e : inst.edges) std::replace(e.args.begin(), e.args.end(), from, to);
    }
  }
  for (NestInfo& nest : f.nests)
    for (const auto& [from, to] : renamed) std::replace(nest.yields.begin(), nest.yields.end(), from, to);
}

// Expands the nest at `position` of `block`; what follows it moves to a block of its own, which is returned.
BlockId expand(Function& f, BlockId block, size_t position) {
  std::vector<InstId> insts = f.block(block).insts;
  const Inst nest = f.inst(insts[position]);
  f.block(block).insts.resize(position);
  Builder b(f);
  b.set_block(block);
  b.set_loc(nest.loc);
  Values results = emit_checked(b, plan_of(f, nest));
  BlockId rest = f.add_block();
  b.br(rest);
  for (size_t k = position + 1; k < insts.size(); ++k) {
    f.inst(insts[k]).block = rest;
    f.block(rest).insts.push_back(insts[k]);
  }
  std::vector<std::pair<ValueId, ValueId>> renamed;
  for (size_t k = 0; k < results.size(); ++k) renamed.emplace_back(nest.results[k], results[k]);
  if (!renamed.empty()) replace_uses(f, renamed);
  return rest;
}

}  // namespace

bool expand_nests(Function& f) {
  bool changed = false;
  for (size_t n = 0; n < f.order.size(); ++n) {
    BlockId block = f.order[n];
    for (size_t k = 0; k < f.block(block).insts.size(); ++k) {
      if (f.inst(f.block(block).insts[k]).op != Op::Nest) continue;
      expand(f, block, k);
      changed = true;
      break;  // the rest is a block at the end of the order
    }
  }
  return changed;
}

}  // namespace lancehead
