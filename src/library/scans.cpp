// np.cumsum, np.cumprod, np.argmin, np.argmax: what runs along one axis, or through all elements in the order
// of the indices.
#include "library/axes.h"
#include "library/axis_reductions.h"
#include "library/elementwise.h"
#include "types/conversion.h"
#include "types/elements.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// Parameters by place; -1: left out, or None.
struct Arguments {
  std::vector<int> index;
  std::vector<const Argument*> argument;
};

bool read_arguments(const Query& q, std::initializer_list<std::string_view> names, Arguments& out) {
  size_t place = 0, found = 0;
  for (std::string_view name : names) {
    const Argument* a = find_argument(q, place, name);
    found += a != nullptr;
    bool given = a && a->type != ty::None;
    out.argument.push_back(given ? a : nullptr);
    out.index.push_back(given ? argument_index(q, place, name) : -1);
    ++place;
  }
  bool all_known = found == q.args.size() + q.keywords.size();
  return all_known && out.argument[0] && is_array(out.argument[0]->type);
}

ValueId value_of(const Values& v, int index) {
  return index < 0 ? ValueId() : v[static_cast<size_t>(index)];
}

void check_same_shape(Emitter& e, ValueId out, ValueId result) {
  int ndim = type_of(e.type(out)).ndim;
  for (int k = 0; k < ndim; ++k) {
    ValueId has = e.dim(out, k), wanted = e.dim(result, k);
    e.check(e.compare(Op::Eq, has, wanted), ErrorRow::ReductionOutShape, {has, wanted});
  }
}

ValueId store_in(Emitter& e, ValueId out, ValueId result) {
  check_same_shape(e, out, result);
  TypeId elem = type_of(e.type(out)).elem;
  map_into(e, out, {result}, [elem](Emitter& inner, const Values& x) { return inner.cast(x[0], elem); });
  return out;
}

bool may_be_out(const Argument* out, int ndim, TypeId elem) {
  if (!out) return true;
  const Type& t = type_of(out->type);
  return t.kind == Kind::Array && t.ndim == ndim && !t.readonly && can_cast_same_kind(elem, t.elem);
}

// The elements in an array of another shape. `array` is contiguous.
ValueId with_shape(Emitter& e, ValueId array, const Values& shape) {
  TypeId elem = type_of(e.type(array)).elem;
  Values operands = {array, e.value(Op::ArrayData, {array}, ty::Pointer)}, strides(shape.size());
  ValueId stride = e.int64(size_of(elem));
  for (size_t k = shape.size(); k-- > 0;) {
    strides[k] = stride;
    if (k) stride = e.binary(Op::Mul, stride, shape[k]);
  }
  operands.insert(operands.end(), shape.begin(), shape.end());
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands),
                 array_type(elem, static_cast<int>(shape.size()), Layout::C));
}

// ---- running sums and products

// The elements in the order of the indices, in an array of one axis.
ValueId flattened(Emitter& e, ValueId array, TypeId elem) {
  ValueId out = allocate(e, array_type(elem, 1, Layout::C), {element_count(e, array)});
  ValueId view = with_shape(e, out, e.dims(array));
  map_into(e, view, {array}, [elem](Emitter& inner, const Values& x) { return inner.cast(x[0], elem); });
  return out;
}

template <Reduction kReduction>
Lookup scan(const Query& q) {
  Arguments a;
  if (!read_arguments(q, {"a", "axis", "dtype", "out"}, a)) return no_match();
  const Type array = type_of(a.argument[0]->type);
  bool has_axis = a.argument[1] != nullptr;
  if (has_axis && !is_integer(a.argument[1]->type)) return no_match();
  TypeId elem = sum_type(array.elem);
  if (a.argument[3] && is_array(a.argument[3]->type))
    elem = promote(array.elem, type_of(a.argument[3]->type).elem);
  if (a.argument[2]) elem = dtype_of(*a.argument[2]);
  int ndim = has_axis ? std::max<int>(array.ndim, 1) : 1;
  if (!elem.valid() || element_code(elem) < 0 || !may_be_out(a.argument[3], ndim, elem)) return no_match();
  Layout layout = has_axis ? result_layout({a.argument[0]->type}) : Layout::C;
  TypeId type = a.argument[3] ? a.argument[3]->type : array_type(elem, ndim, layout);
  return found(type, [=, index = a.index, own = array.ndim](Emitter& e, const Values& v) {
    ValueId from = value_of(v, index[0]), axis = e.int64(0), result;
    if (has_axis) axis = checked_axis(e, value_of(v, index[1]), own);
    if (own == ndim)
      result = map_elements(e, {from}, elem,
                            [elem](Emitter& inner, const Values& x) { return inner.cast(x[0], elem); });
    else
      result = flattened(e, from, elem);
    e.add(Op::RtCall, {e.int64(static_cast<int64_t>(kReduction)), e.int64(element_code(elem)), result, axis},
          {}, static_cast<uint32_t>(RtFn::Accumulate));
    return index[3] < 0 ? result : store_in(e, value_of(v, index[3]), result);
  });
}

