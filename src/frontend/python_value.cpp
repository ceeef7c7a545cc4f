// Constants and known objects from the snapshot's values.
#include "frontend/python_value.h"

#include <algorithm>

#include "ir/builder.h"

namespace lancehead {
namespace {

std::optional<Constant> tuple_constant(Function& f, const std::vector<PyValue>& items) {
  Constant tuple;
  std::vector<TypeId> types;
  for (const PyValue& item : items) {
    std::optional<Constant> c = constant_of_value(f, item);
    if (!c) return std::nullopt;
    types.push_back(c->type);
    tuple.items.push_back(f.add_constant(std::move(*c)));
  }
  tuple.type = tuple_type(std::move(types));
  return tuple;
}

TypeId scalar_of_name(const std::string& name) {
  for (Kind k : {Kind::Bool, Kind::Int8, Kind::Int16, Kind::Int32, Kind::Int64, Kind::UInt8, Kind::UInt16,
                 Kind::UInt32, Kind::UInt64, Kind::Float16, Kind::Float32, Kind::Float64, Kind::Complex64,
                 Kind::Complex128})
    if (name == kind_spelling(k)) return simple_type(k);
  return {};
}

KnownClass known_class(PyObjectClass c) {
  switch (c) {
    case PyObjectClass::Module: return KnownClass::Module;
    case PyObjectClass::Callable: return KnownClass::Callable;
    case PyObjectClass::TypeClass: return KnownClass::TypeClass;
    case PyObjectClass::Exception: return KnownClass::Exception;
    case PyObjectClass::Jit: return KnownClass::Jit;
    case PyObjectClass::Function: return KnownClass::Function;
    case PyObjectClass::Ufunc: return KnownClass::Ufunc;
    default: return KnownClass::Other;
  }
}

TypeId class_type(const PyObjectData& object) {
  std::string_view name = object.name;
  if (name.starts_with("numpy.")) {
    std::string scalar(name.substr(6));
    if (scalar == "bool_") scalar = "bool";
    if (TypeId t = scalar_of_name(scalar); t.valid()) return dtype_type(t);
  }
  return known_type(KnownClass::TypeClass, object.name, object.handle);
}

}  // namespace

std::optional<Constant> constant_of_value(Function& f, const PyValue& value) {
  switch (value.kind) {
    case PyKind::None: return none_constant();
    case PyKind::Bool: return bool_constant(value.i != 0);
    case PyKind::Int: return int_constant(ty::Int64, value.i);
    case PyKind::UInt: return int_constant(ty::UInt64, static_cast<int64_t>(value.u));
    case PyKind::Float: return float_constant(ty::Float64, value.re);
    case PyKind::Complex: return complex_constant(ty::Complex128, value.re, value.im);
    case PyKind::Str: return str_constant(value.text);
    case PyKind::Tuple: return tuple_constant(f, value.items);
    case PyKind::Ellipsis: return Constant{ty::Ellipsis, {0, 0}, {}, {}};
    case PyKind::Object:
      if (value.object->array) return array_constant(value.object->type, value.object->array);
      if (value.object->object_class == PyObjectClass::NumpyScalar) {
        TypeId t = value.object->type.valid() ? value.object->type : scalar_of_name(value.object->name);
        const PyValue& v = value.object->value;
        if (!t.valid()) return std::nullopt;
        if (is_float(t)) return float_constant(t, v.re);
        if (is_complex(t)) return complex_constant(t, v.re, v.im);
        return int_constant(t, v.i);
      }
      return std::nullopt;
    default: return std::nullopt;
  }
}

TypeId type_of_object(const PyObjectData& object) {
  switch (object.object_class) {
    case PyObjectClass::DType: {
      TypeId t = object.type.valid() ? object.type : scalar_of_name(object.name);
      return t.valid() ? dtype_type(t) : TypeId{};
    }
    case PyObjectClass::TypeFacade: {
      TypeId t = object.type.valid() ? object.type : scalar_of_name(object.name);
      return t.valid() && is_element(t) ? dtype_type(t) : TypeId{};
    }
    case PyObjectClass::TypeClass: return class_type(object);
    case PyObjectClass::Array:
    case PyObjectClass::NumpyScalar:
    case PyObjectClass::Unbound:
    case PyObjectClass::Other: return {};
    default: return known_type(known_class(object.object_class), object.name, object.handle);
  }
}

namespace {

bool is_constant(const PyValue& value) {
  switch (value.kind) {
    case PyKind::Tuple: return std::all_of(value.items.begin(), value.items.end(), is_constant);
    case PyKind::Object: return value.object->array || value.is(PyObjectClass::NumpyScalar);
    case PyKind::BigInt:
    case PyKind::Bytes:
    case PyKind::FrozenSet:
    case PyKind::Code: return false;
    default: return true;
  }
}

// By the name of the type.
constexpr std::pair<std::string_view, const char*> kInsteadOfType[] = {
    {"list", "; use a tuple or an array"},
    {"set", "; use a tuple or an array"},
    {"frozenset", "; use a tuple or an array"},
    {"dict", "; use tuples or arrays"},
    {"bytes", "; use an array of np.uint8"},
    {"bytearray", "; use an array of np.uint8"},
    {"tuple", "; it is too large or nested too deeply: use an array"},
    {"range", "; write range() where it is used"},
    {"functools.partial", "; call the function itself"},
    {"numpy.longdouble", "; use np.float64"},
};

}  // namespace

std::string instead_of_value(const PyValue& value) {
  const std::string type = describe(value);
  for (const auto& [name, text] : kInsteadOfType)
    if (name == type) return text;
  return "";
}

std::string describe(const PyValue& value) {
  switch (value.kind) {
    case PyKind::BigInt: return "int " + value.text;
    case PyKind::Bytes: return "bytes";
    case PyKind::Ellipsis: return "ellipsis";
    case PyKind::FrozenSet: return "frozenset";
    case PyKind::Code: return "code";
    case PyKind::Tuple:
      for (const PyValue& item : value.items)
        if (!is_constant(item)) return "tuple with an item of type " + describe(item);
      return "tuple";
    case PyKind::Object:
      if (value.is(PyObjectClass::Array))
        return value.object->type_name + " with dtype " + value.object->name;
      return value.object->type_name.empty() ? value.object->name : value.object->type_name;
    default: return "object";
  }
}

}  // namespace lancehead
