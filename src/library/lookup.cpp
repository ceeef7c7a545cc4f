// The one lookup: by the kinds of the arguments for operators, by name for calls.
#include <algorithm>

#include "library/elementwise.h"
#include "library/rows.h"
#include "library/scalar_operators.h"
#include "library/times.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

bool any_array(const Query& q) {
  for (const Argument& a : q.args)
    if (is_array(a.type)) return true;
  return false;
}

bool all_scalars(const Query& q) {
  for (const Argument& a : q.args)
    if (!is_scalar(a.type)) return false;
  return true;
}

bool all_of_kind(const Query& q, Kind kind) {
  for (const Argument& a : q.args)
    if (kind_of(a.type) != kind) return false;
  return true;
}

Lookup tuple_concatenation(const Query& q) {
  std::vector<TypeId> items = type_of(q.args[0].type).items;
  size_t first = items.size();
  for (TypeId t : type_of(q.args[1].type).items) items.push_back(t);
  TypeId type = tuple_type(items);
  return found(type, [=](Emitter& e, const std::vector<ValueId>& v) {
    std::vector<ValueId> parts;
    for (size_t k = 0; k < items.size(); ++k)
      parts.push_back(k < first ? e.item(v[0], static_cast<uint32_t>(k), items[k])
                                : e.item(v[1], static_cast<uint32_t>(k - first), items[k]));
    return e.make(type, std::move(parts));
  });
}

Lookup tuple_repetition(const Query& q) {
  const size_t tuple = is_tuple(q.args[0].type) ? 0 : 1;
  const Argument& count = q.args[1 - tuple];
  if (!is_integer(count.type)) return no_match();
  if (!count.constant)
    return Lookup(make_diagnostic(DiagId::NeedsConstant, {"how often a tuple is repeated"}));
  const int64_t n = std::max<int64_t>(constant_as_int(*count.constant), 0);
  const std::vector<TypeId> once = type_of(q.args[tuple].type).items;
  if (n > 10000 || once.size() * static_cast<size_t>(n) > 10000)
    return Lookup(make_diagnostic(DiagId::TypeTooLarge, {}));
  std::vector<TypeId> items;
  for (int64_t k = 0; k < n; ++k) items.insert(items.end(), once.begin(), once.end());
  TypeId type = tuple_type(items);
  return found(type, [=](Emitter& e, const std::vector<ValueId>& v) {
    std::vector<ValueId> parts;
    for (size_t k = 0; k < items.size(); ++k)
      parts.push_back(e.item(v[tuple], static_cast<uint32_t>(k % once.size()), items[k]));
    return e.make(type, std::move(parts));
  });
}

Lookup str_compare(CompareOp op) {
  if (op == CompareOp::Eq || op == CompareOp::Ne)
    return found(ty::Bool, [op](Emitter& e, const std::vector<ValueId>& v) {
      ValueId equal = e.rtcall(RtFn::StrEqual, {v[0], v[1]}, ty::Bool);
      return op == CompareOp::Eq ? equal : e.value(Op::Invert, {equal}, ty::Bool);
    });
  return found(ty::Bool, [op](Emitter& e, const std::vector<ValueId>& v) {
    return e.compare(compare_opcode(op), e.rtcall(RtFn::StrCompare, {v[0], v[1]}, ty::Int64), e.int64(0));
  });
}

// A comparison of one item of each tuple.
Lookup item_compare(CompareOp op, const Query& q, TypeId a, TypeId b) {
  Query pair;
  pair.semantics = q.semantics;
  pair.args = {{a, {}, nullptr}, {b, {}, nullptr}};
  Lookup one = find_compare(op, pair);
  bool elementwise = one && *one && !(*one)->constant && (*one)->result != ty::Bool;
  if (elementwise) return no_match();
  return one;
}

ValueId emit_item_compare(Emitter& e, const Match& m, ValueId a, ValueId b) {
  return m.constant ? e.b.constant(*m.constant) : m.emit(e, {a, b});
}

