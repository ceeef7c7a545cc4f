// The order of it all: inference, symbols, resolve, optimise, emission, loading.
#include "driver/compiler.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "base/check.h"
#include "base/dump.h"
#include "base/timing.h"
#include "driver/backend_library.h"
#include "driver/cache_lookup.h"
#include "driver/cache_settings.h"
#include "driver/cached_body.h"
#include "driver/emission.h"
#include "driver/known_callees.h"
#include "driver/linker.h"
#include "driver/symbols.h"
#include "frontend/python_value.h"
#include "infer/parallel_loops.h"
#include "infer/recording.h"
#include "infer/resolve.h"
#include "infer/session.h"
#include "ir/dot.h"
#include "ir/print.h"
#include "opt/pipeline.h"
#include "types/text.h"

namespace lancehead {
namespace {

// Questions, inference and resolve run under one lock (contract C15); never waited for while holding the GIL.
std::mutex& compiler_lock() {
  static std::mutex* const lock = new std::mutex;
  return *lock;
}

// Jobs that emit or load, outside the lock: counted while the lock is still held, so that who holds it and
// sees none knows that there is none.
class OutsideLock {
 public:
  OutsideLock() {
    std::lock_guard<std::mutex> guard(state().lock);
    ++state().count;
  }
  ~OutsideLock() {
    std::lock_guard<std::mutex> guard(state().lock);
    if (--state().count == 0) state().none.notify_all();
  }
  OutsideLock(const OutsideLock&) = delete;
  OutsideLock& operator=(const OutsideLock&) = delete;

  static void await_none() {
    std::unique_lock<std::mutex> guard(state().lock);
    state().none.wait(guard, [] { return state().count == 0; });
  }

