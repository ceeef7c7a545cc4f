// Facts and proofs. See ranges.h.
#include "opt/ranges.h"

#include <algorithm>
#include <limits>

#include "opt/facts.h"

namespace lancehead {
namespace {

constexpr int64_t kMax = std::numeric_limits<int64_t>::max(), kMin = std::numeric_limits<int64_t>::min();
constexpr size_t kMostFacts = 48;  // bounds the time of a proof
constexpr int kMostSteps = 64;

Op opposite(Op op) {
  switch (op) {
    case Op::Lt: return Op::Ge;
    case Op::Le: return Op::Gt;
    case Op::Gt: return Op::Le;
    case Op::Ge: return Op::Lt;
    case Op::Eq: return Op::Ne;
    default: return Op::Eq;
  }
}

}  // namespace

Ranges::Ranges(const Function& f, const Cfg& cfg, const Dominators& dominators, const Loops& loops,
               const Incoming& incoming)
    : f_(f),
      dominators_(dominators),
      loops_(loops),
      incoming_(incoming),
      facts_(f.blocks.size()),
      known_(f.blocks.size()),
      loop_of_header_(f.blocks.size(), Loop::kNone) {
  for (uint32_t i = 0; i < loops.all().size(); ++i) loop_of_header_[loops.all()[i].header.index] = i;
  for (BlockId block : cfg.reverse_postorder()) facts_at(block);  // each after its dominators
}

// ---- facts

const Ranges::Facts& Ranges::facts_at(BlockId block) {
  if (known_[block.index]) return facts_[block.index];
  known_[block.index] = true;
  Facts& facts = facts_[block.index];
  if (BlockId parent = dominators_.parent(block); parent.valid()) facts = facts_at(parent);
  const std::vector<EdgeRef>& edges = incoming_.of(block);
  if (edges.size() == 1)
    if (const Inst& inst = f_.inst(edges[0].inst); inst.op == Op::CondBr)
      add_condition(facts, inst.operands[0], edges[0].index == 0);
  if (loop_of_header_[block.index] != Loop::kNone) add_stepped(block, facts);
  return facts;
}

void Ranges::add_condition(Facts& facts, ValueId condition, bool holds, int depth) {
  const Inst* inst = f_.def(condition);
  if (!inst || depth == 0) return;
  if (inst->op == Op::Invert) return add_condition(facts, inst->operands[0], !holds, depth - 1);
  if (inst->op == (holds ? Op::And : Op::Or)) {
    add_condition(facts, inst->operands[0], holds, depth - 1);
    add_condition(facts, inst->operands[1], holds, depth - 1);
    return;
  }
  if (op_info(inst->op).rule != TypeRule::Comparison || f_.type(inst->operands[0]) != ty::Int64) return;
  add_comparison(facts, holds ? inst->op : opposite(inst->op), inst->operands[0], inst->operands[1]);
}

void Ranges::add_comparison(Facts& facts, Op op, ValueId x, ValueId y) {
  if (facts.size() >= kMostFacts) return;
  if (op == Op::Gt || op == Op::Ge) {
    std::swap(x, y);
    op = op == Op::Gt ? Op::Lt : Op::Le;
  }
  Linear low = exact_form(facts, x), high = exact_form(facts, y);
  if (op == Op::Ne) return;
  Linear fact = high.minus(low);  // low <= high
  if (op == Op::Lt) fact.add(-1);
  if (fact.valid()) facts.push_back(fact);
  if (op == Op::Eq && fact.valid()) facts.push_back(low.minus(high));
  if (op == Op::Lt && is_nonneg(f_, x)) add_count(facts, y);
}

// Something >= 0 is below the count, so it is > 0: if it is max(n, 0), then it is n. If it is the number of
// steps from low to high where low < high and 0 elsewhere, then (count - 1) * step <= high - low - 1: the
// distance, in (0, 2**64), has the bits of what the count was made of.
void Ranges::add_count(Facts& facts, ValueId count) {
  const Inst* inst = f_.def(count);
  if (!inst) return;
  if (inst->op == Op::Max && is_int(f_, inst->operands[1], 0)) {
    facts.push_back(exact_form(facts, inst->operands[0]).minus(Linear(count)));
    return;
  }
  if (inst->op != Op::Select || !is_int(f_, inst->operands[2], 0)) return;
  const Inst* test = f_.def(inst->operands[0]);
  if (!test || (test->op != Op::Lt && test->op != Op::Gt)) return;
  ValueId low = test->operands[test->op == Op::Lt ? 0 : 1], high = test->operands[test->op == Op::Lt ? 1 : 0];
  auto [distance, step] = steps_of(inst->operands[1]);
  if (step <= 0 || !(distance == linear_form(f_, high).minus(linear_form(f_, low)))) return;
  for (const Linear& span :
       {exact_form(facts, high).minus(exact_form(facts, low)), Linear(high).minus(Linear(low))}) {
    Linear fact = span;
    fact.add(Linear(count), -step);
    fact.add(step - 1);
    if (fact.valid()) facts.push_back(fact);
  }
}

// v as (distance - 1) // step + 1 for unsigned distances: the distance modulo 2**64 and the step. Step 1: v
// itself.
std::pair<Linear, int64_t> Ranges::steps_of(ValueId v) const {
  const Inst* plus_one = f_.def(v);
  const Inst* back = plus_one && plus_one->op == Op::Add && is_int(f_, plus_one->operands[1], 1)
                         ? f_.def(plus_one->operands[0])
                         : nullptr;
  const Inst* divided = back && back->op == Op::Cast ? f_.def(back->operands[0]) : nullptr;
  if (!divided || f_.type(divided->results[0]) != ty::UInt64) return {linear_form(f_, v), 1};
  auto by = int_value(f_, divided->operands.back());
  const Inst* dividend = f_.def(divided->operands[0]);
  if (!by || !dividend || dividend->op != Op::Cast || f_.type(dividend->operands[0]) != ty::Int64)
    return {Linear(v), 0};
  Linear distance = linear_form(f_, dividend->operands[0]);
  distance.add(1);
  if (divided->op == Op::FloorDiv) return {distance, *by};
  if (divided->op == Op::Shr && *by < 62) return {distance, int64_t{1} << *by};
  return {distance, 0};
}

// Header parameters that every way around the loop steps by the same constant.
void Ranges::add_stepped(BlockId header, Facts& facts) {
  const std::vector<ValueId>& params = f_.block(header).params;
  for (size_t i = 0; i < params.size(); ++i) {
    if (f_.type(params[i]) != ty::Int64 || facts.size() >= kMostFacts) continue;
    Linear start;
    bool has_start = false, steps = true;
    int64_t step = 0;
    std::vector<BlockId> latches;
    for (EdgeRef ref : incoming_.of(header)) {
      ValueId arg = edge_of(f_, ref).args[i];
      BlockId from = f_.inst(ref.inst).block;
      if (!loops_.contains(loop_of_header_[header.index], from)) {
        Linear form = exact_form(facts, arg);
        steps = steps && (!has_start || form == start);
        start = form;
        has_start = true;
        continue;
      }
      Linear change = linear_form(f_, arg, 2).minus(Linear(params[i]));
      steps = steps && change.valid() && change.is_constant() && change.constant() != 0 &&
              change.constant() == static_cast<int64_t>(change.constant()) &&
              (step == 0 || step == change.constant());
      step = static_cast<int64_t>(change.constant());
      latches.push_back(from);
    }
    if (!steps || !has_start || step == 0) continue;
    // The step does not wrap if something that dominates every latch, within the loop, bounds the variable.
    bool bounded = true;
    for (BlockId latch : latches) {
      Facts inside = facts;
      for (BlockId b = latch; b != header && b.valid(); b = dominators_.parent(b)) {
        const std::vector<EdgeRef>& edges = incoming_.of(b);
        if (edges.size() != 1) continue;
        const Inst& inst = f_.inst(edges[0].inst);
        if (inst.op == Op::CondBr) add_condition(inside, inst.operands[0], edges[0].index == 0);
      }
      Linear room = Linear(params[i]);  // the next value lies between kMin and kMax
      room.add(step);
      if (step < 0)
        room.add(-Linear::Wide{kMin});
      else
        room = Linear(Linear::Wide{kMax}).minus(room);
      bounded = bounded && prove(inside, room);
    }
    if (!bounded) continue;
    Linear fact = Linear(params[i]).minus(start);
    if (step < 0) fact = start.minus(Linear(params[i]));
    if (fact.valid()) facts.push_back(fact);
  }
}

// The value as a form that is equal as true integers; the value itself if that is all that is known.
Linear Ranges::exact_form(const Facts& facts, ValueId v) {
  Linear form = linear_form(f_, v);
  if (form.is_constant() || (form.terms().size() == 1 && form.terms()[0].second == 1 && form.constant() == 0))
    return form;
  Linear above = form, below(Linear::Wide{kMax});
  below.add(form, -1);             // form <= kMax
  above.add(-Linear::Wide{kMin});  // form >= kMin
  if (above.valid() && below.valid() && prove(facts, below) && prove(facts, above)) return form;
  return Linear(v);
}

// ---- proofs

// target >= 0. A term that is in the way is taken out by a fact that bounds it from the right side.
bool Ranges::prove(const Facts& facts, const Linear& target, int depth) {
  if (!target.valid() || ++steps_ > kMostSteps) return false;
  Linear::Wide least = target.constant();  // with each value where its type and definition allow it to be
  for (const Linear::Term& t : target.terms())
    least += Linear::Wide{t.second} * (t.second < 0 ? kMax : is_nonneg(f_, t.first) ? 0 : kMin);
  if (least >= 0) return true;
  if (depth == 0) return false;
  for (const Linear::Term& t : target.terms()) {
    if (t.second > 0 && is_nonneg(f_, t.first)) continue;  // only in the way with the wrong sign
    for (const Linear& fact : facts) {
      int64_t c = fact.coefficient(t.first);
      if (c == 0 || (c > 0) != (t.second > 0) || t.second % c != 0) continue;
      Linear rest = target;
      rest.add(fact, -(t.second / c));
      if (prove(facts, rest, depth - 1)) return true;
    }
    return false;  // the first such term must go; the order of the steps does not matter
  }
  // Only terms that are >= 0 are left, with a constant < 0: a fact may bound one of them from below.
  for (const Linear::Term& t : target.terms())
    for (const Linear& fact : facts) {
      int64_t c = fact.coefficient(t.first);
      if (c <= 0 || t.second % c != 0) continue;
      Linear rest = target;
      rest.add(fact, -(t.second / c));
      if (prove(facts, rest, depth - 1)) return true;
    }
  return false;
}

bool Ranges::prove_index(const Facts& facts, const Linear& i, const Linear& n) {
  Linear room = n.minus(i);
  room.add(-1);
  return prove(facts, i) && prove(facts, room);
}

// Takes the terms that are not fixed out of the target, each by a fact that bounds it from the right side.
Linear Ranges::eliminate(const Facts& facts, const Linear& target,
                         const std::function<bool(ValueId)>& is_fixed, int depth) {
  if (!target.valid() || ++steps_ > kMostSteps) return Linear::none();
  const Linear::Term* loose = nullptr;
  for (const Linear::Term& t : target.terms())
    if (!is_fixed(t.first)) loose = &t;
  if (!loose) return target;
  if (depth == 0) return Linear::none();
  for (const Linear& fact : facts) {
    int64_t c = fact.coefficient(loose->first);
    if (c == 0 || (c > 0) != (loose->second > 0) || loose->second % c != 0) continue;
    Linear rest = target;
    rest.add(fact, -(loose->second / c));
    Linear found = eliminate(facts, rest, is_fixed, depth - 1);
    if (found.valid()) return found;
  }
  if (loose->second < 0 || !is_nonneg(f_, loose->first)) return Linear::none();
  Linear rest = target;
  rest.add(Linear(loose->first), -loose->second);
  return eliminate(facts, rest, is_fixed, depth - 1);
}

Linear Ranges::lower_bound(BlockId at, const Linear& target, const std::function<bool(ValueId)>& is_fixed) {
  steps_ = 0;
  return eliminate(facts_at(at), target, is_fixed, 6);
}

bool Ranges::in_range(BlockId at, ValueId i, ValueId n) {
  const Facts& facts = facts_at(at);
  Linear size = exact_form(facts, n);
  return prove_index(facts, linear_form(f_, i), size) || prove_index(facts, Linear(i), size);
}

bool Ranges::nonneg(BlockId at, ValueId i) {
  if (is_nonneg(f_, i)) return true;
  const Facts& facts = facts_at(at);
  return prove(facts, Linear(i)) || prove(facts, exact_form(facts, i));
}

bool Ranges::negative(BlockId at, ValueId i) {
  const Facts& facts = facts_at(at);
  Linear below(Linear::Wide{-1});
  below.add(exact_form(facts, i), -1);
  return prove(facts, below);
}

bool Ranges::compare(const Facts& facts, Op op, ValueId x, ValueId y) {
  if (op == Op::Gt || op == Op::Ge) {
    std::swap(x, y);
    op = op == Op::Gt ? Op::Lt : Op::Le;
  }
  Linear low = exact_form(facts, x), high = exact_form(facts, y);
  Linear room = high.minus(low);
  if (op == Op::Lt) room.add(-1);
  if (op == Op::Lt || op == Op::Le) return prove(facts, room);
  if (op == Op::Eq) return prove(facts, room) && prove(facts, low.minus(high));
  Linear above = room, below = low.minus(high);  // x != y
  above.add(-1);
  below.add(-1);
  return prove(facts, above) || prove(facts, below);
}

bool Ranges::holds(BlockId at, const Inst& c) {
  return f_.type(c.operands[0]) == ty::Int64 && compare(facts_at(at), c.op, c.operands[0], c.operands[1]);
}

bool Ranges::fails(BlockId at, const Inst& c) {
  return f_.type(c.operands[0]) == ty::Int64 &&
         compare(facts_at(at), opposite(c.op), c.operands[0], c.operands[1]);
}

}  // namespace lancehead
