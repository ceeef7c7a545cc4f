// The lattice of numeric types, NumPy's promotion, and joins of aggregates.
#include "types/conversion.h"

#include <algorithm>

namespace lancehead {
namespace {

// bool < unsigned, signed < float < complex
int category(TypeId t) {
  switch (class_of(t)) {
    case KindClass::Bool: return 0;
    case KindClass::Int:
    case KindClass::Uint: return 1;
    case KindClass::Float: return 2;
    default: return 3;
  }
}

int float_bits_for(TypeId t) {  // the float that holds every value of t, as NumPy has it
  switch (class_of(t)) {
    case KindClass::Bool: return 16;
    case KindClass::Int:
    case KindClass::Uint: return bits_of(t) <= 8 ? 16 : bits_of(t) <= 16 ? 32 : 64;
    case KindClass::Float: return bits_of(t);
    default: return bits_of(t) / 2;
  }
}

TypeId promote_integers(TypeId a, TypeId b) {
  if (is_signed(a) == is_signed(b)) return bits_of(a) >= bits_of(b) ? a : b;
  TypeId s = is_signed(a) ? a : b;
  TypeId u = is_signed(a) ? b : a;
  if (bits_of(s) > bits_of(u)) return s;
  if (bits_of(u) == 64) return ty::Float64;
  return integer_type(bits_of(u) * 2, true);
}

TypeId join_layouts(const Type& a, const Type& b) {
  Layout layout = a.layout == b.layout ? a.layout : Layout::A;
  return array_type(a.elem, a.ndim, layout, a.readonly || b.readonly, a.aligned && b.aligned);
}

TypeId join_items(const Type& a, const Type& b) {
  if (a.items.size() != b.items.size()) return {};
  Type out = a;
  for (size_t i = 0; i < a.items.size(); ++i) {
    out.items[i] = join(a.items[i], b.items[i]);
    if (!out.items[i].valid()) return {};
  }
  return intern(out);
}

Fit scalar_conversion(TypeId from, TypeId to) {
  int cf = category(from), ct = category(to);
  if (cf == ct) {
    if (bits_of(from) > bits_of(to)) return Fit::Unsafe;
    if (cf == 1 && is_signed(from) != is_signed(to))
      return is_signed(to) && bits_of(to) > bits_of(from) ? Fit::Safe : Fit::Unsafe;
    return Fit::Promote;
  }
  if (cf == 0) return Fit::Safe;
  if (cf < ct) return float_bits_for(from) <= float_bits_for(to) ? Fit::Safe : Fit::Unsafe;
  return Fit::Unsafe;
}

Fit array_conversion(const Type& from, const Type& to) {
  if (from.elem != to.elem || from.ndim != to.ndim) return Fit::None;
  if (from.readonly && !to.readonly) return Fit::None;
  if (!from.aligned && to.aligned) return Fit::None;
  if (from.layout != to.layout && to.layout != Layout::A) return Fit::None;
  return Fit::Safe;
}

}  // namespace

TypeId promote(TypeId a, TypeId b) {
  if (a == b) return a;
  int ca = category(a), cb = category(b);
  if (ca == 0) return b;
  if (cb == 0) return a;
  if (ca == 1 && cb == 1) return promote_integers(a, b);
  TypeId real = float_type(std::max(float_bits_for(a), float_bits_for(b)));
  return std::max(ca, cb) == 3 ? complex_of(real) : real;
}

bool can_cast_safely(TypeId from, TypeId to) {
  if (from == to) return true;
  Fit fit = scalar_conversion(from, to);
  return fit == Fit::Promote || fit == Fit::Safe || (is_integer(from) && to == ty::Float64) ||
         (is_integer(from) && to == ty::Complex128);
}

bool can_cast_same_kind(TypeId from, TypeId to) {
  if (can_cast_safely(from, to)) return true;
  KindClass f = class_of(from), t = class_of(to);
  if (f == t) return true;
  if (f == KindClass::Uint && t == KindClass::Int) return true;
  return category(from) < category(to) && category(from) > 0;
}

Fit conversion(TypeId from, TypeId to) {
  if (from == to) return Fit::Exact;
  const Type& f = type_of(from);
  const Type& t = type_of(to);
  if (t.kind == Kind::Optional) {
    if (from == ty::None) return Fit::Promote;
    Fit inner = conversion(f.kind == Kind::Optional ? f.elem : from, t.elem);
    return inner == Fit::None ? inner : std::max(inner, Fit::Promote);
  }
  if (is_scalar(from) && is_scalar(to)) return scalar_conversion(from, to);
  if (f.kind != t.kind) return Fit::None;
  if (f.kind == Kind::Array) return array_conversion(f, t);
  if (f.kind == Kind::Tuple && f.items.size() == t.items.size()) {
    Fit worst = Fit::Exact;
    for (size_t i = 0; i < f.items.size(); ++i) worst = std::max(worst, conversion(f.items[i], t.items[i]));
    return worst;
  }
  return Fit::None;
}

TypeId join(TypeId a, TypeId b) {
  if (a == b || b == ty::Untyped) return a;
  if (a == ty::Untyped) return b;
  const Type& ta = type_of(a);
  const Type& tb = type_of(b);
  if (is_scalar(a) && is_scalar(b)) return promote(a, b);
  if (a == ty::None) return optional_type(b);
  if (b == ty::None) return optional_type(a);
  if (ta.kind == Kind::Optional || tb.kind == Kind::Optional) {
    TypeId inner = join(ta.kind == Kind::Optional ? ta.elem : a, tb.kind == Kind::Optional ? tb.elem : b);
    return inner.valid() ? optional_type(inner) : TypeId{};
  }
  if (ta.kind != tb.kind) return {};
  switch (ta.kind) {
    case Kind::Array: return ta.elem == tb.elem && ta.ndim == tb.ndim ? join_layouts(ta, tb) : TypeId{};
    case Kind::Tuple:
    case Kind::Enumerate:
    case Kind::Zip: return join_items(ta, tb);
    case Kind::Closure: return ta.handle == tb.handle ? join_items(ta, tb) : TypeId{};
    default: return {};
  }
}

TypeId arithmetic_type(TypeId a, TypeId b) {
  int c = std::max(category(a), category(b));
  if (c <= 1) {
    bool a_unsigned = class_of(a) == KindClass::Uint, b_unsigned = class_of(b) == KindClass::Uint;
    bool is_unsigned =
        (a_unsigned && b_unsigned) || (a_unsigned && b == ty::Bool) || (b_unsigned && a == ty::Bool);
    return is_unsigned ? ty::UInt64 : ty::Int64;
  }
  TypeId real = float_type(std::max(float_bits_for(a), float_bits_for(b)));
  return c == 3 ? complex_of(real) : real;
}

}  // namespace lancehead
