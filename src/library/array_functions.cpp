// Making arrays: zeros, ones, empty, full and their _like, arange, reshape, copy, astype.
#include "library/elementwise.h"
#include "library/records.h"
#include "library/rows.h"
#include "library/times.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// The element type by the argument `dtype`, or `otherwise` where there is none or it is None.
TypeId chosen_dtype(const Query& q, size_t position, TypeId otherwise) {
  const Argument* a = find_argument(q, position, "dtype");
  return !a || a->type == ty::None ? otherwise : dtype_of(*a);
}

bool only_keywords(const Query& q, std::initializer_list<std::string_view> allowed) {
  for (const auto& [name, value] : q.keywords) {
    bool ok = false;
    for (std::string_view a : allowed) ok = ok || a == name;
    if (!ok) return false;
  }
  return true;
}

// A shape: an integer or a tuple of integers; -1 if it is neither.
int shape_ndim(TypeId t) {
  if (is_integer(t)) return 1;
  if (!is_tuple(t)) return -1;
  for (TypeId item : type_of(t).items)
    if (!is_integer(item)) return -1;
  return static_cast<int>(type_of(t).items.size());
}

Lookup too_many_dimensions(int ndim) {
  return Lookup(
      make_diagnostic(DiagId::TooManyDimensions, {std::to_string(kMaxDimensions), std::to_string(ndim)}));
}

Values shape_values(Emitter& e, ValueId shape) {
  if (!is_tuple(e.type(shape))) return {e.cast(shape, ty::Int64)};
  Values out;
  const std::vector<TypeId> items = type_of(e.type(shape)).items;
  for (uint32_t k = 0; k < items.size(); ++k) out.push_back(e.cast(e.item(shape, k, items[k]), ty::Int64));
  return out;
}

// A fresh array whose elements are all `value`.
ValueId filled(Emitter& e, TypeId array, const Values& extents, ValueId value, bool weak) {
  ValueId fitting = e.fit(value, type_of(array).elem, weak);
  ValueId out = allocate(e, array, extents);
  map_into(e, out, {fitting}, [](Emitter&, const Values& v) { return v[0]; });
  return out;
}

enum class Fill : uint8_t { Empty, Zeros, Ones };

bool can_fill(Fill fill, TypeId elem) {
  return fill != Fill::Ones || is_scalar(elem);
}

ValueId make_filled(Emitter& e, TypeId array, const Values& extents, Fill fill) {
  if (fill == Fill::Ones) return filled(e, array, extents, e.int64(1), false);
  return allocate(e, array, extents, fill == Fill::Zeros);
}

template <Fill kFill>
Lookup make_array(const Query& q) {
  const Argument* shape = find_argument(q, 0, "shape");
  if (!shape || q.args.size() > 2 || !only_keywords(q, {"shape", "dtype"})) return no_match();
  int ndim = shape_ndim(shape->type);
  TypeId dtype = chosen_dtype(q, 1, ty::Float64);
  if (ndim < 0 || !dtype.valid() || !can_fill(kFill, dtype)) return no_match();
  if (ndim > kMaxDimensions) return too_many_dimensions(ndim);
  TypeId type = array_type(dtype, ndim, Layout::C);
  size_t at = static_cast<size_t>(argument_index(q, 0, "shape"));
  return found(
      type, [=](Emitter& e, const Values& v) { return make_filled(e, type, shape_values(e, v[at]), kFill); });
}

template <Fill kFill>
Lookup make_like(const Query& q) {
  const Argument* a = find_argument(q, 0, "a");
  if (!a || !is_array(a->type) || q.args.size() > 2 || !only_keywords(q, {"a", "dtype"})) return no_match();
  TypeId dtype = chosen_dtype(q, 1, type_of(a->type).elem);
  if (!dtype.valid() || !can_fill(kFill, dtype)) return no_match();
  TypeId type = array_type(dtype, type_of(a->type).ndim, result_layout({a->type}));
  size_t at = static_cast<size_t>(argument_index(q, 0, "a"));
  return found(type, [=](Emitter& e, const Values& v) { return make_filled(e, type, e.dims(v[at]), kFill); });
}

