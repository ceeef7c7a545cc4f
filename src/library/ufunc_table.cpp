// Reads ufuncs.def (ufunc_table.h).
#include "library/ufunc_table.h"

#include <algorithm>

#include "library/scalar_operators.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

template <Op kOp>
ValueId op_kernel(Emitter& e, const Values& v) {
  return e.value(kOp, v, e.type(v[0]));
}
template <MathFn kFn>
ValueId math_kernel(Emitter& e, const Values& v) {
  return e.math(kFn, v);
}
template <CompareOp kOp>
ValueId compare_kernel(Emitter& e, const Values& v) {
  return emit_scalar_compare(e, kOp, v[0], v[1]);
}

#define OPC(op) op_kernel<Op::op>
#define MATHFN(fn) math_kernel<MathFn::fn>
#define FN(f) kernels::f
#define CMP(op) compare_kernel<CompareOp::op>
const UfuncRow kUfuncs[] = {
#define UFUNC(name, inputs, loops, output, kernel) {name, inputs, loops, {{Output::output, kernel}}},
#define UFUNC2(name, inputs, loops, output, kernel, output2, kernel2) \
  {name, inputs, loops, {{Output::output, kernel}, {Output::output2, kernel2}}},
#include "library/ufuncs.def"
#undef UFUNC
#undef UFUNC2
};
#undef OPC
#undef MATHFN
#undef FN
#undef CMP

constexpr std::string_view kLetters = "?bBhHiIlLefdFD";

TypeId type_of_letter(char letter) {
  static constexpr TypeId kTypes[] = {ty::Bool,    ty::Int8,    ty::UInt8,     ty::Int16,     ty::UInt16,
                                      ty::Int32,   ty::UInt32,  ty::Int64,     ty::UInt64,    ty::Float16,
                                      ty::Float32, ty::Float64, ty::Complex64, ty::Complex128};
  return kTypes[kLetters.find(letter)];
}

// NumPy has a loop of float16 before every one of float32, which computes as that and rounds (run_kernel).
// What steps from one float to the next is another function of each type.
std::string letters_of(const UfuncRow& row) {
  std::string letters(row.loops);
  size_t at = letters.find('f');
  bool steps = row.name == "nextafter" || row.name == "spacing";
  if (at != std::string::npos && !steps) letters.insert(at, "e");
  return letters;
}

bool is_loop_letter(char letter) {
  return kLetters.find(letter) != std::string_view::npos;
}

TypeId output_type(Output output, TypeId loop) {
  switch (output) {
    case Output::Same: return loop;
    case Output::Bool: return ty::Bool;
    case Output::Real: return real_of(loop);
    case Output::Int32: return ty::Int32;
    case Output::UInt8: return ty::UInt8;
  }
  return loop;
}

// Is the last operand a count, of whatever integer type?
bool takes_count(const UfuncRow& row) {
  return row.loops.find('x') != std::string_view::npos;
}

UfuncLoop loop_in(const UfuncRow& row, TypeId type) {
  UfuncLoop loop;
  loop.inputs.assign(row.inputs, type);
  if (takes_count(row)) loop.inputs.back() = ty::Int64;
  for (const UfuncOutput& o : row.outputs) loop.outputs.push_back(output_type(o.type, type));
  return loop;
}

// One of the inputs is a signed int, the other a uint64: no type holds both, but they can be compared.
std::optional<UfuncLoop> mixed_loop_in(const UfuncRow& row, const std::vector<TypeId>& inputs) {
  UfuncLoop loop = loop_in(row, ty::Int64);
  size_t u = inputs[0] == ty::UInt64 ? 0 : 1;
  if (inputs[u] != ty::UInt64 || !is_integer(inputs[1 - u]) || !is_signed(inputs[1 - u])) return std::nullopt;
  loop.inputs[u] = ty::UInt64;
  return loop;
}

bool takes(const UfuncLoop& loop, const std::vector<TypeId>& inputs, Casting casting) {
  for (size_t k = 0; k < inputs.size(); ++k)
    if (!can_cast(inputs[k], loop.inputs[k], casting)) return false;
  return true;
}

