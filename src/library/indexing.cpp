// a[key] and a[key] = value by integers, slices, None and ... for arrays; items and slices of tuples. Index
// arrays and masks are the library's (advanced_indexing.cpp, python/lancehead/library/indexing.py).
#include <algorithm>

#include "library/elementwise.h"
#include "library/index_plan.h"
#include "library/records.h"
#include "library/rows.h"
#include "library/slices.h"
#include "types/conversion.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// A wrapped and checked index of an axis.
ValueId checked_index(Emitter& e, ValueId index, ValueId extent, uint32_t axis) {
  ValueId i = e.cast(index, ty::Int64);
  if (!e.b.function().value(index).facts.nonneg) i = e.value(Op::WrapIndex, {i, extent}, ty::Int64);
  if (e.semantics().check_bounds) e.add(Op::CheckIndex, {i, extent}, {}, axis);
  return i;
}

std::vector<ValueId> key_values(Emitter& e, ValueId key) {
  if (!is_tuple(e.type(key))) return {key};
  Values out;
  const std::vector<TypeId> items = type_of(e.type(key)).items;
  for (uint32_t k = 0; k < items.size(); ++k) out.push_back(e.item(key, k, items[k]));
  return out;
}

Values element_indices(Emitter& e, ValueId array, ValueId key, const std::vector<bool>& nonneg) {
  Values operands;
  Values keys = key_values(e, key);
  for (size_t k = 0; k < keys.size(); ++k) {
    if (k < nonneg.size() && nonneg[k]) e.b.function().value(keys[k]).facts.nonneg = true;
    operands.push_back(
        checked_index(e, keys[k], e.dim(array, static_cast<int>(k)), static_cast<uint32_t>(k)));
  }
  return operands;
}

}  // namespace

ValueId basic_view(Emitter& e, ValueId array, ValueId key, const IndexPlan& plan) {
  Values keys = key_values(e, key);
  Values extents, strides;
  ValueId offset = e.int64(0);
  for (const IndexPart& part : plan.parts) {
    if (part.what == IndexPart::NewAxis) {
      extents.push_back(e.int64(1));
      strides.push_back(e.int64(0));
      continue;
    }
    ValueId extent = e.dim(array, part.axis), stride = e.stride(array, part.axis);
    if (part.what == IndexPart::Integer) {
      ValueId i =
          checked_index(e, keys[static_cast<size_t>(part.item)], extent, static_cast<uint32_t>(part.axis));
      offset = e.binary(Op::Add, offset, e.binary(Op::Mul, i, stride));
    } else if (part.item < 0 || part.what == IndexPart::Array) {
      extents.push_back(extent);
      strides.push_back(stride);
    } else {
      AxisSlice s = adjust_slice(e, keys[static_cast<size_t>(part.item)], extent);
      offset = e.binary(Op::Add, offset, e.binary(Op::Mul, s.start, stride));
      extents.push_back(s.length);
      strides.push_back(e.binary(Op::Mul, stride, s.step));
    }
  }
  ValueId data = e.value(Op::ArrayData, {array}, ty::Pointer);
  Values operands = {array, e.value(Op::Offset, {data, offset}, ty::Pointer)};
  for (Values* row : {&extents, &strides})
    for (size_t k = 0; k < row->size(); ++k)
      operands.push_back((*row)[plan.order.empty() ? k : plan.order[k]]);
  return e.value(Op::ArrayView, std::move(operands), plan.view);
}

