// Dtypes as values: what names one, their attributes, promotion, and np.iinfo and np.finfo.
#include <cmath>
#include <limits>

#include "library/dtype_names.h"
#include "library/rows.h"
#include "types/conversion.h"
#include "types/time_units.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

Lookup dtype(const Query& q) {
  int only = argument_index(q, 0, "dtype");
  if (only != 0 || q.args.size() + q.keywords.size() != 1) return no_match();
  TypeId elem = dtype_of(*find_argument(q, 0, "dtype"));
  return elem.valid() ? found(dtype_type(elem), {}) : no_match();
}

// ---- promotion

Lookup promote_types(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty()) return no_match();
  TypeId elem = promote_elements(dtype_of(q.args[0]), dtype_of(q.args[1]));
  return elem.valid() ? found(dtype_type(elem), {}) : no_match();
}

// Of arrays, scalars and dtypes; weak scalars give way to the others.
Lookup result_type(const Query& q) {
  if (q.args.empty() || !q.keywords.empty()) return no_match();
  Query values = q;
  bool only_dtypes = true;
  for (Argument& a : values.args) {
    TypeId elem = dtype_of(a);
    if (elem.valid())
      a = {elem, {}, nullptr};
    else
      only_dtypes = false;
    TypeId t = is_array(a.type) ? type_of(a.type).elem : a.type;
    if (!is_plain(t) || (is_time(t) && !only_dtypes)) return no_match();
  }
  std::vector<TypeId> types;
  if (only_dtypes)
    for (const Argument& a : values.args) types.push_back(a.type);
  else
    types = loop_inputs(values);
  TypeId out = types[0];
  for (TypeId t : types) out = promote_elements(out, t);
  return out.valid() ? found(dtype_type(out), {}) : no_match();
}

enum class Casting : uint8_t { Unknown, No, Safe, SameKind, Unsafe };

Casting casting_named(const Argument* a) {
  if (!a) return Casting::Safe;
  if (!a->constant || a->type != ty::Str) return Casting::Unknown;
  const std::string& text = a->constant->text;
  if (text == "no" || text == "equiv") return Casting::No;
  if (text == "safe") return Casting::Safe;
  if (text == "same_kind") return Casting::SameKind;
  return text == "unsafe" ? Casting::Unsafe : Casting::Unknown;
}

Lookup can_cast(const Query& q) {
  const Argument *from = find_argument(q, 0, "from_"), *to = find_argument(q, 1, "to");
  Casting casting = casting_named(find_argument(q, 2, "casting"));
  if (!from || !to || casting == Casting::Unknown || q.args.size() + q.keywords.size() > 3) return no_match();
  TypeId f = is_array(from->type) ? type_of(from->type).elem : dtype_of(*from), t = dtype_of(*to);
  if (!f.valid() || !t.valid() || !is_scalar(f) || !is_scalar(t)) return no_match();
  bool can = casting == Casting::Unsafe || (casting == Casting::No         ? f == t
                                            : casting == Casting::SameKind ? can_cast_same_kind(f, t)
                                                                           : can_cast_safely(f, t));
  return found_constant(bool_constant(can));
}

// ---- np.iinfo and np.finfo: objects known by their type, whose attributes are constants

constexpr std::string_view kIinfo = "numpy.iinfo", kFinfo = "numpy.finfo";

Lookup info_of(const Query& q, std::string_view name) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  TypeId elem = dtype_of(q.args[0]);
  if (!elem.valid()) elem = is_array(q.args[0].type) ? type_of(q.args[0].type).elem : q.args[0].type;
  if (name == kFinfo && is_complex(elem)) elem = real_of(elem);
  if (name == kFinfo ? !is_float(elem) : !is_integer(elem)) return no_match();
  Type t = type_of(known_type(KnownClass::Other, std::string(name)));
  t.elem = elem;
  return found(intern(t), {});
}

Lookup iinfo(const Query& q) {
  return info_of(q, kIinfo);
}
Lookup finfo(const Query& q) {
  return info_of(q, kFinfo);
}

Lookup int_attribute(int64_t value) {
  return found_constant(int_constant(ty::Int64, value));
}

Lookup iinfo_attribute(TypeId elem, std::string_view name) {
  int bits = bits_of(elem);
  if (name == "bits") return int_attribute(bits);
  if (name == "dtype") return found(dtype_type(elem), {});
  if (name == "min") return int_attribute(is_signed(elem) ? INT64_MIN >> (64 - bits) : 0);
  if (name != "max") return no_match();
  if (elem == ty::UInt64) return found_constant(int_constant(ty::UInt64, -1));
  return int_attribute(INT64_MAX >> (is_signed(elem) ? 64 - bits : 63 - bits));
}