bool all_of_class(const std::vector<TypeId>& types, std::initializer_list<KindClass> classes) {
  return std::all_of(types.begin(), types.end(), [&](TypeId t) {
    return std::find(classes.begin(), classes.end(), class_of(t)) != classes.end();
  });
}

constexpr std::string_view kCastings[] = {"no", "equiv", "safe", "same_kind", "unsafe"};

}  // namespace

const UfuncRow* find_ufunc_row(std::string_view name) {
  if (!name.starts_with("numpy.")) return nullptr;
  name.remove_prefix(6);
  for (const UfuncRow& row : kUfuncs)
    if (row.name == name) return &row;
  return nullptr;
}

std::optional<UfuncLoop> choose_loop(const UfuncRow& row, const std::vector<TypeId>& inputs, Halves halves) {
  bool any_half = std::find(inputs.begin(), inputs.end(), ty::Float16) != inputs.end();
  for (char letter : letters_of(row)) {
    if (letter == 'e' && halves == Halves::OfHalvesAlone && !any_half) continue;
    if (letter == '!' && all_of_class(inputs, {KindClass::Bool})) return std::nullopt;
    if (letter == 'w' && all_of_class(inputs, {KindClass::Bool, KindClass::Int, KindClass::Uint}))
      return loop_in(row, ty::Float64);
    if (letter == 'm') {
      if (std::optional<UfuncLoop> mixed = mixed_loop_in(row, inputs)) return mixed;
    }
    if (!is_loop_letter(letter)) continue;
    UfuncLoop loop = loop_in(row, type_of_letter(letter));
    if (takes(loop, inputs, Casting::Safe)) return loop;
  }
  return std::nullopt;
}

std::optional<UfuncLoop> choose_loop_of(const UfuncRow& row, const std::vector<TypeId>& inputs, TypeId dtype,
                                        Casting casting) {
  if (row.outputs.back().type == Output::Int32) return std::nullopt;
  const bool several_types = takes_count(row);
  Output output = row.outputs[0].type;
  if (output == Output::Bool || output == Output::UInt8)
    return output_type(output, {}) == dtype ? choose_loop(row, inputs) : std::nullopt;
  std::optional<UfuncLoop> refused;
  for (char letter : letters_of(row)) {
    if (!is_loop_letter(letter)) continue;
    UfuncLoop loop = loop_in(row, type_of_letter(letter));
    if (loop.outputs[0] != dtype) continue;
    if (takes(loop, inputs, several_types ? Casting::Safe : casting)) return loop;
    if (several_types) continue;
    if (!refused || (takes(loop, inputs, Casting::Safe) && !takes(*refused, inputs, Casting::Safe)))
      refused = loop;
  }
  return refused;
}

ValueId run_kernel(Emitter& e, Kernel kernel, const Values& v) {
  if (e.type(v[0]) != ty::Float16) return kernel(e, v);
  Values wide;
  for (ValueId x : v) wide.push_back(e.type(x) == ty::Float16 ? e.cast(x, ty::Float32) : x);
  ValueId out = kernel(e, wide);
  return e.type(out) == ty::Float32 ? e.cast(out, ty::Float16) : out;
}

std::optional<Casting> casting_of_name(std::string_view name) {
  const auto* found = std::find(std::begin(kCastings), std::end(kCastings), name);
  if (found == std::end(kCastings)) return std::nullopt;
  return static_cast<Casting>(found - std::begin(kCastings));
}

std::string_view casting_name(Casting casting) {
  return kCastings[static_cast<size_t>(casting)];
}

bool can_cast(TypeId from, TypeId to, Casting casting) {
  switch (casting) {
    case Casting::No:
    case Casting::Equiv: return from == to;
    case Casting::Safe: return can_cast_safely(from, to);
    case Casting::SameKind: return can_cast_same_kind(from, to);
    case Casting::Unsafe: return true;
  }
  return false;
}

}  // namespace lancehead
