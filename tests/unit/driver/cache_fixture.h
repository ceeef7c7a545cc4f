// A store in a temporary folder, and entries to put into it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "driver/cache_entry.h"
#include "driver/cache_store.h"

namespace lancehead {

class StoreTest : public testing::Test {
 protected:
  StoreTest();
  ~StoreTest() override;

  CachePlace place() const;  // reads the store
  EntryWrite entry(uint64_t key, uint64_t identity, const std::string& text) const;
  std::string write(uint64_t key, uint64_t identity, const std::string& text) const;
  std::vector<std::string> names() const;  // of the files in the store, sorted
  size_t count(std::string_view suffix) const;
  std::vector<std::string> titles(uint64_t key) const;  // of what is read for the key
  void set_used(const std::string& name, int64_t seconds) const;

  std::string folder_;
  uint64_t limit_ = 1 << 20;
};

CacheEntry small_entry(const std::string& title);
Hash128 numbered(uint64_t number);
extern const Hash128 kBuild;

}  // namespace lancehead
