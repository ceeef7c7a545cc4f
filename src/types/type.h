// Types as interned ids (contract C5): equality is identity. Descriptions are immutable and live as long as
// the process; interning is thread safe and reading takes no lock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace lancehead {

using TypeId = Id<struct TypeTag>;

enum class Kind : uint8_t {
#define KIND(id, spelling, bits, cls, managed) id,
#include "types/kinds.def"
#undef KIND
};

enum class KindClass : uint8_t { Void, Bool, Int, Uint, Float, Complex, Time, Aggregate, Opaque };

enum class Layout : uint8_t { C, F, A };

// What a Known type stands for; the front end's snapshot uses the same classes.
enum class KnownClass : uint8_t {
  None,
  Module,     // name = "math"
  Callable,   // a builtin, ufunc or library function; name = canonical qualified name, "numpy.sin"
  TypeClass,  // a Python class; name = "builtins.int"
  Exception,  // an exception class; name = "builtins.ValueError", or handle for a user's class
  Jit,        // a jitted function; handle
  Function,   // a plain Python function; handle
  Ufunc,      // a ufunc made by vectorize; handle
  Other,      // anything else; name = its Python type
};

// NumPy's numbers of the units of time.
enum class TimeUnit : uint8_t {
  Year,
  Month,
  Week,
  Day = 4,
  Hour,
  Minute,
  Second,
  Milli,
  Micro,
  Nano,
  Pico,
  Femto,
  Atto,
  Generic
};

struct Field {  // of a record; its type is the item of the same number
  std::string name;
  int64_t offset = 0;
  friend bool operator==(const Field&, const Field&) = default;
};

struct Type {
  Kind kind = Kind::Untyped;
  Layout layout = Layout::C;
  uint8_t ndim = 0;
  bool readonly = false;
  bool aligned = true;
  KnownClass known = KnownClass::None;
  TimeUnit unit = TimeUnit::Year;
  uint32_t handle = 0;
  int64_t size = 0;  // see kinds.def
  TypeId elem;
  std::vector<TypeId> items;
  std::vector<Field> fields;
  std::string name;
  friend bool operator==(const Type&, const Type&) = default;
};

// The description of an id; the reference is valid for ever.
const Type& type_of(TypeId id);
TypeId intern(const Type& type);

// One id per kind that has one type only (scalars, none, str, ...).
TypeId simple_type(Kind kind);
namespace ty {
inline constexpr TypeId Untyped{static_cast<uint32_t>(Kind::Untyped)};
inline constexpr TypeId None{static_cast<uint32_t>(Kind::None)};
inline constexpr TypeId Bool{static_cast<uint32_t>(Kind::Bool)};
inline constexpr TypeId Int8{static_cast<uint32_t>(Kind::Int8)};
inline constexpr TypeId Int16{static_cast<uint32_t>(Kind::Int16)};
inline constexpr TypeId Int32{static_cast<uint32_t>(Kind::Int32)};
inline constexpr TypeId Int64{static_cast<uint32_t>(Kind::Int64)};
inline constexpr TypeId UInt8{static_cast<uint32_t>(Kind::UInt8)};
inline constexpr TypeId UInt16{static_cast<uint32_t>(Kind::UInt16)};
inline constexpr TypeId UInt32{static_cast<uint32_t>(Kind::UInt32)};
inline constexpr TypeId UInt64{static_cast<uint32_t>(Kind::UInt64)};
inline constexpr TypeId Float16{static_cast<uint32_t>(Kind::Float16)};
inline constexpr TypeId Float32{static_cast<uint32_t>(Kind::Float32)};
inline constexpr TypeId Float64{static_cast<uint32_t>(Kind::Float64)};
inline constexpr TypeId Complex64{static_cast<uint32_t>(Kind::Complex64)};
inline constexpr TypeId Complex128{static_cast<uint32_t>(Kind::Complex128)};
inline constexpr TypeId Pointer{static_cast<uint32_t>(Kind::Pointer)};
inline constexpr TypeId Str{static_cast<uint32_t>(Kind::Str)};
inline constexpr TypeId Error{static_cast<uint32_t>(Kind::Error)};
inline constexpr TypeId Range{static_cast<uint32_t>(Kind::Range)};
inline constexpr TypeId Ellipsis{static_cast<uint32_t>(Kind::Ellipsis)};
inline constexpr TypeId RangeIter{static_cast<uint32_t>(Kind::RangeIter)};
}  // namespace ty

