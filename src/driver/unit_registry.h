// Which units there are in this process, loaded or being made (contracts C15, C19). A unit is known by the
// symbol of its first function, which is its content: whoever needs one claims it and either gets it, or
// waits for the thread that makes it, or makes it. Units call each other through cells; a cell lives as long
// as a unit names it.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/diagnostic.h"

namespace lancehead {

struct LoadedUnit;

// What a function's callers jump through; a store of another address swaps what they call.
using CodeCell = std::atomic<void*>;
std::shared_ptr<CodeCell> code_cell(const std::string& symbol);

// A unit, or why there is none; neither of them: whoever wanted to make it gave up, and another may.
struct UnitOutcome {
  std::shared_ptr<LoadedUnit> unit;
  std::shared_ptr<const Diagnostic> error;
};

// The duty to make a unit, or to give up.
class UnitMaking {
 public:
  explicit UnitMaking(std::string symbol) : symbol_(std::move(symbol)) {}
  UnitMaking(UnitMaking&& other) noexcept : symbol_(std::exchange(other.symbol_, {})) {}
  UnitMaking& operator=(UnitMaking&&) = delete;
  ~UnitMaking();
  // Gives it to all who claim it, this thread too.
  UnitOutcome deliver(UnitOutcome outcome);

 private:
  std::string symbol_;  // empty: delivered, or moved from
};

// Exactly one of the three is there.
struct UnitClaim {
  std::shared_ptr<LoadedUnit> loaded;
  std::shared_future<UnitOutcome> of_another;
  std::optional<UnitMaking> making;
};
UnitClaim claim_unit(const std::string& symbol);

size_t loaded_unit_count();  // that somebody holds

}  // namespace lancehead