// Tuples compare by the first items that differ.
Lookup tuple_compare(CompareOp op, const Query& q) {
  const std::vector<TypeId> a = type_of(q.args[0].type).items, b = type_of(q.args[1].type).items;
  const bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (equality && a.size() != b.size()) return found_constant(bool_constant(op == CompareOp::Ne));
  const bool up = op == CompareOp::Lt || op == CompareOp::Le,
             strict = op == CompareOp::Lt || op == CompareOp::Gt;
  const size_t count = std::min(a.size(), b.size());
  std::vector<Match> equal, before;
  for (size_t k = 0; k < count; ++k) {
    Lookup same = item_compare(CompareOp::Eq, q, a[k], b[k]);
    if (!same || !*same) return same;
    equal.push_back(std::move(**same));
    if (equality) continue;
    Lookup order = item_compare(up ? CompareOp::Lt : CompareOp::Gt, q, a[k], b[k]);
    if (!order || !*order) return order;
    before.push_back(std::move(**order));
  }
  const bool shorter = up ? a.size() < b.size() : a.size() > b.size();
  const bool at_end = equality || shorter || (!strict && a.size() == b.size());
  if (count == 0) return found_constant(bool_constant(at_end != (op == CompareOp::Ne)));
  return found(ty::Bool, [=](Emitter& e, const std::vector<ValueId>& v) {
    ValueId result = e.b.boolean(at_end);
    for (size_t k = count; k-- > 0;) {
      ValueId x = e.item(v[0], static_cast<uint32_t>(k), a[k]),
              y = e.item(v[1], static_cast<uint32_t>(k), b[k]);
      result = e.binary(Op::And, emit_item_compare(e, equal[k], x, y), result);
      if (!equality) result = e.binary(Op::Or, emit_item_compare(e, before[k], x, y), result);
    }
    return op == CompareOp::Ne ? e.value(Op::Invert, {result}, ty::Bool) : result;
  });
}

// An array is compared with None element by element.
Lookup array_of_none(CompareOp op, const Query& q, size_t array) {
  const TypeId type = q.args[array].type;
  const bool result = op == CompareOp::Ne;
  if (type_of(type).ndim == 0) return found_constant(bool_constant(result), false);
  return found(array_type(ty::Bool, type_of(type).ndim, result_layout({type})),
               [=](Emitter& e, const std::vector<ValueId>& v) {
                 return map_elements(e, {v[array]}, ty::Bool, [result](Emitter& inner, const auto&) {
                   return inner.b.boolean(result);
                 });
               });
}

// None compared with == is None only to None.
Lookup none_compare(CompareOp op, const Query& q) {
  if (op != CompareOp::Eq && op != CompareOp::Ne) return no_match();
  const size_t array = is_array(q.args[0].type) ? 0 : 1;
  if (is_array(q.args[array].type) && !q.semantics->numba_dialect) return array_of_none(op, q, array);
  Lookup same = find_is(q);
  if (op == CompareOp::Eq || !same || !*same) return same;
  Match& m = **same;
  if (m.constant) return found_constant(bool_constant(!m.constant->bits[0]));
  return found(ty::Bool, [emit = m.emit](Emitter& e, const std::vector<ValueId>& v) {
    return e.value(Op::Invert, {emit(e, v)}, ty::Bool);
  });
}

// Applies `find` to the query with optionals unwrapped.
template <class F>
Lookup through_optionals(const Query& q, F find) {
  Query plain = q;
  if (!unwrap_optionals(q, plain)) return no_match();
  Lookup inner = find(plain);
  if (!inner || !*inner) return inner;
  std::vector<TypeId> types;
  for (const Argument& a : plain.args) types.push_back(a.type);
  if ((*inner)->emit) (*inner)->emit = emit_unwrapped((*inner)->emit, std::move(types));
  return inner;
}

std::span<const Row> (*const kTables[])() = {builtin_rows,   iteration_rows, constructor_rows,   dtype_rows,
                                             time_rows,      math_rows,      math_sequence_rows, array_rows,
                                             reduction_rows, scan_rows};

const Row* find_row(std::span<const Row> rows, std::string_view name) {
  for (const Row& r : rows)
    if (r.name == name) return &r;
  return nullptr;
}

std::span<const Row> methods_of(TypeId receiver) {
  if (is_list(receiver)) return list_methods();
  return is_array(receiver) ? array_methods() : scalar_methods();
}

}  // namespace

bool unwrap_optionals(const Query& query, Query& unwrapped) {
  bool any = false;
  for (Argument& a : unwrapped.args) {
    const Type& t = type_of(a.type);
    if (t.kind != Kind::Optional) continue;
    a.type = t.elem;
    a.facts = {};
    a.constant = nullptr;
    any = true;
  }
  (void)query;
  return any;
}

Emit emit_unwrapped(Emit emit, std::vector<TypeId> types) {
  return [emit = std::move(emit), types = std::move(types)](Emitter& e, const std::vector<ValueId>& v) {
    std::vector<ValueId> plain = v;
    for (size_t k = 0; k < types.size(); ++k) plain[k] = e.cast(v[k], types[k]);
    return emit(e, plain);
  };
}

