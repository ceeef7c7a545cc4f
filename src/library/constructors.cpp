// Conversions called by name: int(), float(), bool(), complex(), numpy.float64(), ...
#include "library/numbers.h"
#include "library/rows.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

Lookup to_int(const Query& q) {
  if (q.args.empty() && q.keywords.empty()) return found_constant(int_constant(ty::Int64, 0));
  if (q.args.size() != 1 || !is_scalar(q.args[0].type) || is_complex(q.args[0].type)) return no_match();
  TypeId t = q.args[0].type;
  Facts facts;
  facts.weak = true;
  facts.nonneg = nonneg_as(q.args[0], ty::Int64);
  if (t == ty::UInt64)
    return found(
        t, [](Emitter&, const Values& v) { return v[0]; }, facts);
  if (is_float(t))
    return found(
        ty::Int64, [](Emitter& e, const Values& v) { return float_to_int(e, v[0]); }, facts);
  return found(
      ty::Int64, [](Emitter& e, const Values& v) { return e.cast(v[0], ty::Int64); }, facts);
}

Lookup to_float(const Query& q) {
  if (q.args.empty() && q.keywords.empty()) return found_constant(float_constant(ty::Float64, 0.0));
  if (q.args.size() != 1 || !is_scalar(q.args[0].type) || is_complex(q.args[0].type)) return no_match();
  Facts facts;
  facts.weak = true;
  return found(
      ty::Float64, [](Emitter& e, const Values& v) { return e.cast(v[0], ty::Float64); }, facts);
}

Lookup to_bool(const Query& q) {
  if (q.args.empty() && q.keywords.empty()) return found_constant(bool_constant(false));
  return q.args.size() == 1 ? find_truth(q) : no_match();
}

// complex(a, b) is a + b*1j, for complex parts too.
Lookup to_complex(const Query& q) {
  size_t n = q.args.size() + q.keywords.size();
  if (n == 0) return found_constant(complex_constant(ty::Complex128, 0, 0));
  if (n > 2) return no_match();
  int real = argument_index(q, 0, "real"), imag = argument_index(q, 1, "imag");
  for (const Argument& a : q.args)
    if (!is_scalar(a.type)) return no_match();
  for (const auto& k : q.keywords)
    if (!is_scalar(k.second.type) || (k.first != "real" && k.first != "imag")) return no_match();
  Facts facts;
  facts.weak = true;
  return found(
      ty::Complex128,
      [=](Emitter& e, const Values& v) {
        ValueId zero = e.b.float_value(ty::Float64, 0.0);
        auto given = [&](int index) { return index < 0 ? zero : v[static_cast<size_t>(index)]; };
        ValueId re = given(real), im = given(imag);
        if (!is_complex(e.type(re)) && !is_complex(e.type(im)))
          return e.value(Op::ComplexMake, {e.cast(re, ty::Float64), e.cast(im, ty::Float64)}, ty::Complex128);
        if (imag < 0) return e.cast(re, ty::Complex128);
        ValueId r = e.cast(re, ty::Complex128), i = e.cast(im, ty::Complex128);
        auto part = [&](Op op, ValueId c) { return e.value(op, {c}, ty::Float64); };
        return e.value(Op::ComplexMake,
                       {e.binary(Op::Sub, part(Op::ComplexReal, r), part(Op::ComplexImag, i)),
                        e.binary(Op::Add, part(Op::ComplexImag, r), part(Op::ComplexReal, i))},
                       ty::Complex128);
      },
      facts);
}

// numpy.float32(x) and its like: a C cast to the scalar type, strong.
template <Kind kKind>
Lookup to_scalar(const Query& q) {
  constexpr TypeId type{static_cast<uint32_t>(kKind)};
  if (!q.keywords.empty() || q.args.size() > 1) return no_match();
  if (q.args.empty()) return found(type, [](Emitter& e, const Values&) { return e.cast(e.int64(0), type); });
  TypeId from = q.args[0].type;
  if (!is_scalar(from) || (is_complex(from) && !is_complex(type))) return no_match();
  Facts facts;
  facts.nonneg = is_signed(type) && nonneg_as(q.args[0], type);
  bool weak = q.args[0].weak();
  return found(
      type, [=](Emitter& e, const Values& v) { return e.fit(v[0], type, weak); }, facts);
}

constexpr Row kRows[] = {
    {"builtins.int", to_int},
    {"builtins.float", to_float},
    {"builtins.bool", to_bool},
    {"builtins.complex", to_complex},
    {"numpy.bool", to_scalar<Kind::Bool>},
    {"numpy.int8", to_scalar<Kind::Int8>},
    {"numpy.int16", to_scalar<Kind::Int16>},
    {"numpy.int32", to_scalar<Kind::Int32>},
    {"numpy.int64", to_scalar<Kind::Int64>},
    {"numpy.uint8", to_scalar<Kind::UInt8>},
    {"numpy.uint16", to_scalar<Kind::UInt16>},
    {"numpy.uint32", to_scalar<Kind::UInt32>},
    {"numpy.uint64", to_scalar<Kind::UInt64>},
    {"numpy.float16", to_scalar<Kind::Float16>},
    {"numpy.float32", to_scalar<Kind::Float32>},
    {"numpy.float64", to_scalar<Kind::Float64>},
    {"numpy.complex64", to_scalar<Kind::Complex64>},
    {"numpy.complex128", to_scalar<Kind::Complex128>},
};

}  // namespace

std::span<const Row> constructor_rows() {
  return kRows;
}

}  // namespace lancehead
