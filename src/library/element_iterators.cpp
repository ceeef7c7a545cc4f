// Iterators over the elements of arrays of any rank and over their indices, in C order: a.flat, np.ndindex,
// np.ndenumerate, np.nditer. Their type is of the kind Zip with a name, which says what they give; their
// items are an array or a shape, the indices of the next element, and how many elements are left.
#include "library/element_iterators.h"

#include "library/elementwise.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

constexpr std::string_view kFlat = "flat", kIndices = "ndindex", kNumbered = "ndenumerate",
                           kPlaces = "nditer";

TypeId whole_tuple(size_t length) {
  return tuple_type(std::vector<TypeId>(length, ty::Int64));
}

TypeId iterator_of(std::string_view name, TypeId source) {
  const Type s = type_of(source);
  Type t;
  t.kind = Kind::Zip;
  t.name = name;
  t.items = {source, whole_tuple(is_array(source) ? static_cast<size_t>(s.ndim) : s.items.size()), ty::Int64};
  return intern(t);
}

ValueId start(Emitter& e, TypeId type, ValueId source, const Values& extents) {
  ValueId left = e.int64(1);
  for (ValueId extent : extents) left = e.binary(Op::Mul, left, extent);
  ValueId first = e.make(type_of(type).items[1], Values(extents.size(), e.int64(0)));
  return e.make(type, {source, first, left});
}

Values extents_of(Emitter& e, ValueId source) {
  if (is_array(e.type(source))) return e.dims(source);
  Values out;
  for (uint32_t k = 0; k < type_of(e.type(source)).items.size(); ++k)
    out.push_back(e.item(source, k, ty::Int64));
  return out;
}

// The indices of the element behind; those of the last one are not looked at.
ValueId advanced(Emitter& e, const Values& index, const Values& extents) {
  Values out = index;
  ValueId carry;
  for (size_t k = index.size(); k-- > 0;) {
    ValueId next = e.binary(Op::Add, index[k], e.int64(1));
    if (carry.valid()) next = e.select(carry, next, index[k]);
    if (k > 0) {
      ValueId wraps = e.compare(Op::Eq, next, extents[k]);
      next = e.select(wraps, e.int64(0), next);
      carry = carry.valid() ? e.binary(Op::And, carry, wraps) : wraps;
    }
    out[k] = next;
  }
  return e.make(whole_tuple(index.size()), out);
}

TypeId place_type(const Type& array) {
  return array_type(array.elem, 0, Layout::C, true, array.aligned);
}

ValueId place(Emitter& e, ValueId array, const Values& index) {
  Values operands = {array};
  operands.insert(operands.end(), index.begin(), index.end());
  ValueId address = e.value(Op::ArrayAddress, std::move(operands), ty::Pointer);
  return e.value(Op::ArrayView, {array, address}, place_type(type_of(e.type(array))));
}

ValueId load(Emitter& e, ValueId has, ValueId array, const Values& index) {
  TypeId item = element_of(type_of(e.type(array)));
  if (!is_plain(item)) return e.element(array, index);  // an address: nothing is read
  return e.branch(
      has, {item}, [&] { return Values{e.element(array, index)}; },
      [&] { return Values{e.value(Op::Undef, {}, item)}; })[0];
}

template <const std::string_view& kName>
Lookup make(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  TypeId source = q.args[0].type;
  if (kName == kIndices ? !is_tuple(source) : !is_array(source)) return no_match();
  if (is_tuple(source))
    for (TypeId item : type_of(source).items)
      if (!is_integer(item)) return no_match();
  TypeId held = is_tuple(source) ? whole_tuple(type_of(source).items.size()) : source;
  TypeId type = iterator_of(kName, held);
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId from = is_tuple(held) ? e.cast(v[0], held) : v[0];
    return start(e, type, from, extents_of(e, from));
  });
}

// ops.flat_base(iterator): the array whose elements a.flat gives, of one axis if it is contiguous.
Lookup flat_base(const Query& q) {
  if (q.args.size() != 1 || !is_flat(q.args[0].type)) return no_match();
  TypeId array = type_of(q.args[0].type).items[0];
  return found(array, [array](Emitter& e, const Values& v) { return e.item(v[0], 0, array); });
}

constexpr Row kRows[] = {
    {"indices", make<kIndices>},
    {"numbered", make<kNumbered>},
    {"places", make<kPlaces>},
    {"flat_base", flat_base},
};

}  // namespace

std::span<const Row> element_iterator_intrinsics() {
  return kRows;
}

bool is_element_iterator(TypeId type) {
  const Type& t = type_of(type);
  return t.kind == Kind::Zip && !t.name.empty();
}

bool is_flat(TypeId type) {
  return is_element_iterator(type) && type_of(type).name == kFlat;
}

Lookup flat_of(TypeId array) {
  const Type t = type_of(array);
  const bool joins = t.layout == Layout::C;
  TypeId row = joins ? array_type(t.elem, 1, Layout::C, t.readonly, t.aligned) : array;
  TypeId type = iterator_of(kFlat, row);
  return found(type, [=](Emitter& e, const Values& v) {
    ValueId source = v[0];
    if (joins && t.ndim != 1)
      source = e.value(Op::ArrayView,
                       {v[0], e.value(Op::ArrayData, {v[0]}, ty::Pointer), element_count(e, v[0]),
                        e.int64(size_of(t.elem))},
                       row);
    return start(e, type, source, e.dims(source));
  });
}

TypeId element_iterated_type(TypeId iterator) {
  const Type t = type_of(iterator);
  if (t.name == kIndices) return t.items[1];
  const Type array = type_of(t.items[0]);
  if (t.name == kPlaces) return place_type(array);
  return t.name == kFlat ? element_of(array) : tuple_type({t.items[1], element_of(array)});
}

std::vector<ValueId> next_element(Emitter& e, ValueId iterator) {
  TypeId type = e.type(iterator);
  const Type t = type_of(type);
  ValueId source = e.item(iterator, 0, t.items[0]), at = e.item(iterator, 1, t.items[1]),
          left = e.item(iterator, 2, ty::Int64);
  ValueId has = e.compare(Op::Gt, left, e.int64(0)), value = at;
  const Values index = extents_of(e, at);
  if (t.name == kPlaces) value = place(e, source, index);
  if (t.name == kFlat) value = load(e, has, source, index);
  if (t.name == kNumbered) value = e.make(element_iterated_type(type), {at, load(e, has, source, index)});
  ValueId after = advanced(e, index, extents_of(e, source));
  return {has, value, e.make(type, {source, after, e.binary(Op::Sub, left, e.int64(1))})};
}

}  // namespace lancehead
