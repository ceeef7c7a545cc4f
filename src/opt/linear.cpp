// Arithmetic of linear forms, every step checked.
#include "opt/linear.h"

#include <algorithm>

#include "opt/facts.h"

namespace lancehead {

int64_t Linear::coefficient(ValueId v) const {
  for (const Term& t : terms_)
    if (t.first == v) return t.second;
  return 0;
}

void Linear::add(Wide constant) {
  constexpr Wide kFar = Wide{1} << 100;  // so that no sum of two overflows
  constant_ += constant;
  if (constant_ > kFar || constant_ < -kFar) {
    valid_ = false;
    constant_ = 0;
  }
}

void Linear::add(const Linear& other, int64_t factor) {
  valid_ = valid_ && other.valid_;
  Wide constant = 0;
  if (__builtin_mul_overflow(other.constant_, Wide{factor}, &constant))
    valid_ = false;
  else
    add(constant);
  int64_t scaled = 0;
  for (const Term& t : other.terms_) {
    if (__builtin_mul_overflow(t.second, factor, &scaled)) valid_ = false;
    auto at = std::lower_bound(terms_.begin(), terms_.end(), t,
                               [](const Term& x, const Term& y) { return x.first < y.first; });
    if (at == terms_.end() || at->first != t.first) {
      if (scaled != 0) terms_.insert(at, {t.first, scaled});
      continue;
    }
    if (__builtin_add_overflow(at->second, scaled, &at->second)) valid_ = false;
    if (at->second == 0) terms_.erase(at);
  }
}

Linear Linear::minus(const Linear& other) const {
  Linear out = *this;
  out.add(other, -1);
  return out;
}

Linear linear_form(const Function& f, ValueId v, int depth) {
  if (auto n = int_value(f, v)) return Linear(Linear::Wide{*n});
  const Inst* inst = f.def(v);
  if (!inst || depth == 0 || f.type(v) != ty::Int64) return Linear(v);
  auto operand = [&](size_t i) { return linear_form(f, inst->operands[i], depth - 1); };
  Linear out;
  switch (inst->op) {
    case Op::Add:
    case Op::Sub:
      out = operand(0);
      out.add(operand(1), inst->op == Op::Add ? 1 : -1);
      break;
    case Op::Neg: out.add(operand(0), -1); break;
    case Op::Mul: {
      auto c = int_value(f, inst->operands[1]);
      if (!c) return Linear(v);
      out.add(operand(0), *c);
      break;
    }
    default: return Linear(v);
  }
  return out.valid() ? out : Linear(v);
}

}  // namespace lancehead
