// The type rules, from stage resolved on.
#include <string_view>

#include "ir/math_fn.h"
#include "ir/runtime_call.h"
#include "ir/verify.h"
#include "types/layout.h"

namespace lancehead {
namespace {

constexpr std::string_view kErrorTexts[] = {
#define ERR(id, cls, text) text,
#include "types/errors.def"
#undef ERR
};

// What an op's operands are, as its type rule and its comment in ops.def say.
class Rules {
 public:
  Rules(const Function& f, const Inst& inst) : f_(f), i_(inst) {}

  const char* broken() const {
    switch (op_info(i_.op).rule) {
      case TypeRule::Any: break;
      case TypeRule::Bool: return rule(operand(0) == ty::Bool, "the condition is a bool");
      case TypeRule::Arith: return arith();
      case TypeRule::Comparison: return comparison();
      case TypeRule::Select:
        if (operand(0) != ty::Bool) return "the condition of a select is a bool";
        return rule(operand(1) == result() && operand(2) == result() && !is_managed(result()),
                    "a select chooses between values of its own type, which is plain");
      case TypeRule::Cast:
        return rule(is_plain(operand(0)) && is_plain(result()), "a cast leads from scalar to scalar");
      case TypeRule::Check: return check();
    }
    return by_op();
  }

 private:
  static const char* rule(bool holds, const char* text) { return holds ? nullptr : text; }
  size_t operands() const { return i_.operands.size(); }
  TypeId operand(size_t k) const { return f_.type(i_.operands[k]); }
  TypeId result() const { return f_.type(i_.results[0]); }
  bool all(size_t first, size_t last, TypeId type) const {
    for (size_t k = first; k < last; ++k)
      if (operand(k) != type) return false;
    return true;
  }
  bool is(size_t k, Kind kind) const { return kind_of(operand(k)) == kind; }

  // ---- scalars
  const char* arith() const {
    if (!is_scalar(result()) || !all(0, operands(), result()))
      return "operands and result are of one scalar type";
    KindClass c = class_of(result());
    bool integer = c == KindClass::Int || c == KindClass::Uint;
    bool inexact = c == KindClass::Float || c == KindClass::Complex;
    switch (i_.op) {
      case Op::Add:
      case Op::Sub:
      case Op::Mul:
      case Op::Neg: return rule(c != KindClass::Bool, "bools are not added");
      case Op::Div: return rule(inexact, "div is of floats and complex numbers");
      case Op::FloorDiv:
      case Op::Mod:
      case Op::Rem:
        return rule(integer || c == KindClass::Float,
                    "there is no such division of bools and complex numbers");
      case Op::Abs:
      case Op::Min:
      case Op::Max: return rule(c != KindClass::Complex, "there is no such function of complex numbers");
      case Op::And:
      case Op::Or:
      case Op::Xor:
      case Op::Invert: return rule(integer || c == KindClass::Bool, "bitwise ops are of bools and integers");
      case Op::Shl:
      case Op::Shr:
      case Op::WrapIndex: return rule(integer, "shifts and indices are of integers");
      case Op::Math: {
        bool complex = math_info(static_cast<MathFn>(i_.attr)).complex;
        return rule(c == KindClass::Float || (complex && inexact),
                    "a math function is of floats, or has a complex form");
      }
      default: return nullptr;
    }
  }

  const char* comparison() const {
    bool comparable = is_scalar(operand(0)) || operand(0) == ty::Pointer;
    if (!comparable || operand(1) != operand(0)) return "a comparison is of two values of one scalar type";
    if (result() != ty::Bool) return "a comparison gives a bool";
    bool equality = i_.op == Op::Eq || i_.op == Op::Ne;
    return rule(equality || !is_complex(operand(0)), "complex numbers have no order");
  }

  const char* check() const {
    std::string_view text = kErrorTexts[i_.attr];
    size_t params = 1;
    for (char digit : {'0', '1', '2'})
      if (text.find(std::string{'{', digit, '}'}) != std::string_view::npos)
        params = static_cast<size_t>(digit - '0') + 2;
    bool named = text.find("{s}") != std::string_view::npos;
    if (operands() != params + named) return "a check has the operands that its row of errors.def names";
    if (operand(0) != ty::Bool) return "the condition of a check is a bool";
    if (!all(1, params, ty::Int64)) return "the parameters of a check are int64";
    return rule(!named || operand(params) == ty::Str, "the text of a check is a str");
  }