const Argument* find_argument(const Query& query, size_t position, std::string_view keyword) {
  if (position < query.args.size()) return &query.args[position];
  for (const auto& [name, argument] : query.keywords)
    if (name == keyword) return &argument;
  return nullptr;
}

int argument_index(const Query& query, size_t position, std::string_view keyword) {
  if (position < query.args.size()) return static_cast<int>(position);
  for (size_t k = 0; k < query.keywords.size(); ++k)
    if (query.keywords[k].first == keyword) return static_cast<int>(query.args.size() + k);
  return -1;
}

Lookup find_binary(BinaryOp op, const Query& q, bool inplace) {
  if (any_time(q)) return time_ufunc(ufunc_behind(op), q, inplace);
  if (all_scalars(q)) return scalar_binary(op, q);
  if (any_array(q)) return array_binary(op, q, inplace);
  if (op == BinaryOp::Add && all_of_kind(q, Kind::Str))
    return found(ty::Str, [](Emitter& e, const std::vector<ValueId>& v) {
      return e.rtcall(RtFn::StrConcat, {v[0], v[1]}, ty::Str);
    });
  if (op == BinaryOp::Add && all_of_kind(q, Kind::Tuple)) return tuple_concatenation(q);
  if (is_list(q.args[0].type) || is_list(q.args[1].type)) return list_binary(op, q, inplace);
  if (op == BinaryOp::Mul && (is_tuple(q.args[0].type) || is_tuple(q.args[1].type)))
    return tuple_repetition(q);
  return through_optionals(q, [&](const Query& plain) { return find_binary(op, plain, inplace); });
}

Lookup find_unary(UnaryOp op, const Query& q) {
  if (any_time(q)) return time_ufunc(ufunc_behind(op), q);
  if (all_scalars(q)) return scalar_unary(op, q);
  if (any_array(q)) return array_unary(op, q);
  return through_optionals(q, [&](const Query& plain) { return find_unary(op, plain); });
}

Lookup find_compare(CompareOp op, const Query& q) {
  TypeId a = q.args[0].type, b = q.args[1].type;
  if (a == ty::None || b == ty::None) return none_compare(op, q);
  if (any_time(q)) return time_ufunc(ufunc_behind(op), q);
  if (all_scalars(q)) {
    const Constant *x = q.args[0].constant, *y = q.args[1].constant;
    if (x && y && is_signed(x->type) && is_signed(y->type)) {
      int64_t i = constant_as_int(*x), j = constant_as_int(*y);
      bool results[] = {i<j, i <= j, i == j, i != j, i> j, i >= j};
      return found_constant(bool_constant(results[static_cast<size_t>(op)]));
    }
    return scalar_compare(op, a, b);
  }
  if (any_array(q)) return array_compare(op, q);
  if (all_of_kind(q, Kind::Str)) {
    if (q.args[0].constant && q.args[1].constant && (op == CompareOp::Eq || op == CompareOp::Ne))
      return found_constant(
          bool_constant((q.args[0].constant->text == q.args[1].constant->text) == (op == CompareOp::Eq)));
    return str_compare(op);
  }
  if (all_of_kind(q, Kind::Tuple)) return tuple_compare(op, q);
  if (kind_of(a) == Kind::DType || kind_of(b) == Kind::DType) {
    TypeId x = dtype_of(q.args[0]), y = dtype_of(q.args[1]);
    if (x.valid() && y.valid() && (op == CompareOp::Eq || op == CompareOp::Ne))
      return found_constant(bool_constant((x == y) == (op == CompareOp::Eq)));
  }
  bool opaque = class_of(a) == KindClass::Opaque && class_of(b) == KindClass::Opaque;
  if (opaque && (op == CompareOp::Eq || op == CompareOp::Ne))
    return found_constant(bool_constant((a == b) == (op == CompareOp::Eq)));
  return through_optionals(q, [&](const Query& plain) { return find_compare(op, plain); });
}

Lookup find_is(const Query& q) {
  TypeId a = q.args[0].type, b = q.args[1].type;
  if (b != ty::None && a != ty::None) {
    bool opaque = class_of(a) == KindClass::Opaque && class_of(b) == KindClass::Opaque;
    if (opaque) return found_constant(bool_constant(a == b));
    if (a == ty::Bool && b == ty::Bool) return scalar_compare(CompareOp::Eq, a, b);
    return no_match();
  }
  size_t other = b == ty::None ? 0 : 1;
  TypeId t = q.args[other].type;
  if (t == ty::None) return found_constant(bool_constant(true));
  if (kind_of(t) != Kind::Optional) return found_constant(bool_constant(false));
  return found(ty::Bool, [other](Emitter& e, const std::vector<ValueId>& v) {
    return e.value(Op::Invert, {e.value(Op::OptionalHas, {v[other]}, ty::Bool)}, ty::Bool);
  });
}

