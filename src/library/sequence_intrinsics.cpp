// What library functions in Python need to know of nested lists and tuples: ops.item_type(x), the dtype of
// the array that NumPy makes of them; ops.nesting(x), its rank; ops.uniform(t), a tuple whose items have one
// type.
#include "library/rows.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// The type of what is innermost; invalid if that are not numbers.
TypeId innermost(TypeId type) {
  const Type& t = type_of(type);
  if (t.kind == Kind::List || t.kind == Kind::Array) return innermost(t.elem);
  if (t.kind != Kind::Tuple) return is_scalar(type) ? type : TypeId{};
  TypeId joined = ty::Untyped;
  for (TypeId item : t.items) {
    TypeId one = innermost(item);
    if (!one.valid()) return {};
    joined = joined == ty::Untyped ? one : promote(joined, one);
  }
  return joined == ty::Untyped ? ty::Float64 : joined;
}

int rank_of(TypeId type) {
  const Type& t = type_of(type);
  if (t.kind == Kind::Array) return t.ndim;
  if (t.kind == Kind::List) return 1 + rank_of(t.elem);
  if (t.kind != Kind::Tuple) return 0;
  return 1 + (t.items.empty() ? 0 : rank_of(t.items[0]));
}

Lookup item_type(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  TypeId type = innermost(q.args[0].type);
  return type.valid() ? found(dtype_type(type), {}) : no_match();
}

Lookup nesting(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  return found_constant(int_constant(ty::Int64, rank_of(q.args[0].type)));
}

Lookup uniform(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  Facts facts = q.args[0].facts;
  facts.constant = Id<void>::kNone;
  TypeId type = q.args[0].type;
  if (!is_tuple(type))
    return found(
        type, [](Emitter&, const Values& v) { return v[0]; }, facts);
  std::vector<TypeId> items = type_of(type).items;
  TypeId joined = ty::Untyped;
  for (TypeId item : items) joined = join(joined, item);
  if (!joined.valid()) return no_match();
  TypeId same = tuple_type(std::vector<TypeId>(items.size(), joined));
  return found(
      same, [=](Emitter& e, const Values& v) { return e.cast(v[0], same); }, facts);
}

constexpr Row kRows[] = {
    {"item_type", item_type},
    {"nesting", nesting},
    {"uniform", uniform},
};

}  // namespace

std::span<const Row> sequence_intrinsics() {
  return kRows;
}

}  // namespace lancehead