// ---- where extremes are

template <Reduction kReduction>
Lookup where_extreme(const Query& q) {
  Arguments a;
  if (!read_arguments(q, {"a", "axis", "out", "keepdims"}, a)) return no_match();
  const Type array = type_of(a.argument[0]->type);
  const char* name = kReduction == Reduction::Min ? "argmin" : "argmax";
  bool has_axis = a.argument[1] != nullptr;
  if ((has_axis && !is_integer(a.argument[1]->type)) || element_code(array.elem) < 0) return no_match();
  const Constant* keep = a.argument[3] ? a.argument[3]->constant : nullptr;
  if (a.argument[3] && (!keep || (keep->type != ty::Bool && !is_integer(keep->type)))) return no_match();
  bool keepdims = keep && keep->bits[0] != 0, one_axis = has_axis && array.ndim > 1;
  int ndim = keepdims ? array.ndim : one_axis ? array.ndim - 1 : 0;
  const Argument* out = a.argument[2];
  if (out && (!may_be_out(out, ndim, ty::Int64) || type_of(out->type).elem != ty::Int64)) return no_match();
  TypeId fresh = array_type(ty::Int64, ndim, Layout::C);
  TypeId type = out ? out->type : ndim == 0 && !keepdims ? ty::Int64 : fresh;
  return found(type, [=, index = a.index](Emitter& e, const Values& v) {
    ValueId from = value_of(v, index[0]), result;
    Values operands = {e.int64(static_cast<int64_t>(kReduction)), e.int64(element_code(array.elem))};
    ReducedAxes axes(e, from, value_of(v, index[1]));
    axes.check_some(ErrorRow::EmptySequenceIndex, name);
    if (one_axis) {
      result = allocate(e, fresh, keepdims ? axes.extents_with_ones() : axes.kept_extents(ndim));
      ValueId shaped = keepdims ? result : with_shape(e, result, axes.extents_with_ones());
      ValueId axis = checked_axis(e, value_of(v, index[1]), array.ndim);
      operands.insert(operands.end(), {shaped, from, axis});
      e.add(Op::RtCall, std::move(operands), {}, static_cast<uint32_t>(RtFn::ArgReduce));
    } else {
      operands.push_back(from);
      ValueId found_at = e.rtcall(RtFn::ArgIndex, std::move(operands), ty::Int64);
      if (ndim == 0 && !keepdims && !out) return found_at;
      result = allocate(e, fresh, Values(static_cast<size_t>(ndim), e.int64(1)));
      map_into(e, result, {found_at}, [](Emitter&, const Values& x) { return x[0]; });
    }
    return out ? store_in(e, value_of(v, index[2]), result) : result;
  });
}

constexpr Row kRows[] = {
    {"numpy.cumsum", scan<Reduction::Sum>},
    {"numpy.cumprod", scan<Reduction::Prod>},
    {"numpy.argmin", where_extreme<Reduction::Min>},
    {"numpy.argmax", where_extreme<Reduction::Max>},
};

constexpr Row kMethods[] = {
    {"cumsum", scan<Reduction::Sum>},
    {"cumprod", scan<Reduction::Prod>},
    {"argmin", where_extreme<Reduction::Min>},
    {"argmax", where_extreme<Reduction::Max>},
};

}  // namespace

std::span<const Row> scan_rows() {
  return kRows;
}
std::span<const Row> scan_methods() {
  return kMethods;
}

}  // namespace lancehead
