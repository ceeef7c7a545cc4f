// Transfer functions of calls: library functions and methods, classes, exceptions, jitted and inner
// functions.
#include <algorithm>

#include "frontend/python_value.h"
#include "infer/bind.h"
#include "infer/transfer.h"
#include "library/instead.h"

namespace lancehead {
namespace {

// The name under which the library knows a conversion to a scalar type: numpy.float64, numpy.bool_.
std::string constructor_name(TypeId scalar) {
  return std::string("numpy.") + (scalar == ty::Bool ? "bool" : kind_spelling(kind_of(scalar)));
}

}  // namespace

void Transfer::call(InstId id) {
  const Inst& inst = f_.inst(id);
  const Type& callee = type_of(f_.type(inst.operands[0]));
  switch (callee.kind) {
    case Kind::DType:
      if (!is_scalar(callee.elem))
        return lookup(id, find_dtype_call(f_.type(inst.operands[0]), query(inst, "dtype", 1)),
                      DiagId::NotCallable, {spelled(inst.operands[0])});
      return call_library(id, constructor_name(callee.elem), false);
    case Kind::Closure: return call_closure(id);
    case Kind::BoundMethod: return call_library(id, callee.name, true);
    case Kind::Known: break;
    default: return error(id, DiagId::NotCallable, {spelled(inst.operands[0])});
  }
  switch (callee.known) {
    case KnownClass::Callable:
    case KnownClass::TypeClass: return call_library(id, callee.name, false);
    case KnownClass::Jit: return call_jit(id, callee.handle);
    case KnownClass::Exception: return set(inst.results[0], ty::Error);
    case KnownClass::Function:
      return error(id, DiagId::UnknownCallable,
                   {"calling " + callee.name + "()", "; decorate it with @njit"});
    default: return error(id, DiagId::NotCallable, {spelled(inst.operands[0])});
  }
}

void Transfer::call_library(InstId id, std::string_view name, bool method) {
  const Inst inst = f_.inst(id);
  const CallShape& shape = f_.call_shapes[inst.attr];
  if (method && !put_by_method(id, name)) return;
  Query q;
  q.name = name;
  q.semantics = &in_.semantics;
  q.consulted_weakness = &in_.consulted_weakness;
  if (method)
    q.args.push_back({type_of(viewed(inst.operands[0])).items[0], f_.value(inst.operands[0]).facts, nullptr});
  for (size_t k = 0; k < shape.positional; ++k) {
    ValueId operand = inst.operands[1 + k];
    if (!shape.star || k + 1 < shape.positional) {
      q.args.push_back(argument(operand));
      continue;
    }
    if (!is_tuple(f_.type(operand))) return error_of_spread(id, operand);
    for (size_t item = 0; item < type_of(f_.type(operand)).items.size(); ++item)
      q.args.push_back(item_argument(operand, item));
  }
  for (size_t k = 0; k < shape.keywords.size(); ++k)
    q.keywords.emplace_back(shape.keywords[k], argument(inst.operands[1 + shape.positional + k]));
  Lookup found = method ? find_method(q) : find_call(q);
  std::string spelled_args;
  auto spelled_type = [&](const Argument& a) { return spell(in_.lists.closed(a.type)); };
  for (const Argument& a : q.args) spelled_args += (spelled_args.empty() ? "" : ", ") + spelled_type(a);
  for (const auto& [keyword, a] : q.keywords) spelled_args += ", " + keyword + "=" + spelled_type(a);
  std::vector<std::string> text = {std::string(user_name(name)) + "()", spelled_args};
  bool python_method = method && (is_array(q.args[0].type) || is_list(q.args[0].type));
  if (found && !*found &&
      call_with_arrays(id, method ? kArrayMethod + std::string(name) : std::string(name), q, method))
    return;
  if (!found || *found || (method && !python_method))
    return lookup(id, std::move(found), DiagId::NoCall, std::move(text));
  std::string full_name(name);
  if (python_method) full_name = (is_array(q.args[0].type) ? kArrayMethod : kListMethod) + full_name;
  ActualArguments actual;
  if (!actual_arguments(id, python_method, actual)) return;
  switch (call_implementation(id, full_name, actual)) {
    case Implemented::Yes: return;
    case Implemented::OtherArguments:
      if (is_library_callable(name)) error(id, DiagId::NoCall, std::move(text));
      return;
    case Implemented::No:
      if (method || is_library_callable(name)) return error(id, DiagId::NoCall, std::move(text));
      return error(id, DiagId::UnknownCallable,
                   {std::string(user_name(full_name)) + "()", instead_of(full_name)});
  }
}

// Calls what implements the library function `name` in Python, if anything does.
Transfer::Implemented Transfer::call_implementation(InstId id, const std::string& name,
                                                    const ActualArguments& actual) {
  const Answer* answer = session_.ask({Question::Kind::Library, 0, name});
  if (!answer) {
    note(id).blocked = true;
    return Implemented::Yes;
  }
  if (!answer->snapshot) return Implemented::No;
  std::vector<ParamSpec> params;
  const CodeData& code = *answer->snapshot->code;
  if (!bind(id, answer->snapshot.get(), code, actual, params, std::string(user_name(name)), true))
    return Implemented::OtherArguments;
  name_dtypes(id, code, params);
  Instance* callee =
      session_.instance_of(answer->snapshot, answer->snapshot->code, std::move(params), name, in_.semantics);
  if (callee) callee->in_library = true;
  call_instance(id, callee);
  return Implemented::Yes;
}

namespace {

// Whether NumPy may take the value for an array.
bool is_array_like(TypeId type) {
  return is_list(type) || is_tuple(type);
}

}  // namespace

// Calls what makes arrays of the lists and tuples among the arguments, and then the same function (named as
// python/lancehead/library/array_likes.py says). False if there is none.
bool Transfer::call_with_arrays(InstId id, const std::string& name, const Query& q, bool method) {
  if (!name.starts_with("numpy.") || (method && !is_array(q.args[0].type))) return false;
  bool any = false;
  std::string shape;
  auto mark = [&](const Argument& a) {
    const bool like = method ? is_list(a.type) : is_array_like(a.type);
    any = any || like;
    shape += like ? '*' : '.';
  };
  for (const Argument& a : q.args) mark(a);
  for (const auto& [keyword, a] : q.keywords) {
    shape += ',';
    mark(a);
    shape += keyword;
  }
  ActualArguments actual;
  return any && actual_arguments(id, method, actual) &&
         call_implementation(id, name + "(" + shape + ")", actual) != Implemented::No;
}

// The operator of an array and a list or tuple, by the ufunc behind it.
bool Transfer::operator_with_arrays(InstId id, std::string_view ufunc, bool inplace) {
  const Inst& inst = f_.inst(id);
  TypeId x = f_.type(inst.operands[0]), y = f_.type(inst.operands[1]);
  if (!(is_array(x) && is_array_like(y)) && !(!inplace && is_array_like(x) && is_array(y))) return false;
  return call_operator(id, std::string(ufunc) + (inplace ? "=" : "") + (is_array(x) ? "(.*)" : "(*.)"));
}

// An operator on values for which the library has a function in Python.
bool Transfer::call_operator(InstId id, const std::string& name) {
  ActualArguments actual;
  for (uint32_t k = 0; k < f_.inst(id).operands.size(); ++k) {
    ArgumentSource s;
    s.operand = k;
    actual.positional.push_back(s);
  }
  return call_implementation(id, name, actual) != Implemented::No;
}

void Transfer::error_of_spread(InstId id, ValueId operand) {
  error(id, DiagId::UnsupportedConstruct,
        {"spreading " + spelled(operand) + " into a call", "; spread a tuple"});
}

// What the caller gives for one of the items that a tuple is spread into.
Argument Transfer::item_argument(ValueId tuple, size_t item) const {
  const Constant* c = f_.constant_of(tuple);
  return {type_of(viewed(tuple)).items[item], item_facts(tuple, item),
          c && !c->items.empty() ? &f_.constants[c->items[item]] : nullptr};
}

namespace {

// What specialises a library function: flags, names and numbers that choose among its paths (axis, ddof,
// ...).
bool specialises(const Constant* c) {
  return c && (c->type == ty::Bool || c->type == ty::Str || is_integer(c->type));
}

}  // namespace

// A library function gets a dtype however its caller names it: "f8", float.
void Transfer::name_dtypes(InstId id, const CodeData& code, std::vector<ParamSpec>& params) {
  const std::vector<ArgumentSource>& sources = note(id).arguments;
  for (size_t k = 0; k < params.size() && k < code.var_names.size(); ++k) {
    if (code.var_names[k] != "dtype" || sources[k].kind != ArgumentSource::Kind::Operand) continue;
    TypeId elem = dtype_of(argument(f_.inst(id).operands[sources[k].operand]));
    if (elem.valid()) params[k] = {dtype_type(elem), false, {}};
  }
}

ParamSpec Transfer::param_of(const ArgumentSource& source, InstId id, bool with_constants) const {
  const Inst& inst = f_.inst(id);
  ParamSpec p;
  switch (source.kind) {
    case ArgumentSource::Kind::Operand: {
      const Value& v = f_.value(inst.operands[source.operand]);
      p.type = in_.lists.closed(v.type);
      p.weak = v.facts.weak;
      const Constant* c = f_.constant_of(inst.operands[source.operand]);
      if (with_constants && specialises(c)) p.constant = *c;
      break;
    }
    case ArgumentSource::Kind::Item: {
      ValueId tuple = inst.operands[source.operand];
      p.type = type_of(in_.lists.closed(f_.type(tuple))).items[source.item];
      p.weak = is_list(p.type) && f_.value(tuple).facts.weak;
      if (!is_tuple(f_.type(tuple)) || !with_constants) break;
      Argument item = item_argument(tuple, source.item);
      p.weak = item.facts.weak;
      if (specialises(item.constant)) p.constant = *item.constant;
      break;
    }
    case ArgumentSource::Kind::Default: {
      const Constant& c = in_.notes[id.index].defaults[source.item];
      p.type = c.type;
      p.weak = true;
      bool known = class_of(c.type) != KindClass::Opaque || c.type == ty::None;
      if (known && c.items.empty()) p.constant = c;  // a tuple's items are in this function's table
      break;
    }
    case ArgumentSource::Kind::Rest: {
      std::vector<TypeId> items;
      for (const ArgumentSource& s : source.rest) items.push_back(param_of(s, id, false).type);
      p.type = tuple_type(std::move(items));
      break;
    }
  }
  return p;
}

// What the call gives: the receiver of an array's method first, tuples spread. False after an error.
bool Transfer::actual_arguments(InstId id, bool method, ActualArguments& actual) {
  const Inst inst = f_.inst(id);
  const CallShape shape = f_.call_shapes[inst.attr];
  if (method) {  // the receiver, which the bound method holds
    ArgumentSource receiver;
    receiver.kind = ArgumentSource::Kind::Item;
    actual.positional.push_back(receiver);
  }
  for (uint32_t k = 0; k < shape.positional; ++k) {
    ArgumentSource s;
    s.operand = 1 + k;
    if (!shape.star || k + 1 < shape.positional) {
      actual.positional.push_back(s);
      continue;
    }
    const Type& t = type_of(f_.type(inst.operands[s.operand]));
    if (t.kind != Kind::Tuple) {
      error_of_spread(id, inst.operands[s.operand]);
      return false;
    }
    s.kind = ArgumentSource::Kind::Item;
    for (s.item = 0; s.item < t.items.size(); ++s.item) actual.positional.push_back(s);
  }
  for (uint32_t k = 0; k < shape.keywords.size(); ++k) {
    ArgumentSource s;
    s.operand = 1 + shape.positional + k;
    actual.keywords.emplace_back(shape.keywords[k], s);
  }
  return true;
}

bool Transfer::bind_arguments(InstId id, const Snapshot* snapshot, const CodeData& code,
                              std::vector<ParamSpec>& params, const std::string& name) {
  ActualArguments actual;
  return actual_arguments(id, false, actual) && bind(id, snapshot, code, actual, params, name, false);
}

// Fills the note's sources and defaults, and appends the parameters to `params`. False after an error.
bool Transfer::bind(InstId id, const Snapshot* snapshot, const CodeData& code, const ActualArguments& actual,
                    std::vector<ParamSpec>& params, const std::string& name, bool with_constants) {
  Bound bound = bind_call(code, snapshot, actual, name);
  if (!bound.error.empty()) {
    error(id, DiagId::ArgumentCount, {bound.error});
    return false;
  }
  note(id).arguments = std::move(bound.sources);
  note(id).defaults.clear();
  for (const PyValue& value : bound.defaults) {
    std::optional<Constant> c = constant_of_value(f_, value);
    if (!c && value.is(PyKind::Object))
      if (TypeId known = type_of_object(*value.object); known.valid()) c = Constant{known, {0, 0}, {}, {}};
    if (!c) {
      error(id, DiagId::UnsupportedValue, {describe(value), " as a default"});
      return false;
    }
    note(id).defaults.push_back(std::move(*c));
  }
  for (const ArgumentSource& s : note(id).arguments) params.push_back(param_of(s, id, with_constants));
  return true;
}

void Transfer::call_jit(InstId id, uint32_t handle) {
  const Answer* answer = session_.ask({Question::Kind::Snapshot, handle, ""});
  if (!answer) {
    note(id).blocked = true;
    return;
  }
  if (!answer->snapshot) return error(id, DiagId::NotCallable, {spelled(f_.inst(id).operands[0])});
  std::vector<ParamSpec> params;
  const CodeData& code = *answer->snapshot->code;
  if (!bind_arguments(id, answer->snapshot.get(), code, params, code.name)) return;
  call_instance(id, session_.instance_of(answer->snapshot, answer->snapshot->code, std::move(params),
                                         answer->snapshot->qualname,
                                         answer->snapshot->semantics.value_or(in_.semantics),
                                         /*may_be_known=*/true));
}

void Transfer::call_closure(InstId id) {
  const Inst inst = f_.inst(id);
  const Type& closure = type_of(in_.lists.closed(f_.type(inst.operands[0])));
  const std::shared_ptr<const CodeData> code = session_.inner_code(closure.handle);
  std::vector<ParamSpec> params;
  for (TypeId t : closure.items) params.push_back({t, false, {}});
  if (!bind_arguments(id, session_.inner_snapshot(closure.handle).get(), *code, params, code->name)) return;
  const std::shared_ptr<const Snapshot>& snapshot = session_.inner_snapshot(closure.handle);
  Instance* callee = session_.instance_of(snapshot, code, params, code->name, in_.semantics);
  if (callee) callee->callers.insert(&in_);
  if (!callee || code->name != "<listcomp>") return call_instance(id, callee);
  TypeId known = callee->result != ty::Untyped ? callee->result : callee->lists.closed(callee->open_result);
  if (known == ty::Untyped) return call_instance(id, callee);
  TypeId list = in_.lists.opened(id, known);
  set(inst.results[0], list, callee->result_facts);
  TypeId final_type = in_.lists.closed(list);
  if (final_type != callee->result && !holds_untyped(final_type))
    callee =
        session_.instance_of(snapshot, code, std::move(params), code->name, in_.semantics, false, final_type);
  add_callee(id, callee);
}

void Transfer::add_callee(InstId id, Instance* callee) {
  callee->callers.insert(&in_);
  if (std::find(in_.callees.begin(), in_.callees.end(), callee) == in_.callees.end())
    in_.callees.push_back(callee);
  in_.consulted_weakness = in_.consulted_weakness || callee->consulted_weakness;
  note(id).callee = callee;
  note(id).match.reset();
}

void Transfer::call_instance(InstId id, Instance* callee) {
  if (!callee) return;
  add_callee(id, callee);
  if (callee->result == ty::Untyped) return;
  if (f_.inst(id).results.empty()) return;  // an assignment
  ValueId result = f_.inst(id).results[0];
  if (callee->result_constant)
    return set_constant(result, *callee->result_constant, callee->result_facts.weak);
  set(result, callee->result, callee->result_facts);
}

}  // namespace lancehead
