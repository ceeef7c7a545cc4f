// The fixpoint over instances, questions, and what is wrong at its end.
#include "infer/session.h"

#include <algorithm>

#include "base/timing.h"
#include "infer/transfer.h"
#include "library/instead.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

constexpr uint32_t kMaxVisits = 60;  // sweeps of one instance; types that still grow then grow for ever

std::string instance_key(const Snapshot* snapshot, const CodeData* code, const std::vector<ParamSpec>& params,
                         const Semantics& semantics) {
  const bool weakness = !semantics.numba_dialect;
  std::string key = std::to_string(reinterpret_cast<uintptr_t>(code)) + "/" +
                    std::to_string(snapshot ? snapshot->handle : 0) + "/" +
                    std::to_string(semantics_bits(semantics));
  for (const ParamSpec& p : params) {
    key += ":" + std::to_string(p.type.index);
    if (weakness && p.weak) key += "w";
    if (p.constant) {
      key += "=" + std::to_string(p.constant->bits[0]) + "," + std::to_string(p.constant->bits[1]) +
             p.constant->text;
      for (uint32_t item : p.constant->items) key += "," + std::to_string(item);
    }
  }
  return key;
}

// The state before the first sweep: nothing is known but the parameters.
void take_params(Instance& in) {
  Function& f = in.function;
  in.reachable.assign(f.blocks.size(), false);
  in.reachable[0] = true;
  const std::vector<ValueId>& params = f.block(f.entry()).params;
  for (size_t k = 0; k < params.size() && k < in.params.size(); ++k) {
    Value& v = f.value(params[k]);
    v.type = in.params[k].type;
    v.facts.weak = in.params[k].weak;
    if (in.params[k].constant) v.facts.constant = f.add_constant(*in.params[k].constant);
  }
}

// Weak numbers take the type of an array, strong ones widen it: types that were found while a loop's variable
// passed for weak do not only grow when it turns out to be strong, so they are found again. Each time one
// variable more is strong, so it ends.
void start_again(Instance& in) {
  in.start_again = false;
  in.join_error.reset();
  in.lists.forget_items();
  in.open_result = ty::Untyped;
  in.result = ty::Untyped;
  in.result_facts = {};
  in.result_constant.reset();
  in.clashes.clear();
  in.result_clashes = 0;
  in.visits = 0;
  for (Instance* callee : in.callees) callee->callers.erase(&in);
  in.callees.clear();
  for (Value& v : in.function.values) {
    v.type = ty::Untyped;
    v.facts = {};
  }
  in.notes.clear();
  in.notes.resize(in.function.insts.size());
  take_params(in);
}

}  // namespace

Session::Session(Semantics semantics, uint32_t root_function, std::vector<ParamSpec> params,
                 TypeId wanted_result)
    : semantics_(semantics),
      root_function_(root_function),
      root_params_(std::move(params)),
      wanted_result_(wanted_result) {}

const Answer* Session::ask(const Question& question) {
  for (const auto& [asked, answer] : answered_)
    if (asked == question) return &answer;
  for (const Question& q : questions_)
    if (q == question) return nullptr;
  questions_.push_back(question);
  return nullptr;
}

void Session::answer(const Question& question, Answer answer) {
  std::erase(questions_, question);
  answered_.emplace_back(question, std::move(answer));
  for (const auto& instance : instances_) instance->dirty = true;
}

uint32_t Session::inner_handle(const BuiltFunction& built, uint32_t index,
                               const std::shared_ptr<const Snapshot>& outer) {
  const std::shared_ptr<const CodeData>& code = built.inner_codes[index];
  for (size_t i = 0; i < inner_.size(); ++i)
    if (inner_[i].code == code && inner_[i].outer == outer) return static_cast<uint32_t>(i);
  auto own = std::make_shared<Snapshot>(*outer);
  own->defaults = built.inner_defaults[index].positional;
  own->kwdefaults = built.inner_defaults[index].keyword;
  inner_.push_back({code, outer, std::move(own)});
  return static_cast<uint32_t>(inner_.size() - 1);
}