Lookup find_contains(const Query& q) {
  const Type t = type_of(q.args[1].type);
  if (t.kind != Kind::Tuple) return no_match();
  for (TypeId item : t.items) {
    Query pair;
    pair.semantics = q.semantics;
    pair.args = {q.args[0], {item, {}, nullptr}};
    Lookup equal = find_compare(CompareOp::Eq, pair);
    if (!equal || !*equal) return equal;
    if (!(*equal)->constant && (*equal)->result != ty::Bool) return no_match();  // elementwise
  }
  Argument needle = q.args[0];
  const Semantics* semantics = q.semantics;
  return found(ty::Bool, [=](Emitter& e, const std::vector<ValueId>& v) {
    ValueId any = e.b.boolean(false);
    for (uint32_t k = 0; k < t.items.size(); ++k) {
      Query pair;
      pair.semantics = semantics;
      pair.args = {{needle.type, {}, nullptr}, {t.items[k], {}, nullptr}};
      Lookup equal = find_compare(CompareOp::Eq, pair);
      const Match& m = **equal;
      ValueId one = m.constant ? e.b.constant(*m.constant) : m.emit(e, {v[0], e.item(v[1], k, t.items[k])});
      any = e.binary(Op::Or, any, one);
    }
    return any;
  });
}

Lookup find_truth(const Query& q) {
  TypeId type = q.args[0].type;
  const Type& t = type_of(type);
  const Constant* c = q.args[0].constant;
  if (c && (is_integer(c->type) || c->type == ty::Bool))
    return found_constant(bool_constant(c->bits[0] != 0));
  switch (t.kind) {
    case Kind::None: return found_constant(bool_constant(false));
    case Kind::Tuple: return found_constant(bool_constant(!t.items.empty()));
    case Kind::Known:
    case Kind::DType: return found_constant(bool_constant(true));
    case Kind::Array: {
      if (!is_scalar(t.elem)) return no_match();
      return found(ty::Bool, [](Emitter& e, const std::vector<ValueId>& v) {
        ValueId n = e.int64(1);
        for (ValueId d : e.dims(v[0])) n = e.binary(Op::Mul, n, d);
        e.check(e.compare(Op::Eq, n, e.int64(1)), ErrorRow::AmbiguousTruth, {n});
        std::vector<ValueId> operands = {v[0]};
        for (int k = 0; k < type_of(e.type(v[0])).ndim; ++k) operands.push_back(e.int64(0));
        TypeId elem = type_of(e.type(v[0])).elem;
        return e.truth(e.value(Op::ArrayLoad, std::move(operands), elem));
      });
    }
    case Kind::List:
      return found(ty::Bool, [](Emitter& e, const std::vector<ValueId>& v) {
        return e.compare(Op::Ne, e.value(Op::ListLen, {v[0]}, ty::Int64), e.int64(0));
      });
    default: break;
  }
  if (!is_scalar(type) && t.kind != Kind::Str && t.kind != Kind::Optional) return no_match();
  return found(ty::Bool, [](Emitter& e, const std::vector<ValueId>& v) { return e.truth(v[0]); });
}

Lookup find_call(const Query& q) {
  if (Lookup times = time_reduction(q.name, q); !times || *times) return times;
  for (auto table : kTables)
    if (const Row* row = find_row(table(), q.name)) {
      Lookup direct = row->find(q);
      if (!direct || *direct) return direct;
      return through_optionals(q, [&](const Query& plain) { return row->find(plain); });
    }
  if (is_ufunc(q.name)) {
    Lookup direct = any_time(q) ? time_ufunc(q.name, q) : find_ufunc(q);
    if (!direct || *direct) return direct;
    return through_optionals(q, [&](const Query& plain) { return find_ufunc(plain); });
  }
  return find_intrinsic(q);
}

Lookup find_dtype_call(TypeId dtype, const Query& q) {
  return is_time(type_of(dtype).elem) ? make_time(type_of(dtype).elem, q) : no_match();
}

bool is_library_callable(std::string_view name) {
  for (auto table : kTables)
    if (find_row(table(), name)) return true;
  return is_ufunc(name) || is_intrinsic(name);
}

Lookup find_method(const Query& q) {
  if (Lookup times = time_reduction(q.name, q); !times || *times) return times;
  const Row* row = find_row(methods_of(q.args[0].type), q.name);
  return row ? row->find(q) : no_match();
}

bool has_method(TypeId receiver, std::string_view name) {
  return find_row(methods_of(receiver), name) != nullptr;
}

}  // namespace lancehead
