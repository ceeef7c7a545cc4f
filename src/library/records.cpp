// Reading fields and storing records.
#include "library/records.h"

#include "library/elementwise.h"
#include "types/conversion.h"
#include "types/record_access.h"
#include "types/time_units.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_same_record(TypeId a, TypeId b) {
  return is_record(a) && is_record(b) && record_like(a, false) == record_like(b, false);
}

std::vector<int64_t> sub_array_shape(TypeId field) {
  std::vector<int64_t> shape;
  for (; kind_of(field) == Kind::SubArray; field = type_of(field).elem) shape.push_back(type_of(field).size);
  return shape;
}

TypeId element_of_field(TypeId field) {
  return kind_of(field) == Kind::SubArray ? sub_array_elem(type_of(field)) : field;
}

// Whether what lies at this offset in records is aligned for sure: the records are laid out as C does it.
bool is_aligned(const Type& record, int64_t offset, TypeId field) {
  int64_t unit = alignment_of(element_of_field(field));
  return unit == 1 || (record.aligned && offset % unit == 0 && record.size % unit == 0);
}

// A record's sub-array as an array.
TypeId sub_array_view_type(const Type& record, int64_t offset, TypeId field) {
  return array_type(element_of_field(field), static_cast<int>(sub_array_shape(field).size()), Layout::C,
                    false, is_aligned(record, offset, field));
}

ValueId sub_array_view(Emitter& e, ValueId base, ValueId address, TypeId field, TypeId type) {
  Values operands = {base, address};
  std::vector<int64_t> shape = sub_array_shape(field);
  Values strides(shape.size());
  int64_t stride = size_of(element_of_field(field));
  for (size_t k = shape.size(); k-- > 0;) {
    strides[k] = e.int64(stride);
    stride *= shape[k];
  }
  for (int64_t extent : shape) operands.push_back(e.int64(extent));
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands), type);
}

// The type that reading field k gives.
TypeId value_type(const Type& record, size_t k) {
  TypeId field = record.items[k];
  return kind_of(field) == Kind::SubArray ? sub_array_view_type(record, record.fields[k].offset, field)
                                          : field;
}

Lookup read_field(const Type& record, int k) {
  if (k < 0) return no_match();
  const size_t at = static_cast<size_t>(k);
  const int64_t offset = record.fields[at].offset;
  const TypeId field = record.items[at], result = value_type(record, at);
  return found(result, [=](Emitter& e, const Values& v) {
    ValueId address = field_address(e, v[0], offset);
    if (is_plain(field)) return e.value(Op::Load, {address}, field);
    if (is_record(field)) return e.value(Op::ArrayView, {v[0], address}, result);
    return sub_array_view(e, v[0], address, field, result);
  });
}

// The field that a constant key names; -1 if it names none.
int field_of_key(const Type& record, const Argument& key) {
  if (!key.constant) return -1;
  if (key.type == ty::Str) return field_index(record, key.constant->text);
  if (!is_integer(key.type)) return -1;
  int64_t k = constant_as_int(*key.constant), n = static_cast<int64_t>(record.fields.size());
  return k < -n || k >= n ? -1 : static_cast<int>(k < 0 ? k + n : k);
}

Lookup no_such_key(const Query& q) {
  if (!q.args[1].constant) return Lookup(make_diagnostic(DiagId::NeedsConstant, {"the field of a record"}));
  return no_match();
}

Lookup write_field(const Type& record, int k, const Argument& value, size_t value_at) {
  if (k < 0) return no_match();
  if (record.readonly)
    return Lookup(make_diagnostic(DiagId::ReadonlyArray, {"a record of a read-only array"}));
  const size_t at = static_cast<size_t>(k);
  const int64_t offset = record.fields[at].offset;
  const TypeId field = record.items[at];
  if (!can_store(field, value)) return no_match();
  return found(ty::None, [=](Emitter& e, const Values& v) {
    store_at(e, v[0], field_address(e, v[0], offset), field, v[value_at]);
    return ValueId();
  });
}