Lookup full(const Query& q) {
  const Argument* shape = find_argument(q, 0, "shape");
  const Argument* value = find_argument(q, 1, "fill_value");
  if (!shape || !value || q.args.size() > 3 || !is_plain(value->type)) return no_match();
  if (!only_keywords(q, {"shape", "fill_value", "dtype"})) return no_match();
  int ndim = shape_ndim(shape->type);
  TypeId dtype = chosen_dtype(q, 2, value->type);
  if (ndim < 0 || !dtype.valid() || !is_plain(dtype) || !can_store(dtype, *value)) return no_match();
  if (ndim > kMaxDimensions) return too_many_dimensions(ndim);
  TypeId type = array_type(dtype, ndim, Layout::C);
  size_t at = static_cast<size_t>(argument_index(q, 0, "shape")),
         fill = static_cast<size_t>(argument_index(q, 1, "fill_value"));
  bool weak = value->weak();
  return found(type, [=](Emitter& e, const Values& v) {
    return filled(e, type, shape_values(e, v[at]), v[fill], weak);
  });
}

Lookup full_like(const Query& q) {
  const Argument* a = find_argument(q, 0, "a");
  const Argument* value = find_argument(q, 1, "fill_value");
  if (!a || !is_array(a->type) || !value || !is_plain(value->type) || q.args.size() > 3) return no_match();
  if (!only_keywords(q, {"a", "fill_value", "dtype"})) return no_match();
  TypeId dtype = chosen_dtype(q, 2, type_of(a->type).elem);
  if (!dtype.valid() || !is_plain(dtype) || !can_store(dtype, *value)) return no_match();
  TypeId type = array_type(dtype, type_of(a->type).ndim, result_layout({a->type}));
  size_t at = static_cast<size_t>(argument_index(q, 0, "a")),
         fill = static_cast<size_t>(argument_index(q, 1, "fill_value"));
  bool weak = value->weak();
  return found(type,
               [=](Emitter& e, const Values& v) { return filled(e, type, e.dims(v[at]), v[fill], weak); });
}

// A nest over one axis whose elements come from their index.
ValueId from_index(Emitter& e, TypeId array, ValueId length,
                   const std::function<ValueId(Emitter&, ValueId)>& element) {
  ValueId out = allocate(e, array, {length});
  map_into_indexed(e, out, element);
  return out;
}

// ceil((stop - start) / step), at least 0, as NumPy computes it: integers exactly, floats in floating point.
ValueId arange_length(Emitter& e, ValueId start, ValueId stop, ValueId step, TypeId type) {
  ValueId zero = e.int64(0);
  if (is_float(type)) {
    ValueId count = e.math(MathFn::Ceil, {e.binary(Op::Div, e.binary(Op::Sub, stop, start), step)});
    e.check(e.compare(Op::Eq, count, count), ErrorRow::ArangeNan);
    e.check(e.compare(Op::Lt, count, e.b.constant(float_constant(type, 0x1p63))), ErrorRow::ArangeTooLong);
    return e.binary(Op::Max, e.value(Op::Cast, {count}, ty::Int64), zero);
  }
  ValueId one = e.int64(1);
  ValueId forward = e.compare(Op::Gt, step, zero);
  ValueId span = e.select(forward, e.binary(Op::Sub, stop, start), e.binary(Op::Sub, start, stop));
  ValueId size = e.value(Op::Abs, {step}, ty::Int64);
  ValueId count = e.binary(Op::Add, e.binary(Op::FloorDiv, e.binary(Op::Sub, span, one), size), one);
  return e.select(e.compare(Op::Gt, span, zero), count, zero);
}

