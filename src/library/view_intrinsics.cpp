// Operations without checks on arrays, their views and the tuples of their extents, for library functions in
// Python (python/lancehead/library/ops.py says what each does).
#include "library/elementwise.h"
#include "library/records.h"
#include "library/rows.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// The length of a tuple of integers, or -1.
int whole_numbers(TypeId t) {
  if (!is_tuple(t)) return -1;
  for (TypeId item : type_of(t).items)
    if (!is_integer(item)) return -1;
  return static_cast<int>(type_of(t).items.size());
}

bool all_whole(const Query& q, size_t from) {
  for (size_t k = from; k < q.args.size(); ++k)
    if (!is_integer(q.args[k].type)) return false;
  return true;
}

TypeId whole_tuple(int length) {
  return tuple_type(std::vector<TypeId>(static_cast<size_t>(length), ty::Int64));
}

Values items_of(Emitter& e, ValueId tuple) {
  Values out;
  const std::vector<TypeId> types = type_of(e.type(tuple)).items;
  for (uint32_t k = 0; k < types.size(); ++k) out.push_back(e.cast(e.item(tuple, k, types[k]), ty::Int64));
  return out;
}

// One of two values by a condition that may be known.
ValueId choose(Emitter& e, ValueId condition, ValueId x, ValueId y) {
  const Constant* c = e.b.function().constant_of(condition);
  if (c) return c->bits[0] ? x : y;
  return e.select(condition, x, y);
}

ValueId compare_index(Emitter& e, Op op, int64_t k, ValueId index) {
  if (const Constant* c = e.b.function().constant_of(index)) {
    int64_t i = constant_as_int(*c);
    return e.b.boolean(op == Op::Lt ? k < i : k == i);
  }
  return e.compare(op, e.int64(k), index);
}

Lookup drop(const Query& q) {
  int n = q.args.size() == 2 ? whole_numbers(q.args[0].type) : -1;
  if (n < 1 || !is_integer(q.args[1].type)) return no_match();
  TypeId type = whole_tuple(n - 1);
  return found(type, [=](Emitter& e, const Values& v) {
    Values items = items_of(e, v[0]), out;
    ValueId at = e.cast(v[1], ty::Int64);
    for (int k = 0; k + 1 < n; ++k)
      out.push_back(choose(e, compare_index(e, Op::Lt, k, at), items[static_cast<size_t>(k)],
                           items[static_cast<size_t>(k) + 1]));
    return e.make(type, std::move(out));
  });
}

Lookup insert(const Query& q) {
  int n = q.args.size() == 3 ? whole_numbers(q.args[0].type) : -1;
  if (n < 0 || !all_whole(q, 1)) return no_match();
  TypeId type = whole_tuple(n + 1);
  return found(type, [=](Emitter& e, const Values& v) {
    Values items = items_of(e, v[0]), out;
    ValueId at = e.cast(v[1], ty::Int64), value = e.cast(v[2], ty::Int64);
    for (int k = 0; k <= n; ++k) {
      ValueId later =
          k ? choose(e, compare_index(e, Op::Eq, k, at), value, items[static_cast<size_t>(k) - 1]) : value;
      out.push_back(k < n ? choose(e, compare_index(e, Op::Lt, k, at), items[static_cast<size_t>(k)], later)
                          : later);
    }
    return e.make(type, std::move(out));
  });
}

Lookup replace(const Query& q) {
  int n = q.args.size() == 3 ? whole_numbers(q.args[0].type) : -1;
  if (n < 0 || !all_whole(q, 1)) return no_match();
  TypeId type = whole_tuple(n);
  return found(type, [=](Emitter& e, const Values& v) {
    Values items = items_of(e, v[0]), out;
    ValueId at = e.cast(v[1], ty::Int64), value = e.cast(v[2], ty::Int64);
    for (int k = 0; k < n; ++k)
      out.push_back(choose(e, compare_index(e, Op::Eq, k, at), value, items[static_cast<size_t>(k)]));
    return e.make(type, std::move(out));
  });
}

Lookup fill(const Query& q) {
  if (q.args.size() != 2 || !q.args[0].constant || !is_integer(q.args[0].type)) return no_match();
  int64_t n = constant_as_int(*q.args[0].constant);
  if (n < 0 || n > kMaxDimensions) return no_match();
  TypeId type = tuple_type(std::vector<TypeId>(static_cast<size_t>(n), q.args[1].type));
  return found(
      type, [=](Emitter& e, const Values& v) { return e.make(type, Values(static_cast<size_t>(n), v[1])); });
}

