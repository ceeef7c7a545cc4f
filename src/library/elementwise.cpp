// Building nests.
#include "library/elementwise.h"

#include <algorithm>

#include "base/check.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// The same value, or the same axis of the same array, asked for twice.
bool same_extent(Emitter& e, ValueId x, ValueId y) {
  if (x == y) return true;
  const Inst* a = e.b.function().def(x);
  const Inst* b = e.b.function().def(y);
  return a && b && a->op == Op::ArrayDim && b->op == Op::ArrayDim && a->attr == b->attr &&
         a->operands == b->operands;
}

ValueId broadcasts_to(Emitter& e, ValueId extent, ValueId target) {
  return e.binary(Op::Or, e.compare(Op::Eq, extent, target), e.compare(Op::Eq, extent, e.int64(1)));
}

}  // namespace

ValueId broadcast_axis(Emitter& e, ValueId x, ValueId y) {
  if (same_extent(e, x, y)) return x;
  const Constant* cx = e.b.function().constant_of(x);
  const Constant* cy = e.b.function().constant_of(y);
  if (cx && cy && constant_as_int(*cx) == constant_as_int(*cy)) return x;
  ValueId one = e.int64(1);
  ValueId x_one = e.compare(Op::Eq, x, one);
  ValueId fits =
      e.binary(Op::Or, e.compare(Op::Eq, x, y), e.binary(Op::Or, x_one, e.compare(Op::Eq, y, one)));
  e.check(fits, ErrorRow::Broadcast, {x, y});
  return e.select(x_one, y, x);
}

namespace {

NestAccess access_of(Emitter& e, ValueId array, uint32_t operand, size_t dims, bool write) {
  NestAccess a;
  a.operand = operand;
  a.write = write;
  size_t ndim = type_of(e.type(array)).ndim;
  for (size_t k = 0; k < ndim; ++k) a.axes.push_back(static_cast<int8_t>(dims - ndim + k));
  return a;
}

struct NestPlan {
  Values extents;
  Values arrays;  // the op's operands behind the extents
  NestInfo info;
};

// Opens the nest's body, gives it the operands' elements, and closes it again.
template <class Fill>
void fill_body(Emitter& e, NestPlan& plan, const Values& operands, Fill fill) {
  Function& f = e.b.function();
  BlockId outside = e.b.block();
  plan.info.body = BlockId(f.blocks.size());
  f.blocks.emplace_back();  // not in `order`: the body belongs to the nest
  Values elements;
  for (ValueId operand : operands) {
    TypeId t = e.type(operand);
    if (!is_array(t)) {
      elements.push_back(operand);
      continue;
    }
    plan.info.accesses.push_back(
        access_of(e, operand, static_cast<uint32_t>(plan.arrays.size()), plan.extents.size(), false));
    plan.arrays.push_back(operand);
    elements.push_back(f.add_param(plan.info.body, type_of(t).elem));
  }
  e.b.set_block(plan.info.body);
  fill(elements);
  e.b.set_block(outside);
}

// What is computed from one array of the layout F takes the elements as they lie, as NumPy does: the order
// counts where results are rounded.
void in_order_of_memory(Emitter& e, NestPlan& plan, const Values& operands) {
  if (operands.size() != 1 || !is_array(e.type(operands[0]))) return;
  if (type_of(e.type(operands[0])).layout != Layout::F) return;
  std::reverse(plan.extents.begin(), plan.extents.end());
  std::reverse(plan.info.accesses[0].axes.begin(), plan.info.accesses[0].axes.end());
}

std::vector<ValueId> add_nest(Emitter& e, NestPlan& plan, std::vector<TypeId> results) {
  Function& f = e.b.function();
  plan.info.dims = static_cast<uint32_t>(plan.extents.size());
  plan.info.parallel = e.semantics().parallel;
  Values operands = plan.extents;
  operands.insert(operands.end(), plan.arrays.begin(), plan.arrays.end());
  for (NestAccess& a : plan.info.accesses) a.operand += plan.info.dims;
  f.nests.push_back(std::move(plan.info));
  InstId id =
      e.add(Op::Nest, std::move(operands), std::move(results), static_cast<uint32_t>(f.nests.size() - 1));
  return f.inst(id).results;
}

}  // namespace

int result_ndim(const std::vector<TypeId>& operands) {
  int n = 0;
  for (TypeId t : operands)
    if (is_array(t)) n = std::max<int>(n, type_of(t).ndim);
  return n;
}

Layout result_layout(const std::vector<TypeId>& operands) {
  int ndim = result_ndim(operands);
  bool all_f = ndim > 1;
  for (TypeId t : operands)
    if (is_array(t)) all_f = all_f && type_of(t).layout == Layout::F && type_of(t).ndim == ndim;
  return all_f ? Layout::F : Layout::C;
}