Lookup finfo_attribute(TypeId elem, std::string_view name) {
  struct Format {
    int fraction, exponent, digits;  // bits, bits, decimals
  };
  int bits = bits_of(elem);
  const Format f = bits == 16 ? Format{10, 5, 3} : bits == 32 ? Format{23, 8, 6} : Format{52, 11, 15};
  const int greatest = 1 << (f.exponent - 1);
  if (name == "dtype") return found(dtype_type(elem), {});
  struct Whole {
    std::string_view name;
    int value;
  };
  const Whole wholes[] = {{"bits", bits},       {"nmant", f.fraction},    {"nexp", f.exponent},
                          {"iexp", f.exponent}, {"machep", -f.fraction},  {"negep", -f.fraction - 1},
                          {"maxexp", greatest}, {"minexp", 2 - greatest}, {"precision", f.digits}};
  for (const Whole& w : wholes)
    if (w.name == name) return int_attribute(w.value);
  struct Real {
    std::string_view name;
    double value;
  };
  const double largest = std::ldexp(2.0 - std::ldexp(1.0, -f.fraction), greatest - 1);
  const double smallest = std::ldexp(1.0, 2 - greatest);
  const Real reals[] = {{"eps", std::ldexp(1.0, -f.fraction)},
                        {"epsneg", std::ldexp(1.0, -f.fraction - 1)},
                        {"max", largest},
                        {"min", -largest},
                        {"tiny", smallest},
                        {"smallest_normal", smallest},
                        {"smallest_subnormal", std::ldexp(smallest, -f.fraction)},
                        {"resolution", f.digits == 3   ? 1e-3
                                       : f.digits == 6 ? 1e-6
                                                       : 1e-15}};
  for (const Real& r : reals)
    if (r.name == name) return found_constant(float_constant(elem, r.value), /*weak=*/false);
  return no_match();
}

constexpr Row kRows[] = {
    {"numpy.dtype", dtype},
    {"numpy.promote_types", promote_types},
    {"numpy.can_cast", can_cast},
    {"numpy.result_type", result_type},
    {kIinfo, iinfo},
    {kFinfo, finfo},
};

Lookup names_attribute(const Type& record) {
  TypeId tuple = tuple_type(std::vector<TypeId>(record.fields.size(), ty::Str));
  return found(tuple, [=](Emitter& e, const Values&) {
    Values names;
    for (const Field& f : record.fields) names.push_back(e.b.string(f.name));
    return e.make(tuple, std::move(names));
  });
}

}  // namespace

std::span<const Row> dtype_rows() {
  return kRows;
}

TypeId promote_elements(TypeId a, TypeId b) {
  if (!a.valid() || !b.valid() || is_record(a) || is_record(b)) return a == b ? a : TypeId();
  if (is_time(a) && is_time(b)) return promote_times(a, b);
  if (is_scalar(a) && is_scalar(b)) return promote(a, b);
  TypeId time = is_time(a) ? a : b, other = is_time(a) ? b : a;
  bool whole = is_integer(other) || other == ty::Bool;
  return whole && kind_of(time) == Kind::TimeDelta ? time : TypeId();
}

TypeId dtype_of(const Argument& argument) {
  if (argument.type == ty::Str) return argument.constant ? dtype_named(argument.constant->text) : TypeId();
  return dtype_of(argument.type);
}

TypeId dtype_of(TypeId type) {
  const Type& t = type_of(type);
  if (t.kind == Kind::DType) return t.elem;
  if (t.kind != Kind::Known || t.known != KnownClass::TypeClass) return {};
  if (t.name == "builtins.float") return ty::Float64;
  if (t.name == "builtins.int") return ty::Int64;
  if (t.name == "builtins.bool") return ty::Bool;
  if (t.name == "builtins.complex") return ty::Complex128;
  return {};
}

Lookup dtype_attribute(TypeId elem, std::string_view name) {
  const Type& t = type_of(elem);
  if (name == "itemsize") return int_attribute(size_of(elem));
  if (name == "alignment") return int_attribute(alignment_of(elem));
  if (name == "ndim") return int_attribute(0);
  if (name == "kind") return found_constant(str_constant(std::string(1, dtype_kind(elem))));
  if (name == "char") return found_constant(str_constant(std::string(1, dtype_char(elem))));
  if (name == "str") return found_constant(str_constant(dtype_str(elem)));
  if (name == "name") return found_constant(str_constant(dtype_name(elem)));
  if (name == "byteorder")
    return found_constant(str_constant(size_of(elem) == 1 || is_record(elem) ? "|" : "="));
  if (name == "isnative") return found_constant(bool_constant(true));
  if (name == "hasobject") return found_constant(bool_constant(false));
  if (name == "type" || name == "base") return found(dtype_type(elem), {});
  if (name == "names") return is_record(elem) ? names_attribute(t) : found_constant(none_constant());
  return no_match();
}

Lookup info_attribute(const Type& info, std::string_view name) {
  if (info.name == kIinfo) return iinfo_attribute(info.elem, name);
  return info.name == kFinfo ? finfo_attribute(info.elem, name) : no_match();
}

}  // namespace lancehead
