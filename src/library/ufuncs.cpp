// Operators on arrays by the ufuncs behind them, ufuncs by name, and how Python scalars count in the choice
// of a loop.
#include <algorithm>

#include "library/rows.h"
#include "library/ufunc_call.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

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

// An operator whose ufunc has no loop is an operator that there is not.
Lookup operator_of(Lookup found) {
  if (!found && found.error().id == DiagId::UfuncNoLoop) return no_match();
  return found;
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
  return find_ufunc_row(name) != nullptr;
}

Lookup find_ufunc(const Query& q) {
  const UfuncRow* row = find_ufunc_row(q.name);
  return row ? call_ufunc(*row, q) : no_match();
}

std::string_view ufunc_behind(BinaryOp op) {
  static constexpr std::string_view kNames[] = {
      "numpy.add",         "numpy.subtract",   "numpy.multiply",   "numpy.divide",     "numpy.floor_divide",
      "numpy.remainder",   "numpy.power",      "numpy.matmul",     "numpy.left_shift", "numpy.right_shift",
      "numpy.bitwise_and", "numpy.bitwise_or", "numpy.bitwise_xor"};
  return kNames[static_cast<size_t>(op)];
}

std::string_view ufunc_behind(UnaryOp op) {
  static constexpr std::string_view kNames[] = {"numpy.negative", "numpy.positive", "numpy.invert"};
  return kNames[static_cast<size_t>(op)];
}

std::string_view ufunc_behind(CompareOp op) {
  static constexpr std::string_view kNames[] = {"numpy.less",      "numpy.less_equal", "numpy.equal",
                                                "numpy.not_equal", "numpy.greater",    "numpy.greater_equal"};
  return kNames[static_cast<size_t>(op)];
}

Lookup array_binary(BinaryOp op, const Query& q, bool inplace) {
  const UfuncRow* row = find_ufunc_row(ufunc_behind(op));
  if (!row) return no_match();
  return operator_of(inplace && is_array(q.args[0].type) ? call_ufunc_into_first(*row, q)
                                                         : call_ufunc(*row, q));
}

Lookup array_unary(UnaryOp op, const Query& q) {
  return operator_of(call_ufunc(*find_ufunc_row(ufunc_behind(op)), q));
}

Lookup array_compare(CompareOp op, const Query& q) {
  return operator_of(call_ufunc(*find_ufunc_row(ufunc_behind(op)), q));
}

}  // namespace lancehead
