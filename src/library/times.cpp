// The loops of ufuncs on times. A time is computed with as the int64 that it is; NaT is the least of them.
#include "library/times.h"

#include <functional>
#include <limits>

#include "library/date_text.h"
#include "library/elementwise.h"
#include "library/kernels.h"
#include "types/time_units.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;
using Body = std::function<ValueId(Emitter&, const Values&)>;  // of int64s, or doubles

ValueId raw(Emitter& e, ValueId time) {
  return is_time(e.type(time)) ? e.value(Op::Cast, {time}, ty::Int64) : time;
}

ValueId nat(Emitter& e) {
  return e.int64(kNaT);
}

ValueId is_nat(Emitter& e, ValueId v) {
  return e.compare(Op::Eq, v, nat(e));
}

ValueId any_nat(Emitter& e, const Values& v) {
  ValueId out = is_nat(e, v[0]);
  return v.size() > 1 ? e.binary(Op::Or, out, is_nat(e, v[1])) : out;
}

ValueId negated(Emitter& e, ValueId condition) {
  return e.value(Op::Invert, {condition}, ty::Bool);
}

// ---- loops

// How one call computes: the types that the operands are cast to, that of the result, and the body on what
// the times count.
struct Loop {
  std::vector<TypeId> operands;
  TypeId out;
  Body body;
};
using Found = std::optional<Loop>;

template <Op kOp>
ValueId unless_nat(Emitter& e, const Values& v) {
  return e.select(any_nat(e, v), nat(e), e.binary(kOp, v[0], v[1]));
}

// A double as a span: what is not finite is NaT.
ValueId as_span(Emitter& e, ValueId x) {
  return e.select(kernels::isfinite(e, {x}), e.value(Op::Cast, {x}, ty::Int64), nat(e));
}

template <Op kOp>
ValueId scaled(Emitter& e, const Values& v) {
  ValueId result = e.binary(kOp, e.cast(v[0], ty::Float64), v[1]);
  return e.select(is_nat(e, v[0]), nat(e), as_span(e, result));
}

ValueId times_int(Emitter& e, const Values& v) {
  return e.select(is_nat(e, v[0]), nat(e), e.binary(Op::Mul, v[0], v[1]));
}

// The divisor made harmless where the result is something else.
ValueId safe_divisor(Emitter& e, ValueId undefined, ValueId divisor) {
  return e.select(undefined, e.int64(1), divisor);
}

// C's quotient.
ValueId over_int(Emitter& e, const Values& v) {
  ValueId undefined = e.binary(Op::Or, is_nat(e, v[0]), e.compare(Op::Eq, v[1], e.int64(0)));
  ValueId divisor = safe_divisor(e, undefined, v[1]);
  ValueId exact = e.binary(Op::Sub, v[0], e.binary(Op::Rem, v[0], divisor));
  return e.select(undefined, nat(e), e.binary(Op::FloorDiv, exact, divisor));
}

ValueId ratio(Emitter& e, const Values& v) {
  ValueId quotient = e.binary(Op::Div, e.cast(v[0], ty::Float64), e.cast(v[1], ty::Float64));
  return e.select(any_nat(e, v), e.b.float_value(ty::Float64, std::numeric_limits<double>::quiet_NaN()),
                  quotient);
}

template <Op kOp>
ValueId floored(Emitter& e, const Values& v) {
  ValueId undefined = e.binary(Op::Or, any_nat(e, v), e.compare(Op::Eq, v[1], e.int64(0)));
  ValueId otherwise = kOp == Op::Mod ? nat(e) : e.int64(0);
  return e.select(undefined, otherwise, e.binary(kOp, v[0], safe_divisor(e, undefined, v[1])));
}

template <Op kOp>
ValueId compared(Emitter& e, const Values& v) {
  ValueId result = e.compare(kOp, v[0], v[1]);
  if (kOp == Op::Ne) return e.binary(Op::Or, any_nat(e, v), result);
  return e.binary(Op::And, negated(e, any_nat(e, v)), result);
}

template <Op kOp>
ValueId extreme(Emitter& e, const Values& v) {
  return e.select(any_nat(e, v), nat(e), e.binary(kOp, v[0], v[1]));
}

template <Op kOp>
ValueId extreme_of_times(Emitter& e, const Values& v) {
  ValueId chosen = e.select(is_nat(e, v[1]), v[0], e.binary(kOp, v[0], v[1]));
  return e.select(is_nat(e, v[0]), v[1], chosen);
}

bool is_span(TypeId t) {
  return kind_of(t) == Kind::TimeDelta;
}
bool is_date(TypeId t) {
  return kind_of(t) == Kind::DateTime;
}
bool is_whole(TypeId t) {
  return is_integer(t) || t == ty::Bool;
}