 private:
  struct State {
    std::mutex lock;
    std::condition_variable none;
    int count = 0;
  };
  static State& state() {
    static State* const instance = new State;
    return *instance;
  }
};

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
        known(request.options) {}

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
  const Unit& listed_unit();
  void record(const std::vector<std::shared_ptr<LoadedUnit>>& loaded);
  Unit final_unit(const std::vector<Instance*>& group);
  std::vector<FunctionSource> sources_of(const std::vector<Instance*>& group, const Unit& unit) const;
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
  struct InlinableBody {
    Function body;
    uint8_t fastmath;
  };
  std::map<std::string, InlinableBody> inlinable;  // by symbol: small bodies
  std::vector<PlannedUnit> plan;                   // callees first; the last one holds the root
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

// Resolves and optimises a recursion group; its members may inline what is resolved already.
Unit CompileJob::Impl::final_unit(const std::vector<Instance*>& group) {
  Unit unit;
  if (group[0]->known) {
    if (std::optional<Function> body = known.body(*group[0]))
      inlinable.emplace(group[0]->symbol, InlinableBody{std::move(*body), group[0]->semantics.fastmath});
    return unit;
  }
  for (Instance* in : group) {
    OptimiseOptions options;
    options.find_body = [this, in](const std::string& symbol) -> const Function* {
      auto found = inlinable.find(symbol);
      bool alike =
          found != inlinable.end() && found->second.fastmath == in->semantics.fastmath;  // of whole functions
      return alike ? &found->second.body : nullptr;
    };
    Optimised done = optimise(resolve(session, *in), options);
    if (done.inlinable)
      inlinable.emplace(in->symbol, InlinableBody{std::move(*done.inlinable), in->semantics.fastmath});
    for (Function& f : done.functions) unit.functions.push_back(std::move(f));
  }
  return unit;
}

namespace {

// Of the functions that are marked so (Function::fastmath): the liberties that each of them takes.
uint8_t fastmath_of(const std::vector<Instance*>& group) {
  uint8_t bits = FastAll;
  for (const Instance* in : group)
    if (in->semantics.fastmath) bits &= in->semantics.fastmath;
  return bits;
}

void called(const Function& f, const Inst& inst, std::set<std::string>& symbols) {
  if (inst.op == Op::Call) symbols.insert(f.callees[inst.attr].symbol);
  if (inst.op != Op::ParLoop) return;
  const ParLoopInfo& loop = f.parloops[inst.attr];
  symbols.insert(f.callees[loop.body].symbol);
  if (loop.combine != ParLoopInfo::kNoCombine) symbols.insert(f.callees[loop.combine].symbol);
}

// What the unit's functions still call after inlining.
void add_called(const Unit& unit, std::set<std::string>& symbols) {
  for (const Function& f : unit.functions)
    for (BlockId block : f.order)
      for (InstId i : f.block(block).insts) called(f, f.inst(i), symbols);
}

bool any_needed(const std::vector<Instance*>& group, const KnownCallees& known,
                const std::set<std::string>& needed) {
  if (group[0]->known) return known.is_needed(*group[0], needed);
  for (const Instance* in : group)
    if (needed.count(in->symbol)) return true;
  return false;
}

bool holds_any(const PlannedUnit& planned, const std::set<std::string>& symbols) {
  for (const Function& f : planned.unit.functions)
    if (symbols.count(f.symbol)) return true;
  for (const FunctionSource& f : planned.sources)
    if (!planned.object.empty() && symbols.count(f.symbol)) return true;
  return false;
}

}  // namespace

// Functions of the unit, then those that were inlined into them.
std::vector<FunctionSource> CompileJob::Impl::sources_of(const std::vector<Instance*>& group,
                                                         const Unit& unit) const {
  std::vector<FunctionSource> sources;
  auto add = [&](const std::string& symbol, const Instance& in) {
    const CodeData& outer = *in.snapshot->code;  // from whose first line those of an inner function count
    sources.push_back({symbol, in.code->name, outer.file_name, outer.first_line, in.snapshot->handle});
  };
  const Instance* in = group[0];
  for (const Function& f :
       unit.functions) {  // bodies of parallel loops follow the function that they are from
    for (const Instance* member : group)
      if (member->symbol == f.symbol) in = member;
    add(f.symbol, *in);
  }
  std::set<std::string> inlined;
  for (const Function& f : unit.functions)
    for (const InlinedCall& call : f.inlined) inlined.insert(call.symbol);
  for (const Function& f : unit.functions) inlined.erase(f.symbol);
  for (const std::unique_ptr<Instance>& instance : session.instances())
    if (inlined.erase(instance->symbol)) add(instance->symbol, *instance);
  known.add_sources(inlined, sources);
  return sources;
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
    uint8_t bits = root.consulted_weakness && is_scalar(request.args[k]) ? ConsultedWeakness : 0;
    if (k < request.facts.size() && request.facts[k].omitted) bits |= ConsultedValue;
    code->consulted.push_back(bits);
  }
}

// Optimises callees before callers, so that callers can inline; what is called then is planned, callees
// first.
CompileJob::Impl::Step CompileJob::Impl::make_plan() {
  if (const std::string& name = session.root().name; dump_wanted("recording", name))
    write_dump("recording", name, write_recording(::lancehead::record(session)));
  if (std::unique_ptr<Diagnostic> wrong = outline_parallel_loops(session)) return fail(std::move(*wrong));
  std::vector<std::vector<Instance*>> groups = assign_symbols(session);
  std::vector<Unit> units;
  for (const std::vector<Instance*>& group : groups) units.push_back(final_unit(group));
  std::set<std::string> needed = {session.root().symbol};
  std::vector<std::set<std::string>> calls(groups.size());
  for (size_t k = groups.size(); k-- > 0;) {
    if (!any_needed(groups[k], known, needed)) continue;
    add_called(units[k], calls[k]);
    needed.insert(calls[k].begin(), calls[k].end());
  }
  for (size_t k = 0; k < groups.size(); ++k) {
    if (!any_needed(groups[k], known, needed)) continue;
    if (groups[k][0]->known) {
      known.add_units(*groups[k][0], plan);
      continue;
    }
    PlannedUnit planned;
    planned.symbol = groups[k][0]->symbol;
    planned.sources = sources_of(groups[k], units[k]);
    planned.fastmath = fastmath_of(groups[k]);
    for (size_t callee = 0; callee < plan.size(); ++callee)
      if (holds_any(plan[callee], calls[k])) planned.calls.push_back(callee);
    planned.unit = std::move(units[k]);
    plan.push_back(std::move(planned));
  }
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
const Unit& CompileJob::Impl::listed_unit() {
  if (!plan.empty()) return plan.back().unit;
  if (!root_unit.functions.empty() || missed) return root_unit;
  std::lock_guard<std::mutex> lock(compiler_lock());
  for (const auto& [question, answer] : answered) session.answer(question, answer);
  if (session.run() != Session::State::Done || outline_parallel_loops(session)) return root_unit;
  for (const std::vector<Instance*>& group : assign_symbols(session)) root_unit = final_unit(group);
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
  if (auto small = inlinable.find(code->symbol); out.signature && small != inlinable.end())
    out.body = body_to_bytes(small->second.body);
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

namespace {

std::string emitted(const Unit& unit, EmitWant want, const CompileOptions& options) {
  Expected<std::vector<uint8_t>> text = emit_unit(unit, want, options.fastmath);
  return text ? std::string(text->begin(), text->end()) : text.error().message();
}

std::string typed_text(const Instance& instance) {
  Function shown = instance.function;
  shown.name = instance.name;
  shown.stage = Stage::Typed;
  shown.result = result_type(instance);
  std::erase_if(shown.order, [&](BlockId block) { return !instance.reachable[block.index]; });
  return print(shown, {.locations = true});
}

std::string graph(const Unit& unit, const std::string& symbol) {
  for (const Function& f : unit.functions)
    if (f.symbol == symbol) return dot(f);
  return {};
}

// "name line reduces" or "name line"; of what was inlined, the callee's name and line.
std::string parallel_regions(const Unit& unit) {
  std::string out;
  for (const Function& f : unit.functions)
    for (BlockId block : f.order)
      for (InstId id : f.block(block).insts) {
        const Inst& inst = f.inst(id);
        if (inst.op != Op::ParLoop) continue;
        uint32_t callee = f.inlined_in(inst.loc);
        out += callee == Location::kOwn ? f.name : f.inlined[callee].name;
        out += ' ' + std::to_string(f.range(inst.loc).line);
        out += f.parloops[inst.attr].combine == ParLoopInfo::kNoCombine ? "\n" : " reduces\n";
      }
  return out;
}

}  // namespace

std::string CompileJob::listing(Listing which) const {
  const Unit& unit = impl_->listed_unit();
  switch (which) {
    case Listing::Typed: return typed_text(impl_->session.root());
    case Listing::Cfg: return graph(unit, impl_->session.root().symbol);
    case Listing::Parallel: return parallel_regions(unit);
    case Listing::Llvm: return emitted(unit, EmitWant::Llvm, impl_->request.options);
    case Listing::Assembly: return emitted(unit, EmitWant::Assembly, impl_->request.options);
  }
  return {};
}

void compiler_before_fork() {
  compiler_lock().lock();
  OutsideLock::await_none();
  await_backend();
}
void compiler_after_fork() {
  compiler_lock().unlock();
}

}  // namespace lancehead