namespace {

std::vector<bool> nonneg_parts(const Argument& key) {
  if (is_tuple(key.type)) return {};
  return {key.facts.nonneg};
}

Lookup array_getitem(const Query& q) {
  IndexPlan plan;
  if (!plan_index(q.args[0].type, q.args[1].type, plan)) return no_match();
  TypeId elem = element_of(type_of(q.args[0].type));
  if (!plan.element)
    return found(plan.view, [=](Emitter& e, const Values& v) { return basic_view(e, v[0], v[1], plan); });
  std::vector<bool> nonneg = nonneg_parts(q.args[1]);
  return found(elem, [=](Emitter& e, const Values& v) {
    return e.element(v[0], element_indices(e, v[0], v[1], nonneg));
  });
}

// a[i] = record or tuple; a[i:j] = records, or one for all.
Lookup store_records_at(const Query& q, const IndexPlan& plan) {
  std::vector<bool> nonneg = nonneg_parts(q.args[1]);
  if (plan.element) {
    if (!can_store(type_of(q.args[0].type).elem, q.args[2])) return no_match();
    return found(ty::None, [=](Emitter& e, const Values& v) {
      store_element(e, v[0], element_indices(e, v[0], v[1], nonneg), v[2]);
      return ValueId();
    });
  }
  if (!can_store_records(plan.view, q.args[2])) return no_match();
  return found(ty::None, [=](Emitter& e, const Values& v) {
    store_records(e, basic_view(e, v[0], v[1], plan), v[2]);
    return ValueId();
  });
}

Lookup array_setitem(const Query& q) {
  const Type array = type_of(q.args[0].type);
  IndexPlan plan;
  if (!plan_index(q.args[0].type, q.args[1].type, plan)) return no_match();
  if (array.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  if (is_record(array.elem)) return store_records_at(q, plan);
  TypeId value = q.args[2].type;
  bool from_array = is_array(value);
  TypeId from = from_array ? type_of(value).elem : value;
  if (!can_store(array.elem, {from, {}, nullptr})) return no_match();
  if (from_array && type_of(value).ndim > plan.result_ndim) return no_match();
  TypeId elem = array.elem;
  std::vector<bool> nonneg = nonneg_parts(q.args[1]);
  if (plan.element)
    return found(ty::None, [=](Emitter& e, const Values& v) {
      Values indices = element_indices(e, v[0], v[1], nonneg);
      ValueId x = is_array(e.type(v[2])) ? e.value(Op::ArrayLoad, {v[2]}, from) : v[2];
      store_element(e, v[0], indices, e.fit(x, elem, true));
      return ValueId();
    });
  return found(ty::None, [=](Emitter& e, const Values& v) {
    ValueId target = basic_view(e, v[0], v[1], plan);
    ValueId x = from_array ? v[2] : e.fit(v[2], elem, true);
    map_into(e, target, {x},
             [=](Emitter& inner, const Values& element) { return inner.cast(element[0], elem); });
    return ValueId();
  });
}

Lookup tuple_getitem(const Query& q) {
  const Type t = type_of(q.args[0].type);
  TypeId key = q.args[1].type;
  int64_t n = static_cast<int64_t>(t.items.size());
  Facts facts;
  facts.weak = q.args[0].facts.weak;
  facts.nonneg = q.args[0].facts.nonneg;
  if (is_integer(key) && q.args[1].constant) {
    int64_t i = constant_as_int(*q.args[1].constant);
    if (i < -n || i >= n)
      return Lookup(make_diagnostic(DiagId::NoItem, {spell(q.args[0].type), std::to_string(i),
                                                     "; it has " + std::to_string(n) + " items"}));
    uint32_t index = static_cast<uint32_t>(i < 0 ? i + n : i);
    TypeId item = t.items[index];
    return found(
        item, [=](Emitter& e, const Values& v) { return e.item(v[0], index, item); }, facts);
  }
  if (!is_integer(key) || n == 0) return no_match();
  for (TypeId item : t.items)
    if (item != t.items[0]) return no_match();
  TypeId item = t.items[0];
  return found(
      item,
      [=](Emitter& e, const Values& v) {
        ValueId extent = e.int64(n);
        ValueId i = e.value(Op::WrapIndex, {e.cast(v[1], ty::Int64), extent}, ty::Int64);
        ValueId inside = e.binary(Op::And, e.compare(Op::Ge, i, e.int64(0)), e.compare(Op::Lt, i, extent));
        e.check(inside, ErrorRow::TupleIndex, {i, extent});
        return e.value(Op::TupleAt, {v[0], i}, item);
      },
      facts);
}

}  // namespace

// As PySlice_AdjustIndices.
Lookup find_tuple_slice(const Query& q, const SliceBounds& bounds) {
  const std::vector<TypeId> items = type_of(q.args[0].type).items;
  const int64_t n = static_cast<int64_t>(items.size()), step = bounds.step.value_or(1);
  if (step == 0)
    return Lookup(make_diagnostic(DiagId::NoItem, {spell(q.args[0].type), "a slice whose step is 0", ""}));
  const int64_t low = step > 0 ? 0 : -1, high = step > 0 ? n : n - 1;
  auto adjusted = [&](std::optional<int64_t> bound, int64_t otherwise) {
    if (!bound) return otherwise;
    return std::clamp(*bound < 0 ? *bound + n : *bound, low, high);
  };
  const int64_t start = adjusted(bounds.start, step > 0 ? low : high),
                stop = adjusted(bounds.stop, step > 0 ? high : low);
  std::vector<uint32_t> chosen;
  std::vector<TypeId> types;
  for (int64_t k = start; step > 0 ? k < stop : k > stop; k += step) {
    chosen.push_back(static_cast<uint32_t>(k));
    types.push_back(items[static_cast<size_t>(k)]);
    if (step > n || step < -n) break;  // nor may the sum overflow
  }
  TypeId type = tuple_type(types);
  Facts facts = q.args[0].facts;
  facts.constant = Id<void>::kNone;
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        Values parts;
        for (size_t k = 0; k < chosen.size(); ++k) parts.push_back(e.item(v[0], chosen[k], types[k]));
        return e.make(type, std::move(parts));
      },
      facts);
}

