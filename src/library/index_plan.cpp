// From the types of a key's parts to what each does.
#include "library/index_plan.h"

#include <algorithm>

#include "types/conversion.h"

namespace lancehead {
namespace {

bool is_full_slice(TypeId t) {
  const Type& s = type_of(t);
  return s.kind == Kind::Slice && s.items[0] == ty::None && s.items[1] == ty::None && s.items[2] == ty::None;
}

bool is_index_array(TypeId t) {
  return is_array(t) && is_integer(type_of(t).elem);
}

// The layout of a view of a C array: C as long as only leading axes are narrowed, by integers and one
// unit-step slice.
Layout view_layout(const Type& array, const std::vector<TypeId>& key, const std::vector<IndexPart>& parts) {
  auto full = [&](const IndexPart& p) {
    return p.what == IndexPart::Slice && (p.item < 0 || is_full_slice(key[static_cast<size_t>(p.item)]));
  };
  if (array.layout != Layout::C)
    return std::all_of(parts.begin(), parts.end(), full) ? array.layout : Layout::A;
  bool narrowed = false;
  for (const IndexPart& p : parts) {
    if (p.what == IndexPart::NewAxis) return Layout::A;
    if (p.what == IndexPart::Integer) {
      if (narrowed) return Layout::A;
      continue;
    }
    if (narrowed && !full(p)) return Layout::A;
    if (!full(p) && type_of(key[static_cast<size_t>(p.item)]).items[2] != ty::None) return Layout::A;
    narrowed = true;
  }
  return Layout::C;
}

// The parts in order, ... and what is left out filled up with full slices. False if the key does not fit.
bool split_key(const Type& array, const std::vector<TypeId>& key, bool arrays,
               std::vector<IndexPart>& parts) {
  const auto ellipses = std::count(key.begin(), key.end(), ty::Ellipsis);
  const auto added = std::count(key.begin(), key.end(), ty::None);
  const int used = static_cast<int>(key.size()) - static_cast<int>(ellipses + added);
  if (ellipses > 1 || used > array.ndim || static_cast<int>(added) + array.ndim > kMaxDimensions)
    return false;
  int axis = 0;
  auto fill = [&] {
    for (int k = used; k < array.ndim; ++k) parts.push_back({IndexPart::Slice, -1, axis++});
  };
  for (size_t k = 0; k < key.size(); ++k) {
    const int item = static_cast<int>(k);
    if (key[k] == ty::Ellipsis)
      fill();
    else if (key[k] == ty::None)
      parts.push_back({IndexPart::NewAxis, item, -1});
    else if (is_integer(key[k]))
      parts.push_back({IndexPart::Integer, item, axis++});
    else if (kind_of(key[k]) == Kind::Slice)
      parts.push_back({IndexPart::Slice, item, axis++});
    else if (arrays && is_index_array(key[k]))
      parts.push_back({IndexPart::Array, item, axis++});
    else
      return false;
  }
  if (!ellipses) fill();
  return true;
}

}  // namespace

std::vector<TypeId> key_parts(TypeId key) {
  return is_tuple(key) ? type_of(key).items : std::vector<TypeId>{key};
}

bool plan_index(TypeId array, TypeId key, IndexPlan& plan) {
  const Type& a = type_of(array);
  const std::vector<TypeId> parts = key_parts(key);
  if (!split_key(a, parts, false, plan.parts)) return false;
  for (const IndexPart& p : plan.parts) plan.result_ndim += p.what != IndexPart::Integer;
  plan.element = plan.result_ndim == 0 && std::count(parts.begin(), parts.end(), ty::Ellipsis) == 0;
  plan.view = array_type(a.elem, plan.result_ndim, view_layout(a, parts, plan.parts), a.readonly, a.aligned);
  return true;
}

bool plan_advanced(TypeId array, TypeId key, AdvancedPlan& plan) {
  const Type& a = type_of(array);
  IndexPlan& basic = plan.basic;
  if (!split_key(a, key_parts(key), true, basic.parts)) return false;
  std::vector<size_t> indexed, others;  // axes of the view
  int before = 0;                       // axes of the result before the first index, integers among them
  int runs = 0;
  bool inside = false;
  for (const IndexPart& p : basic.parts) {
    const bool index = p.what == IndexPart::Array || p.what == IndexPart::Integer;
    runs += index && !inside;
    inside = index;
    if (runs == 0) ++before;
    if (p.what == IndexPart::Integer) continue;
    (index ? indexed : others).push_back(static_cast<size_t>(basic.result_ndim++));
    if (!index) continue;
    plan.arrays.push_back(p.item);
    plan.axes.push_back(p.axis);
  }
  if (plan.arrays.empty()) return false;
  plan.place = runs == 1 ? before : 0;
  basic.order = indexed;
  basic.order.insert(basic.order.end(), others.begin(), others.end());
  const bool whole = basic.parts.size() == a.ndim && basic.result_ndim == a.ndim && others.empty();
  basic.view = array_type(a.elem, basic.result_ndim, whole ? a.layout : Layout::A, a.readonly, a.aligned);
  if (std::is_sorted(basic.order.begin(), basic.order.end())) {
    basic.order.clear();
    const std::vector<TypeId> parts = key_parts(key);
    const bool untouched = std::all_of(basic.parts.begin(), basic.parts.end(), [&](const IndexPart& p) {
      return p.what == IndexPart::Array ||
             (p.what == IndexPart::Slice &&
              (p.item < 0 || is_full_slice(parts[static_cast<size_t>(p.item)])));
    });
    if (untouched) basic.view = array;
  }
  return true;
}

}  // namespace lancehead
