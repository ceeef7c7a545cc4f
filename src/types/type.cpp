// The interner: an append-only table in chunks, so that readers need no lock, and a hash set over it.
#include "types/type.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/check.h"
#include "base/hash.h"

namespace lancehead {
namespace {

struct KindRow {
  const char* spelling;
  int bits;
  KindClass cls;
  bool managed;
};

constexpr KindRow kKinds[] = {
#define KIND(id, spelling, bits, cls, managed) {spelling, bits, KindClass::cls, managed != 0},
#include "types/kinds.def"
#undef KIND
};
constexpr size_t kKindCount = sizeof(kKinds) / sizeof(kKinds[0]);

uint64_t hash_type(const Type& t) {
  Hasher h;
  h.add(static_cast<uint64_t>(t.kind) | static_cast<uint64_t>(t.layout) << 8 |
        static_cast<uint64_t>(t.ndim) << 16 | static_cast<uint64_t>(t.readonly) << 24 |
        static_cast<uint64_t>(t.aligned) << 25 | static_cast<uint64_t>(t.known) << 32);
  h.add(t.handle).add(t.elem.index).add(static_cast<uint64_t>(t.size)).add(static_cast<uint64_t>(t.unit));
  for (const Field& f : t.fields) h.add(f.name).add(static_cast<uint64_t>(f.offset));
  for (TypeId item : t.items) h.add(item.index);
  if (!t.name.empty()) h.add(t.name);
  return h.finish().lo;
}

class Interner {
 public:
  Interner() {
    for (size_t k = 0; k < kKindCount; ++k) {  // a kind's simple type has the kind's number
      Type t;
      t.kind = static_cast<Kind>(k);
      append(t);
    }
  }

  const Type& get(TypeId id) const {
    LH_CHECK(id.index < size_.load(std::memory_order_acquire), "type id out of range");
    return chunks_[id.index / kChunk].load(std::memory_order_acquire)[id.index % kChunk];
  }

  TypeId intern(const Type& t) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto [first, last] = ids_.equal_range(hash_type(t));
    for (auto it = first; it != last; ++it)
      if (get(TypeId(it->second)) == t) return TypeId(it->second);
    return append(t);
  }

 private:
  static constexpr size_t kChunk = 256;
  static constexpr size_t kChunks = 16384;

  TypeId append(const Type& t) {
    uint32_t index = size_.load(std::memory_order_relaxed);
    LH_CHECK(index / kChunk < kChunks, "too many types");
    if (index % kChunk == 0) {
      storage_.push_back(std::make_unique<Type[]>(kChunk));
      chunks_[index / kChunk].store(storage_.back().get(), std::memory_order_release);
    }
    chunks_[index / kChunk].load(std::memory_order_relaxed)[index % kChunk] = t;
    size_.store(index + 1, std::memory_order_release);
    ids_.emplace(hash_type(t), index);
    return TypeId(index);
  }

  std::mutex mutex_;
  std::atomic<uint32_t> size_{0};
  std::array<std::atomic<Type*>, kChunks> chunks_{};
  std::vector<std::unique_ptr<Type[]>> storage_;
  std::unordered_multimap<uint64_t, uint32_t> ids_;
};

Interner& interner() {
  static Interner* const instance = new Interner;  // never destroyed: ids outlive static destruction
  return *instance;
}

}  // namespace

const Type& type_of(TypeId id) {
  return interner().get(id);
}
TypeId intern(const Type& type) {
  return interner().intern(type);
}
TypeId simple_type(Kind kind) {
  return TypeId(static_cast<uint32_t>(kind));
}

TypeId array_type(TypeId dtype, int ndim, Layout layout, bool readonly, bool aligned) {
  Type t;
  t.kind = Kind::Array;
  t.elem = dtype;
  t.ndim = static_cast<uint8_t>(ndim);
  t.layout = ndim == 0 ? Layout::C : layout;
  t.readonly = readonly;
  t.aligned =
      aligned && (!is_record(dtype) || type_of(dtype).aligned);  // packed records never are, as in Numba
  return intern(t);
}

TypeId list_type(TypeId elem) {
  Type t;
  t.kind = Kind::List;
  t.elem = elem;
  return intern(t);
}

TypeId tuple_type(std::vector<TypeId> items) {
  Type t;
  t.kind = Kind::Tuple;
  t.items = std::move(items);
  return intern(t);
}

TypeId optional_type(TypeId elem) {
  if (elem == ty::None || kind_of(elem) == Kind::Optional) return elem;
  Type t;
  t.kind = Kind::Optional;
  t.elem = elem;
  return intern(t);
}

TypeId slice_type(bool has_start, bool has_stop, bool has_step) {
  Type t;
  t.kind = Kind::Slice;
  for (bool has : {has_start, has_stop, has_step}) t.items.push_back(has ? ty::Int64 : ty::None);
  return intern(t);
}

