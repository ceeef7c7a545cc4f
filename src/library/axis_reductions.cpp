// np.sum(a, axis, ...) and its like. Where all elements are combined into a number, the nest of
// reductions.cpp does it; everything else is a call of the runtime, which walks in NumPy's order
// (runtime/reduce.h).
#include "library/axis_reductions.h"

#include "library/axes.h"
#include "library/elementwise.h"
#include "types/conversion.h"
#include "types/elements.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

constexpr const char* kNames[] = {
    "",
#define REDUCE(id, name) name,
#include "types/reductions.def"
#undef REDUCE
};

// The parameters in NumPy's order. Those of no place may be given by keyword alone.
enum Parameter : uint8_t { Array, Axis, Dtype, Out, Keepdims, Initial, Where, kParameters };
constexpr std::string_view kKeywords[] = {"a", "axis", "dtype", "out", "keepdims", "initial", "where"};

constexpr int kByKeyword = 1000, kNone = -1;
using Places = int[kParameters];
constexpr Places kSumPlaces = {0, 1, 2, 3, 4, 5, 6};
constexpr Places kExtremumPlaces = {0, 1, kNone, 2, 3, 4, 5};
constexpr Places kTruthPlaces = {0, 1, kNone, 2, 3, kNone, kByKeyword};

const Places& places_of(Reduction reduction) {
  switch (reduction) {
    case Reduction::Sum:
    case Reduction::Prod: return kSumPlaces;
    case Reduction::Min:
    case Reduction::Max: return kExtremumPlaces;
    default: return kTruthPlaces;
  }
}

// What a call says, and where emission finds it.
struct Call {
  Reduction reduction;
  const Argument* argument[kParameters] = {};
  int index[kParameters];
  Type array;
  TypeId elem;  // of the result
  int reduced = 0;
  bool keepdims = false;

  bool given(Parameter p) const { return index[p] >= 0; }
  ValueId value(const Values& v, Parameter p) const {
    return given(p) ? v[static_cast<size_t>(index[p])] : ValueId();
  }
  int ndim() const { return keepdims ? array.ndim : array.ndim - reduced; }
};

// False where the call has other arguments than NumPy's function.
bool read_arguments(const Query& q, Call& call) {
  const Places& places = places_of(call.reduction);
  size_t positional = 0, found = 0;
  for (int p = 0; p < kParameters; ++p) {
    call.index[p] = -1;
    if (places[p] == kNone) continue;
    positional += places[p] != kByKeyword;
    call.argument[p] = find_argument(q, static_cast<size_t>(places[p]), kKeywords[p]);
    if (!call.argument[p]) continue;
    ++found;
    if (call.argument[p]->type != ty::None)
      call.index[p] = argument_index(q, static_cast<size_t>(places[p]), kKeywords[p]);
  }
  return q.args.size() <= positional && found == q.args.size() + q.keywords.size() && call.given(Array);
}

bool is_known_true(const Argument& a) {
  return a.type == ty::Bool && a.constant && a.constant->bits[0];
}

// The element type of the result if nothing else says it.
TypeId natural_type(const Call& call) {
  switch (call.reduction) {
    case Reduction::Any:
    case Reduction::All: return ty::Bool;
    case Reduction::Sum:
    case Reduction::Prod: return sum_type(call.array.elem);
    default: return call.array.elem;
  }
}

// The element type of the result, by `dtype`, or by what is reduced and what `out` holds.
TypeId element_type(const Call& call) {
  TypeId elem = call.array.elem;
  bool truth = call.reduction == Reduction::Any || call.reduction == Reduction::All;
  if (call.given(Dtype)) return dtype_of(*call.argument[Dtype]);
  if (call.given(Out) && !truth) return promote(elem, type_of(call.argument[Out]->type).elem);
  return natural_type(call);
}

// A reduction of all elements that needs no buffer, no mask, begins with its identity and, if its order
// counts, is in that of the indices.
bool is_whole(const Call& call) {
  bool natural = call.elem == natural_type(call) && !call.given(Out);
  bool inexact = is_float(call.elem) || is_complex(call.elem);
  if (call.reduction == Reduction::Prod && inexact && call.array.ndim > 1 && call.array.layout != Layout::C)
    return false;
  if (call.reduction != Reduction::Sum && call.reduction != Reduction::Prod && is_complex(call.elem))
    return false;
  return call.reduced == call.array.ndim && natural && !call.given(Initial) && !call.given(Where);
}

