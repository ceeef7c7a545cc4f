// What the compiler may know of a Python function: plain data, made under the GIL by pyext (or read from a
// .snap file by tests), immutable afterwards and free of Python objects. An object that has no plain form is
// an opaque handle: pyext keeps the object alive under that number and answers questions about it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "types/array_data.h"
#include "types/semantics.h"
#include "types/type.h"

namespace lancehead {

// What kind of thing an opaque object is; `PyObjectData::name` means what the row says. The first rows are
// those of types/type.h's KnownClass.
#define LANCEHEAD_PY_OBJECT_CLASSES(X)                                                          \
  X(Module, "module")       /* its __name__ */                                                  \
  X(Callable, "callable")   /* a builtin, ufunc or library function: "math.sqrt" */             \
  X(TypeClass, "class")     /* a class: "builtins.int", "numpy.float64" */                      \
  X(Exception, "exception") /* a subclass of BaseException: "builtins.ValueError" */            \
  X(Jit, "jit")             /* a jitted function: "module.qualname" */                          \
  X(Function, "function")   /* a plain Python function: "module.qualname" */                    \
  X(Ufunc, "ufunc")         /* a ufunc made by vectorize: "module.qualname" */                  \
  X(TypeFacade, "type")     /* an instance of lancehead.types: its repr */                      \
  X(DType, "dtype")         /* an instance of numpy.dtype: its str, "float64" */                \
  X(NumpyScalar, "scalar")  /* its dtype's name; `value` holds the plain value */               \
  X(Array, "array")         /* empty, and `array` holds; else its dtype, if that has no type */ \
  X(Unbound, "unbound")     /* the name: nothing is bound to it */                              \
  X(Other, "other")         /* its repr, shortened, for messages */

enum class PyObjectClass : uint8_t {
#define X(name, text) name,
  LANCEHEAD_PY_OBJECT_CLASSES(X)
#undef X
};

#define LANCEHEAD_PY_KINDS(X) \
  X(None, "none")             \
  X(Bool, "bool")             \
  X(Int, "int")               \
  X(UInt, "uint")             \
  X(BigInt, "bigint")         \
  X(Float, "float")           \
  X(Complex, "complex")       \
  X(Str, "str")               \
  X(Bytes, "bytes")           \
  X(Ellipsis, "ellipsis")     \
  X(Tuple, "tuple")           \
  X(Slice, "slice")           \
  X(FrozenSet, "frozenset")   \
  X(Code, "code")             \
  X(Object, "object")

enum class PyKind : uint8_t {
#define X(name, text) name,
  LANCEHEAD_PY_KINDS(X)
#undef X
};

struct CodeData;
struct PyObjectData;

// An immutable Python value. Which members count depends on the kind:
//   Bool: i (0 or 1). Int: i. UInt: u, only for 2**63 to 2**64 - 1. BigInt: text, in decimal, for all wider
//   ones. Float: re. Complex: re, im. Str: text in UTF-8 (lone surrogates as in Python's "surrogatepass").
//   Bytes: text. Tuple, FrozenSet: items. Slice: items (start, stop, step). Code: code. Object: object.
struct PyValue {
  PyKind kind = PyKind::None;
  union {
    int64_t i = 0;
    uint64_t u;
    double re;
  };
  double im = 0.0;
  std::string text;
  std::vector<PyValue> items;
  std::shared_ptr<const CodeData> code;
  std::shared_ptr<const PyObjectData> object;

  static PyValue none() { return {}; }
  static PyValue boolean(bool value);
  static PyValue integer(int64_t value);
  static PyValue unsigned_integer(uint64_t value);  // an Int where it fits
  static PyValue big_integer(std::string decimal);
  static PyValue floating(double value);
  static PyValue complex(double re, double im);
  static PyValue str(std::string utf8);
  static PyValue bytes(std::string data);
  static PyValue ellipsis();
  static PyValue sequence(PyKind kind, std::vector<PyValue> items);  // Tuple, Slice, FrozenSet
  static PyValue of_code(std::shared_ptr<const CodeData> code);
  static PyValue of_object(PyObjectData object);

  bool is(PyKind k) const { return kind == k; }
  bool is(PyObjectClass c) const;
};

struct PyObjectData {
  PyObjectClass object_class = PyObjectClass::Other;
  uint32_t handle = 0;                     // what pyext knows the object by; unique within a process
  std::string name;                        // see PyObjectClass
  std::string type_name;                   // the object's own class, for messages
  TypeId type;                             // Array and whatever else has a type; may be invalid
  PyValue value;                           // NumpyScalar
  std::shared_ptr<const ArrayData> array;  // Array of type `type`, which is read-only
};

// Same kind, same content; floats by their bits, objects by class, handle and name.
bool operator==(const PyValue& a, const PyValue& b);
inline bool operator!=(const PyValue& a, const PyValue& b) {
  return !(a == b);
}

// A code object, as CPython gives it.
struct CodeData {
  std::string name;
  std::string qualname;
  std::string file_name;
  int32_t first_line = 0;
  uint16_t python = 0;     // 311, 312, 313: whose byte code this is
  uint32_t flags = 0;      // CO_*
  uint32_t arg_count = 0;  // co_argcount: positional ones, positional-only included
  uint32_t posonly_count = 0;
  uint32_t kwonly_count = 0;
  uint32_t stack_size = 0;
  std::vector<std::string> names;
  std::vector<std::string> var_names;
  std::vector<std::string> cell_vars;
  std::vector<std::string> free_vars;
  std::vector<PyValue> consts;
  std::string code;             // co_code: not specialised, not instrumented
  std::string line_table;       // co_linetable
  std::string exception_table;  // co_exceptiontable

  static constexpr uint32_t kVarArgs = 0x4, kVarKeywords = 0x8, kGenerator = 0x20, kCoroutine = 0x80,
                            kAsyncGenerator = 0x200;
};

// A function: its code and what its names are bound to now.
struct Snapshot {
  using Binding = std::pair<std::string, PyValue>;

  std::string module;
  std::string qualname;
  uint32_t handle = 0;  // of the function object; 0 where there is none
  std::shared_ptr<const CodeData> code;
  std::vector<Binding> globals;   // names that the code and its nested codes load, builtins included
  std::vector<Binding> closure;   // in the order of co_freevars
  std::vector<PyValue> defaults;  // of the last positional parameters
  std::vector<Binding> kwdefaults;
  std::optional<Semantics> semantics;  // of a jitted function: its own options

  const PyValue* find_global(const std::string& name) const;
  const PyValue* find_closure(const std::string& name) const;
};

}  // namespace lancehead