namespace {

// array["name"] = value: as array["name"][...] = value.
Lookup store_field(const Query& q) {
  if (!q.args[1].constant) return Lookup(make_diagnostic(DiagId::NeedsConstant, {"the field of a record"}));
  Lookup field = field_view(q.args[0].type, q.args[1].constant->text);
  if (!field || !*field) return field;
  Query store = q;
  store.args[0] = {(*field)->result, {}, nullptr};
  store.args[1] = {slice_type(false, false, false), {}, nullptr};
  if (type_of(store.args[0].type).ndim == 0) store.args[1].type = tuple_type({});
  Lookup stored = array_setitem(store);
  if (!stored || !*stored) return stored;
  return found(ty::None, [read = (*field)->emit, write = (*stored)->emit, key = store.args[1].type](
                             Emitter& e, const Values& v) {
    ValueId none = e.b.none();
    ValueId all = is_tuple(key) ? e.make(key, {}) : e.make(key, {none, none, none});
    return write(e, {read(e, v), all, v[2]});
  });
}

}  // namespace

Lookup find_setattr(const Query& q, std::string_view name) {
  if (is_record(q.args[0].type)) return record_setattr(q, name);
  if (!is_array(q.args[0].type)) return no_match();
  Constant field = str_constant(std::string(name));
  Query item = q;
  item.args.insert(item.args.begin() + 1, Argument{ty::Str, {}, &field});
  Lookup stored = store_field(item);
  if (!stored || !*stored) return stored;
  return found(ty::None, [write = (*stored)->emit](Emitter& e, const Values& v) {
    return write(e, {v[0], ValueId(), v[1]});
  });
}

Lookup find_getitem(const Query& q) {
  switch (kind_of(q.args[0].type)) {
    case Kind::Array:
      if (q.args[1].type == ty::Str && q.args[1].constant)
        return field_view(q.args[0].type, q.args[1].constant->text);
      return array_getitem(q);
    case Kind::Record: return record_getitem(q);
    case Kind::List: return list_getitem(q);
    case Kind::Tuple:
      if (kind_of(q.args[1].type) != Kind::Slice) return tuple_getitem(q);
      return Lookup(make_diagnostic(DiagId::NeedsConstant, {"a slice of " + spell(q.args[0].type)}));
    default: break;
  }
  Query plain = q;
  if (!unwrap_optionals(q, plain)) return no_match();
  Lookup inner = find_getitem(plain);
  if (!inner || !*inner || !(*inner)->emit) return inner;
  std::vector<TypeId> types;
  for (const Argument& a : plain.args) types.push_back(a.type);
  (*inner)->emit = emit_unwrapped((*inner)->emit, std::move(types));
  return inner;
}

Lookup find_setitem(const Query& q) {
  if (is_record(q.args[0].type)) return record_setitem(q);
  if (is_array(q.args[0].type) && q.args[1].type == ty::Str) return store_field(q);
  if (is_array(q.args[0].type)) return array_setitem(q);
  if (is_list(q.args[0].type)) return list_setitem(q);
  if (kind_of(q.args[0].type) != Kind::Optional) return no_match();
  Query plain = q;
  unwrap_optionals(q, plain);
  Lookup inner = find_setitem(plain);
  if (!inner || !*inner) return inner;
  std::vector<TypeId> types;
  for (const Argument& a : plain.args) types.push_back(a.type);
  (*inner)->emit = emit_unwrapped((*inner)->emit, std::move(types));
  return inner;
}

Lookup find_delitem(const Query& q) {
  return is_list(q.args[0].type) ? list_delitem(q) : no_match();
}

}  // namespace lancehead
