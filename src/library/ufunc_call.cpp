// Calls of ufuncs and operators on arrays: what the arguments say, choosing the loop, then a nest, or plain
// scalar code where no operand is an array.
#include "library/ufunc_call.h"

#include <algorithm>

#include "library/elementwise.h"
#include "library/numbers.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// Where a value is found among those that emission gets: in full, or as an item of a tuple.
struct Place {
  int index = -1;  // -1: it was left out
  int item = -1;
  TypeId type;
};

ValueId value_at(Emitter& e, const Values& v, const Place& place) {
  ValueId whole = v[static_cast<size_t>(place.index)];
  return place.item < 0 ? whole : e.item(whole, static_cast<uint32_t>(place.item), place.type);
}

// A call, read: its inputs are the first of its arguments.
struct Call {
  const UfuncRow* row = nullptr;
  Query inputs;
  std::vector<Place> outs;  // one per output
  Place where;
  TypeId dtype;  // invalid: not given
  Casting casting = Casting::SameKind;
  bool any_out = false;
};

// All that emission needs.
struct Plan {
  const UfuncRow* row = nullptr;
  UfuncLoop loop;
  std::vector<Place> outs;
  Place where;
  std::vector<bool> weak;
  int ndim = 0;
  Layout layout = Layout::C;
  std::vector<TypeId> results;  // of the call, one per output
};

TypeId element_type(TypeId t) {
  return is_array(t) ? type_of(t).elem : t;
}

std::string dtype_text(TypeId t) {
  return "dtype('" + spell(t) + "')";
}

// ---- reading the arguments

bool set_out(Call& call, size_t k, Place place) {
  if (place.type == ty::None) return true;
  if (!is_array(place.type)) return false;
  call.outs[k] = place;
  call.any_out = true;
  return true;
}

bool read_out_keyword(Call& call, int index, TypeId type) {
  if (type == ty::None) return true;
  if (call.any_out) return false;
  if (!is_tuple(type)) return call.outs.size() == 1 && set_out(call, 0, {index, -1, type});
  const std::vector<TypeId>& items = type_of(type).items;
  if (items.size() != call.outs.size()) return false;
  for (size_t k = 0; k < items.size(); ++k)
    if (!set_out(call, k, {index, static_cast<int>(k), items[k]})) return false;
  return true;
}

bool read_where(Call& call, int index, const Argument& a) {
  if (a.constant && a.type == ty::Bool && a.constant->bits[0]) return true;
  if (element_type(a.type) != ty::Bool) return false;
  call.where = {index, -1, a.type};
  return true;
}

bool read_keyword(Call& call, const std::string& name, int index, const Argument& a) {
  if (name == "out") return read_out_keyword(call, index, a.type);
  if (name == "where") return read_where(call, index, a);
  if (name == "dtype") {
    call.dtype = a.type == ty::None ? TypeId() : dtype_of(a);
    return a.type == ty::None || call.dtype.valid();
  }
  if (name == "casting") {
    if (!a.constant || a.type != ty::Str) return false;
    std::optional<Casting> casting = casting_of_name(a.constant->text);
    call.casting = casting.value_or(Casting::SameKind);
    return casting.has_value();
  }
  if (name == "order") return a.constant && a.type == ty::Str && a.constant->text == "K";
  return name == "subok" && a.constant && a.type == ty::Bool;
}

// False: no ufunc has such arguments.
bool read_call(const UfuncRow& row, const Query& q, Call& call) {
  call.row = &row;
  call.outs.resize(row.outputs.size());
  if (q.args.size() < row.inputs || q.args.size() > row.inputs + row.outputs.size()) return false;
  call.inputs = q;
  call.inputs.args.resize(row.inputs);
  call.inputs.keywords.clear();
  for (const Argument& a : call.inputs.args)
    if (!is_scalar(element_type(a.type))) return false;
  for (size_t k = row.inputs; k < q.args.size(); ++k)
    if (!set_out(call, k - row.inputs, {static_cast<int>(k), -1, q.args[k].type})) return false;
  for (size_t k = 0; k < q.keywords.size(); ++k)
    if (!read_keyword(call, q.keywords[k].first, static_cast<int>(q.args.size() + k), q.keywords[k].second))
      return false;
  return true;
}

// ---- the loop