Instance* Session::instance_of(std::shared_ptr<const Snapshot> snapshot, std::shared_ptr<const CodeData> code,
                               std::vector<ParamSpec> params, std::string name, const Semantics& semantics,
                               bool may_be_known, TypeId hint) {
  std::string key = instance_key(snapshot.get(), code.get(), params, semantics);
  if (hint.valid()) key += "->" + std::to_string(hint.index);
  auto found = by_key_.find(key);
  if (found != by_key_.end()) return found->second;
  auto owned = std::make_unique<Instance>();
  Instance* instance = owned.get();
  instances_.push_back(std::move(owned));
  by_key_[key] = instance;
  instance->name = std::move(name);
  instance->snapshot = std::move(snapshot);
  instance->code = std::move(code);
  instance->params = std::move(params);
  instance->semantics = semantics;
  instance->hint = hint;
  instance->awaited = awaits_ && may_be_known &&
                      std::none_of(instance->params.begin(), instance->params.end(),
                                   [](const ParamSpec& p) { return p.constant.has_value(); });
  if (!instance->awaited && build(*instance)) infer(*instance);
  return instance;
}

std::vector<Instance*> Session::awaited() const {
  std::vector<Instance*> out;
  for (const auto& instance : instances_)
    if (instance->awaited) out.push_back(instance.get());
  return out;
}

void Session::take_known(Instance& callee, std::shared_ptr<const KnownSpecialisation> known) {
  callee.awaited = false;
  callee.result = known->result;
  callee.result_facts = known->facts;
  callee.result_constant = known->constant;
  callee.consulted_weakness = known->consulted_weakness;
  callee.function.name = callee.name;
  callee.function.handle = callee.snapshot->handle;
  callee.known = std::move(known);
  for (Instance* caller : callee.callers) caller->dirty = true;
}

void Session::infer_awaited(Instance& callee) {
  callee.awaited = false;
  callee.dirty = build(callee);
  for (Instance* caller : callee.callers) caller->dirty = true;
}

// Front end: from the code to generic SSA, with the parameters' types.
bool Session::build(Instance& in) {
  PhaseTimer timer(Phase::Build);
  Expected<BuiltFunction> built = build_function(*in.snapshot, in.code);
  if (!built) {
    in.join_error = built.take_error();
    in.join_error->place.function = in.snapshot->handle;
    return false;
  }
  in.function = std::move(built->function);
  in.unsupported = built->unsupported;
  Function& f = in.function;
  f.stage = Stage::Typed;
  f.handle = in.snapshot->handle;
  f.name = in.name;
  for (uint32_t& handle : f.codes) handle = inner_handle(*built, handle, in.snapshot);
  f.check_bounds = in.semantics.check_bounds;
  f.numpy_division = in.semantics.numpy_division;
  f.parallel = in.semantics.parallel;
  f.fastmath = in.semantics.fastmath != 0;
  in.notes.resize(f.insts.size());
  in.strong.assign(f.values.size(), false);
  take_params(in);
  return true;
}

void Session::infer(Instance& in) {
  if (in.in_progress || in.join_error || in.awaited || in.known) return;
  in.in_progress = true;
  in.dirty = false;
  for (bool again = true; again && !in.join_error;) {
    again = Transfer(*this, in).sweep() || in.dirty || in.start_again;
    in.dirty = false;
    if (in.start_again) start_again(in);
    if (++in.visits > kMaxVisits && again) {
      in.join_error = std::make_unique<Diagnostic>(
          make_diagnostic(DiagId::CannotUnify, {"a type", "the larger types that it grows into", "a value"},
                          {in.function.handle, {}}));
      break;
    }
  }
  in.in_progress = false;
}

bool Session::settle() {
  bool any = false;
  for (size_t k = 0; k < instances_.size(); ++k) {
    if (!instances_[k]->dirty) continue;
    any = true;
    instances_[k]->visits = 0;
    infer(*instances_[k]);
    instances_[k]->dirty = false;
  }
  return any;
}

namespace {

// np.array([]) is an array of floats: a list of which nothing else is known, and which a function of NumPy
// gets, is of floats.
bool take_empty_arrays(Instance& in) {
  const Function& f = in.function;
  bool any = false;
  for (BlockId block : f.order) {
    if (!in.reachable[block.index]) continue;
    for (InstId id : f.block(block).insts) {
      const Inst& inst = f.inst(id);
      if (inst.op != Op::PyCall || !type_of(f.type(inst.operands[0])).name.starts_with("numpy.")) continue;
      for (size_t k = 1; k < inst.operands.size(); ++k)
        any = in.lists.hold_floats(f.type(inst.operands[k])) || any;
    }
  }
  in.dirty = in.dirty || any;
  return any;
}

}  // namespace

