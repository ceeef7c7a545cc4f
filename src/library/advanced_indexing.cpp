// What python/lancehead/library/indexing.py needs to know of a key that has arrays of integers, and of masks.
#include "library/elementwise.h"
#include "library/index_plan.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool planned(const Query& q, AdvancedPlan& plan) {
  return q.args.size() == 2 && is_array(q.args[0].type) &&
         plan_advanced(q.args[0].type, q.args[1].type, plan);
}

ValueId key_item(Emitter& e, ValueId key, int k) {
  if (!is_tuple(e.type(key))) return key;
  return e.item(key, static_cast<uint32_t>(k), type_of(e.type(key)).items[static_cast<size_t>(k)]);
}

Lookup indexed_view(const Query& q) {
  AdvancedPlan plan;
  if (!planned(q, plan)) return no_match();
  // Arrays of the layout A may have one type and other axes.
  if (plan.basic.view == q.args[0].type && type_of(plan.basic.view).layout != Layout::A)
    return found(plan.basic.view, [](Emitter&, const Values& v) { return v[0]; });
  return found(plan.basic.view,
               [=](Emitter& e, const Values& v) { return basic_view(e, v[0], v[1], plan.basic); });
}

Lookup index_arrays(const Query& q) {
  AdvancedPlan plan;
  if (!planned(q, plan)) return no_match();
  const std::vector<TypeId> parts = key_parts(q.args[1].type);
  std::vector<TypeId> types;
  for (int k : plan.arrays) types.push_back(parts[static_cast<size_t>(k)]);
  TypeId type = tuple_type(types);
  return found(type, [=](Emitter& e, const Values& v) {
    Values items;
    for (int k : plan.arrays) items.push_back(key_item(e, v[1], k));
    return e.make(type, std::move(items));
  });
}

Lookup index_axes(const Query& q) {
  AdvancedPlan plan;
  if (!planned(q, plan)) return no_match();
  TypeId type = tuple_type(std::vector<TypeId>(plan.axes.size(), ty::Int64));
  return found(type, [=](Emitter& e, const Values&) {
    Values items;
    for (int axis : plan.axes) items.push_back(e.int64(axis));
    return e.make(type, std::move(items));
  });
}

Lookup index_place(const Query& q) {
  AdvancedPlan plan;
  return planned(q, plan) ? found_constant(int_constant(ty::Int64, plan.place)) : no_match();
}

// How many axes of an array a part of a key takes.
int taken(TypeId part) {
  if (part == ty::None || part == ty::Ellipsis) return 0;
  return is_array(part) && type_of(part).elem == ty::Bool ? type_of(part).ndim : 1;
}

// Every mask has the extents of the axes that it takes; as NumPy, before anything else is looked at.
Lookup check_masks(const Query& q) {
  if (q.args.size() != 2 || !is_array(q.args[0].type)) return no_match();
  const std::vector<TypeId> parts = key_parts(q.args[1].type);
  const int ndim = type_of(q.args[0].type).ndim;
  int used = 0;
  for (TypeId part : parts) used += taken(part);
  if (used > ndim) return no_match();
  return found(ty::None, [=](Emitter& e, const Values& v) {
    int axis = 0;
    for (size_t k = 0; k < parts.size(); ++k) {
      const bool mask = is_array(parts[k]) && type_of(parts[k]).elem == ty::Bool;
      for (int m = 0; mask && m < type_of(parts[k]).ndim; ++m) {
        ValueId extent = e.dim(v[0], axis + m), given = e.dim(key_item(e, v[1], static_cast<int>(k)), m);
        e.check(e.compare(Op::Eq, extent, given), ErrorRow::MaskSize, {e.int64(axis + m), extent, given});
      }
      axis += parts[k] == ty::Ellipsis ? ndim - used : taken(parts[k]);
    }
    return e.b.none();
  });
}

constexpr Row kRows[] = {
    {"indexed_view", indexed_view}, {"index_arrays", index_arrays}, {"index_axes", index_axes},
    {"index_place", index_place},   {"check_masks", check_masks},
};

}  // namespace

std::span<const Row> index_intrinsics() {
  return kRows;
}

}  // namespace lancehead
