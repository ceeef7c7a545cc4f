// Rows of callables: a table from a canonical name to what finds an implementation for given arguments. Each
// theme of the library has its own table in its own file; lookup.cpp searches them all.
#pragma once

#include <span>
#include <string_view>

#include "library/emitter.h"
#include "library/match.h"

namespace lancehead {

using Finder = Lookup (*)(const Query&);

struct Row {
  std::string_view name;
  Finder find;
};

std::span<const Row> builtin_rows();        // builtins.cpp
std::span<const Row> iteration_rows();      // iteration.cpp: range, enumerate, zip
std::span<const Row> constructor_rows();    // constructors.cpp: int(), numpy.float64(), ...
std::span<const Row> dtype_rows();          // dtypes.cpp: numpy.dtype, numpy.finfo, ...
std::span<const Row> math_rows();           // math_module.cpp
std::span<const Row> math_sequence_rows();  // math_sequences.cpp
std::span<const Row> array_rows();          // array_functions.cpp: numpy.zeros, numpy.arange, ...
std::span<const Row> reduction_rows();      // reductions.cpp: numpy.sum, ...
std::span<const Row> array_methods();       // methods of arrays, those of reductions.cpp included
std::span<const Row> reduction_methods();
std::span<const Row> scan_rows();  // scans.cpp: numpy.cumsum, numpy.argmax, ...
std::span<const Row> scan_methods();
std::span<const Row> scalar_methods();  // methods of scalars and str
Lookup find_ufunc(const Query& query);  // ufuncs.cpp: rows of ufuncs.def
bool is_ufunc(std::string_view name);
Lookup ufunc_attribute(const std::string& ufunc, std::string_view name);  // ufunc_attributes.cpp
// The types that choose a ufunc's loop: weak numbers take the type of the strong operands where it holds
// their kind.
std::vector<TypeId> loop_inputs(const Query& query);
std::span<const Row> sequence_intrinsics();  // sequence_intrinsics.cpp
// lists.cpp
std::span<const Row> list_methods();
Lookup list_getitem(const Query& query);
Lookup list_setitem(const Query& query);
Lookup list_delitem(const Query& query);
Lookup list_binary(BinaryOp op, const Query& query, bool inplace);
Lookup list_iter(const Argument& list, bool reversed);
std::vector<ValueId> next_of_list(Emitter& e, ValueId iterator, TypeId type);
Lookup where(const Query& query);           // where.cpp
Lookup find_intrinsic(const Query& query);  // intrinsics.cpp: what only library functions in Python may call
bool is_intrinsic(std::string_view name);
std::span<const Row> view_intrinsics();  // view_intrinsics.cpp: ops.view, ops.drop, ...
Lookup is_instance(const Query& query);  // is_instance.cpp: isinstance()
// The items of a tuple combined from left to right: sum() and math.prod(), with the optional argument
// `start`.
Lookup fold_items(BinaryOp op, int64_t start, const Query& query);

// NumPy's promotion of any two element types; invalid if there is none.
TypeId promote_elements(TypeId a, TypeId b);
// Attributes of a dtype, and of what np.iinfo and np.finfo give.
Lookup dtype_attribute(TypeId elem, std::string_view name);
Lookup info_attribute(const Type& info, std::string_view name);

// Operators on arrays, by the ufunc behind them; `inplace` stores into argument 0.
Lookup array_binary(BinaryOp op, const Query& query, bool inplace);
Lookup array_unary(UnaryOp op, const Query& query);
Lookup array_compare(CompareOp op, const Query& query);

std::span<const Row> index_intrinsics();   // advanced_indexing.cpp
std::span<const Row> shape_intrinsics();   // shape_intrinsics.cpp
std::span<const Row> einsum_intrinsics();  // einsum.cpp
// The extents of the shape that an array is to get; raises unless they have its number of elements. One of
// them may be negative: it is inferred.
std::vector<ValueId> checked_shape(Emitter& e, ValueId array, std::vector<ValueId> shape);

// The query with every optional argument replaced by its element type; emission raises on None. False if
// there is none.
bool unwrap_optionals(const Query& query, Query& unwrapped);
Emit emit_unwrapped(Emit emit, std::vector<TypeId> types);

// The named argument, by keyword or position; null if it was left out.
const Argument* find_argument(const Query& query, size_t position, std::string_view keyword);
// The index of that argument among the values that emission gets; -1 if it was left out.
int argument_index(const Query& query, size_t position, std::string_view keyword);

}  // namespace lancehead