Lookup arange(const Query& q) {
  size_t n = q.args.size();
  if (n < 1 || n > 3 || !only_keywords(q, {"dtype"})) return no_match();
  TypeId common = ty::Int64;
  for (const Argument& a : q.args) {
    if (!is_scalar(a.type) || is_complex(a.type)) return no_match();
    if (is_float(a.type)) common = ty::Float64;
  }
  TypeId dtype = chosen_dtype(q, 4, common);
  if (!dtype.valid()) return no_match();
  TypeId type = array_type(dtype, 1, Layout::C);
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId start = n == 1 ? e.cast(e.int64(0), common) : e.cast(v[0], common);
    ValueId stop = e.cast(v[n == 1 ? 0 : 1], common);
    ValueId step = n == 3 ? e.cast(v[2], common) : e.cast(e.int64(1), common);
    if (n == 3) e.check(e.compare(Op::Ne, step, e.cast(e.int64(0), common)), ErrorRow::ArangeStepZero);
    ValueId length = arange_length(e, start, stop, step, common);
    ValueId first = e.cast(start, dtype);
    ValueId delta = e.binary(Op::Sub, e.cast(e.binary(Op::Add, start, step), dtype), first);
    return from_index(e, type, length, [=](Emitter& inner, ValueId i) {
      return inner.binary(Op::Add, first, inner.binary(Op::Mul, inner.cast(i, dtype), delta));
    });
  });
}

}  // namespace

// The new shape with one -1 replaced, checked against the number of elements.
Values checked_shape(Emitter& e, ValueId array, Values shape) {
  ValueId total = element_count(e, array), zero = e.int64(0), one = e.int64(1);
  ValueId known = one, unknown = zero;
  for (ValueId d : shape) {
    ValueId negative = e.compare(Op::Lt, d, zero);
    unknown = e.binary(Op::Add, unknown, e.select(negative, one, zero));
    known = e.binary(Op::Mul, known, e.select(negative, one, d));
  }
  e.check(e.compare(Op::Le, unknown, one), ErrorRow::ReshapeUnknown);
  ValueId divisor = e.select(e.compare(Op::Eq, known, zero), one, known);
  ValueId inferred = e.binary(Op::FloorDiv, total, divisor);
  ValueId product = one;
  for (ValueId& d : shape) {
    d = e.select(e.compare(Op::Lt, d, zero), inferred, d);
    product = e.binary(Op::Mul, product, d);
  }
  e.check(e.compare(Op::Eq, product, total), ErrorRow::ReshapeSize, {total, product});
  return shape;
}

namespace {

ValueId contiguous_view(Emitter& e, ValueId array, TypeId type, const Values& shape) {
  Values operands = {array, e.value(Op::ArrayData, {array}, ty::Pointer)};
  operands.insert(operands.end(), shape.begin(), shape.end());
  Values strides(shape.size());
  ValueId stride = e.int64(size_of(type_of(type).elem));
  for (size_t k = shape.size(); k-- > 0;) {
    strides[k] = stride;
    if (k) stride = e.binary(Op::Mul, stride, shape[k]);
  }
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands), type);
}

// reshape of contiguous arrays: a view.
Lookup reshape_to(const Query& q, int ndim, std::function<Values(Emitter&, const Values&)> shape) {
  const Type a = type_of(q.args[0].type);
  if (a.kind != Kind::Array || ndim < 0) return no_match();
  if (ndim > kMaxDimensions) return too_many_dimensions(ndim);
  if (a.layout != Layout::C) return no_match();  // the library in Python finds a view or makes a copy
  TypeId type = array_type(a.elem, ndim, Layout::C, a.readonly, a.aligned);
  return found(type, [=](Emitter& e, const Values& v) {
    return contiguous_view(e, v[0], type, checked_shape(e, v[0], shape(e, v)));
  });
}

Lookup reshape(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty()) return no_match();
  return reshape_to(q, shape_ndim(q.args[1].type),
                    [](Emitter& e, const Values& v) { return shape_values(e, v[1]); });
}

Lookup reshape_method(const Query& q) {
  if (q.args.size() == 2) return reshape(q);
  if (!q.keywords.empty() || q.args.size() < 2) return no_match();
  for (size_t k = 1; k < q.args.size(); ++k)
    if (!is_integer(q.args[k].type)) return no_match();
  return reshape_to(q, static_cast<int>(q.args.size()) - 1, [](Emitter& e, const Values& v) {
    Values shape;
    for (size_t k = 1; k < v.size(); ++k) shape.push_back(e.cast(v[k], ty::Int64));
    return shape;
  });
}