std::vector<ValueId> broadcast_extents(Emitter& e, const Values& operands) {
  Values extents;  // from the last axis backwards
  for (ValueId v : operands) {
    if (!is_array(e.type(v))) continue;
    Values dims = e.dims(v);
    std::reverse(dims.begin(), dims.end());
    for (size_t k = 0; k < dims.size(); ++k) {
      if (k < extents.size())
        extents[k] = broadcast_axis(e, extents[k], dims[k]);
      else
        extents.push_back(dims[k]);
    }
  }
  std::reverse(extents.begin(), extents.end());
  return extents;
}

ValueId allocate(Emitter& e, TypeId array, const Values& extents, bool zeroed) {
  return e.value(Op::ArrayAlloc, extents, array, zeroed ? 1 : 0);
}

ValueId map_elements(Emitter& e, const Values& operands, TypeId dtype, const ElementBody& body) {
  std::vector<TypeId> types;
  for (ValueId v : operands) types.push_back(e.type(v));
  Values extents = broadcast_extents(e, operands);
  ValueId out =
      allocate(e, array_type(dtype, static_cast<int>(extents.size()), result_layout(types)), extents);
  store_elements(e, extents, {out}, operands, {}, {body});
  return out;
}

void map_into(Emitter& e, ValueId target, const Values& operands, const ElementBody& body) {
  Values extents = e.dims(target);
  for (ValueId v : operands) {
    if (!is_array(e.type(v)) || v == target) continue;
    Values dims = e.dims(v);
    LH_CHECK(dims.size() <= extents.size(), "more axes than the target has");
    for (size_t k = 0; k < dims.size(); ++k) {
      ValueId extent = extents[extents.size() - dims.size() + k];
      if (same_extent(e, dims[k], extent)) continue;
      e.check(broadcasts_to(e, dims[k], extent), ErrorRow::BroadcastInto, {dims[k], extent});
    }
  }
  store_elements(e, extents, {target}, operands, {}, {body});
}

void check_output_axis(Emitter& e, ValueId extent, ValueId output) {
  if (same_extent(e, extent, output)) return;
  e.check(broadcasts_to(e, extent, output), ErrorRow::OutputShape, {extent, output});
}

void store_elements(Emitter& e, const Values& extents, const Values& targets, const Values& operands,
                    ValueId mask, const std::vector<ElementBody>& bodies) {
  NestPlan plan;
  plan.extents = extents;
  Values read = operands;
  if (mask.valid()) {  // what stays is written again
    read.push_back(mask);
    read.insert(read.end(), targets.begin(), targets.end());
  }
  fill_body(e, plan, read, [&](const Values& elements) {
    Values given(elements.begin(), elements.begin() + static_cast<ptrdiff_t>(operands.size()));
    for (size_t k = 0; k < targets.size(); ++k) {
      ValueId x = e.cast(bodies[k](e, given), type_of(e.type(targets[k])).elem);
      if (mask.valid()) x = e.select(elements[operands.size()], x, elements[operands.size() + 1 + k]);
      plan.info.yields.push_back(x);
    }
  });
  for (ValueId target : targets) {
    plan.info.accesses.push_back(
        access_of(e, target, static_cast<uint32_t>(plan.arrays.size()), plan.extents.size(), true));
    plan.arrays.push_back(target);
  }
  add_nest(e, plan, {});
}

void map_into_indexed(Emitter& e, ValueId target, const std::function<ValueId(Emitter&, ValueId)>& element) {
  NestPlan plan;
  plan.extents = e.dims(target);
  plan.info.indices = true;
  TypeId dtype = type_of(e.type(target)).elem;
  fill_body(e, plan, {}, [&](const Values&) {
    ValueId index = e.b.function().add_param(plan.info.body, ty::Int64);
    plan.info.yields = {e.cast(element(e, index), dtype)};
  });
  plan.info.accesses.push_back(access_of(e, target, 0, 1, true));
  plan.arrays.push_back(target);
  add_nest(e, plan, {});
}

ValueId reduce_elements(Emitter& e, const Values& operands, Reduction reduction, TypeId type,
                        const ElementBody& body) {
  NestPlan plan;
  plan.extents = broadcast_extents(e, operands);
  fill_body(e, plan, operands,
            [&](const Values& elements) { plan.info.yields = {e.cast(body(e, elements), type)}; });
  in_order_of_memory(e, plan, operands);
  plan.info.reductions = {reduction};
  return add_nest(e, plan, {type})[0];
}

ValueId sum_elements(Emitter& e, ValueId array) {
  NestPlan plan;
  plan.extents = e.dims(array);
  fill_body(e, plan, {array}, [&](const Values& elements) { plan.info.yields = elements; });
  in_order_of_memory(e, plan, {array});
  plan.info.reductions = {Reduction::Sum};
  return add_nest(e, plan, {type_of(e.type(array)).elem})[0];
}

ValueId element_count(Emitter& e, ValueId array) {
  ValueId n;
  for (ValueId d : e.dims(array)) n = n.valid() ? e.binary(Op::Mul, n, d) : d;
  return n.valid() ? n : e.int64(1);
}

}  // namespace lancehead