TypeId span_like(TypeId time) {
  const Type& t = type_of(time);
  return time_type(Kind::TimeDelta, t.unit, t.size);
}

// Both in their common unit; whole numbers are taken for spans of the other's unit.
struct Pair {
  TypeId first, second;
};
std::optional<Pair> common_unit(TypeId a, TypeId b) {
  if (is_whole(a)) a = span_like(b);
  if (is_whole(b)) b = span_like(a);
  if (!is_time(a) || !is_time(b)) return std::nullopt;
  TypeId unit = promote_times(a, b);
  if (!unit.valid()) return std::nullopt;
  Pair out{is_span(a) ? span_like(unit) : unit, is_span(b) ? span_like(unit) : unit};
  bool castable = can_cast_time(a, out.first) && can_cast_time(b, out.second);
  return castable ? std::optional(out) : std::nullopt;
}

Found sum(TypeId a, TypeId b) {
  std::optional<Pair> p = is_date(a) && is_date(b) ? std::nullopt : common_unit(a, b);
  if (!p) return std::nullopt;
  return Loop{{p->first, p->second}, is_date(p->first) ? p->first : p->second, unless_nat<Op::Add>};
}

Found difference(TypeId a, TypeId b) {
  std::optional<Pair> p = is_date(b) && !is_date(a) ? std::nullopt : common_unit(a, b);
  if (!p) return std::nullopt;
  return Loop{{p->first, p->second}, is_date(b) ? span_like(p->first) : p->first, unless_nat<Op::Sub>};
}

Found product(TypeId a, TypeId b) {
  bool swapped = is_span(b);
  TypeId span = swapped ? b : a, factor = swapped ? a : b;
  if (!is_span(span) || !(is_whole(factor) || is_float(factor))) return std::nullopt;
  TypeId number = is_whole(factor) ? ty::Int64 : ty::Float64;
  Body body = is_whole(factor) ? Body(times_int) : Body(scaled<Op::Mul>);
  if (!swapped) return Loop{{span, number}, span, body};
  return Loop{{number, span}, span, [body](Emitter& e, const Values& v) { return body(e, {v[1], v[0]}); }};
}

Found quotient(TypeId a, TypeId b, bool floor) {
  if (!is_span(a)) return std::nullopt;
  if (is_integer(b)) return Loop{{a, ty::Int64}, a, over_int};
  if (is_float(b)) return Loop{{a, ty::Float64}, a, scaled<Op::Div>};
  std::optional<Pair> p = is_span(b) ? common_unit(a, b) : std::nullopt;
  if (!p) return std::nullopt;
  if (floor) return Loop{{p->first, p->second}, ty::Int64, floored<Op::FloorDiv>};
  return Loop{{p->first, p->second}, ty::Float64, ratio};
}

Found both_alike(TypeId a, TypeId b, TypeId out, Body body) {
  std::optional<Pair> p = is_date(a) == is_date(b) ? common_unit(a, b) : std::nullopt;
  if (!p) return std::nullopt;
  return Loop{{p->first, p->second}, out.valid() ? out : p->first, std::move(body)};
}

Found binary_loop(std::string_view name, TypeId a, TypeId b) {
  if (name == "add") return sum(a, b);
  if (name == "subtract") return difference(a, b);
  if (name == "multiply") return product(a, b);
  if (name == "divide" || name == "true_divide") return quotient(a, b, false);
  if (name == "floor_divide") return quotient(a, b, true);
  if (name == "remainder" || name == "mod")
    return is_span(a) && is_span(b) ? both_alike(a, b, {}, floored<Op::Mod>) : std::nullopt;
  struct Comparison {
    std::string_view name;
    Body body;
    bool gives_bool;
  };
  static const Comparison kAlike[] = {
      {"equal", compared<Op::Eq>, true},          {"not_equal", compared<Op::Ne>, true},
      {"less", compared<Op::Lt>, true},           {"less_equal", compared<Op::Le>, true},
      {"greater", compared<Op::Gt>, true},        {"greater_equal", compared<Op::Ge>, true},
      {"maximum", extreme<Op::Max>, false},       {"minimum", extreme<Op::Min>, false},
      {"fmax", extreme_of_times<Op::Max>, false}, {"fmin", extreme_of_times<Op::Min>, false},
  };
  for (const Comparison& c : kAlike)
    if (c.name == name) return both_alike(a, b, c.gives_bool ? ty::Bool : TypeId(), c.body);
  return std::nullopt;
}

