// Lists: items, slices, concatenation, iteration, and the methods that are one op or one call of the runtime.
// The others are functions in Python (lancehead.library.lists). Inference sees to it that the item type holds
// what is put into a list that it still infers (infer/list_sites.h): such a list's type has a handle, and is
// taken as it comes.
#include "library/rows.h"
#include "library/slices.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

TypeId item_of(TypeId list) {
  return type_of(list).elem;
}

bool is_index(TypeId t) {
  return is_integer(t) || t == ty::Bool;
}

// Whether the list may hold a value of this type as it is.
bool holds(TypeId list, TypeId value) {
  const Type& t = type_of(list);
  return t.handle != 0 || join(t.elem, value) == t.elem;
}

bool same_items(TypeId a, TypeId b) {
  return is_list(a) && is_list(b) && (type_of(a).handle || type_of(b).handle || item_of(a) == item_of(b));
}

Facts item_facts(const Argument& list) {
  Facts facts;
  TypeId item = item_of(list.type);
  facts.weak = list.facts.weak && (is_scalar(item) || is_tuple(item) || is_list(item));
  return facts;
}

ValueId length_of(Emitter& e, ValueId list) {
  ValueId n = e.value(Op::ListLen, {list}, ty::Int64);
  e.b.function().value(n).facts.nonneg = true;
  return n;
}

void call(Emitter& e, RtFn fn, Values operands) {
  e.add(Op::RtCall, std::move(operands), {}, static_cast<uint32_t>(fn));
}

// Wrapped and checked.
ValueId checked_index(Emitter& e, ValueId list, ValueId index, ErrorRow row) {
  ValueId i = e.cast(index, ty::Int64), n = length_of(e, list);
  if (!e.b.function().value(index).facts.nonneg) i = e.value(Op::WrapIndex, {i, n}, ty::Int64);
  e.check(e.compare(Op::Lt, e.cast(i, ty::UInt64), e.cast(n, ty::UInt64)), row);
  return i;
}

ValueId get(Emitter& e, ValueId list, ValueId index) {
  return e.value(Op::ListGet, {list, index}, item_of(e.type(list)));
}

bool is_plain_slice(TypeId slice) {
  return type_of(slice).items[2] == ty::None;
}

// The iterable is a list that can be taken whole.
bool is_same_list(const Query& q, size_t of) {
  return same_items(q.args[0].type, q.args[of].type);
}

// ---- methods: argument 0 is the list

bool takes(const Query& q, size_t count) {
  return q.args.size() == 1 + count && q.keywords.empty();
}

Lookup append(const Query& q) {
  if (!takes(q, 1) || !holds(q.args[0].type, q.args[1].type)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    e.add(Op::ListAppend, {v[0], e.cast(v[1], item_of(e.type(v[0])))}, {});
    return e.b.none();
  });
}

Lookup extend(const Query& q) {
  if (!takes(q, 1) || !is_same_list(q, 1)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    call(e, RtFn::ListExtend, {v[0], v[1]});
    return e.b.none();
  });
}

Lookup insert(const Query& q) {
  if (!takes(q, 2) || !is_index(q.args[1].type) || !holds(q.args[0].type, q.args[2].type)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    ValueId value = e.cast(v[2], item_of(e.type(v[0])));
    ValueId at = e.rtcall(RtFn::ListInsert, {v[0], e.cast(v[1], ty::Int64)}, ty::Int64);
    e.add(Op::ListSet, {v[0], at, value}, {});
    return e.b.none();
  });
}

Lookup pop(const Query& q) {
  if (q.args.size() > 2 || !q.keywords.empty()) return no_match();
  if (q.args.size() == 2 && !is_index(q.args[1].type)) return no_match();
  return found(
      item_of(q.args[0].type),
      [](Emitter& e, const Values& v) {
        ValueId n = length_of(e, v[0]);
        e.check(e.compare(Op::Ne, n, e.int64(0)), ErrorRow::PopEmpty);
        ValueId at = v.size() == 2 ? checked_index(e, v[0], v[1], ErrorRow::PopIndex)
                                   : e.binary(Op::Sub, n, e.int64(1));
        ValueId item = get(e, v[0], at);
        call(e, RtFn::ListDelete, {v[0], at, e.int64(1), e.int64(1)});
        return item;
      },
      item_facts(q.args[0]));
}

