// Rating of overloads (choose_overload.h).
#include "pyext/choose_overload.h"

#include <algorithm>

#include "pyext/typeof.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

// How well `value` of type `from` fits a parameter. A complex number is never cut to its real part. In the
// dialect `numpy` a Python number converts to every type of its own or a higher class, and what would narrow
// does not convert at all.
Fit fit_of(PyObject* value, TypeId from, TypeId to, Dialect dialect) {
  if (kind_of(to) == Kind::Optional && kind_of(from) != Kind::Optional && from != ty::None)
    return std::max(fit_of(value, from, type_of(to).elem, dialect), Fit::Promote);
  Fit fit = conversion(from, to);
  if (is_complex(from) && is_scalar(to) && !is_complex(to)) return Fit::None;
  if (dialect == Dialect::Numba || fit == Fit::Exact) return fit;
  if (is_tuple(from) && is_tuple(to) && fit != Fit::None && PyTuple_Check(value)) {
    Fit worst = Fit::Exact;
    for (size_t i = 0; i < type_of(from).items.size(); ++i)
      worst = std::max(worst, fit_of(PyTuple_GET_ITEM(value, static_cast<Py_ssize_t>(i)),
                                     type_of(from).items[i], type_of(to).items[i], dialect));
    return worst;
  }
  if (is_weak(value) && is_scalar(to)) {
    auto rank = [](TypeId t) {
      return class_of(t) == KindClass::Bool ? 0 : is_integer(t) ? 1 : is_float(t) ? 2 : 3;
    };
    if (rank(from) > rank(to)) return Fit::None;
    return rank(from) == rank(to) ? Fit::Promote : Fit::Safe;
  }
  return fit == Fit::Unsafe ? Fit::None : fit;
}

// Numba's rating: first the fewest unsafe conversions, then safe ones, then promotions.
struct Rating {
  int unsafe = 0, safe = 0, promote = 0;
  friend auto operator<=>(const Rating&, const Rating&) = default;
};

bool rate(const Overload& overload, const BoundCall& call, const std::vector<TypeId>& types,
          const std::vector<ArgumentFacts>& facts, Dialect dialect, Rating& out) {
  if (!overload.takes(facts)) return false;
  for (size_t i = 0; i < types.size(); ++i) {
    Fit fit = fit_of(call.values[i], types[i], overload.request.args[i], dialect);
    if (fit == Fit::None) return false;
    out.unsafe += fit == Fit::Unsafe;
    out.safe += fit == Fit::Safe;
    out.promote += fit == Fit::Promote;
  }
  return true;
}

}  // namespace

const Overload* best_overload(const DispatcherState& state, const BoundCall& call,
                              const std::vector<TypeId>& types) {
  const Overload* best = nullptr;
  bool tie = false;
  Rating best_rating;
  std::vector<ArgumentFacts> facts = facts_of(call, types);
  for (const auto& overload : state.overloads) {
    Rating rating;
    if (!rate(*overload, call, types, facts, state.options.compile.dialect, rating)) continue;
    if (best && rating == best_rating) tie = true;
    if (best && rating >= best_rating) continue;
    best = overload.get();
    best_rating = rating;
    tie = false;
  }
  std::string shown = spell_list(types);
  if (!best) PyErr_Format(PyExc_TypeError, "No matching definition for argument type(s) %s", shown.c_str());
  if (tie) PyErr_Format(PyExc_TypeError, "Ambiguous overloading for argument type(s) %s", shown.c_str());
  return tie ? nullptr : best;
}

}  // namespace lancehead