// Arrays to the same extents by strides of 0 where a source has one element; checked.
ValueId broadcast_to(Emitter& e, ValueId source, ValueId target) {
  const Type s = type_of(e.type(source));
  int ndim = type_of(e.type(target)).ndim;
  Values operands = {source, e.value(Op::ArrayData, {source}, ty::Pointer)};
  Values strides;
  for (int k = 0; k < ndim; ++k) {
    ValueId extent = e.dim(target, k);
    operands.push_back(extent);
    int from = k - (ndim - s.ndim);
    if (from < 0) {
      strides.push_back(e.int64(0));
      continue;
    }
    ValueId given = e.dim(source, from), single = e.compare(Op::Eq, given, e.int64(1));
    e.check(e.binary(Op::Or, single, e.compare(Op::Eq, given, extent)), ErrorRow::BroadcastInto,
            {given, extent});
    strides.push_back(e.select(single, e.int64(0), e.stride(source, from)));
  }
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands), array_type(s.elem, ndim, Layout::A, false, s.aligned));
}

void copy_array(Emitter& e, ValueId to, ValueId from) {
  e.add(Op::RtCall, {to, from}, {}, static_cast<uint32_t>(RtFn::CopyArray));
}

ValueId apart_from(Emitter& e, ValueId source, ValueId target) {
  TypeId type = e.type(source);
  return e.branch(
      e.rtcall(RtFn::MayOverlap, {target, source}, ty::Bool), {type},
      [&] { return Values{e.cast(copied_records(e, source), type)}; }, [&] { return Values{source}; })[0];
}

}  // namespace

ValueId field_address(Emitter& e, ValueId base, int64_t offset) {
  ValueId data = e.value(Op::ArrayData, {base}, ty::Pointer);
  return offset == 0 ? data : e.value(Op::Offset, {data, e.int64(offset)}, ty::Pointer);
}

Lookup record_attribute(TypeId type, std::string_view name) {
  const Type record = type_of(type);
  if (int k = field_index(record, name); k >= 0) return read_field(record, k);
  if (name == "dtype") return found(dtype_type(record_like(type, false)), {});
  if (name == "itemsize" || name == "nbytes") return found_constant(int_constant(ty::Int64, record.size));
  return no_match();
}

Lookup record_getitem(const Query& q) {
  const Type record = type_of(q.args[0].type);
  int k = field_of_key(record, q.args[1]);
  return k < 0 ? no_such_key(q) : read_field(record, k);
}

Lookup field_view(TypeId array, std::string_view name) {
  const Type a = type_of(array);
  if (!is_record(a.elem)) return no_match();
  const Type record = type_of(a.elem);
  int k = field_index(record, name);
  if (k < 0) return no_match();
  const TypeId field = record.items[static_cast<size_t>(k)];
  const int64_t offset = record.fields[static_cast<size_t>(k)].offset;
  const std::vector<int64_t> inner = sub_array_shape(field);
  const TypeId elem = element_of_field(field);
  const int ndim = a.ndim + static_cast<int>(inner.size());
  if (ndim > kMaxDimensions)
    return Lookup(
        make_diagnostic(DiagId::TooManyDimensions, {std::to_string(kMaxDimensions), std::to_string(ndim)}));
  const bool whole = inner.empty() && size_of(field) == record.size;
  const TypeId type =
      array_type(elem, ndim,
                 whole         ? a.layout
                 : a.ndim == 0 ? Layout::C
                               : Layout::A,
                 a.readonly, (a.aligned || !record.aligned) && is_aligned(record, offset, field));
  return found(type, [=](Emitter& e, const Values& v) {
    Values operands = {v[0], field_address(e, v[0], offset)};
    for (ValueId d : e.dims(v[0])) operands.push_back(d);
    for (int64_t extent : inner) operands.push_back(e.int64(extent));
    for (int axis = 0; axis < a.ndim; ++axis) operands.push_back(e.stride(v[0], axis));
    int64_t stride = size_of(field);
    for (int64_t extent : inner) operands.push_back(e.int64(stride = extent ? stride / extent : stride));
    return e.value(Op::ArrayView, std::move(operands), type);
  });
}

Lookup record_setattr(const Query& q, std::string_view name) {
  const Type record = type_of(q.args[0].type);
  return write_field(record, field_index(record, name), q.args[1], 1);
}

Lookup record_setitem(const Query& q) {
  const Type record = type_of(q.args[0].type);
  int k = field_of_key(record, q.args[1]);
  return k < 0 ? no_such_key(q) : write_field(record, k, q.args[2], 2);
}