Lookup clear(const Query& q) {
  if (!takes(q, 0)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    call(e, RtFn::ListDelete, {v[0], e.int64(0), length_of(e, v[0]), e.int64(1)});
    return e.b.none();
  });
}

Lookup copy(const Query& q) {
  if (!takes(q, 0)) return no_match();
  Facts facts;
  facts.weak = q.args[0].facts.weak;
  return found(
      q.args[0].type,
      [](Emitter& e, const Values& v) {
        return e.rtcall(RtFn::ListSlice, {v[0], e.int64(0), length_of(e, v[0]), e.int64(1)}, e.type(v[0]));
      },
      facts);
}

Lookup reverse(const Query& q) {
  if (!takes(q, 0)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    call(e, RtFn::ListReverse, {v[0]});
    return e.b.none();
  });
}

// A letter per part of an item (runtime/list_sort.cpp); false if such items have no order.
bool append_codes(TypeId type, std::string& codes) {
  if (is_tuple(type)) {
    for (TypeId item : type_of(type).items)
      if (!append_codes(item, codes)) return false;
    return true;
  }
  if (type == ty::Str) return codes += 's', true;
  if (!is_scalar(type) || is_complex(type)) return false;
  static constexpr std::string_view kSigned = "bwlq", kUnsigned = "BWLQ";
  size_t width = static_cast<size_t>(__builtin_ctz(static_cast<unsigned>(size_of(type))));
  if (is_float(type))
    codes += type == ty::Float32 ? 'f' : 'd';
  else
    codes += is_signed(type) ? kSigned[width] : kUnsigned[width];
  return true;
}

Lookup sort(const Query& q) {
  int descending = argument_index(q, 9, "reverse");
  if (q.args.size() != 1 || q.keywords.size() != (descending < 0 ? 0u : 1u)) return no_match();
  if (descending >= 0 && !is_scalar(q.keywords[0].second.type)) return no_match();
  std::string codes;
  if (!append_codes(item_of(q.args[0].type), codes)) return no_match();
  return found(ty::None, [=](Emitter& e, const Values& v) {
    ValueId down = descending < 0 ? e.b.boolean(false) : e.truth(v[static_cast<size_t>(descending)]);
    call(e, RtFn::ListSort, {v[0], e.item(e.b.string(codes), 1, ty::Pointer), down});
    return e.b.none();
  });
}

constexpr Row kMethods[] = {
    {"append", append}, {"extend", extend}, {"insert", insert},   {"pop", pop},
    {"clear", clear},   {"copy", copy},     {"reverse", reverse}, {"sort", sort},
};

}  // namespace

std::span<const Row> list_methods() {
  return kMethods;
}

Lookup list_getitem(const Query& q) {
  if (is_index(q.args[1].type))
    return found(
        item_of(q.args[0].type),
        [nonneg = q.args[1].facts.nonneg](Emitter& e, const Values& v) {
          if (nonneg) e.b.function().value(v[1]).facts.nonneg = true;
          return get(e, v[0], checked_index(e, v[0], v[1], ErrorRow::ListIndex));
        },
        item_facts(q.args[0]));
  if (kind_of(q.args[1].type) != Kind::Slice) return no_match();
  Facts facts;
  facts.weak = q.args[0].facts.weak;
  return found(
      q.args[0].type,
      [](Emitter& e, const Values& v) {
        AxisSlice s = adjust_slice(e, v[1], length_of(e, v[0]));
        return e.rtcall(RtFn::ListSlice, {v[0], s.start, s.length, s.step}, e.type(v[0]));
      },
      facts);
}

