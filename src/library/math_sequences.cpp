// The math module: functions of tuples and one-dimensional arrays. The runtime computes them from memory, so
// that a tuple is stored into an array first. math.prod and math.sumprod of arrays are in Python.
#include "library/elementwise.h"
#include "library/numbers.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_real(TypeId t) {
  return is_scalar(t) && !is_complex(t);
}

// A tuple of real numbers or a one-dimensional array of them.
bool is_row(TypeId type) {
  const Type t = type_of(type);
  if (t.kind == Kind::Array) return t.ndim == 1 && is_real(t.elem);
  if (t.kind != Kind::Tuple) return false;
  for (TypeId item : t.items)
    if (!is_real(item)) return false;
  return true;
}

bool all_integers(TypeId tuple) {
  for (TypeId item : type_of(tuple).items)
    if (is_float(item)) return false;
  return true;
}

ValueId stored(Emitter& e, const Values& items, TypeId elem) {
  ValueId array = allocate(e, array_type(elem, 1, Layout::C), {e.int64(static_cast<int64_t>(items.size()))});
  for (size_t k = 0; k < items.size(); ++k)
    e.add(Op::ArrayStore, {array, e.cast(items[k], elem), e.int64(static_cast<int64_t>(k))}, {});
  return array;
}

// The numbers as an array of `elem`.
ValueId as_array(Emitter& e, ValueId row, TypeId elem) {
  const Type t = type_of(e.type(row));
  if (t.kind == Kind::Tuple) {
    Values items;
    for (uint32_t k = 0; k < t.items.size(); ++k) items.push_back(e.item(row, k, t.items[k]));
    return stored(e, items, elem);
  }
  if (t.elem == elem) return row;
  return map_elements(e, {row}, elem,
                      [elem](Emitter& inner, const Values& v) { return inner.cast(v[0], elem); });
}

ValueId data_of(Emitter& e, ValueId array) {
  return e.value(Op::ArrayData, {array}, ty::Pointer);
}

Facts weak() {
  Facts facts;
  facts.weak = true;
  return facts;
}

Lookup exact_sum(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty() || !is_row(q.args[0].type)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        ValueId x = as_array(e, v[0], ty::Float64);
        return e.rtcall(RtFn::Fsum, {data_of(e, x), e.dim(x, 0), e.stride(x, 0)}, ty::Float64);
      },
      weak());
}

// hypot(*coordinates): C's for two.
Lookup hypotenuse(const Query& q) {
  if (!q.keywords.empty()) return no_match();
  for (const Argument& a : q.args)
    if (!is_real(a.type)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        Values x;
        for (ValueId c : v) x.push_back(e.cast(c, ty::Float64));
        if (x.empty()) return e.b.float_value(ty::Float64, 0.0);
        if (x.size() == 1) return e.value(Op::Abs, {x[0]}, ty::Float64);
        if (x.size() == 2) return e.math(MathFn::Hypot, {x[0], x[1]});
        ValueId array = stored(e, x, ty::Float64);
        return e.rtcall(RtFn::VectorNorm, {data_of(e, array), e.dim(array, 0), e.stride(array, 0)},
                        ty::Float64);
      },
      weak());
}

struct Pair {
  ValueId x, y, count;
};

Pair pair_of_rows(Emitter& e, const Values& v, TypeId elem, ErrorRow if_lengths_differ) {
  ValueId x = as_array(e, v[0], elem), y = as_array(e, v[1], elem);
  ValueId count = e.dim(x, 0);
  e.check(e.compare(Op::Eq, count, e.dim(y, 0)), if_lengths_differ);
  return {x, y, count};
}

bool takes_two_rows(const Query& q) {
  return q.args.size() == 2 && q.keywords.empty() && is_row(q.args[0].type) && is_row(q.args[1].type);
}

ValueId call_on_pair(Emitter& e, RtFn fn, const Pair& p) {
  return e.rtcall(fn, {data_of(e, p.x), e.stride(p.x, 0), data_of(e, p.y), e.stride(p.y, 0), p.count},
                  ty::Float64);
}

Lookup distance(const Query& q) {
  if (!takes_two_rows(q)) return no_match();
  return found(
      ty::Float64,
      [](Emitter& e, const Values& v) {
        return call_on_pair(e, RtFn::Distance, pair_of_rows(e, v, ty::Float64, ErrorRow::DistDimensions));
      },
      weak());
}

// Of tuples of integers it is one that wraps, of other tuples the exact sum of the exact products, rounded.
Lookup sum_of_products(const Query& q) {
  if (!takes_two_rows(q) || !is_tuple(q.args[0].type) || !is_tuple(q.args[1].type)) return no_match();
  if (!all_integers(q.args[0].type) || !all_integers(q.args[1].type))
    return found(
        ty::Float64,
        [](Emitter& e, const Values& v) {
          return call_on_pair(e, RtFn::SumProducts, pair_of_rows(e, v, ty::Float64, ErrorRow::SumprodLength));
        },
        weak());
  return found(
      ty::Int64,
      [](Emitter& e, const Values& v) {
        Pair p = pair_of_rows(e, v, ty::Int64, ErrorRow::SumprodLength);
        return reduce_elements(e, {p.x, p.y}, Reduction::Sum, ty::Int64, [](Emitter& inner, const Values& x) {
          return inner.binary(Op::Mul, x[0], x[1]);
        });
      },
      weak());
}

Lookup product(const Query& q) {
  return q.args.size() == 1 ? fold_items(BinaryOp::Mul, 1, q) : no_match();
}

constexpr Row kRows[] = {
    {"math.dist", distance}, {"math.fsum", exact_sum},          {"math.hypot", hypotenuse},
    {"math.prod", product},  {"math.sumprod", sum_of_products},
};

}  // namespace

std::span<const Row> math_sequence_rows() {
  return kRows;
}

}  // namespace lancehead
