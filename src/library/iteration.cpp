// range, enumerate, zip, and iterators as plain values: one step gives a flag, the value and the next
// iterator.
#include "library/numbers.h"

#include <algorithm>

#include "library/element_iterators.h"
#include "library/rows.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

TypeId parallel_range() {  // what prange gives in a function with parallel=True: its loop becomes a parloop
  Type t;
  t.kind = Kind::Range;
  t.name = "parallel";
  return intern(t);
}

TypeId parallel_range_iter() {
  Type t;
  t.kind = Kind::RangeIter;
  t.name = "parallel";
  return intern(t);
}

Lookup make_range(const Query& q, TypeId type) {
  size_t n = q.args.size();
  if (n < 1 || n > 3 || !q.keywords.empty()) return no_match();
  for (const Argument& a : q.args)
    if (!is_integer(a.type) && a.type != ty::Bool) return no_match();
  Facts facts;
  facts.weak = true;
  const Constant* step = n == 3 ? q.args[2].constant : nullptr;
  bool start_nonneg = n == 1 || nonneg_as(q.args[0], ty::Int64);
  bool step_positive = n < 3 || (step && constant_as_int(*step) > 0);
  facts.nonneg = start_nonneg && step_positive;
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        ValueId start = n == 1 ? e.int64(0) : e.cast(v[0], ty::Int64);
        ValueId stop = e.cast(v[n == 1 ? 0 : 1], ty::Int64);
        ValueId by = n == 3 ? e.cast(v[2], ty::Int64) : e.int64(1);
        if (n == 3) e.check(e.compare(Op::Ne, by, e.int64(0)), ErrorRow::RangeStepZero);
        return e.make(type, {start, stop, by});
      },
      facts);
}

Lookup range(const Query& q) {
  return make_range(q, ty::Range);
}
Lookup prange(const Query& q) {
  return make_range(q, q.semantics->parallel ? parallel_range() : ty::Range);
}

Lookup range_iter(TypeId range_type, const Facts& facts) {
  TypeId type = range_type == ty::Range ? ty::RangeIter : parallel_range_iter();
  return found(
      type,
      [type](Emitter& e, const Values& v) {
        ValueId start = e.item(v[0], 0, ty::Int64), stop = e.item(v[0], 1, ty::Int64),
                step = e.item(v[0], 2, ty::Int64);
        return e.make(type, {start, range_length(e, start, stop, step), step});
      },
      facts);
}

Lookup iter_of(const Argument& a) {
  const Type& t = type_of(a.type);
  switch (t.kind) {
    case Kind::Range: return range_iter(a.type, a.facts);
    case Kind::Array:
      if (t.ndim == 0) return no_match();
      return found(iterator_type(Kind::ArrayIter, a.type),
                   [type = iterator_type(Kind::ArrayIter, a.type)](Emitter& e, const Values& v) {
                     return e.make(type, {v[0], e.int64(0)});
                   });
    case Kind::List: return list_iter(a, false);
    case Kind::Tuple: {
      for (TypeId item : t.items)
        if (item != t.items[0]) return no_match();
      TypeId type = iterator_type(Kind::TupleIter, a.type);
      return found(type, [type](Emitter& e, const Values& v) { return e.make(type, {v[0], e.int64(0)}); });
    }
    case Kind::RangeIter:
    case Kind::ArrayIter:
    case Kind::ListIter:
    case Kind::TupleIter:
    case Kind::Enumerate:
    case Kind::Zip:
      return found(
          a.type, [](Emitter&, const Values& v) { return v[0]; }, a.facts);
    default: return no_match();
  }
}

Lookup enumerate(const Query& q) {
  int start_index = argument_index(q, 1, "start");
  if (q.args.empty() || q.args.size() + q.keywords.size() > 2 || (q.keywords.size() == 1 && start_index < 0))
    return no_match();
  const Argument* start_from = find_argument(q, 1, "start");
  if (start_from && !is_integer(start_from->type)) return no_match();
  Lookup inner = iter_of(q.args[0]);
  if (!inner || !*inner) return inner;
  TypeId type = iterator_type(Kind::Enumerate, {}, {(*inner)->result});
  return found(type, [=, emit = (*inner)->emit](Emitter& e, const Values& v) {
    ValueId start = start_index < 0 ? e.int64(0) : e.cast(v[static_cast<size_t>(start_index)], ty::Int64);
    return e.make(type, {emit(e, {v[0]}), start});
  });
}

