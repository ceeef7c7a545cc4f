// Reductions of whole arrays: sum, prod, min, max, mean, any, all. Float sums use NumPy's pairwise tree (contract C7).
#include <limits>

#include "library/elementwise.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

const ElementBody kIdentity = [](Emitter&, const Values& v) { return v[0]; };

bool whole_array(const Query& q) { return q.args.size() == 1 && q.keywords.empty() && is_array(q.args[0].type); }

// The type in which NumPy sums: at least 64-bit integers of the same signedness; floats as they are.
TypeId sum_type(TypeId elem) {
  if (elem == ty::Bool) return ty::Int64;
  if (is_integer(elem)) return integer_type(64, is_signed(elem));
  return elem;
}

// The array as one contiguous row, or a strided one if it has one axis; otherwise a contiguous copy.
struct Row1d {
  ValueId data, count, stride;
};
Row1d flat_row(Emitter& e, ValueId array) {
  const Type t = type_of(e.type(array));
  if (t.ndim > 1 && t.layout == Layout::A) array = map_elements(e, {array}, t.elem, kIdentity);
  ValueId stride = t.ndim == 1 ? e.stride(array, 0) : e.int64(size_of(t.elem));
  return {e.value(Op::ArrayData, {array}, ty::Pointer), element_count(e, array), stride};
}

ValueId pairwise(Emitter& e, const Row1d& row, TypeId elem) {
  RtFn fn = elem == ty::Float32 ? RtFn::PairwiseSumFloat : RtFn::PairwiseSum;
  return e.rtcall(fn, {row.data, row.count, row.stride}, elem);
}

ValueId emit_sum(Emitter& e, ValueId array) {
  TypeId elem = type_of(e.type(array)).elem;
  const Type& t = type_of(e.type(array));
  if (is_float(elem) && t.ndim > 1 && t.layout == Layout::A)
    return e.rtcall(elem == ty::Float32 ? RtFn::ArraySumFloat : RtFn::ArraySum, {array}, elem);
  if (is_float(elem)) return pairwise(e, flat_row(e, array), elem);
  TypeId type = sum_type(elem);
  return reduce_elements(e, {array}, Reduction::Sum, type, [type](Emitter& inner, const Values& v) { return inner.cast(v[0], type); });
}

Lookup sum(const Query& q) {
  if (!whole_array(q)) return no_match();
  return found(sum_type(type_of(q.args[0].type).elem), [](Emitter& e, const Values& v) { return emit_sum(e, v[0]); });
}

Lookup prod(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId type = sum_type(type_of(q.args[0].type).elem);
  return found(type, [type](Emitter& e, const Values& v) {
    return reduce_elements(e, {v[0]}, Reduction::Prod, type, [type](Emitter& inner, const Values& x) { return inner.cast(x[0], type); });
  });
}

template <Reduction kReduction>
Lookup extremum(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId elem = type_of(q.args[0].type).elem;
  if (is_complex(elem)) return no_match();
  return found(elem, [elem](Emitter& e, const Values& v) {
    const char* name = kReduction == Reduction::Min ? "minimum" : "maximum";
    e.check(e.compare(Op::Gt, element_count(e, v[0]), e.int64(0)), ErrorRow::EmptyReduction, {}, name);
    return reduce_elements(e, {v[0]}, kReduction, elem, kIdentity);
  });
}

template <Reduction kReduction>
Lookup truth(const Query& q) {
  if (!whole_array(q)) return no_match();
  return found(ty::Bool, [](Emitter& e, const Values& v) {
    return reduce_elements(e, {v[0]}, kReduction, ty::Bool, [](Emitter& inner, const Values& x) { return inner.cast(x[0], ty::Bool); });
  });
}

// The sum divided by the number of elements; integers are summed as float64, as NumPy does it; of nothing it is nan.
Lookup mean(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId elem = type_of(q.args[0].type).elem;
  TypeId type = is_float(elem) || is_complex(elem) ? elem : ty::Float64;
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId array = v[0];
    if (elem != type)
      array = map_elements(e, {array}, type, [type](Emitter& inner, const Values& x) { return inner.cast(x[0], type); });
    return e.binary(Op::Div, emit_sum(e, array), e.cast(element_count(e, v[0]), type));
  });
}

constexpr Row kRows[] = {
    {"numpy.sum", sum},   {"numpy.prod", prod},
    {"numpy.min", extremum<Reduction::Min>}, {"numpy.amin", extremum<Reduction::Min>},
    {"numpy.max", extremum<Reduction::Max>}, {"numpy.amax", extremum<Reduction::Max>},
    {"numpy.any", truth<Reduction::Any>},    {"numpy.all", truth<Reduction::All>},
    {"numpy.mean", mean},
};

constexpr Row kMethods[] = {
    {"sum", sum},   {"prod", prod},
    {"min", extremum<Reduction::Min>}, {"max", extremum<Reduction::Max>},
    {"any", truth<Reduction::Any>},    {"all", truth<Reduction::All>},
    {"mean", mean},
};

}  // namespace

std::span<const Row> reduction_rows() { return kRows; }
std::span<const Row> reduction_methods() { return kMethods; }

}  // namespace lancehead