inline constexpr int kMaxDimensions = 64;  // of an array, as in NumPy
TypeId array_type(TypeId dtype, int ndim, Layout layout, bool readonly = false, bool aligned = true);
TypeId list_type(TypeId elem);
TypeId tuple_type(std::vector<TypeId> items);
TypeId optional_type(TypeId elem);  // optional of optional is optional; of none is none
TypeId slice_type(bool has_start, bool has_stop, bool has_step);
TypeId dtype_type(TypeId scalar);
TypeId known_type(KnownClass cls, std::string name, uint32_t handle = 0);
TypeId closure_type(uint32_t code_handle, std::vector<TypeId> captured);
TypeId bound_method_type(TypeId receiver, std::string name);
TypeId time_type(Kind kind, TimeUnit unit, int64_t multiple = 1);
TypeId record_type(std::vector<TypeId> items, std::vector<Field> fields, int64_t size, bool aligned,
                   bool is_record_class);
TypeId sub_array_type(TypeId elem, int64_t count);
TypeId sub_array_elem(const Type& sub_array);  // what is not a sub-array any more
TypeId iterator_type(Kind kind, TypeId elem, std::vector<TypeId> items = {});

// ---- properties
const char* kind_spelling(Kind kind);
KindClass kind_class(Kind kind);
inline Kind kind_of(TypeId id) {
  return id.index <= ty::Complex128.index ? static_cast<Kind>(id.index) : type_of(id).kind;
}
KindClass class_of(TypeId id);
// Scalars have simple types, whose numbers are those of their kinds, in the order of kinds.def.
constexpr bool is_between(TypeId id, TypeId first, TypeId last) {
  return id.index - first.index <= last.index - first.index;
}
constexpr bool is_scalar(TypeId id) {  // bool, integers, floats, complex
  return is_between(id, ty::Bool, ty::Complex128);
}
constexpr bool is_integer(TypeId id) {  // signed or unsigned, not bool
  return is_between(id, ty::Int8, ty::UInt64);
}
constexpr bool is_signed(TypeId id) {
  return is_between(id, ty::Int8, ty::Int64);
}
constexpr bool is_float(TypeId id) {
  return is_between(id, ty::Float16, ty::Float64);
}
constexpr bool is_complex(TypeId id) {
  return is_between(id, ty::Complex64, ty::Complex128);
}
inline bool is_array(TypeId id) {
  return kind_of(id) == Kind::Array;
}
inline bool is_tuple(TypeId id) {
  return kind_of(id) == Kind::Tuple;
}
inline bool is_list(TypeId id) {
  return kind_of(id) == Kind::List;
}
inline bool is_record(TypeId id) {
  return kind_of(id) == Kind::Record;
}
bool is_time(TypeId id);     // datetime64 or timedelta64
bool is_plain(TypeId id);    // a scalar or a time: a value that registers hold
bool is_element(TypeId id);  // what an array may consist of
// Of a record: the number of a field, or -1.
int field_index(const Type& record, std::string_view name);
// The C type alignment that NumPy asks of the addresses of values of this type.
int64_t alignment_of(TypeId element);
bool is_managed(TypeId id);       // holds a reference-counted owner, itself or in a part
int bits_of(TypeId scalar);       // width in bits
int64_t size_of(TypeId element);  // bytes of one array element, or field, of this type
TypeId integer_type(int bits, bool is_signed);
TypeId float_type(int bits);     // 16, 32 or 64
TypeId complex_of(TypeId real);  // float32 -> complex64, float64 -> complex128
TypeId real_of(TypeId complex);  // the reverse; a real type is its own

// Numba's repr, which users see: "int64", "array(float64, 2d, C)", "UniTuple(int64 x 2)".
std::string spell(TypeId id);
std::string spell_list(const std::vector<TypeId>& ids);  // "int64, float64"

}  // namespace lancehead