Lookup zip(const Query& q) {
  if (!q.keywords.empty()) return no_match();
  std::vector<TypeId> iterators;
  std::vector<Emit> emits;
  for (const Argument& a : q.args) {
    Lookup inner = iter_of(a);
    if (!inner || !*inner) return inner;
    iterators.push_back((*inner)->result);
    emits.push_back((*inner)->emit);
  }
  TypeId type = iterator_type(Kind::Zip, {}, std::move(iterators));
  return found(type, [=](Emitter& e, const Values& v) {
    Values parts;
    for (size_t k = 0; k < emits.size(); ++k) parts.push_back(emits[k](e, {v[k]}));
    return e.make(type, std::move(parts));
  });
}

// The value of a step is undefined where the flag is false, but computing it must be harmless: loads are
// guarded.
std::vector<ValueId> next_of_range(Emitter& e, ValueId it) {
  ValueId next = e.item(it, 0, ty::Int64), left = e.item(it, 1, ty::Int64), step = e.item(it, 2, ty::Int64);
  ValueId has = e.compare(Op::Gt, left, e.int64(0));
  ValueId after =
      e.make(e.type(it), {e.binary(Op::Add, next, step), e.binary(Op::Sub, left, e.int64(1)), step});
  return {has, next, after};
}

ValueId element_or_row(Emitter& e, ValueId array, ValueId index) {
  const Type t = type_of(e.type(array));
  if (t.ndim == 1) return e.element(array, {index});
  Values operands = {array, e.value(Op::ArrayAddress, {array, index}, ty::Pointer)};
  for (int k = 1; k < t.ndim; ++k) operands.push_back(e.dim(array, k));
  for (int k = 1; k < t.ndim; ++k) operands.push_back(e.stride(array, k));
  return e.value(Op::ArrayView, std::move(operands),
                 iterated_type(iterator_type(Kind::ArrayIter, e.type(array))));
}

std::vector<ValueId> next_of_array(Emitter& e, ValueId it, TypeId type) {
  const Type t = type_of(type);
  ValueId array = e.item(it, 0, t.elem), index = e.item(it, 1, ty::Int64);
  ValueId has = e.compare(Op::Lt, index, e.dim(array, 0));
  TypeId item = iterated_type(type);
  if (!is_plain(item))  // rows and records are addresses: nothing is read
    return {has, element_or_row(e, array, index),
            e.make(type, {array, e.binary(Op::Add, index, e.int64(1))})};
  ValueId value = e.branch(
      has, {item}, [&] { return Values{element_or_row(e, array, index)}; },
      [&] { return Values{e.value(Op::Undef, {}, item)}; })[0];
  return {has, value, e.make(type, {array, e.binary(Op::Add, index, e.int64(1))})};
}

std::vector<ValueId> next_of_tuple(Emitter& e, ValueId it, TypeId type) {
  const Type t = type_of(type);
  size_t n = type_of(t.elem).items.size();
  ValueId tuple = e.item(it, 0, t.elem), index = e.item(it, 1, ty::Int64);
  ValueId has = e.compare(Op::Lt, index, e.int64(static_cast<int64_t>(n)));
  TypeId item = iterated_type(type);
  ValueId value = n == 0 ? e.value(Op::Undef, {}, item)
                         : e.value(Op::TupleAt, {tuple, e.select(has, index, e.int64(0))}, item);
  return {has, value, e.make(type, {tuple, e.binary(Op::Add, index, e.int64(1))})};
}

std::vector<ValueId> next_of_enumerate(Emitter& e, ValueId it, TypeId type) {
  const Type t = type_of(type);
  ValueId number = e.item(it, 1, ty::Int64);
  std::vector<ValueId> step = emit_next(e, e.item(it, 0, t.items[0]));
  ValueId pair = e.make(iterated_type(type), {number, step[1]});
  return {step[0], pair, e.make(type, {step[2], e.binary(Op::Add, number, e.int64(1))})};
}

