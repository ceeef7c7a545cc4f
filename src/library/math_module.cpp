// The math module: functions of numbers. They compute in double whatever the argument, and give Python's
// numbers. No domain or range errors are raised (contract C7). Functions of iterables are in
// math_sequences.cpp, isclose is in Python.
#include "library/kernels.h"
#include "library/numbers.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_real(TypeId t) {
  return is_scalar(t) && !is_complex(t);
}
bool is_whole(TypeId t) {
  return is_integer(t) || t == ty::Bool;
}

bool takes(const Query& q, size_t count, bool (*accepts)(TypeId)) {
  if (q.args.size() != count || !q.keywords.empty()) return false;
  for (const Argument& a : q.args)
    if (!accepts(a.type)) return false;
  return true;
}

Facts weak() {
  Facts facts;
  facts.weak = true;
  return facts;
}

Values as_doubles(Emitter& e, const Values& v) {
  Values out;
  for (ValueId x : v) out.push_back(e.cast(x, ty::Float64));
  return out;
}

Values as_int64s(Emitter& e, const Values& v) {
  Values out;
  for (ValueId x : v) out.push_back(e.cast(x, ty::Int64));
  return out;
}

// ---- double -> double

template <MathFn kFn>
Lookup of_doubles(const Query& q) {
  if (!takes(q, static_cast<size_t>(math_info(kFn).arity), is_real)) return no_match();
  return found(
      ty::Float64, [](Emitter& e, const Values& v) { return e.math(kFn, as_doubles(e, v)); }, weak());
}

// A kernel of NumPy's ufunc of that name, applied to doubles.
template <ValueId (*kKernel)(Emitter&, const Values&)>
Lookup by_kernel(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  return found(
      ty::Float64, [](Emitter& e, const Values& v) { return kKernel(e, as_doubles(e, v)); }, weak());
}

template <ValueId (*kKernel)(Emitter&, const Values&)>
Lookup test(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  return found(
      ty::Bool, [](Emitter& e, const Values& v) { return kKernel(e, v); }, weak());
}

template <RtFn kFn>
Lookup by_runtime(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  return found(
      ty::Float64, [](Emitter& e, const Values& v) { return e.rtcall(kFn, as_doubles(e, v), ty::Float64); },
      weak());
}

Lookup fabs(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) { return e.value(Op::Abs, as_doubles(e, v), ty::Float64); }, weak());
}

Lookup logarithm(const Query& q) {
  if (takes(q, 1, is_real)) return of_doubles<MathFn::Log>(q);
  if (!takes(q, 2, is_real)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        Values x = as_doubles(e, v);
        return e.binary(Op::Div, e.math(MathFn::Log, {x[0]}), e.math(MathFn::Log, {x[1]}));
      },
      weak());
}

// nextafter(x, y, *, steps=None)
Lookup next_after(const Query& q) {
  Query plain = q;
  plain.keywords.clear();
  if (!takes(plain, 2, is_real) || q.keywords.size() > 1) return no_match();
  if (q.keywords.empty() || (q.keywords[0].first == "steps" && q.keywords[0].second.type == ty::None))
    return of_doubles<MathFn::NextAfter>(plain);
  if (q.keywords[0].first != "steps" || !is_whole(q.keywords[0].second.type)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        ValueId steps = e.cast(v[2], ty::Int64);
        e.check(e.compare(Op::Ge, steps, e.int64(0)), ErrorRow::NegativeArgument, {}, "steps");
        Values x = as_doubles(e, {v[0], v[1]});
        return e.rtcall(RtFn::NextAfterSteps, {x[0], x[1], steps}, ty::Float64);
      },
      weak());
}

Lookup ldexp(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty() || !is_real(q.args[0].type) || !is_whole(q.args[1].type))
    return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        return e.rtcall(RtFn::Ldexp, {e.cast(v[0], ty::Float64), e.cast(v[1], ty::Int64)}, ty::Float64);
      },
      weak());
}

Lookup frexp(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  TypeId type = tuple_type({ty::Float64, ty::Int64});
  return found(
      type,
      [type](Emitter& e, const Values& v) {
        Values x = as_doubles(e, v);
        ValueId mantissa = e.rtcall(RtFn::FrexpMantissa, x, ty::Float64);
        return e.make(type, {mantissa, e.rtcall(RtFn::FrexpExponent, x, ty::Int64)});
      },
      weak());
}

// The fraction has the sign of x, also where it is 0; of inf it is 0.
Lookup modf(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  TypeId type = tuple_type({ty::Float64, ty::Float64});
  return found(
      type,
      [type](Emitter& e, const Values& v) {
        ValueId x = e.cast(v[0], ty::Float64), whole = e.math(MathFn::Trunc, {x});
        ValueId fraction =
            e.select(kernels::isinf(e, {x}), e.b.float_value(ty::Float64, 0.0), e.binary(Op::Sub, x, whole));
        return e.make(type, {e.math(MathFn::Copysign, {fraction, x}), whole});
      },
      weak());
}

// floor, ceil and trunc give an int: of nan and inf they raise.
template <MathFn kFn>
Lookup to_whole(const Query& q) {
  if (!takes(q, 1, is_real)) return no_match();
  Facts facts = weak();
  TypeId wide = widened(q.args[0].type);
  if (is_integer(wide)) {
    facts.nonneg = nonneg_as(q.args[0], ty::Int64);
    return found(
        wide, [wide](Emitter& e, const Values& v) { return e.cast(v[0], wide); }, facts);
  }
  return found(
      ty::Int64, [](Emitter& e, const Values& v) { return float_to_int(e, e.math(kFn, as_doubles(e, v))); },
      facts);
}

