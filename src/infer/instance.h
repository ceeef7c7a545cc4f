// One specialisation while it is inferred: a function at stage typed-in-the-making, and what was found for
// each of its instructions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "frontend/snapshot.h"
#include "infer/list_sites.h"
#include "ir/function.h"
#include "library/match.h"

namespace lancehead {

struct Instance;

// Where a parameter of a callee comes from.
struct ArgumentSource {
  enum class Kind : uint8_t { Operand, Item, Default, Rest };
  Kind kind = Kind::Operand;
  uint32_t operand = 0;              // Operand; Item: the tuple that is spread
  uint32_t item = 0;                 // Item: which; Default: index into InstNote::defaults
  std::vector<ArgumentSource> rest;  // Rest: the items of *args
};

// What inference found out about one instruction.
struct InstNote {
  std::optional<Match> match;             // the library row that implements it
  Instance* callee = nullptr;             // the function that it calls; of a parloop: what runs a chunk
  Instance* combine = nullptr;            // of a parloop that reduces: what folds partial results
  std::vector<ArgumentSource> arguments;  // of a call, by parameter of the callee
  std::vector<Constant> defaults;         // for parameters that were left out
  std::unique_ptr<Diagnostic> error;
  bool blocked = false;  // waits for an answer
};

// A parameter as the caller gives it.
struct ParamSpec {
  TypeId type;
  bool weak = false;
  std::optional<Constant>
      constant;  // a default that was left out, or a constant captured by an inner function
  friend bool operator==(const ParamSpec&, const ParamSpec&) = default;
};

// What a caller needs of a specialisation that was compiled before: it is not inferred again.
struct KnownSpecialisation {
  std::string symbol;
  TypeId result;
  Facts facts;                       // of the result
  std::optional<Constant> constant;  // what it always is
  bool consulted_weakness = false;
};

struct Instance {
  std::string name;
  std::string symbol;
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const CodeData> code;  // the snapshot's, or an inner function's
  Semantics semantics;
  std::vector<ParamSpec> params;  // captured values first
  TypeId wanted_result;           // an eager signature's, or invalid
  Function function;
  std::vector<Diagnostic> unsupported;  // what its ops `unsupported` say
  std::vector<InstNote> notes;          // by InstId
  std::vector<bool> reachable;          // by BlockId
  ListSites lists;
  TypeId hint;  // of a comprehension: what its caller knows of the result's type, or invalid
  TypeId open_result = ty::Untyped;  // what is returned, with open types
  TypeId result = ty::Untyped;
  Facts result_facts;  // true of every value that is returned; its constant is `result_constant`
  std::optional<Constant> result_constant;
  std::unique_ptr<Diagnostic> join_error;  // two types met that nothing unifies; types only grow, so it stays
  std::shared_ptr<const KnownSpecialisation> known;  // then `function` is empty
  bool awaited = false;                              // whether it is known is not known yet
  bool in_library = false;  // of the package's own library: its source is no business of the user's
  bool in_progress = false;
  bool dirty = true;
  bool consulted_weakness = false;
  std::vector<bool> strong;  // by ValueId: parameters of blocks that turned out not to be weak
  bool start_again = false;  // types were found that took such a parameter for weak
  std::set<Instance*> callers;
  std::vector<Instance*> callees;  // in the order in which they were found: symbols depend on it
  uint32_t visits = 0;
  uint32_t result_clashes = 0;           // how often returned types met that nothing unifies
  std::map<uint32_t, uint32_t> clashes;  // likewise, by block parameter
};

// How messages call a block's parameter: "'x'", or "a value" where it is no variable's.
std::string variable_name(const Function& f, ValueId param);

}  // namespace lancehead
