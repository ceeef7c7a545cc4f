// Calls of ufuncs and operators on arrays: choosing the loop, then a nest, or plain scalar code where no
// operand is an array.
#include <algorithm>

#include "library/elementwise.h"
#include "library/kernels.h"
#include "library/numbers.h"
#include "library/rows.h"
#include "library/scalar_operators.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

enum class Output : uint8_t { Same, Bool, Real };

struct UfuncRow {
  std::string_view name;
  size_t inputs;
  std::string_view loops;
  Output output;
  Kernel kernel;
};

template <Op kOp>
ValueId op_kernel(Emitter& e, const Values& v) {
  return e.value(kOp, v, e.type(v[0]));
}
template <MathFn kFn>
ValueId math_kernel(Emitter& e, const Values& v) {
  return e.math(kFn, v);
}
template <Op kOp>
ValueId compare_kernel(Emitter& e, const Values& v) {
  return e.compare(kOp, v[0], v[1]);
}

#define OPC(op) op_kernel<Op::op>
#define MATHFN(fn) math_kernel<MathFn::fn>
#define FN(f) kernels::f
#define CMP(op) compare_kernel<Op::op>
constexpr UfuncRow kUfuncs[] = {
#define UFUNC(name, inputs, loops, output, kernel) {name, inputs, loops, Output::output, kernel},
#include "library/ufuncs.def"
#undef UFUNC
};
#undef OPC
#undef MATHFN
#undef FN
#undef CMP

const UfuncRow* find_row(std::string_view name) {
  if (!name.starts_with("numpy.")) return nullptr;
  name.remove_prefix(6);
  for (const UfuncRow& row : kUfuncs)
    if (row.name == name) return &row;
  return nullptr;
}

TypeId type_of_letter(char letter) {
  static constexpr std::string_view kLetters = "?bBhHiIlLfdFD";
  static constexpr TypeId kTypes[] = {ty::Bool,    ty::Int8,      ty::UInt8,     ty::Int16,  ty::UInt16,
                                      ty::Int32,   ty::UInt32,    ty::Int64,     ty::UInt64, ty::Float32,
                                      ty::Float64, ty::Complex64, ty::Complex128};
  return kTypes[kLetters.find(letter)];
}

TypeId element_type(TypeId t) {
  return is_array(t) ? type_of(t).elem : t;
}

int kind_rank(TypeId t) {
  switch (class_of(t)) {
    case KindClass::Bool: return 0;
    case KindClass::Int:
    case KindClass::Uint: return 1;
    case KindClass::Float: return 2;
    default: return 3;
  }
}

// The type that a weak scalar takes beside strong operands whose promotion is `strong` (NEP 50).
TypeId weak_type(TypeId weak, TypeId strong) {
  int w = kind_rank(weak), s = kind_rank(strong);
  if (w <= s) return strong;
  if (w == 3 && s == 2) return complex_of(strong);
  return weak;
}

bool all_of_rank(const std::vector<TypeId>& types, int rank) {
  return std::all_of(types.begin(), types.end(), [=](TypeId t) { return kind_rank(t) <= rank; });
}

// The first loop that takes all inputs, as NumPy looks for it.
TypeId choose_loop(const UfuncRow& row, const std::vector<TypeId>& inputs) {
  for (char letter : row.loops) {
    if (letter == '!' && all_of_rank(inputs, 0)) return {};
    if (letter == 'w' && all_of_rank(inputs, 1)) return ty::Float64;
    if (letter == '!' || letter == 'w') continue;
    TypeId loop = type_of_letter(letter);
    if (std::all_of(inputs.begin(), inputs.end(), [=](TypeId t) { return can_cast_safely(t, loop); }))
      return loop;
  }
  return {};
}

TypeId output_type(const UfuncRow& row, TypeId loop) {
  switch (row.output) {
    case Output::Same: return loop;
    case Output::Bool: return ty::Bool;
    case Output::Real: return real_of(loop);
  }
  return loop;
}

