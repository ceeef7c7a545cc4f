// One table, under one lock that is held for look-ups only.
#include "driver/unit_registry.h"

#include <mutex>
#include <unordered_map>

#include "driver/linker.h"

namespace lancehead {
namespace {

struct Making {
  std::promise<UnitOutcome> promise;
  std::shared_future<UnitOutcome> future = promise.get_future().share();
};

struct Registry {
  std::mutex lock;
  std::unordered_map<std::string, std::weak_ptr<LoadedUnit>> units;
  std::unordered_map<std::string, Making> making;
  std::unordered_map<std::string, std::weak_ptr<CodeCell>> cells;
};

Registry& registry() {
  static Registry* const instance = new Registry;  // never destroyed: units may outlive static destruction
  return *instance;
}

// What an entry that has gone leaves behind; a newer one of the same name stays.
template <class Map>
void erase_expired(Map& map, const std::string& symbol) {
  auto found = map.find(symbol);
  if (found != map.end() && found->second.expired()) map.erase(found);
}

std::shared_ptr<CodeCell> new_cell(const std::string& symbol) {
  return {new CodeCell(nullptr), [symbol](CodeCell* cell) {
            delete cell;
            Registry& r = registry();
            std::lock_guard<std::mutex> guard(r.lock);
            erase_expired(r.cells, symbol);
          }};
}

// The unit as others see it: with its last holder its row goes too.
std::shared_ptr<LoadedUnit> watched(std::shared_ptr<LoadedUnit> unit, const std::string& symbol) {
  LoadedUnit* address = unit.get();
  return {address, [held = std::move(unit), symbol](LoadedUnit*) mutable {
            held.reset();
            Registry& r = registry();
            std::lock_guard<std::mutex> guard(r.lock);
            erase_expired(r.units, symbol);
          }};
}

}  // namespace

std::shared_ptr<CodeCell> code_cell(const std::string& symbol) {
  Registry& r = registry();
  std::lock_guard<std::mutex> guard(r.lock);
  std::weak_ptr<CodeCell>& known = r.cells[symbol];
  std::shared_ptr<CodeCell> cell = known.lock();
  if (!cell) known = cell = new_cell(symbol);
  return cell;
}

UnitClaim claim_unit(const std::string& symbol) {
  Registry& r = registry();
  UnitClaim claim;
  std::lock_guard<std::mutex> guard(r.lock);
  auto known = r.units.find(symbol);
  if (known != r.units.end()) claim.loaded = known->second.lock();
  if (claim.loaded) return claim;
  auto [row, added] = r.making.try_emplace(symbol);
  if (added)
    claim.making.emplace(symbol);
  else
    claim.of_another = row->second.future;
  return claim;
}

UnitOutcome UnitMaking::deliver(UnitOutcome outcome) {
  if (outcome.unit) outcome.unit = watched(std::move(outcome.unit), symbol_);
  Registry& r = registry();
  std::promise<UnitOutcome> promise;
  {
    std::lock_guard<std::mutex> guard(r.lock);
    if (outcome.unit) r.units[symbol_] = outcome.unit;
    auto row = r.making.extract(symbol_);
    promise = std::move(row.mapped().promise);
  }
  symbol_.clear();
  promise.set_value(outcome);
  return outcome;
}

UnitMaking::~UnitMaking() {
  if (!symbol_.empty()) deliver({});
}

size_t loaded_unit_count() {
  Registry& r = registry();
  std::lock_guard<std::mutex> guard(r.lock);
  return r.units.size();
}

}  // namespace lancehead
