// Who makes a unit, who waits for it, and what is left when it goes (contracts C15, C19).
#include "driver/unit_registry.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "driver/linker.h"

namespace lancehead {
namespace {

UnitOutcome some_unit() {
  return {std::make_shared<LoadedUnit>(), nullptr};
}

TEST(UnitRegistry, TheFirstClaimMakes) {
  UnitClaim first = claim_unit("registry_first");
  ASSERT_TRUE(first.making && !first.loaded);
  UnitClaim second = claim_unit("registry_first");
  ASSERT_TRUE(!second.making && !second.loaded);
  UnitOutcome made = first.making->deliver(some_unit());
  EXPECT_EQ(second.of_another.get().unit, made.unit);
  EXPECT_EQ(claim_unit("registry_first").loaded, made.unit);
}

TEST(UnitRegistry, AUnitWithoutHoldersIsForgotten) {
  size_t before = loaded_unit_count();
  UnitOutcome made = claim_unit("registry_forgotten").making->deliver(some_unit());
  EXPECT_EQ(loaded_unit_count(), before + 1);
  made.unit.reset();
  EXPECT_EQ(loaded_unit_count(), before);
  EXPECT_TRUE(claim_unit("registry_forgotten").making);
}

TEST(UnitRegistry, WhoGivesUpLeavesItToOthers) {
  std::shared_future<UnitOutcome> awaited;
  {
    UnitClaim first = claim_unit("registry_given_up");
    awaited = claim_unit("registry_given_up").of_another;
  }
  UnitOutcome outcome = awaited.get();
  EXPECT_TRUE(!outcome.unit && !outcome.error);
  EXPECT_TRUE(claim_unit("registry_given_up").making);
}

TEST(UnitRegistry, AnErrorReachesAll) {
  UnitClaim first = claim_unit("registry_error"), second = claim_unit("registry_error");
  auto error = std::make_shared<const Diagnostic>(make_diagnostic(DiagId::Backend, {"no"}));
  first.making->deliver({nullptr, error});
  EXPECT_EQ(second.of_another.get().error, error);
  EXPECT_TRUE(claim_unit("registry_error").making);
}

TEST(UnitRegistry, ManyThreadsMakeItOnce) {
  for (int round = 0; round < 50; ++round) {
    const std::string symbol = "registry_threads_" + std::to_string(round);
    std::vector<std::shared_ptr<LoadedUnit>> got(8);
    std::atomic<int> made{0};
    std::vector<std::thread> threads;
    for (auto& mine : got)
      threads.emplace_back([&] {
        UnitClaim claim = claim_unit(symbol);
        if (claim.making) {
          ++made;
          mine = claim.making->deliver(some_unit()).unit;
        } else {
          mine = claim.loaded ? claim.loaded : claim.of_another.get().unit;
        }
      });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(made, 1);
    for (const auto& unit : got) EXPECT_EQ(unit, got[0]);
  }
}

TEST(CodeCells, LiveAsLongAsTheyAreNamed) {
  std::shared_ptr<CodeCell> caller = code_cell("cell"), callee = code_cell("cell");
  EXPECT_EQ(caller, callee);
  int first = 0, second = 0;
  callee->store(&first);
  EXPECT_EQ(caller->load(), &first);
  callee->store(&second);  // a swap
  callee.reset();
  EXPECT_EQ(code_cell("cell")->load(), &second);
  caller.reset();
  EXPECT_EQ(code_cell("cell")->load(), nullptr);
}

}  // namespace
}  // namespace lancehead
