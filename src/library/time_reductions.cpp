// Sums, means and extremes of whole arrays of dates and spans: NaT if any element is.
#include "library/elementwise.h"
#include "library/times.h"
#include "types/time_units.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

ValueId count_of(Emitter& e, ValueId time) {
  return e.value(Op::Cast, {time}, ty::Int64);
}

// The reduction of what the elements count, or NaT.
ValueId reduced(Emitter& e, ValueId array, Reduction reduction) {
  ValueId any = reduce_elements(e, {array}, Reduction::Any, ty::Bool, [](Emitter& inner, const Values& v) {
    return inner.compare(Op::Eq, count_of(inner, v[0]), inner.int64(kNaT));
  });
  ValueId all = reduce_elements(e, {array}, reduction, ty::Int64,
                                [](Emitter& inner, const Values& v) { return count_of(inner, v[0]); });
  return e.select(any, e.int64(kNaT), all);
}

Lookup extreme(TypeId elem, Reduction reduction) {
  return found(elem, [=](Emitter& e, const Values& v) {
    const char* name = reduction == Reduction::Min ? "minimum" : "maximum";
    e.check(e.compare(Op::Gt, element_count(e, v[0]), e.int64(0)), ErrorRow::EmptyReduction, {}, name);
    return e.value(Op::Cast, {reduced(e, v[0], reduction)}, elem);
  });
}

Lookup sum(TypeId elem) {
  return found(elem, [elem](Emitter& e, const Values& v) {
    return e.value(Op::Cast, {reduced(e, v[0], Reduction::Sum)}, elem);
  });
}

// The sum as a span divided by the number of elements; of none it is NaT.
Lookup mean(const Query& q, TypeId elem) {
  Query quotient = q;
  quotient.args = {{elem, {}, nullptr}, {ty::Int64, {}, nullptr}};
  Lookup divided = time_ufunc("numpy.divide", quotient);
  if (!divided || !*divided) return divided;
  return found(elem, [elem, divide = (*divided)->emit](Emitter& e, const Values& v) {
    ValueId total = e.value(Op::Cast, {reduced(e, v[0], Reduction::Sum)}, elem);
    return divide(e, {total, element_count(e, v[0])});
  });
}

}  // namespace

Lookup time_reduction(std::string_view name, const Query& q) {
  if (name.starts_with("numpy.")) name.remove_prefix(6);
  if (q.args.size() != 1 || !q.keywords.empty() || !is_array(q.args[0].type)) return no_match();
  TypeId elem = type_of(q.args[0].type).elem;
  if (!is_time(elem)) return no_match();
  if (name == "min" || name == "amin") return extreme(elem, Reduction::Min);
  if (name == "max" || name == "amax") return extreme(elem, Reduction::Max);
  if (kind_of(elem) != Kind::TimeDelta) return no_match();
  if (name == "sum") return sum(elem);
  return name == "mean" ? mean(q, elem) : no_match();
}

}  // namespace lancehead
