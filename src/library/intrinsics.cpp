// What only library functions in Python may call (contract C8): lancehead.library.rt.<id> is the row of
// runtime/calls.def of that id in snake case; lancehead.library.ops.<text> is an op of ir/ops.def without
// checks: those of arithmetic, on operands of the same type, and those of view_intrinsics.cpp.
#include <cctype>

#include "library/element_iterators.h"
#include "library/rows.h"
#include "types/conversion.h"
#include "types/record_access.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

constexpr std::string_view kRuntime = "lancehead.library.rt.";
constexpr std::string_view kOps = "lancehead.library.ops.";

std::string camel_case(std::string_view snake) {
  std::string out;
  bool upper = true;
  for (char c : snake) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return out;
}

RtFn runtime_function(std::string_view name) {
  RtFn fn = rt_of_id(camel_case(name));
  return fn != RtFn::kCount && rt_info(fn).py ? fn : RtFn::kCount;
}

TypeId type_of_letter(char letter) {
  switch (letter) {
    case 'I': return ty::Int64;
    case 'D': return ty::Float64;
    case 'F': return ty::Float32;
    case 'B': return ty::Bool;
    case 'P': return ty::Pointer;
    case 'S': return ty::Str;
    default: return {};  // A: any array
  }
}

bool fits(TypeId argument, TypeId wanted) {
  if (!wanted.valid()) return is_array(argument);
  return argument == wanted ||
         (is_scalar(wanted) && is_scalar(argument) && can_cast_same_kind(argument, wanted));
}

Lookup call_runtime(RtFn fn, const Query& q) {
  std::string_view letters = rt_info(fn).signature;
  size_t count = letters.find('>');
  if (q.args.size() != count || !q.keywords.empty()) return no_match();
  for (size_t k = 0; k < count; ++k)
    if (!fits(q.args[k].type, type_of_letter(letters[k]))) return no_match();
  TypeId result = count + 1 < letters.size() ? type_of_letter(letters[count + 1]) : ty::None;
  return found(result, [=](Emitter& e, const Values& v) {
    Values operands;
    for (size_t k = 0; k < count; ++k) {
      TypeId wanted = type_of_letter(letters[k]);
      operands.push_back(wanted.valid() ? e.cast(v[k], wanted) : v[k]);
    }
    if (result != ty::None) return e.rtcall(fn, operands, result);
    e.add(Op::RtCall, std::move(operands), {}, static_cast<uint32_t>(fn));
    return e.b.none();
  });
}

bool is_arithmetic(Op op) {
  return op != Op::kCount && op_info(op).rule == TypeRule::Arith && op_info(op).attr == Attr::None;
}

Lookup apply_op(Op op, const Query& q) {
  if (q.args.empty() || static_cast<int>(q.args.size()) != op_info(op).operands || !q.keywords.empty())
    return no_match();
  TypeId type = q.args[0].type;
  for (const Argument& a : q.args)
    if (!is_scalar(type) || a.type != type) return no_match();
  return found(type, [=](Emitter& e, const Values& v) { return e.value(op, v, type); });
}

const Row* find_row(std::string_view name) {
  for (std::span<const Row> table :
       {view_intrinsics(), index_intrinsics(), shape_intrinsics(), sequence_intrinsics(), einsum_intrinsics(),
        element_iterator_intrinsics()})
    for (const Row& row : table)
      if (row.name == name) return &row;
  return nullptr;
}

}  // namespace

bool is_intrinsic(std::string_view name) {
  if (name.starts_with(kRuntime)) return runtime_function(name.substr(kRuntime.size())) != RtFn::kCount;
  if (!name.starts_with(kOps)) return false;
  name.remove_prefix(kOps.size());
  return find_row(name) || is_arithmetic(op_of_text(name));
}

Lookup find_intrinsic(const Query& q) {
  if (!is_intrinsic(q.name)) return no_match();
  if (q.name.starts_with(kRuntime)) return call_runtime(runtime_function(q.name.substr(kRuntime.size())), q);
  std::string_view name = q.name.substr(kOps.size());
  const Row* row = find_row(name);
  return row ? row->find(q) : apply_op(op_of_text(name), q);
}

}  // namespace lancehead