// What only asks whether a Python int is less, equal or zero asks it of the int, whether the arrays' type
// holds it or not.
void widen_tested(const Query& q, std::vector<TypeId>& inputs) {
  for (size_t k = 0; k < inputs.size(); ++k) {
    const Argument& a = q.args[k];
    if (!a.weak() || !is_integer(a.type) || !is_integer(inputs[k]) || is_array(a.type)) continue;
    if (a.constant ? !fits(*a.constant, inputs[k]) : inputs[k] != a.type) inputs[k] = a.type;
  }
}

// Beside a count, a number is of its own type; a Python int counts as the smallest.
std::vector<TypeId> types_beside_count(const Query& q) {
  std::vector<TypeId> out;
  for (const Argument& a : q.args) out.push_back(element_type(a.type));
  const Argument &number = q.args[0], &count = q.args[1];
  bool scalar = is_integer(number.type) && is_integer(out[1]) && !q.semantics->numba_dialect;
  if (scalar && q.consulted_weakness) *q.consulted_weakness = true;
  if (scalar && number.weak() && !(count.weak() && is_scalar(count.type))) out[0] = ty::Int8;
  return out;
}

// The operands' types for the choice of a loop.
std::vector<TypeId> types_of_inputs(const Call& call) {
  if (call.row->loops.starts_with('x')) return types_beside_count(call.inputs);
  std::vector<TypeId> inputs = loop_inputs(call.inputs);
  bool compares = call.row->outputs[0].type == Output::Bool && inputs.size() == 2;
  if (compares) widen_tested(call.inputs, inputs);
  return inputs;
}

Diagnostic refused_cast(const Call& call, DiagId id, size_t k, size_t count, TypeId from, TypeId to) {
  return make_diagnostic(id, {std::string(call.row->name), count > 1 ? " " + std::to_string(k) : "",
                              dtype_text(from), dtype_text(to), std::string(casting_name(call.casting))});
}

Expected<UfuncLoop> loop_of(const Call& call) {
  std::vector<TypeId> inputs = types_of_inputs(call);
  Halves halves = call.inputs.semantics->numba_dialect ? Halves::OfHalvesAlone : Halves::AsNumPy;
  std::optional<UfuncLoop> loop = call.dtype.valid()
                                      ? choose_loop_of(*call.row, inputs, call.dtype, call.casting)
                                      : choose_loop(*call.row, inputs, halves);
  if (!loop && call.dtype.valid())
    return Expected<UfuncLoop>(make_diagnostic(DiagId::UfuncNoSuchLoop, {std::string(call.row->name)}));
  if (!loop) {
    std::string types;
    for (const Argument& a : call.inputs.args)
      types += (types.empty() ? "" : ", ") + spell(element_type(a.type));
    return Expected<UfuncLoop>(make_diagnostic(DiagId::UfuncNoLoop, {std::string(call.row->name), types}));
  }
  for (size_t k = 0; k < inputs.size(); ++k)
    if (!can_cast(inputs[k], loop->inputs[k], call.casting))
      return Expected<UfuncLoop>(
          refused_cast(call, DiagId::UfuncInputCast, k, inputs.size(), inputs[k], loop->inputs[k]));
  return Expected<UfuncLoop>(std::move(*loop));
}

std::optional<Diagnostic> refuse_outs(const Call& call, const UfuncLoop& loop) {
  for (size_t k = 0; k < call.outs.size(); ++k) {
    if (call.outs[k].index < 0) continue;
    const Type& t = type_of(call.outs[k].type);
    if (t.readonly) return make_diagnostic(DiagId::ReadonlyArray, {spell(call.outs[k].type)});
    if (!can_cast(loop.outputs[k], t.elem, call.casting))
      return refused_cast(call, DiagId::UfuncOutputCast, k, call.outs.size(), loop.outputs[k], t.elem);
  }
  return std::nullopt;
}

// ---- emission

// Any scalar to any: of a complex number that is to be a real one, the real part.
ValueId convert(Emitter& e, ValueId v, TypeId to) {
  TypeId from = e.type(v);
  if (is_complex(from) && !is_complex(to) && to != ty::Bool) v = e.value(Op::ComplexReal, {v}, real_of(from));
  return e.cast(v, to);
}

