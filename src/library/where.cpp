// numpy.where(condition, x, y): elements of x where the condition holds, else of y, in the type that both
// have together.
#include "library/elementwise.h"
#include "library/rows.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_numeric(TypeId t) {
  return is_scalar(is_array(t) ? type_of(t).elem : t);
}

ValueId chosen(Emitter& e, const Values& v, TypeId type) {
  return e.select(e.cast(v[0], ty::Bool), e.cast(v[1], type), e.cast(v[2], type));
}

}  // namespace

Lookup where(const Query& q) {
  if (q.args.size() != 3 || !q.keywords.empty()) return no_match();
  for (const Argument& a : q.args)
    if (!is_numeric(a.type)) return no_match();
  Query values = q;
  values.args.erase(values.args.begin());
  std::vector<TypeId> inputs = loop_inputs(values);
  TypeId type = promote(inputs[0], inputs[1]);
  int ndim = result_ndim({q.args[0].type, q.args[1].type, q.args[2].type});
  if (ndim == 0) return no_match();  // an array without axes, which scalars are not
  TypeId array = array_type(type, ndim, result_layout({q.args[0].type, q.args[1].type, q.args[2].type}));
  return found(array, [type](Emitter& e, const Values& v) {
    return map_elements(e, v, type,
                        [type](Emitter& inner, const Values& x) { return chosen(inner, x, type); });
  });
}

}  // namespace lancehead
