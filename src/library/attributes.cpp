// Attributes of arrays and scalars.
#include "library/element_iterators.h"
#include "library/elementwise.h"
#include "library/records.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

Facts shape_facts() {
  Facts facts;
  facts.weak = true;
  facts.nonneg = true;
  return facts;
}

ValueId transposed(Emitter& e, ValueId array, TypeId type) {
  int ndim = type_of(type).ndim;
  Values operands = {array, e.value(Op::ArrayData, {array}, ty::Pointer)};
  for (int k = ndim; k-- > 0;) operands.push_back(e.dim(array, k));
  for (int k = ndim; k-- > 0;) operands.push_back(e.stride(array, k));
  return e.value(Op::ArrayView, std::move(operands), type);
}

// The real or imaginary parts of a complex array, as a view.
ValueId part_view(Emitter& e, ValueId array, TypeId type, int64_t offset) {
  ValueId data = e.value(Op::ArrayData, {array}, ty::Pointer);
  Values operands = {array, e.value(Op::Offset, {data, e.int64(offset)}, ty::Pointer)};
  for (ValueId d : e.dims(array)) operands.push_back(d);
  for (int k = 0; k < type_of(type).ndim; ++k) operands.push_back(e.stride(array, k));
  return e.value(Op::ArrayView, std::move(operands), type);
}

Lookup array_attribute(TypeId type, std::string_view name) {
  const Type t = type_of(type);
  if (name == "shape" || name == "strides") {
    bool shape = name == "shape";
    TypeId tuple = tuple_type(std::vector<TypeId>(t.ndim, ty::Int64));
    Facts facts = shape_facts();
    facts.nonneg = shape;
    return found(
        tuple,
        [=](Emitter& e, const Values& v) {
          Values items;
          for (int k = 0; k < t.ndim; ++k) items.push_back(shape ? e.dim(v[0], k) : e.stride(v[0], k));
          return e.make(tuple, std::move(items));
        },
        facts);
  }
  if (name == "ndim") return found_constant(int_constant(ty::Int64, t.ndim));
  if (name == "itemsize") return found_constant(int_constant(ty::Int64, size_of(t.elem)));
  if (name == "size")
    return found(
        ty::Int64, [](Emitter& e, const Values& v) { return element_count(e, v[0]); }, shape_facts());
  if (name == "nbytes")
    return found(
        ty::Int64,
        [t](Emitter& e, const Values& v) {
          return e.binary(Op::Mul, element_count(e, v[0]), e.int64(size_of(t.elem)));
        },
        shape_facts());
  if (name == "dtype") return found(dtype_type(t.elem), {});
  if (name == "flat") return flat_of(type);
  if (name == "T") {
    if (t.ndim < 2) return found(type, [](Emitter&, const Values& v) { return v[0]; });
    Layout layout = t.layout == Layout::C ? Layout::F : t.layout == Layout::F ? Layout::C : Layout::A;
    TypeId result = array_type(t.elem, t.ndim, layout, t.readonly, t.aligned);
    return found(result, [result](Emitter& e, const Values& v) { return transposed(e, v[0], result); });
  }
  if (name == "real" || name == "imag") {
    if (is_complex(t.elem)) {
      TypeId result = array_type(real_of(t.elem), t.ndim, Layout::A, t.readonly, t.aligned);
      int64_t offset = name == "real" ? 0 : size_of(t.elem) / 2;
      return found(result, [=](Emitter& e, const Values& v) { return part_view(e, v[0], result, offset); });
    }
    if (name == "real") return found(type, [](Emitter&, const Values& v) { return v[0]; });
  }
  return is_record(t.elem) && !has_method(type, name) ? field_view(type, name) : no_match();
}

Lookup scalar_attribute(TypeId type, std::string_view name) {
  Facts facts;
  bool real = name == "real";
  if (!real && name != "imag") return no_match();
  if (is_complex(type)) {
    TypeId part = real_of(type);
    return found(
        part,
        [=](Emitter& e, const Values& v) {
          return e.value(real ? Op::ComplexReal : Op::ComplexImag, {v[0]}, part);
        },
        facts);
  }
  if (real)
    return found(
        type == ty::Bool ? ty::Int64 : type,
        [type](Emitter& e, const Values& v) { return type == ty::Bool ? e.cast(v[0], ty::Int64) : v[0]; },
        facts);
  TypeId zero = is_float(type) ? type : ty::Int64;
  return found(
      zero, [zero](Emitter& e, const Values&) { return e.cast(e.int64(0), zero); }, facts);
}

Lookup range_attribute(std::string_view name) {
  static constexpr std::string_view kParts[] = {"start", "stop", "step"};
  for (uint32_t k = 0; k < 3; ++k)
    if (name == kParts[k])
      return found(ty::Int64, [k](Emitter& e, const Values& v) { return e.item(v[0], k, ty::Int64); });
  return no_match();
}

}  // namespace

Lookup find_attribute(TypeId receiver, std::string_view name) {
  const Type t = type_of(receiver);
  switch (t.kind) {
    case Kind::Array: return array_attribute(receiver, name);
    case Kind::Record: return record_attribute(receiver, name);
    case Kind::Range: return range_attribute(name);
    case Kind::Known:
      return t.known == KnownClass::Callable ? ufunc_attribute(t.name, name) : info_attribute(t, name);
    case Kind::DType: return dtype_attribute(t.elem, name);
    case Kind::Optional: {
      Lookup inner = find_attribute(t.elem, name);
      if (inner && *inner && (*inner)->emit) (*inner)->emit = emit_unwrapped((*inner)->emit, {t.elem});
      return inner;
    }
    default: return is_scalar(receiver) ? scalar_attribute(receiver, name) : no_match();
  }
}

}  // namespace lancehead