  // ---- ops with a rule of their own
  const char* by_op() const {
    switch (i_.op) {
      case Op::Const:
        return rule(f_.constants[i_.attr].type == result(), "a constant has the type of what it makes");
      case Op::Catch: return rule(result() == ty::Error, "catch gives an exception");
      case Op::Reraise:
      case Op::Throw: return rule(operand(0) == ty::Error, "what is thrown is an exception");
      case Op::ErrorMake: return rule(result() == ty::Error, "error_make gives an exception");
      case Op::ErrorMatches:
        return rule(operand(0) == ty::Error && result() == ty::Bool,
                    "error_matches leads from exception to bool");
      case Op::Return:
        return rule(operand(0) == f_.result, "what is returned has the function's result type");
      case Op::ComplexMake:
      case Op::ComplexReal:
      case Op::ComplexImag: return complex();
      case Op::TupleMake:
      case Op::TupleGet:
      case Op::TupleAt: return tuple();
      case Op::OptionalMake:
      case Op::OptionalNone:
      case Op::OptionalHas:
      case Op::OptionalGet: return optional();
      case Op::ListMake:
      case Op::ListLen:
      case Op::ListGet:
      case Op::ListSet:
      case Op::ListAppend: return list();
      case Op::CheckIndex: return rule(all(0, 2, ty::Int64), "an index and its limit are int64");
      case Op::Offset:
      case Op::Load:
      case Op::Store: return address();
      case Op::Call: return call();
      case Op::RtCall: return runtime_call();
      case Op::ParLoop: return parloop();
      default: return array();
    }
  }

  const char* complex() const {
    const char* text = "a complex number has two parts of half its width";
    if (i_.op != Op::ComplexMake)
      return rule(is_complex(operand(0)) && result() == real_of(operand(0)), text);
    return rule(is_complex(result()) && all(0, 2, real_of(result())), text);
  }

  const char* tuple() const {
    if (i_.op == Op::TupleAt) {
      if (!is(0, Kind::Tuple) || operand(1) != ty::Int64) return "tuple_at takes a tuple and an int64";
      for (TypeId item : type_of(operand(0)).items)
        if (item != result()) return "tuple_at takes a tuple of items of its result's type";
      return nullptr;
    }
    if (i_.op == Op::TupleGet) {
      std::vector<TypeId> parts = parts_of(operand(0));
      if (i_.attr >= parts.size()) return "tuple_get takes a part that there is";
      return rule(parts[i_.attr] == result(), "tuple_get gives the part's type");
    }
    std::vector<TypeId> parts = parts_of(result());
    if (operands() != parts.size()) return "tuple_make takes one operand per part";
    for (size_t k = 0; k < parts.size(); ++k)
      if (operand(k) != parts[k]) return "tuple_make takes operands of the parts' types";
    return nullptr;
  }

  const char* optional() const {
    TypeId type = i_.op == Op::OptionalMake || i_.op == Op::OptionalNone ? result() : operand(0);
    if (kind_of(type) != Kind::Optional) return "the type is optional";
    TypeId elem = type_of(type).elem;
    if (i_.op == Op::OptionalMake)
      return rule(operand(0) == elem, "an optional is made from its own value type");
    if (i_.op == Op::OptionalHas) return rule(result() == ty::Bool, "optional_has gives a bool");
    return rule(i_.op == Op::OptionalNone || result() == elem, "optional_get gives the value's type");
  }

  const char* address() const {
    if (operand(0) != ty::Pointer) return "an address is a pointer";
    if (i_.op == Op::Offset)
      return rule(operand(1) == ty::Int64 && result() == ty::Pointer, "an offset is int64");
    return rule(is_plain(i_.op == Op::Load ? result() : operand(1)), "memory holds scalars");
  }

