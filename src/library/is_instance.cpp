// isinstance(): decided by the type, and for scalars by whether CPython would have a Python number or a NumPy
// scalar. A strong int64, float64, complex128 or bool counts as an instance of Python's class too
// (docs/deviations.md).
#include <algorithm>

#include "library/rows.h"

namespace lancehead {
namespace {

enum class Answer : uint8_t { No, Yes, Unknown };

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_python_scalar(TypeId t) {
  return t == ty::Bool || t == ty::Int64 || t == ty::UInt64 || t == ty::Float64 || t == ty::Complex128;
}

// Classes of Python that some value here may be an instance of.
bool is_builtin_instance(TypeId value, std::string_view cls) {
  Kind kind = kind_of(value);
  if (cls == "bool") return value == ty::Bool;
  if (cls == "int") return value == ty::Bool || value == ty::Int64 || value == ty::UInt64;
  if (cls == "float") return value == ty::Float64;
  if (cls == "complex") return value == ty::Complex128;
  if (cls == "str") return kind == Kind::Str;
  if (cls == "list") return kind == Kind::List;
  if (cls == "tuple") return kind == Kind::Tuple;
  if (cls == "range") return kind == Kind::Range;
  if (cls == "slice") return kind == Kind::Slice;
  return false;
}

// numbers.Number and so on; NumPy registers its scalars there.
bool is_number(TypeId value, std::string_view cls) {
  bool whole = is_integer(value) || value == ty::Bool, real = whole || is_float(value),
       any = is_scalar(value);
  if (cls == "Number" || cls == "Complex") return any;
  if (cls == "Real") return real;
  return whole;
}

// NumPy's abstract scalar classes.
bool is_numpy_scalar(TypeId value, std::string_view cls) {
  if (cls == "generic") return is_scalar(value);
  if (cls == "integer") return is_integer(value);
  if (cls == "signedinteger") return is_integer(value) && is_signed(value);
  if (cls == "unsignedinteger") return is_integer(value) && !is_signed(value);
  if (cls == "floating") return is_float(value);
  if (cls == "complexfloating") return is_complex(value);
  if (cls == "inexact") return is_float(value) || is_complex(value);
  return is_scalar(value) && value != ty::Bool;  // number
}

// A scalar is an instance of a NumPy class only if it is strong; Numba's dialect does not tell.
bool is_strong(const Query& q) {
  if (q.semantics->numba_dialect || !is_python_scalar(q.args[0].type)) return true;
  if (q.consulted_weakness) *q.consulted_weakness = true;
  return !q.args[0].weak();
}

Answer instance_of_class(const Query& q, TypeId value, TypeId cls) {
  const Type c = type_of(cls);
  auto answer = [](bool yes) { return yes ? Answer::Yes : Answer::No; };
  if (c.kind == Kind::DType) return answer(value == c.elem && is_strong(q));
  if (c.kind != Kind::Known) return Answer::Unknown;
  if (c.known == KnownClass::Exception) return kind_of(value) == Kind::Error ? Answer::Unknown : Answer::No;
  if (c.known != KnownClass::TypeClass) return Answer::Unknown;
  std::string_view name = c.name;
  if (name == "builtins.object") return Answer::Yes;
  if (name.starts_with("builtins.")) return answer(is_builtin_instance(value, name.substr(9)));
  if (name == "numpy.ndarray") return answer(kind_of(value) == Kind::Array);
  if (name.starts_with("numpy.")) {
    name.remove_prefix(6);
    if (one_of(name, {"generic", "number", "integer", "signedinteger", "unsignedinteger", "inexact",
                      "floating", "complexfloating"}))
      return answer(is_numpy_scalar(value, name) && is_strong(q));
    return is_scalar(value) ? Answer::Unknown : Answer::No;
  }
  if (name.starts_with("numbers.") &&
      one_of(name.substr(8), {"Number", "Complex", "Real", "Rational", "Integral"}))
    return answer(is_number(value, name.substr(8)));
  bool abstract = name.starts_with("collections.") || name.starts_with("typing.");
  return abstract ? Answer::Unknown : Answer::No;
}

Answer instance_of(const Query& q, TypeId value, TypeId classes) {
  const Type c = type_of(classes);
  if (c.kind != Kind::Tuple) return instance_of_class(q, value, classes);
  Answer all = Answer::No;
  for (TypeId item : c.items) {
    Answer one = instance_of(q, value, item);
    if (one == Answer::Yes) return one;
    if (one == Answer::Unknown) all = one;
  }
  return all;
}

}  // namespace

Lookup is_instance(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty()) return no_match();
  const Type value = type_of(q.args[0].type);
  if (class_of(q.args[0].type) == KindClass::Opaque && value.kind != Kind::None &&
      value.kind != Kind::Ellipsis)
    return no_match();
  bool optional = value.kind == Kind::Optional;
  Answer present = instance_of(q, optional ? value.elem : q.args[0].type, q.args[1].type);
  Answer absent = optional ? instance_of(q, ty::None, q.args[1].type) : present;
  if (present == Answer::Unknown || absent == Answer::Unknown)
    return Lookup(
        make_diagnostic(DiagId::NoCall, {"isinstance()", spell_list({q.args[0].type, q.args[1].type})}));
  if (present == absent) return found_constant(bool_constant(present == Answer::Yes));
  bool if_present = present == Answer::Yes;
  return found(ty::Bool, [if_present](Emitter& e, const std::vector<ValueId>& v) {
    ValueId has = e.value(Op::OptionalHas, {v[0]}, ty::Bool);
    return if_present ? has : e.value(Op::Invert, {has}, ty::Bool);
  });
}

}  // namespace lancehead
