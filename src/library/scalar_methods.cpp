// Methods of numbers: those that Python's and NumPy's scalars share.
#include "library/kernels.h"
#include "library/numbers.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool takes_nothing(const Query& q) {
  return q.args.size() == 1 && q.keywords.empty() && is_scalar(q.args[0].type);
}

Lookup conjugate(const Query& q) {
  if (!takes_nothing(q)) return no_match();
  TypeId type = q.args[0].type == ty::Bool ? ty::Int64 : q.args[0].type;
  Facts facts = weak_if_all(q);
  facts.nonneg = nonneg_as(q.args[0], type);
  return found(
      type, [type](Emitter& e, const Values& v) { return kernels::conjugate(e, {e.cast(v[0], type)}); },
      facts);
}

// item() gives the Python number.
Lookup item(const Query& q) {
  if (!takes_nothing(q)) return no_match();
  TypeId type = widened(q.args[0].type);
  if (is_float(type)) type = ty::Float64;
  if (is_complex(type)) type = ty::Complex128;
  if (q.args[0].type == ty::Bool) type = ty::Bool;
  Facts facts;
  facts.weak = true;
  facts.nonneg = nonneg_as(q.args[0], type);
  return found(
      type, [type](Emitter& e, const Values& v) { return e.cast(v[0], type); }, facts);
}

Lookup is_whole_number(const Query& q) {
  if (!takes_nothing(q) || is_complex(q.args[0].type)) return no_match();
  if (!is_float(q.args[0].type)) return found_constant(bool_constant(true));
  Facts facts;
  facts.weak = true;
  return found(
      ty::Bool,
      [](Emitter& e, const Values& v) {
        return e.binary(Op::And, kernels::isfinite(e, v), e.compare(Op::Eq, v[0], e.math(MathFn::Trunc, v)));
      },
      facts);
}

constexpr Row kRows[] = {
    {"conjugate", conjugate},
    {"item", item},
    {"is_integer", is_whole_number},
};

}  // namespace

std::span<const Row> scalar_methods() {
  return kRows;
}

}  // namespace lancehead