  // ---- arrays
  const char* array() const {
    switch (i_.op) {
      case Op::ArrayAlloc: {
        if (!is_array(result())) return "array_alloc gives an array";
        size_t ndim = type_of(result()).ndim;
        if (operands() != ndim || !all(0, ndim, ty::Int64)) return "array_alloc takes one int64 per axis";
        return rule(i_.attr <= 1, "array_alloc's attribute is 0 or 1");
      }
      case Op::ArrayView: {
        if ((!is_array(result()) && !is_record(result())) || operands() < 2)
          return "array_view gives an array or record of a base at an address";
        size_t ndim = type_of(result()).ndim;
        return rule(operands() == 2 + 2 * ndim && operand(1) == ty::Pointer && all(2, operands(), ty::Int64),
                    "array_view takes an address, and an extent and a stride per axis");
      }
      case Op::ArrayDim:
      case Op::ArrayStride:
      case Op::ArrayData:
      case Op::ArrayAddress:
      case Op::ArrayLoad:
      case Op::ArrayStore: return part_of_array();
      default: return nullptr;
    }
  }

  const char* part_of_array() const {
    if (i_.op == Op::ArrayData && operands() == 1 && is(0, Kind::Record))
      return rule(result() == ty::Pointer, "an address is a pointer");
    if (operands() == 0 || !is(0, Kind::Array)) return "the first operand is an array";
    const Type& array = type_of(operand(0));
    size_t first = i_.op == Op::ArrayStore ? 2 : 1;
    switch (i_.op) {
      case Op::ArrayDim:
      case Op::ArrayStride:
        if (i_.attr >= array.ndim) return "the axis is one of the array's";
        return rule(result() == ty::Int64, "an extent or a stride is int64");
      case Op::ArrayData: return rule(result() == ty::Pointer, "an address is a pointer");
      case Op::ArrayAddress:
        if (result() != ty::Pointer) return "an address is a pointer";
        if (operands() > first + array.ndim) return "there is at most one index per axis";
        break;
      case Op::ArrayLoad:
        if (!is_plain(array.elem)) return "records are viewed, not loaded";
        if (result() != array.elem) return "an element has the array's element type";
        if (operands() != first + array.ndim) return "there is one index per axis";
        break;
      default:
        if (operands() != first + array.ndim) return "there is one index per axis";
        if (operand(1) != array.elem) return "an element has the array's element type";
        break;
    }
    return rule(all(first, operands(), ty::Int64), "an index is int64");
  }

  // ---- lists
  const char* list() const {
    TypeId type = i_.op == Op::ListMake ? result() : operand(0);
    if (!is_list(type)) return "the type is a list's";
    TypeId elem = type_of(type).elem;
    switch (i_.op) {
      case Op::ListMake: return rule(all(0, operands(), elem), "items have the list's item type");
      case Op::ListLen: return rule(result() == ty::Int64, "a length is int64");
      case Op::ListAppend: return rule(operand(1) == elem, "items have the list's item type");
      case Op::ListGet:
        if (operand(1) != ty::Int64) return "an index is int64";
        return rule(result() == elem, "items have the list's item type");
      default:
        if (operand(1) != ty::Int64) return "an index is int64";
        return rule(operand(2) == elem, "items have the list's item type");
    }
  }

  // ---- calls
  const char* call() const {
    const Callee& c = f_.callees[i_.attr];
    if (operands() != c.params.size()) return "a call has its callee's parameters";
    for (size_t k = 0; k < operands(); ++k)
      if (operand(k) != c.params[k]) return "a call's operands have its callee's parameters' types";
    return rule(result() == c.result, "a call gives its callee's result");
  }

  const char* runtime_call() const {
    std::string_view signature = rt_info(static_cast<RtFn>(i_.attr)).signature;
    std::string_view in = signature.substr(0, signature.find('>'));
    std::string_view out = signature.substr(in.size() + 1);
    if (!in.ends_with('*') && operands() != in.size())
      return "a runtime call has the operands of its row of calls.def";
    for (size_t k = 0; k < operands(); ++k)
      if (!fits(k < in.size() ? in[k] : '*', operand(k)))
        return "a runtime call's operands are of its row's types";
    if (out.empty())
      return rule(i_.results.empty() || result() == ty::None, "a runtime call gives its row's result");
    return rule(i_.results.size() == 1 && fits(out[0], result()), "a runtime call gives its row's result");
  }