Found unary_loop(std::string_view name, TypeId a) {
  auto predicate = [&](Body body) { return Found(Loop{{a}, ty::Bool, std::move(body)}); };
  if (name == "isnat" || name == "isnan")
    return predicate([](Emitter& e, const Values& v) { return is_nat(e, v[0]); });
  if (name == "isfinite")
    return predicate([](Emitter& e, const Values& v) { return negated(e, is_nat(e, v[0])); });
  if (name == "isinf") return predicate([](Emitter& e, const Values&) { return e.b.boolean(false); });
  if (!is_span(a)) return std::nullopt;
  if (name == "positive") return Loop{{a}, a, [](Emitter&, const Values& v) { return v[0]; }};
  if (name == "negative")
    return Loop{{a}, a, [](Emitter& e, const Values& v) { return e.value(Op::Neg, v, ty::Int64); }};
  if (name == "absolute" || name == "abs")
    return Loop{{a}, a, [](Emitter& e, const Values& v) { return e.value(Op::Abs, v, ty::Int64); }};
  return std::nullopt;
}

TypeId element_type(TypeId t) {
  return is_array(t) ? type_of(t).elem : t;
}

// One element, from elements of the operands' own types.
ElementBody element_body(const Loop& loop) {
  return [loop](Emitter& e, const Values& v) {
    Values counts;
    for (size_t k = 0; k < v.size(); ++k) counts.push_back(raw(e, e.cast(v[k], loop.operands[k])));
    return e.cast(loop.body(e, counts), loop.out);
  };
}

Values without_empty_axes(Emitter& e, const Values& v) {
  Values out;
  for (ValueId x : v) {
    bool single = is_array(e.type(x)) && type_of(e.type(x)).ndim == 0;
    out.push_back(single ? e.element(x, {}) : x);
  }
  return out;
}

Lookup store_loop(const Query& q, const Loop& loop) {
  const Type target = type_of(q.args[0].type);
  if (target.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  bool fits = is_time(loop.out) ? can_cast_time(loop.out, target.elem) : loop.out == target.elem;
  if (!fits || (q.args.size() > 1 && is_array(q.args[1].type) && type_of(q.args[1].type).ndim > target.ndim))
    return no_match();
  return found(q.args[0].type, [=, body = element_body(loop)](Emitter& e, const Values& v) {
    Values operands = without_empty_axes(e, v);
    if (target.ndim == 0)
      e.add(Op::ArrayStore, {v[0], e.cast(body(e, operands), target.elem)}, {});
    else
      map_into(e, v[0], operands, body);
    return v[0];
  });
}

// ---- making times

int64_t count_of_unit(std::string_view name, TimeUnit& unit, std::string_view& rest) {
  int64_t multiple = 0;
  while (!name.empty() && name[0] >= '0' && name[0] <= '9') {
    multiple = multiple * 10 + (name[0] - '0');
    name.remove_prefix(1);
  }
  std::optional<TimeUnit> known = time_unit_of(name);
  unit = known.value_or(TimeUnit::Generic);
  rest = known ? std::string_view() : name;
  return multiple == 0 ? 1 : multiple;
}

ValueId emit_date(Emitter& e, const DateText& date, TypeId type) {
  ValueId count = e.int64(date.unit == TimeUnit::Year ? date.months / 12 : date.months);
  if (date.unit > TimeUnit::Month) {
    ValueId day = e.rtcall(RtFn::DayOfMonth, {count}, ty::Int64);
    count = e.binary(Op::Add, e.binary(Op::Mul, day, e.int64(date.per_day)), e.int64(date.rest));
  }
  return e.value(Op::Cast, {count}, type);
}

// numpy.timedelta64(n, "D"), numpy.datetime64(n, "D"), and of a time, and "NaT".
Lookup make_time(const Query& q, Kind kind) {
  if (q.args.empty() || q.args.size() > 2 || !q.keywords.empty()) return no_match();
  TypeId from = q.args[0].type, to = time_type(kind, TimeUnit::Generic);
  if (q.args.size() == 2) {
    const Constant* text = q.args[1].constant;
    if (!text || q.args[1].type != ty::Str)
      return Lookup(make_diagnostic(DiagId::NeedsConstant, {"a unit of time"}));
    TimeUnit unit{};
    std::string_view rest;
    int64_t multiple = count_of_unit(text->text, unit, rest);
    if (!rest.empty()) return no_match();
    to = time_type(kind, unit, multiple);
  } else if (is_time(from)) {
    to = from;
  }
  if (from == ty::Str && q.args[0].constant && (q.args[0].constant->text == "NaT"))
    return found(to, [to](Emitter& e, const Values&) { return e.cast(nat(e), to); });
  if (from == ty::Str && q.args[0].constant && kind == Kind::DateTime) {
    std::optional<DateText> date = read_date(q.args[0].constant->text);
    if (!date) return no_match();
    TypeId written = time_type(kind, date->unit);
    if (type_of(to).unit == TimeUnit::Generic) to = written;
    return found(to, [=](Emitter& e, const Values&) { return e.cast(emit_date(e, *date, written), to); });
  }
  if (kind == Kind::DateTime && is_whole(from) && q.args.size() == 1) return no_match();
  if (!(is_whole(from) || (is_time(from) && kind_of(from) == kind)) || !can_cast_to_time(from, to))
    return no_match();
  return found(to, [to](Emitter& e, const Values& v) { return e.cast(v[0], to); });
}

Lookup make_date(const Query& q) {
  return make_time(q, Kind::DateTime);
}
Lookup make_span(const Query& q) {
  return make_time(q, Kind::TimeDelta);
}
Lookup isnat(const Query& q) {
  return any_time(q) ? time_ufunc("numpy.isnat", q) : no_match();
}

constexpr Row kRows[] = {
    {"numpy.datetime64", make_date},
    {"numpy.timedelta64", make_span},
    {"numpy.isnat", isnat},
};

ValueId convert(Emitter& e, const TimeConversion& c, ValueId v) {
  auto times = [&](ValueId x, int64_t n) { return n == 1 ? x : e.binary(Op::Mul, x, e.int64(n)); };
  auto over = [&](ValueId x, int64_t n) { return n == 1 ? x : e.binary(Op::FloorDiv, x, e.int64(n)); };
  ValueId out = v;
  if (c.days_of_months) out = e.rtcall(RtFn::DayOfMonth, {times(out, c.before)}, ty::Int64);
  out = over(times(out, c.numerator), c.denominator);
  if (c.months_of_days) out = over(e.rtcall(RtFn::MonthOfDay, {out}, ty::Int64), c.after);
  return out == v ? v : e.select(is_nat(e, v), nat(e), out);
}

}  // namespace