bool operands_fit(const Query& q, size_t inputs) {
  if (q.args.size() != inputs || !q.keywords.empty()) return false;
  for (const Argument& a : q.args)
    if (!is_scalar(element_type(a.type))) return false;
  return true;
}

// The operands of the loop's type: scalars are cast once, outside the nest; 0-d arrays count as scalars.
Values prepare(Emitter& e, const Values& v, TypeId loop, const std::vector<bool>& weak) {
  Values out;
  for (size_t k = 0; k < v.size(); ++k) {
    ValueId x = v[k];
    TypeId t = e.type(x);
    if (is_array(t) && type_of(t).ndim > 0) {
      out.push_back(x);
      continue;
    }
    if (is_array(t)) x = e.value(Op::ArrayLoad, {x}, type_of(t).elem);
    out.push_back(e.fit(x, loop, weak[k]));
  }
  return out;
}

std::vector<bool> weak_ones(const Query& q) {
  std::vector<bool> out;
  for (const Argument& a : q.args) out.push_back(a.weak());
  return out;
}

// What only asks whether a Python int is less, equal or zero asks it of the int, whether the arrays' type
// holds it or not.
void widen_tested(const Query& q, std::vector<TypeId>& inputs) {
  for (size_t k = 0; k < inputs.size(); ++k) {
    const Argument& a = q.args[k];
    if (!a.weak() || !is_integer(a.type) || !is_integer(inputs[k]) || is_array(a.type)) continue;
    if (a.constant ? !fits(*a.constant, inputs[k]) : bits_of(inputs[k]) < 64) inputs[k] = a.type;
  }
}

ElementBody element_body(Kernel kernel, TypeId loop) {
  return [=](Emitter& e, const Values& elements) {
    Values cast;
    for (ValueId v : elements) cast.push_back(e.cast(v, loop));
    return kernel(e, cast);
  };
}

Lookup apply(const UfuncRow& row, const Query& q) {
  if (!operands_fit(q, row.inputs)) return no_match();
  std::vector<TypeId> inputs = loop_inputs(q);
  if (row.output == Output::Bool && inputs.size() == 2) widen_tested(q, inputs);
  TypeId loop = choose_loop(row, inputs);
  if (!loop.valid()) return no_match();
  TypeId out = output_type(row, loop);
  Kernel kernel = row.kernel;
  std::vector<TypeId> types;
  for (const Argument& a : q.args) types.push_back(a.type);
  int ndim = result_ndim(types);
  std::vector<bool> weak = weak_ones(q);
  bool integer_power = is_integer(loop) && is_signed(loop) && row.kernel == &kernels::power;
  auto checked = [=](Emitter& e, const Values& operands) {  // what a nest cannot raise is checked before it
    if (!integer_power) return;
    ValueId n = operands[1];
    if (!is_array(e.type(n)))
      return e.check(e.compare(Op::Ge, n, e.cast(e.int64(0), e.type(n))), ErrorRow::NegativePower);
    ValueId negative = reduce_elements(e, {n}, Reduction::Any, ty::Bool, [](Emitter& inner, const Values& x) {
      return inner.compare(Op::Lt, x[0], inner.cast(inner.int64(0), inner.type(x[0])));
    });
    e.check(e.value(Op::Invert, {negative}, ty::Bool), ErrorRow::NegativePower);
  };
  if (ndim == 0)
    return found(out, [=](Emitter& e, const Values& v) {
      Values operands = prepare(e, v, loop, weak);
      checked(e, operands);
      return kernel(e, operands);
    });
  return found(array_type(out, ndim, result_layout(types)), [=](Emitter& e, const Values& v) {
    Values operands = prepare(e, v, loop, weak);
    checked(e, operands);
    return map_elements(e, operands, out, element_body(kernel, loop));
  });
}