// ---- integers

// gcd and lcm of any number of integers.
template <RtFn kFn, int64_t kOfNone>
Lookup of_integers(const Query& q) {
  if (!takes(q, q.args.size(), is_whole)) return no_match();
  return found(
      ty::Int64,
      [](Emitter& e, const Values& v) {
        Values x = as_int64s(e, v);
        if (x.empty()) return e.int64(kOfNone);
        ValueId result = x.size() == 1 ? e.value(Op::Abs, {x[0]}, ty::Int64) : x[0];
        for (size_t k = 1; k < x.size(); ++k) result = e.rtcall(kFn, {result, x[k]}, ty::Int64);
        return result;
      },
      weak());
}

template <RtFn kFn, size_t kCount>
Lookup by_integer_runtime(const Query& q) {
  if (!takes(q, kCount, is_whole)) return no_match();
  return found(
      ty::Int64, [](Emitter& e, const Values& v) { return e.rtcall(kFn, as_int64s(e, v), ty::Int64); },
      weak());
}

// perm(n, k=None): of n alone, or with None, it is the factorial.
Lookup permutations(const Query& q) {
  Query plain = q;
  if (plain.args.size() == 2 && plain.args[1].type == ty::None) plain.args.pop_back();
  if (!takes(plain, 1, is_whole)) return by_integer_runtime<RtFn::Perm, 2>(plain);
  return found(
      ty::Int64,
      [](Emitter& e, const Values& v) {
        ValueId n = e.cast(v[0], ty::Int64);
        return e.rtcall(RtFn::Perm, {n, n}, ty::Int64);
      },
      weak());
}

Lookup integer_root(const Query& q) {
  if (!takes(q, 1, is_whole)) return no_match();
  Facts facts = weak();
  facts.nonneg = true;
  return found(
      ty::Int64,
      [](Emitter& e, const Values& v) {
        ValueId n = e.cast(v[0], ty::Int64);
        e.check(e.compare(Op::Ge, n, e.int64(0)), ErrorRow::NegativeArgument, {}, "isqrt() argument");
        return e.rtcall(RtFn::Isqrt, {n}, ty::Int64);
      },
      facts);
}

constexpr Row kRows[] = {
    {"math.acos", of_doubles<MathFn::Acos>},
    {"math.acosh", of_doubles<MathFn::Acosh>},
    {"math.asin", of_doubles<MathFn::Asin>},
    {"math.asinh", of_doubles<MathFn::Asinh>},
    {"math.atan", of_doubles<MathFn::Atan>},
    {"math.atan2", of_doubles<MathFn::Atan2>},
    {"math.atanh", of_doubles<MathFn::Atanh>},
    {"math.cbrt", of_doubles<MathFn::Cbrt>},
    {"math.ceil", to_whole<MathFn::Ceil>},
    {"math.comb", by_integer_runtime<RtFn::Comb, 2>},
    {"math.copysign", of_doubles<MathFn::Copysign>},
    {"math.cos", of_doubles<MathFn::Cos>},
    {"math.cosh", of_doubles<MathFn::Cosh>},
    {"math.degrees", by_kernel<kernels::degrees>},
    {"math.erf", of_doubles<MathFn::Erf>},
    {"math.erfc", of_doubles<MathFn::Erfc>},
    {"math.exp", of_doubles<MathFn::Exp>},
    {"math.exp2", of_doubles<MathFn::Exp2>},
    {"math.expm1", of_doubles<MathFn::Expm1>},
    {"math.fabs", fabs},
    {"math.factorial", by_integer_runtime<RtFn::Factorial, 1>},
    {"math.floor", to_whole<MathFn::Floor>},
    {"math.fma", of_doubles<MathFn::Fma>},
    {"math.fmod", of_doubles<MathFn::Fmod>},
    {"math.frexp", frexp},
    {"math.gamma", of_doubles<MathFn::Gamma>},
    {"math.gcd", of_integers<RtFn::Gcd, 0>},
    {"math.isfinite", test<kernels::isfinite>},
    {"math.isinf", test<kernels::isinf>},
    {"math.isnan", test<kernels::isnan>},
    {"math.isqrt", integer_root},
    {"math.lcm", of_integers<RtFn::Lcm, 1>},
    {"math.ldexp", ldexp},
    {"math.lgamma", of_doubles<MathFn::LGamma>},
    {"math.log", logarithm},
    {"math.log10", of_doubles<MathFn::Log10>},
    {"math.log1p", of_doubles<MathFn::Log1p>},
    {"math.log2", of_doubles<MathFn::Log2>},
    {"math.modf", modf},
    {"math.nextafter", next_after},
    {"math.perm", permutations},
    {"math.pow", of_doubles<MathFn::Pow>},
    {"math.radians", by_kernel<kernels::radians>},
    {"math.remainder", of_doubles<MathFn::Remainder>},
    {"math.sin", of_doubles<MathFn::Sin>},
    {"math.sinh", of_doubles<MathFn::Sinh>},
    {"math.sqrt", of_doubles<MathFn::Sqrt>},
    {"math.tan", of_doubles<MathFn::Tan>},
    {"math.tanh", of_doubles<MathFn::Tanh>},
    {"math.trunc", to_whole<MathFn::Trunc>},
    {"math.ulp", by_runtime<RtFn::Ulp>},
};

}  // namespace

std::span<const Row> math_rows() {
  return kRows;
}

}  // namespace lancehead
