// Emits resolved IR for one instruction of the typed function: the builder, and what every implementation
// needs of it. An instruction that may raise gets the current handler's edge, and emission goes on in a fresh
// block.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ir/builder.h"
#include "ir/math_fn.h"
#include "ir/runtime_call.h"
#include "library/match.h"

namespace lancehead {

class Emitter {
 public:
  Emitter(Function& function, const Semantics& semantics) : b(function), semantics_(semantics) {}

  Builder b;
  const Semantics& semantics() const { return semantics_; }
  TypeId type(ValueId v) { return b.function().type(v); }

  // Where errors of this instruction go; an invalid target means out of the function.
  void set_handler(Edge handler) { handler_ = std::move(handler); }

  // ---- instructions; those that may raise are given the handler
  InstId add(Op op, std::vector<ValueId> operands, std::vector<TypeId> results, uint32_t attr = 0);
  ValueId value(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr = 0);
  ValueId binary(Op op, ValueId x, ValueId y) { return value(op, {x, y}, type(x)); }
  ValueId compare(Op op, ValueId x, ValueId y) { return value(op, {x, y}, ty::Bool); }
  ValueId math(MathFn fn, std::vector<ValueId> operands);
  ValueId rtcall(RtFn fn, std::vector<ValueId> operands, TypeId result);
  void check(ValueId condition, ErrorRow row, std::vector<ValueId> parameters = {},
             const std::string& text = "");

  // ---- conversions (types/conversion.h says which exist)
  ValueId cast(ValueId v, TypeId to);
  // What is to be of an array's or scalar's type `to`: a Python int (`weak`) that is known and does not fit
  // raises as in NumPy, which takes NumPy's ints for Python's where it assigns; others wrap
  // (docs/deviations.md: int-narrowing).
  ValueId fit(ValueId v, TypeId to, bool weak);
  ValueId truth(ValueId v);  // of a scalar, str, tuple, optional or None

  // ---- parts
  ValueId int64(int64_t v) { return b.int64(v); }
  ValueId item(ValueId aggregate, uint32_t index, TypeId type);  // what made the aggregate is looked through
  ValueId make(TypeId type, std::vector<ValueId> items) {
    return value(Op::TupleMake, std::move(items), type);
  }
  ValueId dim(ValueId array, int axis);
  ValueId stride(ValueId array, int axis);
  std::vector<ValueId> dims(ValueId array);
  // An element by checked indices: a scalar's value, a record where it lies.
  ValueId element(ValueId array, const std::vector<ValueId>& indices);
  ValueId select(ValueId c, ValueId x, ValueId y) { return value(Op::Select, {c, x, y}, type(x)); }

  // ---- control flow
  BlockId new_block() { return b.function().add_block(); }
  // if (condition) then() else otherwise(): both give values of the types `types`; the joined values come
  // back.
  using Branch = std::function<std::vector<ValueId>()>;
  std::vector<ValueId> branch(ValueId condition, const std::vector<TypeId>& types, const Branch& then,
                              const Branch& otherwise);

 private:
  ValueId cast_optional(ValueId v, TypeId to);
  ValueId cast_items(ValueId v, TypeId to);
  ValueId cast_scalar(ValueId v, TypeId to);
  ValueId retype_array(ValueId v, TypeId to);

  const Semantics& semantics_;
  Edge handler_;
};

}  // namespace lancehead
