// Rules for the extents that constant slices give. Of n >= 0 elements, a[c:], a[:-c] and a[1:1-c] all have
// max(n - c, 0): with these rules the three are one value, so that no test compares them. c, d are constants
// >= 0.
#include "opt/facts.h"
#include "opt/rewrite.h"

namespace lancehead {
namespace {

using Int = std::optional<int64_t>;

constexpr int64_t kFarAway = int64_t{1} << 62;  // n - c does not wrap for a closer c

// n and c, where a value is max(n - c, 0), min(n, c), ...
struct Clamped {
  ValueId n;
  int64_t c = 0;
  explicit operator bool() const { return n.valid(); }
};

bool is_close(Int c) {
  return c && *c >= 0 && *c < kFarAway;
}

// max(n + -c, 0), n >= 0
Clamped shortened(const Rewriter& r, ValueId v) {
  const Inst* max = r.def(v, Op::Max);
  if (!max || !is_int(r.f, max->operands[1], 0)) return {};
  const Inst* add = r.def(max->operands[0], Op::Add);
  if (!add || !is_nonneg(r.f, add->operands[0])) return {};
  Int c = int_value(r.f, add->operands[1]);
  if (!c || *c > 0 || *c <= -kFarAway) return {};
  return {add->operands[0], -*c};
}

// min(n, c), n >= 0
Clamped start(const Rewriter& r, ValueId v) {
  const Inst* min = r.def(v, Op::Min);
  if (!min || !is_nonneg(r.f, min->operands[0])) return {};
  Int c = int_value(r.f, min->operands[1]);
  return is_close(c) ? Clamped{min->operands[0], *c} : Clamped();
}

ValueId emit_shortened(Rewriter& r, ValueId n, int64_t c) {
  ValueId rest = r.emit(Op::Add, {n, r.integer(ty::Int64, -c)}, ty::Int64);
  return r.emit(Op::Max, {rest, r.integer(ty::Int64, 0)}, ty::Int64);
}

}  // namespace

ValueId rewrite_extent(Rewriter& r, const Expr& e) {
  if (e.type != ty::Int64) return {};
  ValueId x = e.operands[0], y = e.operands[1];
  if (e.op == Op::Sub) {  // n - min(n, c) => max(n - c, 0)
    Clamped from = start(r, y);
    return from && from.n == x ? emit_shortened(r, x, from.c) : ValueId();
  }
  if (e.op == Op::Min) {  // min(max(n - c, 0), n) => max(n - c, 0)
    if (Clamped s = shortened(r, x); s && s.n == y) return x;
    if (Clamped s = shortened(r, y); s && s.n == x) return y;
    return {};
  }
  if (e.op != Op::Max || !is_int(r.f, y, 0)) return {};
  if (const Inst* sub = r.def(x, Op::Sub)) {  // max(max(n - c, 0) - min(n, d), 0) => max(n - (c + d), 0)
    Clamped stop = shortened(r, sub->operands[0]), from = start(r, sub->operands[1]);
    if (stop && from && stop.n == from.n && stop.c + from.c < kFarAway)
      return emit_shortened(r, stop.n, stop.c + from.c);
  }
  return {};
}

}  // namespace lancehead
