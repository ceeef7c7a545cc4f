// Claims, emits, loads. A thread waits for units of others only when it has made all that it has claimed, so
// that no two threads wait for each other.
#include "driver/emission.h"

#include <algorithm>

#include "driver/backend_library.h"

namespace lancehead {
namespace {

UnitOutcome make_unit(const PlannedUnit& planned) {
  UnitOutcome out;
  Expected<std::vector<uint8_t>> object = planned.object;
  if (planned.object.empty()) object = emit_unit(planned.unit, EmitWant::Object, planned.fastmath);
  if (!object) return {nullptr, object.take_error()};
  Expected<std::shared_ptr<LoadedUnit>> unit = load_unit(std::move(*object), planned.sources);
  if (!unit) return {nullptr, unit.take_error()};
  return {std::move(*unit), nullptr};
}

// One claim of each unit that has no outcome yet; which of them were made here is added to `made`.
void claim_all(const std::vector<PlannedUnit>& plan, std::vector<UnitOutcome>& outcomes,
               std::vector<size_t>& made) {
  std::vector<std::pair<size_t, std::shared_future<UnitOutcome>>> of_others;
  for (size_t k = 0; k < plan.size(); ++k) {
    if (outcomes[k].unit || outcomes[k].error) continue;
    UnitClaim claim = claim_unit(plan[k].symbol);
    if (claim.making) {
      outcomes[k] = claim.making->deliver(make_unit(plan[k]));
      made.push_back(k);
    } else if (claim.loaded) {
      outcomes[k].unit = std::move(claim.loaded);
    } else {
      of_others.emplace_back(k, std::move(claim.of_another));
    }
  }
  for (auto& [k, outcome] : of_others) outcomes[k] = outcome.get();
}

bool all_settled(const std::vector<UnitOutcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(),
                     [](const UnitOutcome& o) { return o.unit || o.error; });
}

}  // namespace

Expected<std::vector<std::shared_ptr<LoadedUnit>>> make_units(const std::vector<PlannedUnit>& plan) {
  std::vector<UnitOutcome> outcomes(plan.size());
  std::vector<size_t> made;
  while (!all_settled(outcomes)) claim_all(plan, outcomes, made);
  // Even if one could not be made: others may have taken the rest.
  for (size_t k : made)
    for (size_t callee : plan[k].calls)
      if (outcomes[k].unit && outcomes[callee].unit)
        outcomes[k].unit->callees.push_back(outcomes[callee].unit);
  std::vector<std::shared_ptr<LoadedUnit>> out;
  for (UnitOutcome& outcome : outcomes) {
    if (!outcome.unit) return *outcome.error;
    out.push_back(std::move(outcome.unit));
  }
  return out;
}

}  // namespace lancehead
