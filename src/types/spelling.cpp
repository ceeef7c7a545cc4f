// How types are shown: Numba's repr.
#include <fmt/format.h>

#include "types/time_units.h"
#include "types/type.h"

namespace lancehead {
namespace {

std::string spell_array(const Type& t) {
  static const char* const kLayouts[] = {"C", "F", "A"};
  std::string out = fmt::format("{}array({}, {}d, {})", t.readonly ? "readonly " : "", spell(t.elem), t.ndim,
                                kLayouts[static_cast<size_t>(t.layout)]);
  return t.aligned ? out : "unaligned " + out;
}

std::string spell_tuple(const Type& t) {
  bool uniform = !t.items.empty();
  for (TypeId item : t.items) uniform = uniform && item == t.items[0];
  if (uniform) return fmt::format("UniTuple({} x {})", spell(t.items[0]), t.items.size());
  if (t.items.empty()) return "Tuple()";
  return fmt::format("Tuple({})", spell_list(t.items));
}

std::string spell_known(const Type& t) {
  switch (t.known) {
    case KnownClass::Module: return fmt::format("Module({})", t.name);
    case KnownClass::Callable: return fmt::format("Function({})", t.name);
    case KnownClass::TypeClass: return fmt::format("class({})", t.name);
    case KnownClass::Exception: return fmt::format("class({})", t.name);
    case KnownClass::Jit:
    case KnownClass::Ufunc:
    case KnownClass::Function: return fmt::format("function({})", t.name);
    default: return t.name;
  }
}

std::string spell_record(const Type& t) {
  std::string fields;
  for (size_t k = 0; k < t.fields.size(); ++k)
    fields += fmt::format("{}{}[type={};offset={}]", k ? "," : "", t.fields[k].name, spell(t.items[k]),
                          t.fields[k].offset);
  return fmt::format("Record({};{};{})", fields, t.size, t.aligned ? "True" : "False");
}

std::string spell_sub_array(const Type& t) {
  std::string shape;
  const Type* inner = &t;
  for (; inner->kind == Kind::SubArray; inner = &type_of(inner->elem))
    shape += (shape.empty() ? "" : ", ") + std::to_string(inner->size);
  if (type_of(t.elem).kind != Kind::SubArray) shape += ",";
  return fmt::format("nestedarray({}, ({}))", spell(sub_array_elem(t)), shape);
}

std::string spell_time(const Type& t) {
  std::string unit = t.unit == TimeUnit::Generic ? "" : time_unit_name(t.unit);
  return fmt::format("{}[{}{}]", kind_spelling(t.kind), t.size == 1 ? "" : std::to_string(t.size), unit);
}

std::string spell_slice(const Type& t) {
  bool step = t.items.size() == 3 && t.items[2] != ty::None;
  return step ? "slice<a:b:c>" : "slice<a:b>";
}

}  // namespace

std::string spell(TypeId id) {
  if (!id.valid()) return "?";
  const Type& t = type_of(id);
  switch (t.kind) {
    case Kind::Array: return spell_array(t);
    case Kind::Tuple: return spell_tuple(t);
    case Kind::List: return fmt::format("reflected list({})<iv=None>", spell(t.elem));
    case Kind::Optional: return fmt::format("OptionalType({})", spell(t.elem));
    case Kind::Slice: return spell_slice(t);
    case Kind::Known: return spell_known(t);
    case Kind::DType: return fmt::format("dtype({})", spell(t.elem));
    case Kind::Record: return spell_record(t);
    case Kind::SubArray: return spell_sub_array(t);
    case Kind::DateTime:
    case Kind::TimeDelta: return spell_time(t);
    case Kind::Omitted: return fmt::format("omitted(default={})", t.name);
    case Kind::ArrayIter:
    case Kind::ListIter:
    case Kind::TupleIter: return fmt::format("iter({})", spell(t.elem));
    case Kind::Enumerate: return fmt::format("enumerate({})", spell_list(t.items));
    case Kind::Zip: return fmt::format("zip({})", spell_list(t.items));
    case Kind::Closure: return "inner function";
    case Kind::BoundMethod: return fmt::format("BoundFunction({}.{})", spell(t.items[0]), t.name);
    default: return kind_spelling(t.kind);
  }
}

std::string spell_list(const std::vector<TypeId>& ids) {
  std::string out;
  for (TypeId id : ids) {
    if (!out.empty()) out += ", ";
    out += spell(id);
  }
  return out;
}

}  // namespace lancehead