Lookup converted(const Query& q, TypeId dtype) {
  if (!is_array(q.args[0].type) || !dtype.valid()) return no_match();
  const Type a = type_of(q.args[0].type);
  if (is_record(a.elem) || is_record(dtype)) {
    if (a.elem != dtype) return no_match();
    return found(array_type(dtype, a.ndim, result_layout({q.args[0].type})),
                 [](Emitter& e, const Values& v) { return copied_records(e, v[0]); });
  }
  if (!is_plain(a.elem) || !is_plain(dtype)) return no_match();
  if ((is_time(a.elem) || is_time(dtype)) && !can_cast_to_time(a.elem, dtype)) return no_match();
  if (is_complex(a.elem) && !is_complex(dtype)) return no_match();
  TypeId type = array_type(dtype, a.ndim, result_layout({q.args[0].type}));
  return found(type, [=](Emitter& e, const Values& v) {
    return map_elements(e, {v[0]}, dtype,
                        [=](Emitter& inner, const Values& x) { return inner.cast(x[0], dtype); });
  });
}

Lookup copy(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty() || !is_array(q.args[0].type)) return no_match();
  return converted(q, type_of(q.args[0].type).elem);
}

// In C order: of another one the library in Python makes it.
Lookup copy_method(const Query& q) {
  const Type a = type_of(q.args[0].type);
  return a.layout == Layout::F && a.ndim > 1 && is_plain(a.elem) ? no_match() : copy(q);
}

Lookup astype(const Query& q) {
  const Argument* dtype = find_argument(q, 1, "dtype");
  if (!dtype || q.args.size() > 2 || !only_keywords(q, {"dtype"})) return no_match();
  return converted(q, dtype_of(*dtype));
}

Lookup fill(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty() || !is_plain(q.args[1].type)) return no_match();
  const Type a = type_of(q.args[0].type);
  if (a.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  if (!can_store(a.elem, q.args[1])) return no_match();
  return found(ty::None, [=](Emitter& e, const Values& v) {
    map_into(e, v[0], {e.fit(v[1], a.elem, true)}, [](Emitter&, const Values& x) { return x[0]; });
    return e.b.none();
  });
}

// np.shape(a), np.size(a), np.ndim(a): the attribute of an array.
Lookup attribute_of_only(const Query& q, std::string_view name) {
  if (q.args.size() != 1 || !q.keywords.empty() || !is_array(q.args[0].type)) return no_match();
  return find_attribute(q.args[0].type, name);
}

Lookup shape_function(const Query& q) {
  return attribute_of_only(q, "shape");
}
Lookup size_function(const Query& q) {
  return attribute_of_only(q, "size");
}
Lookup ndim_function(const Query& q) {
  return attribute_of_only(q, "ndim");
}

constexpr Row kRows[] = {
    {"numpy.empty", make_array<Fill::Empty>},
    {"numpy.zeros", make_array<Fill::Zeros>},
    {"numpy.ones", make_array<Fill::Ones>},
    {"numpy.full", full},
    {"numpy.empty_like", make_like<Fill::Empty>},
    {"numpy.zeros_like", make_like<Fill::Zeros>},
    {"numpy.ones_like", make_like<Fill::Ones>},
    {"numpy.full_like", full_like},
    {"numpy.arange", arange},
    {"numpy.reshape", reshape},
    {"numpy.copy", copy},
    {"numpy.where", where},
    {"numpy.shape", shape_function},
    {"numpy.size", size_function},
    {"numpy.ndim", ndim_function},
};

}  // namespace

std::span<const Row> array_rows() {
  return kRows;
}

namespace {
constexpr Row kOwnMethods[] = {
    {"reshape", reshape_method},
    {"copy", copy_method},
    {"astype", astype},
    {"fill", fill},
};
}  // namespace

// Methods of arrays are these, the reductions and the scans.
std::span<const Row> array_methods() {
  static const std::vector<Row> all = [] {
    std::vector<Row> rows(std::begin(kOwnMethods), std::end(kOwnMethods));
    for (const Row& r : reduction_methods()) rows.push_back(r);
    for (const Row& r : scan_methods()) rows.push_back(r);
    return rows;
  }();
  return all;
}

}  // namespace lancehead