bool types_fit(Call& call) {
  if (!is_array(call.argument[Array]->type)) return false;
  call.array = type_of(call.argument[Array]->type);
  auto axes = axis_count(call.given(Axis) ? call.argument[Axis]->type : ty::None, call.array.ndim);
  if (!axes) return false;
  call.reduced = std::min<int>(*axes, call.array.ndim);
  if (call.given(Keepdims)) {
    const Constant* c = call.argument[Keepdims]->constant;
    if (!c || (c->type != ty::Bool && !is_integer(c->type))) return false;
    call.keepdims = c->bits[0] != 0;
  }
  if (call.given(Out) && !is_array(call.argument[Out]->type)) return false;
  if (call.given(Initial) && !is_scalar(call.argument[Initial]->type)) return false;
  if (call.given(Where)) {
    TypeId where = call.argument[Where]->type;
    bool mask = is_array(where) && type_of(where).elem == ty::Bool && type_of(where).ndim <= call.array.ndim;
    if (!mask && where != ty::Bool) return false;
    if (is_known_true(*call.argument[Where])) call.index[Where] = -1;
  }
  call.elem = element_type(call);
  if (!call.elem.valid() || !is_scalar(call.elem) || !is_scalar(call.array.elem)) return false;
  bool of_runtime = element_code(call.elem) >= 0 && element_code(call.array.elem) >= 0;
  if (!of_runtime && !is_whole(call)) return false;
  return !call.given(Out) || can_cast_same_kind(call.elem, type_of(call.argument[Out]->type).elem);
}

// ---- emission

// The mask as an array of the array's shape.
ValueId broadcast_mask(Emitter& e, ValueId mask, ValueId array) {
  if (!is_array(e.type(mask))) {
    ValueId single = allocate(e, array_type(ty::Bool, 0, Layout::C), {});
    e.add(Op::ArrayStore, {single, mask}, {});
    mask = single;
  }
  Values dims = e.dims(array), strides;
  size_t ndim = dims.size(), own = type_of(e.type(mask)).ndim;
  ValueId zero = e.int64(0), one = e.int64(1);
  for (size_t k = 0; k < ndim; ++k) {
    if (k < ndim - own) {
      strides.push_back(zero);
      continue;
    }
    int axis = static_cast<int>(k - (ndim - own));
    ValueId extent = e.dim(mask, axis), single = e.compare(Op::Eq, extent, one);
    e.check(e.binary(Op::Or, single, e.compare(Op::Eq, extent, dims[k])), ErrorRow::Broadcast,
            {dims[k], extent});
    strides.push_back(e.select(single, zero, e.stride(mask, axis)));
  }
  Values operands = {mask, e.value(Op::ArrayData, {mask}, ty::Pointer)};
  operands.insert(operands.end(), dims.begin(), dims.end());
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands), array_type(ty::Bool, static_cast<int>(ndim), Layout::A));
}

void emit_runtime_call(Emitter& e, const Call& call, const Values& v, const ReducedAxes& axes,
                       ValueId target) {
  ValueId array = call.value(v, Array);
  Values operands = {e.int64(static_cast<int64_t>(call.reduction)),
                     e.int64(element_code(call.elem)),
                     e.int64(element_code(call.array.elem)),
                     axes.bits(),
                     e.b.boolean(call.given(Initial)),
                     target,
                     array};
  RtFn fn = RtFn::Reduce;
  if (call.given(Where)) {
    operands.push_back(broadcast_mask(e, call.value(v, Where), array));
    fn = RtFn::ReduceWhere;
  }
  e.add(Op::RtCall, std::move(operands), {}, static_cast<uint32_t>(fn));
}

