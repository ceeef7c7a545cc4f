// Construction and comparison of snapshot values (snapshot.h).
#include "frontend/snapshot.h"

#include <bit>

namespace lancehead {

namespace {

PyValue make(PyKind kind) {
  PyValue value;
  value.kind = kind;
  return value;
}

bool same_bits(double a, double b) {
  return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

bool same_object(const PyObjectData& a, const PyObjectData& b) {
  bool same_array = a.array == b.array || (a.array && b.array && *a.array == *b.array);
  return a.object_class == b.object_class && a.handle == b.handle && a.name == b.name &&
         a.type_name == b.type_name && a.type == b.type && same_array && a.value == b.value;
}

const PyValue* find(const std::vector<Snapshot::Binding>& bindings, const std::string& name) {
  for (const auto& [key, value] : bindings) {
    if (key == name) return &value;
  }
  return nullptr;
}

}  // namespace

PyValue PyValue::boolean(bool value) {
  PyValue v = make(PyKind::Bool);
  v.i = value ? 1 : 0;
  return v;
}

PyValue PyValue::integer(int64_t value) {
  PyValue v = make(PyKind::Int);
  v.i = value;
  return v;
}

PyValue PyValue::unsigned_integer(uint64_t value) {
  if (value <= static_cast<uint64_t>(INT64_MAX)) return integer(static_cast<int64_t>(value));
  PyValue v = make(PyKind::UInt);
  v.u = value;
  return v;
}

PyValue PyValue::big_integer(std::string decimal) {
  PyValue v = make(PyKind::BigInt);
  v.text = std::move(decimal);
  return v;
}

PyValue PyValue::floating(double value) {
  PyValue v = make(PyKind::Float);
  v.re = value;
  return v;
}

PyValue PyValue::complex(double re, double im) {
  PyValue v = make(PyKind::Complex);
  v.re = re;
  v.im = im;
  return v;
}

PyValue PyValue::str(std::string utf8) {
  PyValue v = make(PyKind::Str);
  v.text = std::move(utf8);
  return v;
}

PyValue PyValue::bytes(std::string data) {
  PyValue v = make(PyKind::Bytes);
  v.text = std::move(data);
  return v;
}

PyValue PyValue::ellipsis() {
  return make(PyKind::Ellipsis);
}

PyValue PyValue::sequence(PyKind kind, std::vector<PyValue> items) {
  PyValue v = make(kind);
  v.items = std::move(items);
  return v;
}

PyValue PyValue::of_code(std::shared_ptr<const CodeData> code) {
  PyValue v = make(PyKind::Code);
  v.code = std::move(code);
  return v;
}

PyValue PyValue::of_object(PyObjectData object) {
  PyValue v = make(PyKind::Object);
  v.object = std::make_shared<const PyObjectData>(std::move(object));
  return v;
}

bool PyValue::is(PyObjectClass c) const {
  return kind == PyKind::Object && object->object_class == c;
}

bool operator==(const PyValue& a, const PyValue& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case PyKind::None:
    case PyKind::Ellipsis: return true;
    case PyKind::Bool:
    case PyKind::Int: return a.i == b.i;
    case PyKind::UInt: return a.u == b.u;
    case PyKind::Float: return same_bits(a.re, b.re);
    case PyKind::Complex: return same_bits(a.re, b.re) && same_bits(a.im, b.im);
    case PyKind::BigInt:
    case PyKind::Str:
    case PyKind::Bytes: return a.text == b.text;
    case PyKind::Tuple:
    case PyKind::Slice:
    case PyKind::FrozenSet: return a.items == b.items;
    case PyKind::Code: return a.code == b.code;
    case PyKind::Object: return same_object(*a.object, *b.object);
  }
  return false;
}

const PyValue* Snapshot::find_global(const std::string& name) const {
  return find(globals, name);
}

const PyValue* Snapshot::find_closure(const std::string& name) const {
  return find(closure, name);
}

}  // namespace lancehead
