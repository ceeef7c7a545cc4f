// Attributes of ufuncs: nin, nout, nargs, identity, and the methods, which python/lancehead/library
// implements.
#include <algorithm>
#include <limits>

#include "library/rows.h"
#include "library/ufunc_table.h"

namespace lancehead {
namespace {

constexpr std::string_view kMethods[] = {"reduce", "accumulate", "reduceat", "outer", "at"};

struct Identity {
  std::string_view ufunc;
  TypeId type;
  double value;
};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Identity kIdentities[] = {
    {"add", ty::Int64, 0},
    {"multiply", ty::Int64, 1},
    {"bitwise_and", ty::Int64, -1},
    {"bitwise_or", ty::Int64, 0},
    {"bitwise_xor", ty::Int64, 0},
    {"gcd", ty::Int64, 0},
    {"hypot", ty::Int64, 0},
    {"logical_and", ty::Bool, 1},
    {"logical_or", ty::Bool, 0},
    {"logical_xor", ty::Bool, 0},
    {"logaddexp", ty::Float64, -kInfinity},
    {"logaddexp2", ty::Float64, -kInfinity},
};

Constant identity_of(std::string_view ufunc) {
  for (const Identity& i : kIdentities) {
    if (i.ufunc != ufunc) continue;
    if (i.type == ty::Float64) return float_constant(i.type, i.value);
    return i.type == ty::Bool ? bool_constant(i.value != 0)
                              : int_constant(i.type, static_cast<int64_t>(i.value));
  }
  return none_constant();
}

}  // namespace

Lookup ufunc_attribute(const std::string& ufunc, std::string_view name) {
  const UfuncRow* row = find_ufunc_row(ufunc);
  if (!row) return no_match();
  auto number = [](size_t n) { return found_constant(int_constant(ty::Int64, static_cast<int64_t>(n))); };
  if (name == "nin") return number(row->inputs);
  if (name == "nout") return number(row->outputs.size());
  if (name == "nargs") return number(row->inputs + row->outputs.size());
  if (name == "identity") return found_constant(identity_of(row->name));
  if (std::find(std::begin(kMethods), std::end(kMethods), name) == std::end(kMethods)) return no_match();
  return found(known_type(KnownClass::Callable, ufunc + "." + std::string(name)), {});
}

}  // namespace lancehead