TypeId dtype_type(TypeId scalar) {
  Type t;
  t.kind = Kind::DType;
  t.elem = scalar;
  return intern(t);
}

TypeId known_type(KnownClass cls, std::string name, uint32_t handle) {
  Type t;
  t.kind = Kind::Known;
  t.known = cls;
  t.name = std::move(name);
  t.handle = handle;
  return intern(t);
}

TypeId closure_type(uint32_t code_handle, std::vector<TypeId> captured) {
  Type t;
  t.kind = Kind::Closure;
  t.handle = code_handle;
  t.items = std::move(captured);
  return intern(t);
}

TypeId bound_method_type(TypeId receiver, std::string name) {
  Type t;
  t.kind = Kind::BoundMethod;
  t.items = {receiver};
  t.name = std::move(name);
  return intern(t);
}

TypeId time_type(Kind kind, TimeUnit unit, int64_t multiple) {
  Type t;
  t.kind = kind;
  t.unit = unit;
  t.size = unit == TimeUnit::Generic ? 1 : multiple;
  return intern(t);
}

TypeId record_type(std::vector<TypeId> items, std::vector<Field> fields, int64_t size, bool aligned,
                   bool is_record_class) {
  Type t;
  t.kind = Kind::Record;
  t.items = std::move(items);
  t.fields = std::move(fields);
  t.size = size;
  t.aligned = aligned;
  if (is_record_class) t.name = "record";
  return intern(t);
}

TypeId sub_array_type(TypeId elem, int64_t count) {
  Type t;
  t.kind = Kind::SubArray;
  t.elem = elem;
  t.size = count;
  return intern(t);
}

TypeId sub_array_elem(const Type& sub_array) {
  TypeId elem = sub_array.elem;
  while (kind_of(elem) == Kind::SubArray) elem = type_of(elem).elem;
  return elem;
}

TypeId iterator_type(Kind kind, TypeId elem, std::vector<TypeId> items) {
  if (kind == Kind::RangeIter) return ty::RangeIter;
  Type t;
  t.kind = kind;
  t.elem = elem;
  t.items = std::move(items);
  return intern(t);
}

const char* kind_spelling(Kind kind) {
  return kKinds[static_cast<size_t>(kind)].spelling;
}
KindClass kind_class(Kind kind) {
  return kKinds[static_cast<size_t>(kind)].cls;
}
KindClass class_of(TypeId id) {
  return kind_class(kind_of(id));
}

bool is_time(TypeId id) {
  return class_of(id) == KindClass::Time;
}
bool is_plain(TypeId id) {
  return is_scalar(id) || is_time(id);
}
bool is_element(TypeId id) {
  return is_plain(id) || is_record(id);
}

int field_index(const Type& record, std::string_view name) {
  for (size_t k = 0; k < record.fields.size(); ++k)
    if (record.fields[k].name == name) return static_cast<int>(k);
  return -1;
}

int64_t alignment_of(TypeId element) {
  const Type& t = type_of(element);
  if (t.kind == Kind::SubArray) return alignment_of(t.elem);
  if (t.kind != Kind::Record) return is_complex(element) ? size_of(element) / 2 : size_of(element);
  int64_t widest = 1;
  if (t.aligned)
    for (TypeId item : t.items) widest = std::max(widest, alignment_of(item));
  return widest;
}

bool is_managed(TypeId id) {
  const Type& t = type_of(id);
  if (kKinds[static_cast<size_t>(t.kind)].managed) return true;
  if (t.elem.valid() && (t.kind == Kind::Optional || t.kind == Kind::TupleIter) && is_managed(t.elem))
    return true;
  for (TypeId item : t.items)
    if (is_managed(item)) return true;
  return false;
}

int bits_of(TypeId scalar) {
  return kKinds[static_cast<size_t>(kind_of(scalar))].bits;
}
int64_t size_of(TypeId element) {
  const Type& t = type_of(element);
  if (t.kind == Kind::Record) return t.size;
  if (t.kind == Kind::SubArray) return t.size * size_of(t.elem);
  return bits_of(element) / 8;
}

TypeId integer_type(int bits, bool is_signed) {
  switch (bits) {
    case 8: return is_signed ? ty::Int8 : ty::UInt8;
    case 16: return is_signed ? ty::Int16 : ty::UInt16;
    case 32: return is_signed ? ty::Int32 : ty::UInt32;
    default: return is_signed ? ty::Int64 : ty::UInt64;
  }
}
TypeId float_type(int bits) {
  return bits == 16 ? ty::Float16 : bits == 32 ? ty::Float32 : ty::Float64;
}
TypeId complex_of(TypeId real) {
  return real == ty::Float64 ? ty::Complex128 : ty::Complex64;
}
TypeId real_of(TypeId type) {
  if (type == ty::Complex64) return ty::Float32;
  if (type == ty::Complex128) return ty::Float64;
  return type;
}

}  // namespace lancehead
