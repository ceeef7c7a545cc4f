// Reductions of whole arrays into numbers: sum, prod, min, max, mean, any, all. Float sums use NumPy's
// pairwise tree (contract C7). What has more arguments than the array goes on in axis_reductions.cpp.
#include "library/axis_reductions.h"
#include "library/elementwise.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool whole_array(const Query& q) {
  return q.args.size() == 1 && q.keywords.empty() && is_array(q.args[0].type) &&
         is_scalar(type_of(q.args[0].type).elem);
}

// Whether the elements lie in one row of equal steps: then the row is summed, otherwise axis by axis.
bool is_row(const Type& array) {
  return array.ndim == 1 || array.layout != Layout::A;
}

// The runtime gives a complex sum through memory.
ValueId strided_sum(Emitter& e, ValueId array) {
  TypeId elem = type_of(e.type(array)).elem;
  if (is_float(elem))
    return e.rtcall(elem == ty::Float32 ? RtFn::ArraySumFloat : RtFn::ArraySum, {array}, elem);
  ValueId out = e.value(Op::StackAlloc, {}, ty::Pointer, static_cast<uint32_t>(size_of(elem)));
  RtFn fn = elem == ty::Complex64 ? RtFn::ArraySumComplexFloat : RtFn::ArraySumComplex;
  e.add(Op::RtCall, {array, out}, {}, static_cast<uint32_t>(fn));
  return e.value(Op::Load, {out}, elem);
}

ValueId as_type(Emitter& e, ValueId array, TypeId type) {
  return map_elements(e, {array}, type,
                      [type](Emitter& inner, const Values& x) { return inner.cast(x[0], type); });
}

// Of float16 the sum of float32s, not rounded: NumPy keeps that much.
ValueId emit_wide_sum(Emitter& e, ValueId array) {
  if (type_of(e.type(array)).elem == ty::Float16) array = as_type(e, array, ty::Float32);
  const Type t = type_of(e.type(array));
  TypeId elem = t.elem;
  if (is_float(elem) || is_complex(elem)) return is_row(t) ? sum_elements(e, array) : strided_sum(e, array);
  TypeId type = sum_type(elem);
  return reduce_elements(e, {array}, Reduction::Sum, type,
                         [type](Emitter& inner, const Values& v) { return inner.cast(v[0], type); });
}

ValueId emit_sum(Emitter& e, ValueId array) {
  return e.cast(emit_wide_sum(e, array), sum_type(type_of(e.type(array)).elem));
}

template <Reduction kReduction>
Lookup find(const Query& q) {
  return reduction(kReduction, q);
}

// The sum divided by the number of elements, in double as NumPy divides by an int64; integers are summed as
// float64; of nothing it is nan.
Lookup mean(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId elem = type_of(q.args[0].type).elem;
  TypeId type = is_float(elem) || is_complex(elem) ? elem : ty::Float64;
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId array = v[0];
    if (elem != type) array = as_type(e, array, type);
    TypeId wide = is_complex(type) ? ty::Complex128 : ty::Float64;
    ValueId sum = e.cast(emit_wide_sum(e, array), wide);
    ValueId mean = e.binary(Op::Div, sum, e.cast(element_count(e, v[0]), wide));
    return e.cast(type == ty::Float16 ? e.cast(mean, ty::Float32) : mean, type);
  });
}

constexpr Row kRows[] = {
    {"numpy.sum", find<Reduction::Sum>},
    {"numpy.prod", find<Reduction::Prod>},
    {"numpy.min", find<Reduction::Min>},
    {"numpy.amin", find<Reduction::Min>},
    {"numpy.max", find<Reduction::Max>},
    {"numpy.amax", find<Reduction::Max>},
    {"numpy.any", find<Reduction::Any>},
    {"numpy.all", find<Reduction::All>},
    {"numpy.mean", mean},
};

constexpr Row kMethods[] = {
    {"sum", find<Reduction::Sum>},
    {"prod", find<Reduction::Prod>},
    {"min", find<Reduction::Min>},
    {"max", find<Reduction::Max>},
    {"any", find<Reduction::Any>},
    {"all", find<Reduction::All>},
    {"mean", mean},
};

}  // namespace

TypeId sum_type(TypeId elem) {
  if (elem == ty::Bool) return ty::Int64;
  if (is_integer(elem)) return integer_type(64, is_signed(elem));
  return elem;
}

ValueId reduce_all(Emitter& e, Reduction reduction, ValueId array) {
  TypeId elem = type_of(e.type(array)).elem, type = elem;
  if (reduction == Reduction::Sum) return emit_sum(e, array);
  if (reduction == Reduction::Prod) type = sum_type(elem);
  if (reduction == Reduction::Any || reduction == Reduction::All) type = ty::Bool;
  TypeId wide = reduction == Reduction::Prod && type == ty::Float16 ? ty::Float32 : type;
  ValueId result = reduce_elements(e, {array}, reduction, wide, [wide](Emitter& inner, const Values& v) {
    return inner.cast(v[0], wide);
  });
  return e.cast(result, type);
}

std::span<const Row> reduction_rows() {
  return kRows;
}
std::span<const Row> reduction_methods() {
  return kMethods;
}

}  // namespace lancehead