// As CPython: the first that is exhausted ends it.
std::vector<ValueId> next_of_zip(Emitter& e, ValueId it, TypeId type) {
  const Type t = type_of(type);
  ValueId has = e.b.boolean(!t.items.empty());
  Values values, iterators;
  for (uint32_t k = 0; k < t.items.size(); ++k) {
    std::vector<ValueId> step = emit_next(e, e.item(it, k, t.items[k]));
    has = e.binary(Op::And, has, step[0]);
    values.push_back(step[1]);
    iterators.push_back(step[2]);
  }
  return {has, e.make(iterated_type(type), std::move(values)), e.make(type, std::move(iterators))};
}

Lookup reversed(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty() || !is_list(q.args[0].type)) return no_match();
  return list_iter(q.args[0], true);
}

constexpr Row kRows[] = {
    {"builtins.reversed", reversed},   {"builtins.range", range}, {"lancehead.prange", prange},
    {"builtins.enumerate", enumerate}, {"builtins.zip", zip},
};

}  // namespace

std::span<const Row> iteration_rows() {
  return kRows;
}

ValueId range_length(Emitter& e, ValueId start, ValueId stop, ValueId step) {
  ValueId zero = e.int64(0), one = e.int64(1);
  const Constant* c = e.b.function().constant_of(step);
  auto upward = [&](ValueId lo, ValueId hi, ValueId by) {
    ValueId span = e.binary(Op::Sub, hi, lo);
    const Constant* by_constant = e.b.function().constant_of(by);
    bool unit = by_constant && constant_as_int(*by_constant) == 1;
    ValueId count =
        unit ? span
             : e.binary(Op::Add,
                        e.cast(e.binary(Op::FloorDiv, e.cast(e.binary(Op::Sub, span, one), ty::UInt64),
                                        e.cast(by, ty::UInt64)),
                               ty::Int64),
                        one);
    return e.select(e.compare(Op::Lt, lo, hi), count, zero);
  };
  if (c) {
    if (constant_as_int(*c) > 0) return upward(start, stop, step);
    return upward(stop, start, e.value(Op::Neg, {step}, ty::Int64));
  }
  ValueId positive = e.compare(Op::Gt, step, zero);
  ValueId lo = e.select(positive, start, stop), hi = e.select(positive, stop, start);
  return upward(lo, hi, e.select(positive, step, e.value(Op::Neg, {step}, ty::Int64)));
}

Lookup find_iter(const Query& q) {
  return iter_of(q.args[0]);
}

TypeId iterated_type(TypeId iterator) {
  if (is_element_iterator(iterator)) return element_iterated_type(iterator);
  const Type t = type_of(iterator);
  switch (t.kind) {
    case Kind::RangeIter: return ty::Int64;
    case Kind::ArrayIter: {
      const Type a = type_of(t.elem);
      if (a.ndim == 1) return element_of(a);
      return array_type(a.elem, a.ndim - 1, a.layout == Layout::C ? Layout::C : Layout::A, a.readonly,
                        a.aligned);
    }
    case Kind::ListIter: return type_of(t.elem).elem;
    case Kind::TupleIter: {
      const Type tuple = type_of(t.elem);
      return tuple.items.empty() ? ty::None : tuple.items[0];
    }
    case Kind::Enumerate: return tuple_type({ty::Int64, iterated_type(t.items[0])});
    case Kind::Zip: {
      std::vector<TypeId> items;
      for (TypeId i : t.items) items.push_back(iterated_type(i));
      return tuple_type(std::move(items));
    }
    default: return {};
  }
}

bool never_yields(TypeId iterator) {
  const Type& t = type_of(iterator);
  if (t.kind == Kind::TupleIter) return type_of(t.elem).items.empty();
  if (t.kind == Kind::Enumerate) return never_yields(t.items[0]);
  return t.kind == Kind::Zip &&
         (t.items.empty() || std::any_of(t.items.begin(), t.items.end(), never_yields));
}

std::vector<ValueId> emit_next(Emitter& e, ValueId iterator) {
  TypeId type = e.type(iterator);
  if (is_element_iterator(type)) return next_element(e, iterator);
  switch (kind_of(type)) {
    case Kind::ArrayIter: return next_of_array(e, iterator, type);
    case Kind::ListIter: return next_of_list(e, iterator, type);
    case Kind::TupleIter: return next_of_tuple(e, iterator, type);
    case Kind::Enumerate: return next_of_enumerate(e, iterator, type);
    case Kind::Zip: return next_of_zip(e, iterator, type);
    default: return next_of_range(e, iterator);
  }
}

}  // namespace lancehead
