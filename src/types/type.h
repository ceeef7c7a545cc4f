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

enum class KindClass : uint8_t { Void, Bool, Int, Uint, Float, Complex, Aggregate, Opaque };

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

struct Type {
  Kind kind = Kind::Untyped;
  Layout layout = Layout::C;
  uint8_t ndim = 0;
  bool readonly = false;
  bool aligned = true;
  KnownClass known = KnownClass::None;
  uint32_t handle = 0;
  TypeId elem;
  std::vector<TypeId> items;
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
TypeId iterator_type(Kind kind, TypeId elem, std::vector<TypeId> items = {});

// ---- properties
const char* kind_spelling(Kind kind);
KindClass kind_class(Kind kind);
inline Kind kind_of(TypeId id) {
  return type_of(id).kind;
}
KindClass class_of(TypeId id);
bool is_scalar(TypeId id);   // bool, integers, floats, complex
bool is_integer(TypeId id);  // signed or unsigned, not bool
bool is_signed(TypeId id);
bool is_float(TypeId id);
bool is_complex(TypeId id);
inline bool is_array(TypeId id) {
  return kind_of(id) == Kind::Array;
}
inline bool is_tuple(TypeId id) {
  return kind_of(id) == Kind::Tuple;
}
inline bool is_list(TypeId id) {
  return kind_of(id) == Kind::List;
}
bool is_managed(TypeId id);  // holds a reference-counted owner, itself or in a part
int bits_of(TypeId scalar);  // width in bits
int size_of(TypeId scalar);  // bytes of one array element of this type
TypeId integer_type(int bits, bool is_signed);
TypeId float_type(int bits);
TypeId complex_of(TypeId real);  // float32 -> complex64, float64 -> complex128
TypeId real_of(TypeId complex);  // the reverse; a real type is its own

// Numba's repr, which users see: "int64", "array(float64, 2d, C)", "UniTuple(int64 x 2)".
std::string spell(TypeId id);
std::string spell_list(const std::vector<TypeId>& ids);  // "int64, float64"

}  // namespace lancehead