// The array's address, an offset in bytes, then extents and strides.
ValueId view_at(Emitter& e, TypeId type, ValueId array, ValueId offset, const Values& extents,
                const Values& strides) {
  ValueId data = e.value(Op::ArrayData, {array}, ty::Pointer);
  if (const Constant* c = e.b.function().constant_of(offset); !c || c->bits[0])
    data = e.value(Op::Offset, {data, offset}, ty::Pointer);
  Values operands = {array, data};
  operands.insert(operands.end(), extents.begin(), extents.end());
  operands.insert(operands.end(), strides.begin(), strides.end());
  return e.value(Op::ArrayView, std::move(operands), type);
}

Lookup view_of(const Query& q, size_t first, TypeId elem) {
  const Type a = type_of(q.args[0].type);
  int n = whole_numbers(q.args[first + 1].type);
  if (!is_integer(q.args[first].type) || n < 0 || n != whole_numbers(q.args[first + 2].type))
    return no_match();
  TypeId type = array_type(elem, n, Layout::A, a.readonly, a.aligned);
  return found(type, [=](Emitter& e, const Values& v) {
    return view_at(e, type, v[0], e.cast(v[first], ty::Int64), items_of(e, v[first + 1]),
                   items_of(e, v[first + 2]));
  });
}

Lookup view(const Query& q) {
  if (q.args.size() != 4 || !is_array(q.args[0].type)) return no_match();
  return view_of(q, 1, type_of(q.args[0].type).elem);
}

Lookup reinterpret(const Query& q) {
  if (q.args.size() != 5 || !is_array(q.args[0].type)) return no_match();
  TypeId elem = dtype_of(q.args[1]);
  return elem.valid() ? view_of(q, 2, elem) : no_match();
}

Lookup contiguous(const Query& q) {
  int n = q.args.size() == 2 && is_array(q.args[0].type) ? whole_numbers(q.args[1].type) : -1;
  if (n < 0) return no_match();
  const Type a = type_of(q.args[0].type);
  TypeId type = array_type(a.elem, n, Layout::C, a.readonly, a.aligned);
  return found(type, [=](Emitter& e, const Values& v) {
    Values extents = items_of(e, v[1]), strides(extents.size());
    ValueId stride = e.int64(size_of(a.elem));
    for (size_t k = extents.size(); k-- > 0;) {
      strides[k] = stride;
      if (k) stride = e.binary(Op::Mul, stride, extents[k]);
    }
    return view_at(e, type, v[0], e.int64(0), extents, strides);
  });
}

Values indices_from(Emitter& e, const Values& v, size_t first) {
  Values indices;
  for (size_t k = first; k < v.size(); ++k) indices.push_back(e.cast(v[k], ty::Int64));
  return indices;
}

Lookup item(const Query& q) {
  if (q.args.empty() || !is_array(q.args[0].type) || !all_whole(q, 1)) return no_match();
  const Type a = type_of(q.args[0].type);
  if (q.args.size() != size_t{a.ndim} + 1) return no_match();
  return found(element_of(a),
               [](Emitter& e, const Values& v) { return e.element(v[0], indices_from(e, v, 1)); });
}