// Once nothing changes any more: lists get their types for good, and the lookups see them.
bool Session::close_lists() {
  bool any = false;
  for (size_t k = 0; k < instances_.size(); ++k) {
    Instance& in = *instances_[k];
    if (in.lists.is_empty() || in.lists.is_closed() || in.join_error) continue;
    if (in.lists.undetermined(in.reachable, in.function).valid()) {
      any = take_empty_arrays(in) || any;
      continue;
    }
    in.lists.close();
    for (Value& v : in.function.values) v.type = in.lists.closed(v.type);
    in.open_result = in.lists.closed(in.open_result);
    in.dirty = any = true;
  }
  return any;
}

Session::State Session::run() {
  PhaseTimer timer(Phase::Infer);
  if (!root_) {
    const Answer* answer = ask({Question::Kind::Snapshot, root_function_, ""});
    if (!answer) return State::Questions;
    root_ = instance_of(answer->snapshot, answer->snapshot->code, root_params_, answer->snapshot->qualname,
                        semantics_);
    root_->wanted_result = wanted_result_;
  }
  do {
    while (settle()) {
    }
  } while (questions_.empty() && awaited().empty() && close_lists());
  if (!questions_.empty() || !awaited().empty()) return State::Questions;
  find_error();
  forget_old_callees();
  return error_ ? State::Failed : State::Done;
}

namespace {

const Inst* call_of(const Instance& caller, const Instance& callee) {
  for (BlockId id : caller.function.order)
    for (InstId i : caller.function.block(id).insts)
      if (caller.notes[i.index].callee == &callee) return &caller.function.inst(i);
  return nullptr;
}

// A note for each call on the way from the root to the function in which the error is.
void add_callers(const Instance& in, Diagnostic& error) {
  std::set<const Instance*> seen = {&in};
  for (const Instance* at = &in; !at->callers.empty();) {
    const Instance* caller = *at->callers.begin();
    const Inst* call = call_of(*caller, *at);
    if (!call || !seen.insert(caller).second) return;
    std::vector<TypeId> types;
    for (const ParamSpec& p : at->params) types.push_back(p.type);
    SourcePlace place{caller->function.handle, caller->function.range(call->loc)};
    error.notes.push_back({"called as " + at->name + "(" + spell_list(types) + ")", place});
    at = caller;
  }
}

// The outermost function of the library on the way from the root to the instance; null if there is none.
const Instance* library_function(const Instance& in) {
  const Instance* found = nullptr;
  std::set<const Instance*> seen;
  for (const Instance* at = &in; seen.insert(at).second;) {
    if (at->in_library) found = at;
    if (at->callers.empty()) break;
    at = *at->callers.begin();
  }
  return found;
}

// An error inside of the library is one of the call: the user's arguments are the cause.
void blame_call(const Instance& in, Diagnostic& error) {
  const Instance* library = library_function(in);
  const Instance* caller = library && !library->callers.empty() ? *library->callers.begin() : nullptr;
  const Inst* call = caller ? call_of(*caller, *library) : nullptr;
  if (!call) return add_callers(in, error);
  std::vector<TypeId> types;
  for (const ParamSpec& p : library->params) types.push_back(p.type);
  Diagnostic blamed =
      make_diagnostic(DiagId::NoCall, {std::string(user_name(library->name)) + "()", spell_list(types)},
                      {caller->function.handle, caller->function.range(call->loc)});
  blamed.notes.push_back({"because " + error.message(), {}});
  error = std::move(blamed);
  add_callers(*caller, error);
}

// Whether a call whose result is not known stands in the way of the instance's own, but of those that raise.
bool waits(const Instance& in, const std::set<const Instance*>& raising) {
  for (BlockId id : in.function.order) {
    if (!in.reachable[id.index]) continue;
    for (InstId i : in.function.block(id).insts) {
      const Instance* callee = in.notes[i.index].callee;
      if (callee && callee->result == ty::Untyped && !raising.contains(callee)) return true;
    }
  }
  return false;
}

// Of the instances without a result those that raise on every path, by themselves or by calling such ones.
// The others are those whose results need themselves.
std::set<const Instance*> find_raising(const std::vector<std::unique_ptr<Instance>>& instances) {
  std::set<const Instance*> raising;
  for (size_t before = instances.size() + 1; before != raising.size();) {
    before = raising.size();
    for (const std::unique_ptr<Instance>& in : instances)
      if (in->result == ty::Untyped && !waits(*in, raising)) raising.insert(in.get());
  }
  return raising;
}

// The instances that are still called: others were found with types that a later sweep took back.
std::set<const Instance*> called_from(const Instance& root) {
  std::set<const Instance*> called = {&root};
  std::vector<const Instance*> open = {&root};
  while (!open.empty()) {
    const Instance& in = *open.back();
    open.pop_back();
    for (BlockId id : in.function.order) {
      if (!in.reachable[id.index]) continue;
      for (InstId i : in.function.block(id).insts)
        if (const Instance* callee = in.notes[i.index].callee; callee && called.insert(callee).second)
          open.push_back(callee);
    }
  }
  return called;
}

}  // namespace

