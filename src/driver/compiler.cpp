// The order of it all: inference, symbols, resolve, optimise, emission, loading.
#include "driver/compiler.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "base/check.h"
#include "base/dump.h"
#include "base/timing.h"
#include "driver/backend_library.h"
#include "driver/cache_lookup.h"
#include "driver/cache_settings.h"
#include "driver/cached_body.h"
#include "driver/compiler_lock.h"
#include "driver/emission.h"
#include "driver/known_callees.h"
#include "driver/linker.h"
#include "driver/listing.h"
#include "driver/unit_plan.h"
#include "frontend/python_value.h"
#include "infer/parallel_loops.h"
#include "infer/recording.h"
#include "infer/resolve.h"
#include "infer/session.h"
#include "types/text.h"

namespace lancehead {
namespace {

std::optional<Constant> plain_constant(const PyValue& value) {
  Function scratch;  // defaults that are tuples have their items in the function; those are passed as values
  if (value.is(PyKind::Tuple)) return std::nullopt;
  return constant_of_value(scratch, value);
}

std::vector<ParamSpec> params_of(const CompileRequest& r) {
  std::vector<ParamSpec> out;
  for (size_t k = 0; k < r.args.size(); ++k) {
    ParamSpec p;
    p.type = r.args[k];
    if (k < r.facts.size()) {
      p.weak = r.facts[k].weak;
      if (r.facts[k].omitted) p.constant = plain_constant(r.facts[k].value);
    }
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace

struct CompileJob::Impl {
  explicit Impl(CompileRequest r)
      : request(std::move(r)),
        session(semantics_of(request.options), request.function, params_of(request), request.result),
        lookup(request),
        planner(session, known) {}

  // What has to be done next, with the lock or without it.
  enum class Step : uint8_t { Answer, LoadFromCache, Emit, Fail };

  State run();
  Step next_step(std::optional<OutsideLock>& outside);
  Step infer_or_look_up();
  bool load_from_cache();
  std::shared_ptr<LoadedUnit> load_cached(const CachedUnit& unit, const LiveObjects& live,
                                          const std::vector<std::shared_ptr<LoadedUnit>>& callees,
                                          UnitMaking& making);
  Step make_plan();
  State emit();
  const Unit& listed_unit(std::optional<OutsideLock>& outside);
  void record(const std::vector<std::shared_ptr<LoadedUnit>>& loaded);
  void make_code(const std::shared_ptr<LoadedUnit>& unit);
  Step fail(Diagnostic d) {
    error = std::make_unique<Diagnostic>(std::move(d));
    return Step::Fail;
  }

  CompileRequest request;
  Session session;
  CacheLookup lookup;
  KnownCallees known;
  bool missed = false;      // the cache has no entry
  bool unloadable = false;  // the entry that it has does not load
  Answered answered;
  std::vector<Question> questions;
  UnitPlanner planner;
  std::vector<PlannedUnit> plan;  // callees first; the last one holds the root
  std::shared_ptr<Code> code;
  Unit root_unit;  // of what came from the cache: the final form of the unit that holds it
  std::unique_ptr<Diagnostic> error;
};

// Emission and loading are outside the lock.
CompileJob::State CompileJob::Impl::run() {
  try {
    std::optional<OutsideLock> outside;
    while (true) switch (next_step(outside)) {
        case Step::Answer: return State::Questions;
        case Step::Fail: return State::Failed;
        case Step::Emit: return emit();
        case Step::LoadFromCache:
          if (load_from_cache()) return State::Done;
          unloadable = true;
      }
  } catch (const InternalFailure& failure) {
    fail(make_diagnostic(DiagId::Internal, {failure.message}));
    return State::Failed;
  }
}

// With the lock; `outside` is made where the step goes on without it.
CompileJob::Impl::Step CompileJob::Impl::next_step(std::optional<OutsideLock>& outside) {
  outside.reset();
  std::lock_guard<std::mutex> lock(compiler_lock());
  Step step = infer_or_look_up();
  if (step == Step::LoadFromCache || step == Step::Emit) outside.emplace();
  return step;
}

CompileJob::Impl::Step CompileJob::Impl::infer_or_look_up() {
  if (!missed) {
    PhaseTimer timer(Phase::CacheLookup);
    CacheLookup::State state = unloadable ? CacheLookup::State::Miss : lookup.step(answered);
    if (state == CacheLookup::State::Question) questions = {lookup.question()};
    if (state == CacheLookup::State::Question) return Step::Answer;
    if (state == CacheLookup::State::Hit) return Step::LoadFromCache;
    missed = true;
    open_backend_ahead();
    for (const auto& [question, answer] : answered) session.answer(question, answer);
    session.await_callees(request.options.allow_cache && !cache_is_off());
  }
  while (true) switch (session.run()) {
      case Session::State::Questions:
        questions = session.questions();
        if (known.look_up(session, answered, questions)) break;
        return Step::Answer;
      case Session::State::Failed: return fail(session.error());
      case Session::State::Done: return make_plan();
    }
}

// Null, for those too who wait for it, if it does not load.
std::shared_ptr<LoadedUnit> CompileJob::Impl::load_cached(
    const CachedUnit& unit, const LiveObjects& live, const std::vector<std::shared_ptr<LoadedUnit>>& callees,
    UnitMaking& making) {
  std::vector<FunctionSource> sources;
  for (const CachedFunction& f : unit.functions) {
    const Snapshot* from = lookup.snapshot(f.source);
    if (!from) return nullptr;
    sources.push_back({f.symbol, f.name, from->code->file_name, from->code->first_line, from->handle});
  }
  Expected<std::shared_ptr<LoadedUnit>> done = load_unit(unit.object, std::move(sources), live);
  if (!done) return nullptr;
  (*done)->callees = callees;
  return making.deliver({std::move(*done), nullptr}).unit;
}

// The units of a cache entry, callees first; false if one does not load.
bool CompileJob::Impl::load_from_cache() {
  const CacheEntry& entry = lookup.entry();
  std::vector<std::shared_ptr<LoadedUnit>> loaded;
  LiveObjects live{[this](uint32_t handle) { return lookup.live_handle(handle); }, ""};
  for (const CachedHandle& h : entry.handles) live.suffix += "@" + std::to_string(live.handle(h.handle));
  for (const CachedUnit& unit : entry.units) {
    UnitClaim claim = claim_unit(unit.functions[0].symbol + live.suffix);
    if (claim.making) claim.loaded = load_cached(unit, live, loaded, *claim.making);
    if (claim.of_another.valid()) claim.loaded = claim.of_another.get().unit;
    if (!claim.loaded) return false;
    loaded.push_back(std::move(claim.loaded));
  }
  std::optional<TypeId> result = parse_type(entry.result);
  EntryPoint start = find_entry(*loaded.back(), entry.root_symbol);
  if (!result || !start) return false;
  code = std::make_shared<Code>();
  code->entry = start;
  code->params = request.args;
  code->result = *result;
  hold_objects_of(code->result, code->held);
  code->consulted = entry.consulted;
  code->symbol = entry.root_symbol;
  code->memory = loaded.back();
  code->from_cache = true;
  code->cache_note = lookup.refused();
  return true;
}

void CompileJob::Impl::make_code(const std::shared_ptr<LoadedUnit>& unit) {
  Instance& root = session.root();
  code = std::make_shared<Code>();
  code->entry = find_entry(*unit, root.symbol);
  code->memory = unit;
  code->params = request.args;
  code->result = result_type(root);
  hold_objects_of(code->result, code->held);
  code->symbol = root.symbol;
  code->cache_note = lookup.refused();
  for (size_t k = 0; k < request.args.size(); ++k) {
    TypeId number = request.args[k];
    while (is_list(number)) number = type_of(number).elem;
    uint8_t bits = root.consulted_weakness && is_scalar(number) ? ConsultedWeakness : 0;
    if (k < request.facts.size() && request.facts[k].omitted) bits |= ConsultedValue;
    code->consulted.push_back(bits);
  }
}

CompileJob::Impl::Step CompileJob::Impl::make_plan() {
  if (const std::string& name = session.root().name; dump_wanted("recording", name))
    write_dump("recording", name, write_recording(::lancehead::record(session)));
  if (std::unique_ptr<Diagnostic> wrong = outline_parallel_loops(session)) return fail(std::move(*wrong));
  plan = planner.plan();
  return Step::Emit;
}

CompileJob::State CompileJob::Impl::emit() {
  Expected<std::vector<std::shared_ptr<LoadedUnit>>> loaded = make_units(plan);
  if (!loaded) {
    fail(std::move(loaded.error()));
    return State::Failed;
  }
  make_code(loaded->back());
  record(*loaded);
  return State::Done;
}

// The final form of what came from the cache: inferred after all, from the answers that the manifest has
// asked for.
const Unit& CompileJob::Impl::listed_unit(std::optional<OutsideLock>& outside) {
  std::lock_guard<std::mutex> lock(compiler_lock());
  outside.emplace();
  if (!plan.empty()) return plan.back().unit;
  if (!root_unit.functions.empty() || missed) return root_unit;
  for (const auto& [question, answer] : answered) session.answer(question, answer);
  if (session.run() == Session::State::Done && !outline_parallel_loops(session))
    root_unit = planner.root_unit();
  return root_unit;
}

// Queues a cache entry of what was compiled.
void CompileJob::Impl::record(const std::vector<std::shared_ptr<LoadedUnit>>& loaded) {
  CacheRecord out;
  const Answered& all = session.answers();
  for (size_t k = 0; k < loaded.size(); ++k) {
    CachedUnit cached;
    cached.object = loaded[k]->object;
    // Not those of the unit, which may have been made for other, equal functions.
    for (const FunctionSource& f : plan[k].sources) {
      auto from = std::find_if(all.begin(), all.end(), [&](const auto& a) {
        return a.second.snapshot && a.second.snapshot->handle == f.handle;
      });
      if (from == all.end()) return;
      cached.functions.push_back({f.symbol, f.name, static_cast<uint32_t>(from - all.begin())});
    }
    out.units.push_back(std::move(cached));
  }
  for (const PlannedUnit& planned : plan)
    for (const Function& f : planned.unit.functions) {
      for (const ErrorClass& c : f.error_classes)
        if (c.handle) out.handles.push_back(c.handle);
      for (TypeId t : f.known)
        if (type_of(t).handle) out.handles.push_back(type_of(t).handle);
      for (const Constant& c : f.constants)
        if (c.array && !c.array->is_frozen()) out.handles.push_back(c.array->handle);
    }
  out.root_symbol = code->symbol;
  out.result = code->result;
  out.consulted = code->consulted;
  if (out.handles.empty()) out.signature = signature_of(session.root());
  if (const Function* body = planner.small_body(code->symbol); out.signature && body)
    out.body = body_to_bytes(*body);
  record_in_cache(request, all, std::move(out));
}

CompileJob::CompileJob(CompileRequest request) : impl_(std::make_unique<Impl>(std::move(request))) {}
CompileJob::~CompileJob() = default;
CompileJob::State CompileJob::run() {
  return impl_->run();
}
const std::vector<Question>& CompileJob::questions() const {
  return impl_->questions;
}
void CompileJob::answer(const Question& question, Answer answer) {
  std::erase(impl_->questions, question);
  const std::vector<Question>& asked = impl_->session.questions();
  if (std::find(asked.begin(), asked.end(), question) != asked.end()) impl_->session.answer(question, answer);
  impl_->answered.emplace_back(question, std::move(answer));
}
std::shared_ptr<const Code> CompileJob::code() const {
  return impl_->code;
}
const Diagnostic& CompileJob::error() const {
  return *impl_->error;
}

std::string CompileJob::listing(Listing which) const {
  std::optional<OutsideLock> outside;  // while LLVM works
  const Unit& unit = impl_->listed_unit(outside);
  return ::lancehead::listing(which, impl_->session.root(), unit, impl_->request.options.fastmath);
}

}  // namespace lancehead
