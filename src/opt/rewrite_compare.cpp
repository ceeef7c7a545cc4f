// Rules for comparisons, selects and casts.
#include <limits>

#include "opt/facts.h"
#include "opt/rewrite.h"

namespace lancehead {
namespace {

Op swapped(Op op) {
  switch (op) {
    case Op::Lt: return Op::Gt;
    case Op::Le: return Op::Ge;
    case Op::Gt: return Op::Lt;
    case Op::Ge: return Op::Le;
    default: return op;
  }
}

bool holds_for_equal(Op op) {
  return op == Op::Eq || op == Op::Le || op == Op::Ge;
}

// x op c for an x that is >= 0.
ValueId compare_nonneg(Rewriter& r, Op op, ValueId x, int64_t c) {
  if (!is_signed(r.f.type(x)) || !is_nonneg(r.f, x)) return {};
  if (c < 0) return r.boolean(op == Op::Ne || op == Op::Gt || op == Op::Ge);
  if (c == 0 && op == Op::Lt) return r.boolean(false);
  if (c == 0 && op == Op::Ge) return r.boolean(true);
  return {};
}

// b == c and b != c where b is a bool, or an integer that is a converted bool.
ValueId compare_bool(Rewriter& r, Op op, ValueId x, int64_t c) {
  if (op != Op::Eq && op != Op::Ne) return {};
  ValueId b = x;
  if (const Inst* in = r.def(x, Op::Cast)) b = in->operands[0];
  if (r.f.type(b) != ty::Bool) return {};
  if (c != 0 && c != 1) return r.boolean(op == Op::Ne);
  return (c == 1) == (op == Op::Eq) ? b : r.emit(Op::Invert, {b}, ty::Bool);
}

// select(x < y, x, y) => min(x, y) and so on; select(x == y, x, y) => y
ValueId select_by_comparison(Rewriter& r, const Expr& e) {
  const Inst* in = r.f.def(e.operands[0]);
  if (!in || op_info(in->op).rule != TypeRule::Comparison) return {};
  ValueId x = e.operands[1], y = e.operands[2], a = in->operands[0], b = in->operands[1];
  bool straight = a == x && b == y;
  if (!straight && !(a == y && b == x)) return {};
  switch (in->op) {
    case Op::Eq: return y;
    case Op::Ne: return x;
    case Op::Lt:
    case Op::Le: return r.emit(straight ? Op::Min : Op::Max, {x, y}, e.type);
    default: return r.emit(straight ? Op::Max : Op::Min, {x, y}, e.type);
  }
}

// Casts that keep the number exactly, whatever it is.
bool widens(TypeId from, TypeId to) {
  if (from == to) return true;
  if (from == ty::Bool) return is_integer(to) || is_float(to);
  if (is_float(from)) return is_float(to) && bits_of(from) < bits_of(to);
  if (!is_integer(from)) return false;
  int needed = bits_of(from) - (is_signed(from) ? 1 : 0);
  if (is_float(to)) return needed <= (to == ty::Float64 ? 53 : 24);
  if (!is_integer(to)) return false;
  return is_signed(from) == is_signed(to) ? bits_of(from) < bits_of(to)
                                          : !is_signed(from) && bits_of(from) < bits_of(to);
}

}  // namespace

ValueId rewrite_compare(Rewriter& r, Expr& e) {
  if (r.f.constant_of(e.operands[0]) && !r.f.constant_of(e.operands[1])) {
    std::swap(e.operands[0], e.operands[1]);
    e.op = swapped(e.op);
  }
  ValueId x = e.operands[0], y = e.operands[1];
  TypeId type = r.f.type(x);
  if (!is_integer(type) && type != ty::Bool) {
    if (x == y && is_float(type) && (e.op == Op::Lt || e.op == Op::Gt)) return r.boolean(false);  // nan too
    return {};
  }
  if (x == y) return r.boolean(holds_for_equal(e.op));
  auto c = int_value(r.f, y);
  if (!c) return {};
  if (ValueId v = compare_nonneg(r, e.op, x, *c); v.valid()) return v;
  if (ValueId v = compare_bool(r, e.op, x, *c); v.valid()) return v;
  if (e.op != Op::Eq && e.op != Op::Ne) return {};
  if (const Inst* in = r.def(x, Op::Add))
    if (auto d = int_value(r.f, in->operands[1])) {  // x + d == c => x == c - d
      ValueId base = in->operands[0];
      uint64_t bits = static_cast<uint64_t>(*c) - static_cast<uint64_t>(*d);
      return r.emit(e.op, {base, r.integer(type, static_cast<int64_t>(bits))}, ty::Bool);
    }
  return {};
}

ValueId rewrite_select(Rewriter& r, Expr& e) {
  ValueId c = e.operands[0], x = e.operands[1], y = e.operands[2];
  if (auto known = int_value(r.f, c)) return *known ? x : y;
  if (x == y) return x;
  if (const Inst* in = r.def(c, Op::Invert)) {  // select(not c, x, y) => select(c, y, x)
    ValueId inner = in->operands[0];
    return r.emit(Op::Select, {inner, y, x}, e.type);
  }
  if (e.type == ty::Bool) {
    auto if_true = int_value(r.f, x), if_false = int_value(r.f, y);
    if (if_true && if_false) return *if_true ? c : r.emit(Op::Invert, {c}, ty::Bool);
    if (if_true && *if_true) return r.emit(Op::Or, {c, y}, ty::Bool);      // select(c, true, y) => c | y
    if (if_false && !*if_false) return r.emit(Op::And, {c, x}, ty::Bool);  // select(c, x, false) => c & x
  }
  return is_integer(e.type) ? select_by_comparison(r, e) : ValueId();  // of floats, 0.0 equals -0.0
}

ValueId rewrite_cast(Rewriter& r, Expr& e) {
  ValueId x = e.operands[0];
  TypeId from = r.f.type(x);
  if (from == e.type) return x;
  const Inst* in = r.def(x, Op::Cast);
  if (!in) return {};
  ValueId source = in->operands[0];
  TypeId first = r.f.type(source);
  if (!widens(first, from)) return {};
  if (first == e.type) return source;  // there and back
  // int32 -> int64 -> float64 is int32 -> float64: the first step loses nothing
  bool scalar = !is_complex(first) && !is_complex(e.type);
  return scalar ? r.emit(Op::Cast, {source}, e.type) : ValueId();
}

}  // namespace lancehead
