// Look-ups for callees, and their entries as parts of the caller's plan (known_callees.h).
#include "driver/known_callees.h"

#include <algorithm>

#include "base/timing.h"
#include "driver/cached_body.h"
#include "types/text.h"

namespace lancehead {
namespace {

// As if Python called the function with these types. Entries are looked for beside the source too: how the
// callee was decorated in that respect, its snapshot does not say.
CompileRequest request_for(const Instance& callee) {
  CompileRequest r;
  r.function = callee.snapshot->handle;
  for (const ParamSpec& p : callee.params) {
    r.args.push_back(p.type);
    ArgumentFacts facts;
    facts.weak = p.weak;
    r.facts.push_back(std::move(facts));
  }
  const Semantics& s = callee.semantics;
  r.options.dialect = s.numba_dialect ? Dialect::Numba : Dialect::Numpy;
  r.options.numpy_division = s.numpy_division;
  r.options.check_bounds = s.check_bounds;
  r.options.parallel = s.parallel;
  r.options.fastmath = s.fastmath;
  r.options.cache = true;
  return r;
}

bool has(const Answered& answers, const Question& question) {
  return std::any_of(answers.begin(), answers.end(), [&](const auto& a) { return a.first == question; });
}

std::optional<Constant> constant_of(const CachedSignature& signature, bool& valid) {
  if (signature.constant_type.empty()) return std::nullopt;
  std::optional<TypeId> type = parse_type(signature.constant_type);
  valid = valid && type;
  if (!type) return std::nullopt;
  Constant c;
  c.type = *type;
  c.bits[0] = signature.constant_bits[0];
  c.bits[1] = signature.constant_bits[1];
  c.text = signature.constant_text;
  return c;
}

}  // namespace

bool KnownCallees::look_up(Session& session, const Answered& answered, std::vector<Question>& questions) {
  bool settled = false;
  PhaseTimer timer(Phase::CacheLookup);
  for (Instance* callee : session.awaited()) {
    std::unique_ptr<Found>& found = found_[callee];
    if (!found) found = std::make_unique<Found>(request_for(*callee));
    CacheLookup::State state = found->lookup.step(answered);
    if (state == CacheLookup::State::Question) {
      const Question& next = found->lookup.question();
      if (std::find(questions.begin(), questions.end(), next) == questions.end()) questions.push_back(next);
      continue;
    }
    settled = true;
    if (state == CacheLookup::State::Hit && take(session, *callee, *found)) continue;
    found_.erase(callee);
    session.infer_awaited(*callee);
  }
  return settled;
}

bool KnownCallees::take(Session& session, Instance& callee, const Found& found) {
  const CacheEntry& entry = found.lookup.entry();
  std::optional<TypeId> result = parse_type(entry.result);
  bool valid = entry.signature && entry.handles.empty() && result;
  if (!valid) return false;
  auto known = std::make_shared<KnownSpecialisation>();
  known->symbol = entry.root_symbol;
  known->result = *result;
  known->facts.nonneg = entry.signature->nonneg;
  known->facts.weak = entry.signature->weak;
  known->facts.not_none = entry.signature->not_none;
  known->consulted_weakness = entry.signature->consulted_weakness;
  known->constant = constant_of(*entry.signature, valid);
  if (!valid) return false;
  // What the entry depends on, the caller depends on.
  for (const auto& [question, answer] : found.lookup.answers())
    if (!has(session.answers(), question)) session.answer(question, answer);
  session.take_known(callee, std::move(known));
  return true;
}

std::optional<Function> KnownCallees::body(const Instance& callee) const {
  const CacheEntry& entry = found_.at(&callee)->lookup.entry();
  if (entry.body.empty()) return std::nullopt;
  return body_from_bytes(entry.body, callee.snapshot->handle);
}

bool KnownCallees::is_needed(const Instance& callee, const std::set<std::string>& symbols) const {
  for (const CachedUnit& unit : found_.at(&callee)->lookup.entry().units)
    for (const CachedFunction& f : unit.functions)
      if (symbols.contains(f.symbol)) return true;
  return false;
}

FunctionSource KnownCallees::source_of(const Found& found, const CachedFunction& f) const {
  const Snapshot* from = found.lookup.snapshot(f.source);
  if (!from) return {f.symbol, f.name, "", 0, 0};
  return {f.symbol, f.name, from->code->file_name, from->code->first_line, from->handle};
}

void KnownCallees::add_units(const Instance& callee, std::vector<PlannedUnit>& plan) const {
  const Found& found = *found_.at(&callee);
  std::vector<size_t> own;  // callees first: each may call those before it
  for (const CachedUnit& unit : found.lookup.entry().units) {
    const std::string& symbol = unit.functions[0].symbol;
    auto there =
        std::find_if(plan.begin(), plan.end(), [&](const PlannedUnit& p) { return p.symbol == symbol; });
    own.push_back(static_cast<size_t>(there - plan.begin()));
    if (there != plan.end()) continue;
    PlannedUnit planned;
    planned.symbol = symbol;
    planned.object = unit.object;
    for (const CachedFunction& f : unit.functions) planned.sources.push_back(source_of(found, f));
    planned.calls.assign(own.begin(), own.end() - 1);
    plan.push_back(std::move(planned));
  }
}

void KnownCallees::add_sources(std::set<std::string>& inlined, std::vector<FunctionSource>& sources) const {
  for (const auto& [callee, found] : found_)
    for (const CachedUnit& unit : found->lookup.entry().units)
      for (const CachedFunction& f : unit.functions)
        if (inlined.erase(f.symbol)) sources.push_back(source_of(*found, f));
}

std::optional<CachedSignature> signature_of(const Instance& root) {
  if (root.wanted_result.valid() || root.result == ty::Untyped) return std::nullopt;
  for (const ParamSpec& p : root.params)
    if (p.constant) return std::nullopt;
  CachedSignature out;
  out.nonneg = root.result_facts.nonneg;
  out.weak = root.result_facts.weak;
  out.not_none = root.result_facts.not_none;
  out.consulted_weakness = root.consulted_weakness;
  if (const std::optional<Constant>& c = root.result_constant) {
    if (!c->items.empty() || c->array) return std::nullopt;
    out.constant_type = type_text(c->type);
    out.constant_bits[0] = c->bits[0];
    out.constant_bits[1] = c->bits[1];
    out.constant_text = c->text;
  }
  return out;
}

}  // namespace lancehead
