// From a finished inference to the units that have to be loaded: resolved, optimised, small callees inlined,
// and of the rest what is still called.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "driver/emission.h"
#include "driver/known_callees.h"
#include "infer/session.h"
#include "ir/function.h"

namespace lancehead {

class UnitPlanner {
 public:
  UnitPlanner(Session& session, const KnownCallees& known) : session_(session), known_(known) {}

  // Callees first; the last one holds the root. Gives all instances their symbols.
  std::vector<PlannedUnit> plan();
  // The unit of the root alone.
  Unit root_unit();
  // The body of a function that is small enough to be inlined, or null; after plan().
  const Function* small_body(const std::string& symbol) const;

 private:
  struct SmallBody {
    Function body;
    uint8_t fastmath;
  };

  Unit final_unit(const std::vector<Instance*>& group);
  std::vector<FunctionSource> sources_of(const std::vector<Instance*>& group, const Unit& unit) const;

  Session& session_;
  const KnownCallees& known_;
  std::map<std::string, SmallBody> small_;  // by symbol
};

}  // namespace lancehead