namespace {

// The first of the type's parts, the type itself included, that has no form in Python; invalid if there is
// none.
TypeId unboxable_part(TypeId type) {
  const Type t = type_of(type);
  switch (t.kind) {
    case Kind::Tuple:
      for (TypeId item : t.items)
        if (TypeId part = unboxable_part(item); part.valid()) return part;
      return {};
    case Kind::List:
    case Kind::Optional: return unboxable_part(t.elem);
    case Kind::Ellipsis:
    case Kind::RangeIter:
    case Kind::ArrayIter:
    case Kind::ListIter:
    case Kind::TupleIter:
    case Kind::Enumerate:
    case Kind::Zip:
    case Kind::Closure:
    case Kind::BoundMethod: return type;
    default: return {};
  }
}

// The first statement that returns a value of the function's result type.
SourcePlace place_of_return(const Instance& in) {
  const Function& f = in.function;
  for (BlockId id : f.order) {
    if (!in.reachable[id.index] || f.block(id).insts.empty()) continue;
    const Inst& last = f.inst(f.block(id).insts.back());
    if (last.op == Op::Return && f.type(last.operands[0]) == in.result) return {f.handle, f.range(last.loc)};
  }
  return {f.handle, {}};
}

}  // namespace

// The first error in program order, callees first: they are the cause.
void Session::find_error() {
  std::set<const Instance*> called = called_from(*root_);
  std::set<const Instance*> raising = find_raising(instances_);
  for (size_t k = instances_.size(); k-- > 0;) {
    Instance& in = *instances_[k];
    if (!called.contains(&in)) continue;
    std::unique_ptr<Diagnostic>* found = in.join_error ? &in.join_error : nullptr;
    for (BlockId id : in.function.order) {
      if (found || !in.reachable[id.index]) continue;
      for (InstId i : in.function.block(id).insts)
        if (!found && in.notes[i.index].error) found = &in.notes[i.index].error;
    }
    if (found) {
      error_ = std::move(*found);
      blame_call(in, *error_);
      return;
    }
    if (InstId made = in.lists.undetermined(in.reachable, in.function);
        made.valid() && !in.lists.is_closed()) {
      error_ = std::make_unique<Diagnostic>(make_diagnostic(
          DiagId::EmptyList, {}, {in.function.handle, in.function.range(in.function.inst(made).loc)}));
      blame_call(in, *error_);
      return;
    }
    if (in.result == ty::Untyped && !raising.contains(&in)) {
      error_ = std::make_unique<Diagnostic>(
          make_diagnostic(DiagId::RecursionNoBase, {in.name}, {in.function.handle, {}}));
      return;
    }
  }
  check_result();
}

// Instances that were called with types that a later sweep took back are not compiled.
void Session::forget_old_callees() {
  for (const std::unique_ptr<Instance>& in : instances_) {
    std::set<const Instance*> called;
    for (BlockId id : in->function.order) {
      if (!in->reachable[id.index]) continue;
      for (InstId i : in->function.block(id).insts) called.insert(in->notes[i.index].callee);
    }
    std::erase_if(in->callees, [&](const Instance* callee) { return !called.contains(callee); });
  }
}

// Of what the root returns: whether it fits the signature, and whether Python can have it.
void Session::check_result() {
  TypeId result = root_->result == ty::Untyped ? ty::None : root_->result;
  auto refuse = [&](DiagId id, std::vector<std::string> text) {
    error_ = std::make_unique<Diagnostic>(make_diagnostic(id, std::move(text), place_of_return(*root_)));
  };
  if (wanted_result_.valid() && conversion(result, wanted_result_) == Fit::None)
    return refuse(DiagId::NoConversion,
                  {"the result's type " + spell(result), spell(wanted_result_) + " of the signature"});
  TypeId held = unboxable_part(result);
  if (!held.valid()) return;
  bool closure = kind_of(held) == Kind::Closure;
  refuse(DiagId::NotReturnable,
         {"a value of type " + spell(held), closure ? "; return what it computes" : ""});
}

}  // namespace lancehead