bool can_store(TypeId target, const Argument& value) {
  const Type &t = type_of(target), &v = type_of(value.type);
  if (t.kind == Kind::Record) {
    if (is_same_record(value.type, target)) return true;
    if (v.kind != Kind::Tuple || v.items.size() != t.items.size()) return false;
    for (size_t k = 0; k < t.items.size(); ++k)
      if (!can_store(t.items[k], {v.items[k], {}, nullptr})) return false;
    return true;
  }
  if (t.kind == Kind::SubArray) {
    if (v.kind == Kind::Tuple) {
      if (static_cast<int64_t>(v.items.size()) != t.size) return false;
      for (TypeId item : v.items)
        if (!can_store(t.elem, {item, {}, nullptr})) return false;
      return true;
    }
    bool fits = v.kind != Kind::Array || v.ndim <= sub_array_shape(target).size();
    TypeId elem = v.kind == Kind::Array ? v.elem : value.type;
    return fits && is_plain(element_of_field(target)) &&
           can_store(element_of_field(target), {elem, {}, nullptr});
  }
  if (is_time(target))
    return is_time(value.type) ? can_cast_time(value.type, target)
                               : is_integer(value.type) || value.type == ty::Bool;
  return is_scalar(value.type) && (is_complex(target) || !is_complex(value.type));
}

void store_at(Emitter& e, ValueId base, ValueId address, TypeId target, ValueId value) {
  const Type t = type_of(target), v = type_of(e.type(value));
  auto part = [&](int64_t offset) {
    return offset == 0 ? address : e.value(Op::Offset, {address, e.int64(offset)}, ty::Pointer);
  };
  if (is_plain(target)) {
    e.add(Op::Store, {address, e.fit(value, target, true)}, {});
  } else if (is_same_record(e.type(value), target)) {
    ValueId from = e.value(Op::ArrayData, {value}, ty::Pointer);
    e.add(Op::RtCall, {address, from, e.int64(t.size)}, {}, static_cast<uint32_t>(RtFn::CopyBytes));
  } else if (t.kind == Kind::Record) {
    for (uint32_t k = 0; k < t.items.size(); ++k)
      store_at(e, base, part(t.fields[k].offset), t.items[k], e.item(value, k, v.items[k]));
  } else if (v.kind == Kind::Tuple) {
    for (uint32_t k = 0; k < v.items.size(); ++k)
      store_at(e, base, part(k * size_of(t.elem)), t.elem, e.item(value, k, v.items[k]));
  } else {
    TypeId elem = element_of_field(target);
    TypeId type = array_type(elem, static_cast<int>(sub_array_shape(target).size()), Layout::C, false, false);
    ValueId given = v.kind == Kind::Array ? value : e.fit(value, elem, true);
    map_into(e, sub_array_view(e, base, address, target, type), {given},
             [elem](Emitter& inner, const Values& x) { return inner.cast(x[0], elem); });
  }
}

void store_element(Emitter& e, ValueId array, const Values& indices, ValueId value) {
  const TypeId elem = type_of(e.type(array)).elem;
  if (is_record(elem)) {
    ValueId target = e.element(array, indices);
    return store_at(e, array, e.value(Op::ArrayData, {target}, ty::Pointer), elem, value);
  }
  Values operands = {array, e.cast(value, elem)};
  operands.insert(operands.end(), indices.begin(), indices.end());
  e.add(Op::ArrayStore, std::move(operands), {});
}

bool can_store_records(TypeId array, const Argument& value) {
  const Type a = type_of(array);
  if (!is_array(value.type)) return can_store(a.elem, value);
  const Type& v = type_of(value.type);
  return v.elem == a.elem && v.ndim <= a.ndim;
}

void store_records(Emitter& e, ValueId array, ValueId value) {
  const Type a = type_of(e.type(array));
  if (!is_array(e.type(value))) {
    ValueId single = allocate(e, array_type(a.elem, 0, Layout::C), {});
    store_at(e, single, e.value(Op::ArrayData, {single}, ty::Pointer), a.elem, value);
    return copy_array(e, array, broadcast_to(e, single, array));
  }
  copy_array(e, array, apart_from(e, broadcast_to(e, value, array), array));
}

ValueId copied_records(Emitter& e, ValueId array) {
  TypeId type = e.type(array);
  ValueId out =
      allocate(e, array_type(type_of(type).elem, type_of(type).ndim, result_layout({type})), e.dims(array));
  copy_array(e, out, array);
  return out;
}

}  // namespace lancehead
