// An entry of the cache (contract C12): the questions that its compilation asked, with the hash of each
// answer, and the units that it needs, as objects. Its byte form is checked before it is used; anything wrong
// with it makes it a miss.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "frontend/question.h"

namespace lancehead {

// An object that Python gave, by where it was given: object `ordinal` of answer `answer`. The root function's
// handle is object 0 of answer 0, its snapshot.
struct HandleOrigin {
  uint32_t answer = 0;
  uint32_t ordinal = 0;
};

struct RecordedQuestion {
  Question::Kind kind = Question::Kind::Snapshot;
  HandleOrigin object;  // whose attribute or snapshot
  std::string name;
  Hash128 answer;
};

struct CachedFunction {
  std::string symbol;
  std::string name;
  uint32_t source = 0;  // the answer whose snapshot it is from: file and line are the live function's
};

struct CachedUnit {
  std::vector<CachedFunction> functions;
  std::vector<uint8_t> object;
};

struct CachedHandle {  // a handle that a unit's symbols name, as it was when it was compiled
  uint32_t handle = 0;
  HandleOrigin origin;
};

// What inference takes from a callee beyond its result's type.
struct CachedSignature {
  bool nonneg = false, weak = false, not_none = false;  // of the result
  bool consulted_weakness = false;
  std::string constant_type;  // of the result if it is always the same; empty: it is not
  uint64_t constant_bits[2] = {0, 0};
  std::string constant_text;
};

struct CacheEntry {
  std::string title;  // of what function, for what argument types: for people
  std::vector<RecordedQuestion> questions;
  std::vector<CachedUnit> units;  // callees first
  std::vector<CachedHandle> handles;
  std::string root_symbol;
  std::string result;  // type text
  std::vector<uint8_t> consulted;
  std::optional<CachedSignature> signature;  // none: callers infer the function themselves
  std::vector<uint8_t> body;                 // for callers to inline; empty: it is not small
};

std::vector<uint8_t> entry_to_bytes(const CacheEntry& entry, const Hash128& build, const Hash128& identity);
// Without a build, entries of any are read.
std::optional<CacheEntry> entry_from_bytes(std::string_view bytes, const std::optional<Hash128>& build = {});

// What of an entry tells its identity.
constexpr size_t kEntryHead = 40;
std::optional<Hash128> identity_of_entry(std::string_view head);

}  // namespace lancehead