  static bool fits(char letter, TypeId type) {
    switch (letter) {
      case 'I': return type == ty::Int64 || type == ty::UInt64;
      case 'D': return type == ty::Float64;
      case 'F': return type == ty::Float32;
      case 'B': return type == ty::Bool;
      case 'P': return type == ty::Pointer;
      case 'E': return type == ty::Error;
      case 'S': return type == ty::Str;
      case 'A': return is_array(type);
      case 'O': return type == ty::Pointer || is_managed(type);
      default: return true;
    }
  }

  // body(first, last, captures...), combine(acc, partial); acc and partial are tuples of the results' types.
  const char* parloop() const {
    const ParLoopInfo& p = f_.parloops[i_.attr];
    const Callee& body = f_.callees[p.body];
    if (operand(0) != ty::Int64) return "the count of a parallel loop is int64";
    if (body.params.size() != 2 + p.captures || body.params[0] != ty::Int64 || body.params[1] != ty::Int64)
      return "the body of a parallel loop takes first, last and the captures";
    for (size_t k = 0; k < p.captures; ++k)
      if (body.params[2 + k] != operand(1 + k)) return "captures have the types of the body's parameters";
    std::vector<TypeId> results;
    for (size_t k = 0; k < i_.results.size(); ++k) {
      results.push_back(f_.type(i_.results[k]));
      if (operand(1 + p.captures + k) != results[k]) return "initial values have the results' types";
    }
    if (results.empty()) return nullptr;
    TypeId tuple = tuple_type(std::move(results));
    const Callee& combine = f_.callees[p.combine];
    bool fits =
        body.result == tuple && combine.result == tuple && combine.params == std::vector{tuple, tuple};
    return rule(fits, "a parallel loop's functions work on tuples of the results' types");
  }

  const Function& f_;
  const Inst& i_;
};

}  // namespace

std::string broken_type_rule(const Function& f, const Inst& inst) {
  const char* rule = Rules(f, inst).broken();
  return rule ? rule : std::string();
}

std::string broken_nest_rule(const Function& f, const Inst& inst) {
  const NestInfo& n = f.nests[inst.attr];
  const std::vector<ValueId>& params = f.block(n.body).params;
  if (n.dims > inst.operands.size()) return "a nest's extents are operands";
  for (size_t k = 0; k < n.dims; ++k)
    if (f.type(inst.operands[k]) != ty::Int64) return "a nest's extents are int64";
  size_t reads = 0, writes = 0;
  for (const NestAccess& a : n.accesses) {
    if (a.operand < n.dims || a.operand >= inst.operands.size()) return "a nest's access names an operand";
    TypeId array = f.type(inst.operands[a.operand]);
    if (!array.valid() || !is_array(array)) return "a nest accesses arrays";
    if (a.axes.size() != type_of(array).ndim) return "a nest's access has a dimension per axis";
    for (int8_t axis : a.axes)
      if (axis >= 0 && static_cast<size_t>(axis) >= n.dims)
        return "an axis is walked by one of the nest's dimensions";
    TypeId elem = type_of(array).elem;
    if (a.write) {
      if (writes >= n.yields.size() || f.type(n.yields[writes]) != elem)
        return "a nest writes elements of the array's type";
      ++writes;
    } else {
      if (reads >= params.size() || f.type(params[reads]) != elem)
        return "a nest's body takes the elements that are read";
      ++reads;
    }
  }
  size_t indices = n.indices ? n.dims : 0;
  if (params.size() != reads + indices)
    return "a nest's body takes the elements that are read, then the indices";
  for (size_t k = reads; k < params.size(); ++k)
    if (f.type(params[k]) != ty::Int64) return "a nest's indices are int64";
  size_t reductions = n.reductions.size();
  if (n.yields.size() != writes + reductions)
    return "a nest's body yields a value per write and per reduction";
  if (inst.results.size() != reductions) return "a nest gives a result per reduction";
  for (size_t k = 0; k < reductions; ++k) {
    TypeId type = f.type(n.yields[writes + k]);
    if (type != f.type(inst.results[k])) return "a reduction has the type of what it reduces";
    if (n.reductions[k] == Reduction::Sum && n.yields.size() > 1 && (is_float(type) || is_complex(type)))
      return "a nest that sums floats computes nothing else";
  }
  return {};
}

}  // namespace lancehead
