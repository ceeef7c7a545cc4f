// Conversions shared by tables of the library (numbers.h).
#include "library/numbers.h"

#include <limits>

namespace lancehead {

ValueId float_to_int(Emitter& e, ValueId v) {
  ValueId x = e.cast(v, ty::Float64);
  e.check(e.compare(Op::Eq, x, x), ErrorRow::FloatNanToInt);
  ValueId magnitude = e.value(Op::Abs, {x}, ty::Float64);
  ValueId infinity = e.b.float_value(ty::Float64, std::numeric_limits<double>::infinity());
  e.check(e.compare(Op::Lt, magnitude, infinity), ErrorRow::FloatInfToInt);
  ValueId low = e.compare(Op::Ge, x, e.b.float_value(ty::Float64, -0x1p63));
  ValueId high = e.compare(Op::Lt, x, e.b.float_value(ty::Float64, 0x1p63));
  e.check(e.binary(Op::And, low, high), ErrorRow::FloatTooLarge);
  return e.value(Op::Cast, {x}, ty::Int64);
}

bool nonneg_as(const Argument& a, TypeId type) {
  if (!is_integer(type)) return false;
  if (a.type == ty::Bool || !is_signed(type)) return true;
  if (!is_integer(a.type)) return false;
  bool nonneg = a.facts.nonneg || !is_signed(a.type);
  return nonneg &&
         (bits_of(a.type) < bits_of(type) || (is_signed(a.type) && bits_of(a.type) == bits_of(type)));
}

bool fits(const Constant& integer, TypeId type) {
  const int bits = bits_of(type) - (is_signed(type) ? 1 : 0);
  if (!is_integer(integer.type)) return integer.type == ty::Bool;
  if (!is_signed(integer.type)) return bits == 64 || integer.bits[0] >> bits == 0;
  int64_t value = constant_as_int(integer);
  if (value < 0) return is_signed(type) && value >> bits == -1;
  return bits >= 63 || value >> bits == 0;
}

Facts weak_if_all(const Query& query) {
  Facts facts;
  facts.weak = true;
  for (const Argument& a : query.args) facts.weak = facts.weak && a.weak();
  return facts;
}

TypeId widened(TypeId type) {
  if (type == ty::Bool) return ty::Int64;
  return is_integer(type) ? integer_type(64, is_signed(type)) : type;
}

}  // namespace lancehead