ValueId store_in_out(Emitter& e, const Call& call, ValueId out, ValueId result) {
  int ndim = type_of(e.type(out)).ndim;
  const char* name = kNames[static_cast<size_t>(call.reduction)];
  if (ndim != call.ndim()) {
    e.check(e.b.boolean(false), ErrorRow::ReductionOutDimensions, {e.int64(ndim), e.int64(call.ndim())},
            name);
    return out;
  }
  for (int k = 0; k < ndim; ++k) {
    ValueId has = e.dim(out, k), wanted = e.dim(result, k);
    e.check(e.compare(Op::Eq, has, wanted), ErrorRow::ReductionOutShape, {has, wanted});
  }
  TypeId elem = type_of(e.type(out)).elem;
  map_into(e, out, {result}, [elem](Emitter& inner, const Values& x) { return inner.cast(x[0], elem); });
  return out;
}

TypeId fresh_type(const Call& call) {
  bool f = call.array.layout == Layout::F && call.ndim() > 1;
  return array_type(call.elem, call.ndim(), f ? Layout::F : Layout::C);
}

// Without any argument but the array.
ValueId emit_whole(Emitter& e, const Call& call, ValueId array) {
  if (call.reduction == Reduction::Min || call.reduction == Reduction::Max)
    e.check(e.compare(Op::Gt, element_count(e, array), e.int64(0)), ErrorRow::EmptyReduction, {},
            kNames[static_cast<size_t>(call.reduction)]);
  return reduce_all(e, call.reduction, array);
}

ValueId emit_axes(Emitter& e, const Call& call, const Values& v) {
  ValueId array = call.value(v, Array);
  if (is_whole(call) && !call.given(Axis) && !call.keepdims) return emit_whole(e, call, array);
  ReducedAxes axes(e, array, call.value(v, Axis));
  const char* name = kNames[static_cast<size_t>(call.reduction)];
  bool extremum = call.reduction == Reduction::Min || call.reduction == Reduction::Max;
  if (extremum && !call.given(Initial)) {
    e.check(e.b.boolean(!call.given(Where)), ErrorRow::ReductionNeedsInitial, {}, name);
    axes.check_some(ErrorRow::EmptyReduction, name);
  }
  Values extents = call.keepdims ? axes.extents_with_ones() : axes.kept_extents(call.ndim());
  bool scalar = call.ndim() == 0 && !call.given(Out);
  ValueId target;
  if (is_whole(call)) {
    ValueId value = reduce_all(e, call.reduction, array);
    if (scalar) return value;
    target = allocate(e, fresh_type(call), extents);
    map_into(e, target, {value}, [](Emitter&, const Values& x) { return x[0]; });
    return target;
  }
  target = allocate(e, fresh_type(call), extents);
  if (call.given(Initial)) {
    ValueId initial = e.fit(call.value(v, Initial), call.elem, call.argument[Initial]->weak());
    map_into(e, target, {initial}, [](Emitter&, const Values& x) { return x[0]; });
  }
  emit_runtime_call(e, call, v, axes, target);
  if (call.given(Out)) return store_in_out(e, call, call.value(v, Out), target);
  return scalar ? e.value(Op::ArrayLoad, {target}, call.elem) : target;
}

// A number is its own sum.
Lookup of_number(const Call& call) {
  Call natural = call;
  natural.array.elem = call.argument[Array]->type;
  TypeId type = natural_type(natural);
  size_t at = static_cast<size_t>(call.index[Array]);
  return found(type, [=](Emitter& e, const Values& v) { return e.cast(v[at], type); });
}

bool is_number_alone(const Call& call) {
  for (int p = Axis; p < kParameters; ++p)
    if (call.index[p] >= 0) return false;
  return is_scalar(call.argument[Array]->type);
}

}  // namespace

Lookup reduction(Reduction reduction, const Query& q) {
  Call call;
  call.reduction = reduction;
  if (!read_arguments(q, call)) return no_match();
  if (is_number_alone(call)) return of_number(call);
  if (!types_fit(call)) return no_match();
  TypeId result = call.ndim() == 0 ? call.elem : fresh_type(call);
  if (call.given(Out)) {
    result = call.argument[Out]->type;
    if (type_of(result).readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(result)}));
  }
  // Emission comes when the query is gone: it needs of the arguments whether `initial` is weak.
  bool weak = call.given(Initial) && call.argument[Initial]->weak();
  return found(result, [call, weak](Emitter& e, const Values& v) {
    Argument initial;
    initial.facts.weak = weak;
    Call now = call;
    now.argument[Initial] = &initial;
    return emit_axes(e, now, v);
  });
}

}  // namespace lancehead
