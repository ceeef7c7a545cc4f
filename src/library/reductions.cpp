// Reductions of whole arrays: sum, prod, min, max, mean, any, all. Float sums use NumPy's pairwise tree
// (contract C7).
#include <limits>

#include "library/elementwise.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

const ElementBody kIdentity = [](Emitter&, const Values& v) { return v[0]; };

bool whole_array(const Query& q) {
  return q.args.size() == 1 && q.keywords.empty() && is_array(q.args[0].type);
}

// The type in which NumPy sums: at least 64-bit integers of the same signedness; floats as they are.
TypeId sum_type(TypeId elem) {
  if (elem == ty::Bool) return ty::Int64;
  if (is_integer(elem)) return integer_type(64, is_signed(elem));
  return elem;
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

ValueId emit_sum(Emitter& e, ValueId array) {
  const Type t = type_of(e.type(array));
  TypeId elem = t.elem;
  if (is_float(elem) || is_complex(elem)) return is_row(t) ? sum_elements(e, array) : strided_sum(e, array);
  TypeId type = sum_type(elem);
  return reduce_elements(e, {array}, Reduction::Sum, type,
                         [type](Emitter& inner, const Values& v) { return inner.cast(v[0], type); });
}

Lookup sum(const Query& q) {
  if (!whole_array(q)) return no_match();
  return found(sum_type(type_of(q.args[0].type).elem),
               [](Emitter& e, const Values& v) { return emit_sum(e, v[0]); });
}

Lookup prod(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId type = sum_type(type_of(q.args[0].type).elem);
  return found(type, [type](Emitter& e, const Values& v) {
    return reduce_elements(e, {v[0]}, Reduction::Prod, type,
                           [type](Emitter& inner, const Values& x) { return inner.cast(x[0], type); });
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
    return reduce_elements(e, {v[0]}, kReduction, ty::Bool,
                           [](Emitter& inner, const Values& x) { return inner.cast(x[0], ty::Bool); });
  });
}

// The sum divided by the number of elements, in double as NumPy divides by an int64; integers are summed as
// float64; of nothing it is nan.
Lookup mean(const Query& q) {
  if (!whole_array(q)) return no_match();
  TypeId elem = type_of(q.args[0].type).elem;
  TypeId type = is_float(elem) || is_complex(elem) ? elem : ty::Float64;
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId array = v[0];
    if (elem != type)
      array = map_elements(e, {array}, type,
                           [type](Emitter& inner, const Values& x) { return inner.cast(x[0], type); });
    TypeId wide = is_complex(type) ? ty::Complex128 : ty::Float64;
    ValueId sum = e.cast(emit_sum(e, array), wide);
    return e.cast(e.binary(Op::Div, sum, e.cast(element_count(e, v[0]), wide)), type);
  });
}

constexpr Row kRows[] = {
    {"numpy.sum", sum},
    {"numpy.prod", prod},
    {"numpy.min", extremum<Reduction::Min>},
    {"numpy.amin", extremum<Reduction::Min>},
    {"numpy.max", extremum<Reduction::Max>},
    {"numpy.amax", extremum<Reduction::Max>},
    {"numpy.any", truth<Reduction::Any>},
    {"numpy.all", truth<Reduction::All>},
    {"numpy.mean", mean},
};

constexpr Row kMethods[] = {
    {"sum", sum},
    {"prod", prod},
    {"min", extremum<Reduction::Min>},
    {"max", extremum<Reduction::Max>},
    {"any", truth<Reduction::Any>},
    {"all", truth<Reduction::All>},
    {"mean", mean},
};

}  // namespace

std::span<const Row> reduction_rows() {
  return kRows;
}
std::span<const Row> reduction_methods() {
  return kMethods;
}

}  // namespace lancehead