// The operands: scalars are cast to the loop's types once, outside the nest; 0-d arrays count as scalars.
Values prepare(Emitter& e, const Values& v, const Plan& plan) {
  Values out;
  for (size_t k = 0; k < plan.loop.inputs.size(); ++k) {
    ValueId x = v[k];
    TypeId t = e.type(x);
    if (is_array(t) && type_of(t).ndim > 0) {
      out.push_back(x);
      continue;
    }
    if (is_array(t)) x = e.value(Op::ArrayLoad, {x}, type_of(t).elem);
    TypeId to = plan.loop.inputs[k];
    out.push_back(is_complex(e.type(x)) ? convert(e, x, to) : e.fit(x, to, plan.weak[k]));
  }
  return out;
}

// What a nest cannot raise is checked before it: negative powers of integers, where they count. Those of an
// empty array do not.
void check_power(Emitter& e, const Plan& plan, const Values& operands, ValueId mask) {
  TypeId loop = plan.loop.inputs[0];
  if (plan.row->outputs[0].kernel != &kernels::power || !is_integer(loop) || !is_signed(loop)) return;
  auto is_negative = [loop](Emitter& inner, const Values& x) {
    ValueId power = inner.cast(x[0], loop);
    ValueId negative = inner.compare(Op::Lt, power, inner.cast(inner.int64(0), loop));
    return x.size() > 1 ? inner.binary(Op::And, negative, x[1]) : negative;
  };
  Values tested = {operands[1]};
  if (mask.valid()) tested.push_back(mask);
  bool arrays = false;
  for (ValueId v : tested) arrays = arrays || is_array(e.type(v));
  ValueId negative =
      arrays ? reduce_elements(e, tested, Reduction::Any, ty::Bool, is_negative) : is_negative(e, tested);
  if (const Constant* c = e.b.function().constant_of(negative); c && !c->bits[0]) return;
  ValueId good = e.value(Op::Invert, {negative}, ty::Bool);
  if (is_array(e.type(operands[0])))
    good = e.binary(Op::Or, good, e.compare(Op::Eq, element_count(e, operands[0]), e.int64(0)));
  e.check(good, ErrorRow::NegativePower);
}

ElementBody element_body(Kernel kernel, const UfuncLoop& loop, TypeId to) {
  return [=](Emitter& e, const Values& elements) {
    Values cast;
    for (size_t k = 0; k < elements.size(); ++k) cast.push_back(convert(e, elements[k], loop.inputs[k]));
    return convert(e, run_kernel(e, kernel, cast), to);
  };
}

// Raises unless the operands broadcast to the shapes of the outputs that are given, which may not be
// broadcast themselves. Gives the shape.
Values check_outputs(Emitter& e, const Values& operands, const Values& outs) {
  Values extents = e.dims(outs[0]);
  for (ValueId out : outs) {
    Values own = e.dims(out);
    for (size_t k = 0; k < own.size(); ++k)
      if (out != outs[0])
        e.check(e.compare(Op::Eq, own[k], extents[k]), ErrorRow::OutputShape, {extents[k], own[k]});
  }
  for (ValueId v : operands) {
    if (!is_array(e.type(v)) || v == outs[0]) continue;
    Values dims = e.dims(v);
    for (size_t k = 0; k < dims.size(); ++k)
      check_output_axis(e, dims[k], extents[extents.size() - dims.size() + k]);
  }
  return extents;
}

bool is_0d(TypeId t) {
  return is_array(t) && type_of(t).ndim == 0;
}

// Results that are scalars, or arrays without axes.
Values emit_scalars(Emitter& e, const Plan& plan, const Values& v, const Values& operands, ValueId mask) {
  Values results;
  for (size_t k = 0; k < plan.outs.size(); ++k)
    results.push_back(run_kernel(e, plan.row->outputs[k].kernel, operands));
  for (size_t k = 0; k < plan.outs.size(); ++k) {
    if (plan.outs[k].index < 0) continue;
    ValueId out = value_at(e, v, plan.outs[k]);
    TypeId elem = type_of(e.type(out)).elem;
    ValueId x = convert(e, results[k], elem);
    if (mask.valid()) x = e.select(mask, x, e.value(Op::ArrayLoad, {out}, elem));
    e.add(Op::ArrayStore, {out, x}, {});
    results[k] = out;
  }
  return results;
}

