// The one lookup (contract C8): a callable or operator and its arguments in, what implements it out.
// Inference reads the result's type, resolve calls `emit`. The rows come from the tables of this folder;
// implementations written in Python and jitted functions are found by inference itself, after these.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "ir/function.h"
#include "types/semantics.h"

namespace lancehead {

class Emitter;

struct Argument {
  TypeId type;
  Facts facts;
  const Constant* constant = nullptr;  // the value, if it is known
  bool weak() const { return facts.weak; }
};

struct Query {
  std::string_view name;       // "numpy.sin", "method sum", "operator +"
  std::vector<Argument> args;  // positional
  std::vector<std::pair<std::string, Argument>> keywords;
  const Semantics* semantics = nullptr;
  bool* consulted_weakness = nullptr;  // set if an answer depends on an argument's weakness
};

// The element type that an argument names as a dtype (a dtype, a class of scalars, a constant str); invalid
// if it names none.
TypeId dtype_of(const Argument& argument);
TypeId dtype_of(TypeId type);

// Values in the order of Query's positional arguments, then its keywords.
using Emit = std::function<ValueId(Emitter&, const std::vector<ValueId>&)>;

struct Match {
  TypeId result;
  Facts facts;
  Emit emit;                         // may be empty if `facts.constant` or a type says it all
  std::optional<Constant> constant;  // the result, if it is known
};

// A match, no match (this callable does not take such arguments: null optional), or a diagnostic that says
// more.
using Lookup = Expected<std::optional<Match>>;
inline Lookup no_match() {
  return Lookup(std::optional<Match>{});
}
inline Lookup found(TypeId result, Emit emit, Facts facts = {}) {
  return Lookup(std::optional<Match>(Match{result, facts, std::move(emit), {}}));
}
inline Lookup found_constant(Constant constant, bool weak = true) {
  Facts facts;
  facts.weak = weak;
  TypeId type = constant.type;
  return Lookup(std::optional<Match>(Match{type, facts, {}, std::move(constant)}));
}

// ---- the sources, by what is looked up
// "numpy.add": the ufunc that an operator on arrays is.
std::string_view ufunc_behind(BinaryOp op);
std::string_view ufunc_behind(UnaryOp op);
std::string_view ufunc_behind(CompareOp op);
Lookup find_binary(BinaryOp op, const Query& query, bool inplace);
Lookup find_unary(UnaryOp op, const Query& query);
Lookup find_compare(CompareOp op, const Query& query);
Lookup find_is(const Query& query);
Lookup find_dtype_call(TypeId dtype, const Query& query);  // of times; scalars have names to be called by
Lookup find_contains(const Query& query);
Lookup find_truth(const Query& query);   // bool(x)
Lookup find_call(const Query& query);    // by canonical name
Lookup find_method(const Query& query);  // name is the method's; argument 0 the receiver
Lookup find_attribute(TypeId receiver, std::string_view name);  // a value; methods are bound by inference
bool has_method(TypeId receiver, std::string_view name);
bool is_library_callable(std::string_view name);  // does any row have this name?
Lookup find_getitem(const Query& query);          // object, key
// A slice of a tuple (argument 0), whose bounds must be known; absent ones are none.
struct SliceBounds {
  std::optional<int64_t> start, stop, step;
};
Lookup find_tuple_slice(const Query& query, const SliceBounds& bounds);
Lookup find_setattr(const Query& query, std::string_view name);  // object, value
Lookup find_setitem(const Query& query);                         // object, key, value
Lookup find_delitem(const Query& query);                         // object, key
Lookup find_iter(const Query& query);
// Iterators: the type of the values, or invalid if `iterator` is none.
TypeId iterated_type(TypeId iterator);
// Whether the iterator's type says that it has no value at all: that of an empty tuple.
bool never_yields(TypeId iterator);
// Emits one step: {has a value, the value, the new iterator}.
std::vector<ValueId> emit_next(Emitter& e, ValueId iterator);
// How many values range(start, stop, step) has, as CPython computes it.
ValueId range_length(Emitter& e, ValueId start, ValueId stop, ValueId step);
// The value of an attribute of a module or class that needs no question: math.pi. Null: ask Python.

}  // namespace lancehead