bool can_cast_to_time(TypeId from, TypeId to) {
  if (is_scalar(from) || is_scalar(to)) return !is_complex(from) && !is_complex(to);
  return time_conversion(from, to).has_value();
}

ValueId cast_time(Emitter& e, ValueId v, TypeId to) {
  TypeId from = e.type(v);
  if (is_time(from) && is_time(to)) {
    ValueId count = convert(e, time_conversion(from, to).value_or(TimeConversion()), raw(e, v));
    return e.value(Op::Cast, {count}, to);
  }
  if (is_time(from)) return e.cast(raw(e, v), to);
  ValueId count = e.cast(v, ty::Int64);
  if (is_float(from)) count = e.select(e.compare(Op::Eq, v, v), count, nat(e));
  return e.value(Op::Cast, {count}, to);
}

bool any_time(const Query& q) {
  for (const Argument& a : q.args)
    if (is_time(element_type(a.type))) return true;
  return false;
}

Lookup time_ufunc(std::string_view name, const Query& q, bool inplace) {
  if (!name.starts_with("numpy.") || !q.keywords.empty() || q.args.empty() || q.args.size() > 2)
    return no_match();
  name.remove_prefix(6);
  std::vector<TypeId> types;
  for (const Argument& a : q.args) {
    types.push_back(a.type);
    if (!is_plain(element_type(a.type))) return no_match();
  }
  Found loop = types.size() == 1 ? unary_loop(name, element_type(types[0]))
                                 : binary_loop(name, element_type(types[0]), element_type(types[1]));
  if (!loop) return no_match();
  if (inplace && is_array(types[0])) return store_loop(q, *loop);
  int ndim = result_ndim(types);
  ElementBody body = element_body(*loop);
  if (ndim == 0)
    return found(loop->out,
                 [body](Emitter& e, const Values& v) { return body(e, without_empty_axes(e, v)); });
  return found(array_type(loop->out, ndim, result_layout(types)),
               [=, out = loop->out](Emitter& e, const Values& v) {
                 return map_elements(e, without_empty_axes(e, v), out, body);
               });
}

Lookup make_time(TypeId time, const Query& q) {
  bool one =
      q.args.size() == 1 && q.keywords.empty() && (is_whole(q.args[0].type) || is_time(q.args[0].type));
  if (!one || !can_cast_to_time(q.args[0].type, time)) return no_match();
  return found(time, [time](Emitter& e, const Values& v) { return e.cast(v[0], time); });
}

std::span<const Row> time_rows() {
  return kRows;
}

}  // namespace lancehead