Lookup store(const Query& q) {
  if (q.args.size() < 2 || !is_array(q.args[0].type) || !all_whole(q, 2)) return no_match();
  const Type a = type_of(q.args[0].type);
  if (q.args.size() != size_t{a.ndim} + 2 || !can_store(a.elem, q.args[1])) return no_match();
  if (a.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  return found(ty::None, [](Emitter& e, const Values& v) {
    store_element(e, v[0], indices_from(e, v, 2), v[1]);
    return e.b.none();
  });
}

Lookup data(const Query& q) {
  if (q.args.size() != 1 || !is_array(q.args[0].type)) return no_match();
  return found(ty::Pointer,
               [](Emitter& e, const Values& v) { return e.value(Op::ArrayData, v, ty::Pointer); });
}

Lookup layout(const Query& q) {
  if (q.args.size() != 1 || !is_array(q.args[0].type)) return no_match();
  static constexpr const char* kNames[] = {"C", "F", "A"};
  return found_constant(str_constant(kNames[static_cast<size_t>(type_of(q.args[0].type).layout)]));
}

Lookup index(const Query& q) {
  if (q.args.size() != 3 || !all_whole(q, 0)) return no_match();
  const bool unsigned_index = class_of(q.args[0].type) == KindClass::Uint;
  return found(ty::Int64, [unsigned_index](Emitter& e, const Values& v) {
    ValueId given = e.cast(v[0], ty::Int64), extent = e.cast(v[1], ty::Int64);
    ValueId i = unsigned_index ? given : e.value(Op::WrapIndex, {given, extent}, ty::Int64);
    if (const Constant* axis = e.b.function().constant_of(v[2])) {
      e.add(Op::CheckIndex, {i, extent}, {}, static_cast<uint32_t>(constant_as_int(*axis)));
    } else {
      ValueId inside = e.binary(Op::And, e.compare(Op::Ge, i, e.int64(0)), e.compare(Op::Lt, i, extent));
      e.check(inside, ErrorRow::IndexOutOfBounds, {i, e.cast(v[2], ty::Int64), extent});
    }
    return i;
  });
}

// The indices of element number `index` of an array of these extents, in C order.
Lookup unravel(const Query& q) {
  int n = q.args.size() == 2 && is_integer(q.args[0].type) ? whole_numbers(q.args[1].type) : -1;
  if (n < 0) return no_match();
  TypeId type = whole_tuple(n);
  Facts facts;
  facts.nonneg = true;
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        Values extents = items_of(e, v[1]), out(extents.size());
        ValueId rest = e.cast(v[0], ty::UInt64);
        for (size_t k = extents.size(); k-- > 1;) {
          ValueId extent = e.cast(extents[k], ty::UInt64);
          out[k] = e.cast(e.binary(Op::Rem, rest, extent), ty::Int64);
          rest = e.binary(Op::FloorDiv, rest, extent);
        }
        if (!out.empty()) out[0] = e.cast(rest, ty::Int64);
        return e.make(type, std::move(out));
      },
      facts);
}

// The array's elements where the mask is true become those of the value; as one nest.
Lookup assign_where(const Query& q) {
  if (q.args.size() != 3 || !is_array(q.args[0].type)) return no_match();
  const Type a = type_of(q.args[0].type);
  TypeId value = q.args[2].type, from = is_array(value) ? type_of(value).elem : value;
  const Type mask = type_of(q.args[1].type);
  if (mask.kind != Kind::Array || mask.elem != ty::Bool || mask.ndim > a.ndim || !is_plain(a.elem) ||
      !can_store(a.elem, {from, {}, nullptr}))
    return no_match();
  if (is_array(value) && type_of(value).ndim > a.ndim) return no_match();
  if (a.readonly) return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  return found(ty::None, [elem = a.elem](Emitter& e, const Values& v) {
    ValueId value = is_array(e.type(v[2])) ? v[2] : e.fit(v[2], elem, true);
    map_into(e, v[0], {v[0], v[1], value}, [elem](Emitter& inner, const Values& x) {
      return inner.select(x[1], inner.cast(x[2], elem), x[0]);
    });
    return e.b.none();
  });
}

// ops.check(condition, "RowOfErrors", parameters...)
Lookup check(const Query& q) {
  if (q.args.size() < 2 || q.args.size() > 5 || q.args[0].type != ty::Bool || !q.args[1].constant ||
      !all_whole(q, 2))
    return no_match();
  ErrorRow row = error_row_of_id(q.args[1].constant->text);
  if (row == ErrorRow::kCount) return no_match();
  return found(ty::None, [row](Emitter& e, const Values& v) {
    Values parameters;
    for (size_t k = 2; k < v.size(); ++k) parameters.push_back(e.cast(v[k], ty::Int64));
    e.check(v[0], row, std::move(parameters));
    return e.b.none();
  });
}

// For functions whose stores the compiler does not see.
Lookup check_writable(const Query& q) {
  if (q.args.size() != 1 || !is_array(q.args[0].type)) return no_match();
  if (type_of(q.args[0].type).readonly)
    return Lookup(make_diagnostic(DiagId::ReadonlyArray, {spell(q.args[0].type)}));
  return found(ty::None, [](Emitter& e, const Values&) { return e.b.none(); });
}

constexpr Row kRows[] = {
    {"drop", drop},
    {"insert", insert},
    {"replace", replace},
    {"fill", fill},
    {"view", view},
    {"reinterpret", reinterpret},
    {"contiguous", contiguous},
    {"item", item},
    {"store", store},
    {"data", data},
    {"layout", layout},
    {"index", index},
    {"check", check},
    {"check_writable", check_writable},
    {"unravel", unravel},
    {"assign_where", assign_where},
};

}  // namespace

std::span<const Row> view_intrinsics() {
  return kRows;
}

}  // namespace lancehead
