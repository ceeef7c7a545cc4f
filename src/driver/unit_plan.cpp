// Callees are optimised before callers, so that callers can inline them (unit_plan.h).
#include "driver/unit_plan.h"

#include <set>

#include "driver/options.h"
#include "driver/symbols.h"
#include "infer/resolve.h"
#include "opt/pipeline.h"

namespace lancehead {
namespace {

// Of the functions that are marked so (Function::fastmath): the liberties that each of them takes.
uint8_t fastmath_of(const std::vector<Instance*>& group) {
  uint8_t bits = FastAll;
  for (const Instance* in : group)
    if (in->semantics.fastmath) bits &= in->semantics.fastmath;
  return bits;
}

void called(const Function& f, const Inst& inst, std::set<std::string>& symbols) {
  if (inst.op == Op::Call) symbols.insert(f.callees[inst.attr].symbol);
  if (inst.op != Op::ParLoop) return;
  const ParLoopInfo& loop = f.parloops[inst.attr];
  symbols.insert(f.callees[loop.body].symbol);
  if (loop.combine != ParLoopInfo::kNoCombine) symbols.insert(f.callees[loop.combine].symbol);
}

// What the unit's functions still call after inlining.
void add_called(const Unit& unit, std::set<std::string>& symbols) {
  for (const Function& f : unit.functions)
    for (BlockId block : f.order)
      for (InstId i : f.block(block).insts) called(f, f.inst(i), symbols);
}

bool any_needed(const std::vector<Instance*>& group, const KnownCallees& known,
                const std::set<std::string>& needed) {
  if (group[0]->known) return known.is_needed(*group[0], needed);
  for (const Instance* in : group)
    if (needed.count(in->symbol)) return true;
  return false;
}

bool holds_any(const PlannedUnit& planned, const std::set<std::string>& symbols) {
  for (const Function& f : planned.unit.functions)
    if (symbols.count(f.symbol)) return true;
  for (const FunctionSource& f : planned.sources)
    if (!planned.object.empty() && symbols.count(f.symbol)) return true;
  return false;
}

}  // namespace

// Resolves and optimises a recursion group; its members may inline what is resolved already.
Unit UnitPlanner::final_unit(const std::vector<Instance*>& group) {
  Unit unit;
  if (group[0]->known) {
    if (std::optional<Function> body = known_.body(*group[0]))
      small_.emplace(group[0]->symbol, SmallBody{std::move(*body), group[0]->semantics.fastmath});
    return unit;
  }
  for (Instance* in : group) {
    OptimiseOptions options;
    options.find_body = [this, in](const std::string& symbol) -> const Function* {
      auto found = small_.find(symbol);
      bool alike =
          found != small_.end() && found->second.fastmath == in->semantics.fastmath;  // of whole functions
      return alike ? &found->second.body : nullptr;
    };
    Optimised done = optimise(resolve(session_, *in), options);
    if (done.inlinable)
      small_.emplace(in->symbol, SmallBody{std::move(*done.inlinable), in->semantics.fastmath});
    for (Function& f : done.functions) unit.functions.push_back(std::move(f));
  }
  return unit;
}

// Functions of the unit, then those that were inlined into them.
std::vector<FunctionSource> UnitPlanner::sources_of(const std::vector<Instance*>& group,
                                                    const Unit& unit) const {
  std::vector<FunctionSource> sources;
  auto add = [&](const std::string& symbol, const Instance& in) {
    const CodeData& outer = *in.snapshot->code;  // from whose first line those of an inner function count
    sources.push_back({symbol, in.code->name, outer.file_name, outer.first_line, in.snapshot->handle});
  };
  const Instance* in = group[0];
  for (const Function& f :
       unit.functions) {  // bodies of parallel loops follow the function that they are from
    for (const Instance* member : group)
      if (member->symbol == f.symbol) in = member;
    add(f.symbol, *in);
  }
  std::set<std::string> inlined;
  for (const Function& f : unit.functions)
    for (const InlinedCall& call : f.inlined) inlined.insert(call.symbol);
  for (const Function& f : unit.functions) inlined.erase(f.symbol);
  for (const std::unique_ptr<Instance>& instance : session_.instances())
    if (inlined.erase(instance->symbol)) add(instance->symbol, *instance);
  known_.add_sources(inlined, sources);
  return sources;
}

std::vector<PlannedUnit> UnitPlanner::plan() {
  std::vector<PlannedUnit> plan;
  std::vector<std::vector<Instance*>> groups = assign_symbols(session_);
  std::vector<Unit> units;
  for (const std::vector<Instance*>& group : groups) units.push_back(final_unit(group));
  std::set<std::string> needed = {session_.root().symbol};
  std::vector<std::set<std::string>> calls(groups.size());
  for (size_t k = groups.size(); k-- > 0;) {
    if (!any_needed(groups[k], known_, needed)) continue;
    add_called(units[k], calls[k]);
    needed.insert(calls[k].begin(), calls[k].end());
  }
  for (size_t k = 0; k < groups.size(); ++k) {
    if (!any_needed(groups[k], known_, needed)) continue;
    if (groups[k][0]->known) {
      known_.add_units(*groups[k][0], plan);
      continue;
    }
    PlannedUnit planned;
    planned.symbol = groups[k][0]->symbol;
    planned.sources = sources_of(groups[k], units[k]);
    planned.fastmath = fastmath_of(groups[k]);
    for (size_t callee = 0; callee < plan.size(); ++callee)
      if (holds_any(plan[callee], calls[k])) planned.calls.push_back(callee);
    planned.unit = std::move(units[k]);
    plan.push_back(std::move(planned));
  }
  return plan;
}

Unit UnitPlanner::root_unit() {
  Unit unit;
  for (const std::vector<Instance*>& group : assign_symbols(session_)) unit = final_unit(group);
  return unit;
}

const Function* UnitPlanner::small_body(const std::string& symbol) const {
  auto found = small_.find(symbol);
  return found == small_.end() ? nullptr : &found->second.body;
}

}  // namespace lancehead
