// What library functions in Python need of the compiler to give arrays other shapes and dtypes.
#include "library/elementwise.h"
#include "library/records.h"
#include "library/rows.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

Values items_of(Emitter& e, ValueId tuple) {
  Values out;
  const std::vector<TypeId> types = type_of(e.type(tuple)).items;
  for (uint32_t k = 0; k < types.size(); ++k) out.push_back(e.cast(e.item(tuple, k, types[k]), ty::Int64));
  return out;
}

// The number of integers in the tuple of the second argument; -1 if the arguments are not an array and such.
int shape_length(const Query& q) {
  if (q.args.size() != 2 || !is_array(q.args[0].type) || !is_tuple(q.args[1].type)) return -1;
  for (TypeId item : type_of(q.args[1].type).items)
    if (!is_integer(item)) return -1;
  return static_cast<int>(type_of(q.args[1].type).items.size());
}

Lookup shape_for(const Query& q) {
  const int n = shape_length(q);
  if (n < 0 || n > kMaxDimensions) return no_match();
  TypeId type = tuple_type(std::vector<TypeId>(static_cast<size_t>(n), ty::Int64));
  return found(type, [type](Emitter& e, const Values& v) {
    return e.make(type, checked_shape(e, v[0], items_of(e, v[1])));
  });
}

// {is there a view of this shape, its strides...}; the runtime reads the shape from memory and writes the
// strides behind it.
Lookup reshape_strides(const Query& q) {
  const int n = shape_length(q);
  if (n < 0 || n > kMaxDimensions) return no_match();
  std::vector<TypeId> types(static_cast<size_t>(n) + 1, ty::Int64);
  types[0] = ty::Bool;
  TypeId type = tuple_type(types);
  return found(type, [=](Emitter& e, const Values& v) {
    Values extents = items_of(e, v[1]), out;
    ValueId memory = e.value(Op::StackAlloc, {}, ty::Pointer, static_cast<uint32_t>(16 * n + 8));
    auto slot = [&](int64_t k) { return e.value(Op::Offset, {memory, e.int64(8 * k)}, ty::Pointer); };
    for (int k = 0; k < n; ++k) e.add(Op::Store, {slot(k), extents[static_cast<size_t>(k)]}, {});
    out.push_back(e.rtcall(RtFn::ReshapeStrides, {v[0], memory, e.int64(n)}, ty::Bool));
    for (int k = 0; k < n; ++k) out.push_back(e.value(Op::Load, {slot(n + k)}, ty::Int64));
    return e.make(type, std::move(out));
  });
}

Lookup readonly(const Query& q) {
  if (q.args.size() != 1 || !is_array(q.args[0].type)) return no_match();
  Type t = type_of(q.args[0].type);
  t.readonly = true;
  TypeId type = intern(t);
  return found(type, [type](Emitter& e, const Values& v) {
    Values operands = {v[0], e.value(Op::ArrayData, {v[0]}, ty::Pointer)};
    for (ValueId d : e.dims(v[0])) operands.push_back(d);
    for (int k = 0; k < type_of(type).ndim; ++k) operands.push_back(e.stride(v[0], k));
    return e.value(Op::ArrayView, std::move(operands), type);
  });
}

// The dtype to which arrays, scalars and dtypes promote; weak numbers as NEP 50 has it.
Lookup common_dtype(const Query& q) {
  Query elements = q;
  for (Argument& a : elements.args)
    if (kind_of(a.type) == Kind::DType) {
      a.type = type_of(a.type).elem;
      a.facts = {};
    }
  std::vector<TypeId> types;
  bool scalars = true;
  for (const Argument& a : elements.args) {
    types.push_back(is_array(a.type) ? type_of(a.type).elem : a.type);
    if (!is_element(types.back())) return no_match();
    scalars = scalars && is_scalar(types.back());
  }
  if (scalars) types = loop_inputs(elements);
  TypeId common = types.empty() ? TypeId() : types[0];
  for (TypeId t : types) common = promote_elements(common, t);
  return common.valid() ? found(dtype_type(common), {}) : no_match();
}

Lookup cast_to(const Query& q) {
  TypeId dtype = q.args.size() == 2 ? dtype_of(q.args[1]) : TypeId();
  if (!dtype.valid() || !can_store(dtype, q.args[0]) || (!is_plain(dtype) && q.args[0].type != dtype))
    return no_match();
  return found(dtype, [dtype](Emitter& e, const Values& v) { return e.cast(v[0], dtype); });
}

Lookup refuse(const Query& q) {
  if (q.args.size() != 1 || !q.args[0].constant) return no_match();
  return Lookup(make_diagnostic(DiagId::Refused, {q.args[0].constant->text}));
}

constexpr Row kRows[] = {
    {"checked_shape", shape_for}, {"reshape_strides", reshape_strides},
    {"readonly", readonly},       {"common_dtype", common_dtype},
    {"refuse", refuse},           {"cast", cast_to},
};

}  // namespace

std::span<const Row> shape_intrinsics() {
  return kRows;
}

}  // namespace lancehead
