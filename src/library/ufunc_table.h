// The rows of ufuncs.def and the choice of a loop among those that a row names, as NumPy makes it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "library/kernels.h"
#include "library/match.h"

namespace lancehead {

enum class Output : uint8_t { Same, Bool, Real, Int32, UInt8 };
enum class Casting : uint8_t { No, Equiv, Safe, SameKind, Unsafe };

struct UfuncOutput {
  Output type;
  Kernel kernel;
};

struct UfuncRow {
  std::string_view name;
  size_t inputs;
  std::string_view loops;
  std::vector<UfuncOutput> outputs;
};

// The types between which a ufunc computes. The operands of its kernels have the types `inputs`.
struct UfuncLoop {
  std::vector<TypeId> inputs, outputs;
};

// The row of "numpy.<name>"; null if there is none.
const UfuncRow* find_ufunc_row(std::string_view name);

// The kernel on operands of a loop's types; of float16 by way of float32.
ValueId run_kernel(Emitter& e, Kernel kernel, const std::vector<ValueId>& v);

// Whether loops of float16 are taken for bool, int8 and uint8, or for float16 alone.
enum class Halves : uint8_t { AsNumPy, OfHalvesAlone };

// The first loop that takes all inputs, or none.
std::optional<UfuncLoop> choose_loop(const UfuncRow& row, const std::vector<TypeId>& inputs,
                                     Halves halves = Halves::AsNumPy);
// The loop whose results are of the type `dtype`, and into which `casting` casts the inputs. If all but the
// casting of inputs is right, that loop; none if there is no such loop.
std::optional<UfuncLoop> choose_loop_of(const UfuncRow& row, const std::vector<TypeId>& inputs, TypeId dtype,
                                        Casting casting);

// "same_kind" and its like.
std::optional<Casting> casting_of_name(std::string_view name);
std::string_view casting_name(Casting casting);
bool can_cast(TypeId from, TypeId to, Casting casting);

}  // namespace lancehead