// An output has fewer axes than the result: the call only raises.
Values emit_mismatch(Emitter& e, const Plan& plan, const Values& v, int ndim) {
  e.check(e.b.boolean(false), ErrorRow::OutputDimensions, {e.int64(ndim), e.int64(plan.ndim)});
  Values nothing(static_cast<size_t>(plan.ndim), e.int64(0)), results;
  for (size_t k = 0; k < plan.outs.size(); ++k)
    results.push_back(plan.outs[k].index < 0 ? allocate(e, plan.results[k], nothing)
                                             : value_at(e, v, plan.outs[k]));
  return results;
}

Values emit_nest(Emitter& e, const Plan& plan, const Values& v, const Values& operands, ValueId mask) {
  Values shaped = operands, outs;
  if (mask.valid()) shaped.push_back(mask);
  for (const Place& place : plan.outs)
    if (place.index >= 0) outs.push_back(value_at(e, v, place));
  for (ValueId out : outs)
    if (int ndim = type_of(e.type(out)).ndim; ndim < plan.ndim) return emit_mismatch(e, plan, v, ndim);
  Values extents = outs.empty() ? broadcast_extents(e, shaped) : check_outputs(e, shaped, outs);
  Values targets;
  std::vector<ElementBody> bodies;
  for (size_t k = 0; k < plan.outs.size(); ++k) {
    bool given = plan.outs[k].index >= 0;
    targets.push_back(given ? value_at(e, v, plan.outs[k]) : allocate(e, plan.results[k], extents));
    TypeId elem = type_of(e.type(targets.back())).elem;
    bodies.push_back(element_body(plan.row->outputs[k].kernel, plan.loop, elem));
  }
  store_elements(e, extents, targets, operands, mask, bodies);
  return targets;
}

ValueId emit_call(Emitter& e, const Plan& plan, const Values& v) {
  Values operands = prepare(e, v, plan);
  ValueId mask;
  if (plan.where.index >= 0) {
    mask = value_at(e, v, plan.where);
    if (is_0d(e.type(mask))) mask = e.value(Op::ArrayLoad, {mask}, ty::Bool);
  }
  check_power(e, plan, operands, mask);
  Values results =
      plan.ndim == 0 ? emit_scalars(e, plan, v, operands, mask) : emit_nest(e, plan, v, operands, mask);
  return results.size() == 1 ? results[0] : e.make(tuple_type(plan.results), std::move(results));
}

// The shape and types of what comes out.
Plan plan_of(const Call& call, UfuncLoop loop) {
  Plan plan;
  plan.row = call.row;
  plan.loop = std::move(loop);
  plan.outs = call.outs;
  plan.where = call.where;
  std::vector<TypeId> shaped;
  for (const Argument& a : call.inputs.args) {
    shaped.push_back(a.type);
    plan.weak.push_back(a.weak());
  }
  if (call.where.index >= 0) shaped.push_back(call.where.type);
  for (const Place& out : call.outs)
    if (out.index >= 0) shaped.push_back(out.type);
  plan.ndim = result_ndim(shaped);
  plan.layout = result_layout(shaped);
  for (size_t k = 0; k < call.outs.size(); ++k) {
    TypeId fresh =
        plan.ndim == 0 ? plan.loop.outputs[k] : array_type(plan.loop.outputs[k], plan.ndim, plan.layout);
    plan.results.push_back(call.outs[k].index < 0 ? fresh : call.outs[k].type);
  }
  return plan;
}

Lookup apply(const Call& call) {
  Expected<UfuncLoop> loop = loop_of(call);
  if (!loop) return Lookup(std::move(loop.error()));
  if (std::optional<Diagnostic> refused = refuse_outs(call, *loop)) return Lookup(std::move(*refused));
  Plan plan = plan_of(call, std::move(*loop));
  TypeId result = plan.results.size() == 1 ? plan.results[0] : tuple_type(plan.results);
  return found(result,
               [plan = std::move(plan)](Emitter& e, const Values& v) { return emit_call(e, plan, v); });
}

}  // namespace

Lookup call_ufunc(const UfuncRow& row, const Query& q) {
  Call call;
  return read_call(row, q, call) ? apply(call) : no_match();
}

Lookup call_ufunc_into_first(const UfuncRow& row, const Query& q) {
  Call call;
  if (!read_call(row, q, call) || call.any_out) return no_match();
  call.outs[0] = {0, -1, q.args[0].type};
  call.any_out = true;
  return apply(call);
}

}  // namespace lancehead
