// Specialisations that a compilation calls and the cache has (contract C12): what the caller needs of them
// comes from their entries, so that they are not inferred again; small ones are inlined.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "driver/cache_lookup.h"
#include "driver/emission.h"
#include "infer/session.h"

namespace lancehead {

class KnownCallees {
 public:
  // Looks up what the session waits for; what has to be asked for that is appended to `questions`. True if
  // the session can go on.
  bool look_up(Session& session, const Answered& answered, std::vector<Question>& questions);

  std::optional<Function> body(const Instance& callee) const;
  // Whether a function of the callee's entry is among the symbols.
  bool is_needed(const Instance& callee, const std::set<std::string>& symbols) const;
  void add_units(const Instance& callee, std::vector<PlannedUnit>& plan) const;
  // Of functions that were inlined into callees; their symbols are taken out of `inlined`.
  void add_sources(std::set<std::string>& inlined, std::vector<FunctionSource>& sources) const;

 private:
  struct Found {
    explicit Found(CompileRequest r) : request(std::move(r)), lookup(request) {}
    CompileRequest request;
    CacheLookup lookup;
  };

  bool take(Session& session, Instance& callee, const Found& found);
  FunctionSource source_of(const Found& found, const CachedFunction& f) const;

  std::map<const Instance*, std::unique_ptr<Found>> found_;  // those under way too
};

// What a caller's inference needs to know of the root; nothing where other code could not use it.
std::optional<CachedSignature> signature_of(const Instance& root);

}  // namespace lancehead