Lookup list_setitem(const Query& q) {
  if (is_index(q.args[1].type)) {
    if (!holds(q.args[0].type, q.args[2].type)) return no_match();
    return found(ty::None, [nonneg = q.args[1].facts.nonneg](Emitter& e, const Values& v) {
      ValueId value = e.cast(v[2], item_of(e.type(v[0])));
      if (nonneg) e.b.function().value(v[1]).facts.nonneg = true;
      ValueId at = checked_index(e, v[0], v[1], ErrorRow::ListAssignmentIndex);
      e.add(Op::ListSet, {v[0], at, value}, {});
      return ValueId();
    });
  }
  if (kind_of(q.args[1].type) != Kind::Slice || !is_same_list(q, 2)) return no_match();
  bool plain = is_plain_slice(q.args[1].type);
  return found(ty::None, [plain](Emitter& e, const Values& v) {
    AxisSlice s = adjust_slice(e, v[1], length_of(e, v[0]));
    call(e, RtFn::ListAssign, {v[0], s.start, s.length, plain ? e.int64(0) : s.step, v[2]});
    return ValueId();
  });
}

Lookup list_delitem(const Query& q) {
  bool index = is_index(q.args[1].type);
  if (!index && kind_of(q.args[1].type) != Kind::Slice) return no_match();
  return found(ty::None, [index](Emitter& e, const Values& v) {
    if (index) {
      ValueId at = checked_index(e, v[0], v[1], ErrorRow::ListAssignmentIndex);
      call(e, RtFn::ListDelete, {v[0], at, e.int64(1), e.int64(1)});
    } else {
      AxisSlice s = adjust_slice(e, v[1], length_of(e, v[0]));
      call(e, RtFn::ListDelete, {v[0], s.start, s.length, s.step});
    }
    return ValueId();
  });
}

// Inference gives the operands of + one type; += of another iterable is the library's extend().
Lookup list_binary(BinaryOp op, const Query& q, bool inplace) {
  size_t list = is_list(q.args[0].type) ? 0 : 1;
  TypeId type = q.args[list].type;
  Facts facts;
  facts.weak = q.args[list].facts.weak;
  if (op == BinaryOp::Mul && is_index(q.args[1 - list].type)) {
    bool changes = inplace && list == 0;
    return found(
        type,
        [=](Emitter& e, const Values& v) {
          ValueId times = e.cast(v[1 - list], ty::Int64);
          if (!changes) return e.rtcall(RtFn::ListRepeat, {v[list], times}, e.type(v[list]));
          call(e, RtFn::ListRepeatInPlace, {v[0], times});
          return v[0];
        },
        facts);
  }
  if (op != BinaryOp::Add || !is_same_list(q, 1)) return no_match();
  if (!inplace) facts.weak = facts.weak && q.args[1].facts.weak;
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        if (!inplace) return e.rtcall(RtFn::ListConcat, {v[0], v[1]}, e.type(v[0]));
        call(e, RtFn::ListExtend, {v[0], v[1]});
        return v[0];
      },
      facts);
}

Lookup list_iter(const Argument& list, bool reversed) {
  Type t;
  t.kind = Kind::ListIter;
  t.elem = list.type;
  if (reversed) t.name = "reversed";
  TypeId type = intern(t);
  Facts facts;
  facts.weak = list.facts.weak;
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        ValueId first = reversed ? e.binary(Op::Sub, length_of(e, v[0]), e.int64(1)) : e.int64(0);
        return e.make(type, {v[0], first});
      },
      facts);
}

// As CPython: the length is asked at every step.
Values next_of_list(Emitter& e, ValueId it, TypeId type) {
  const Type t = type_of(type);
  bool reversed = !t.name.empty();
  ValueId list = e.item(it, 0, t.elem), index = e.item(it, 1, ty::Int64);
  ValueId has = e.compare(Op::Lt, e.cast(index, ty::UInt64), e.cast(length_of(e, list), ty::UInt64));
  TypeId item = item_of(t.elem);
  ValueId value = e.branch(
      has, {item}, [&] { return Values{get(e, list, index)}; },
      [&] { return Values{e.value(Op::Undef, {}, item)}; })[0];
  return {has, value, e.make(type, {list, e.binary(reversed ? Op::Sub : Op::Add, index, e.int64(1))})};
}

}  // namespace lancehead