Lookup apply_inplace(const UfuncRow& row, const Query& q) {
  const Type target = type_of(q.args[0].type);
  if (target.kind != Kind::Array || !operands_fit(q, row.inputs)) return no_match();
  if (target.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  if (is_array(q.args[1].type) && type_of(q.args[1].type).ndim > target.ndim) return no_match();
  TypeId loop = choose_loop(row, loop_inputs(q));
  if (!loop.valid() || !can_cast_same_kind(output_type(row, loop), target.elem)) return no_match();
  Kernel kernel = row.kernel;
  std::vector<bool> weak = weak_ones(q);
  return found(q.args[0].type, [=](Emitter& e, const Values& v) {
    Values operands = prepare(e, v, loop, weak);
    if (target.ndim == 0) {
      e.add(Op::ArrayStore, {v[0], e.cast(kernel(e, operands), target.elem)}, {});
      return v[0];
    }
    map_into(e, v[0], operands, element_body(kernel, loop));
    return v[0];
  });
}

std::string_view ufunc_of(BinaryOp op) {
  static constexpr std::string_view kNames[] = {
      "numpy.add",         "numpy.subtract",   "numpy.multiply",   "numpy.divide",     "numpy.floor_divide",
      "numpy.remainder",   "numpy.power",      "numpy.matmul",     "numpy.left_shift", "numpy.right_shift",
      "numpy.bitwise_and", "numpy.bitwise_or", "numpy.bitwise_xor"};
  return kNames[static_cast<size_t>(op)];
}

}  // namespace

// The operands' types for the choice of a loop: NEP 50 in the numpy dialect; in numba's, scalars count as
// int64 and float64, but an integer scalar does not widen an array of floats.
std::vector<TypeId> loop_inputs(const Query& q) {
  TypeId strong;
  bool numba = q.semantics->numba_dialect;
  int array_rank = -1;
  for (const Argument& a : q.args)
    if (is_array(a.type)) array_rank = std::max(array_rank, kind_rank(element_type(a.type)));
  auto is_weak = [&](const Argument& a) {
    if (is_array(a.type)) return false;
    return numba ? kind_rank(a.type) <= 1 && array_rank >= 2 : a.weak();
  };
  for (const Argument& a : q.args) {
    if (!numba && !is_array(a.type) && q.args.size() > 1 && q.consulted_weakness)
      *q.consulted_weakness = true;
    if (!is_weak(a)) strong = strong.valid() ? promote(strong, element_type(a.type)) : element_type(a.type);
  }
  std::vector<TypeId> out;
  for (const Argument& a : q.args) {
    TypeId t = element_type(a.type);
    out.push_back(is_weak(a) && strong.valid() ? weak_type(t, strong) : t);
  }
  return out;
}

bool is_ufunc(std::string_view name) {
  return find_row(name) != nullptr;
}

Lookup find_ufunc(const Query& q) {
  const UfuncRow* row = find_row(q.name);
  return row ? apply(*row, q) : no_match();
}

Lookup array_binary(BinaryOp op, const Query& q, bool inplace) {
  const UfuncRow* row = find_row(ufunc_of(op));
  if (!row) return no_match();
  return inplace && is_array(q.args[0].type) ? apply_inplace(*row, q) : apply(*row, q);
}

Lookup array_unary(UnaryOp op, const Query& q) {
  static constexpr std::string_view kNames[] = {"numpy.negative", "numpy.positive", "numpy.invert"};
  return apply(*find_row(kNames[static_cast<size_t>(op)]), q);
}

Lookup array_compare(CompareOp op, const Query& q) {
  static constexpr std::string_view kNames[] = {"numpy.less",      "numpy.less_equal", "numpy.equal",
                                                "numpy.not_equal", "numpy.greater",    "numpy.greater_equal"};
  return apply(*find_row(kNames[static_cast<size_t>(op)]), q);
}

}  // namespace lancehead
