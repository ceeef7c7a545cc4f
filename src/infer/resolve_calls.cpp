// Resolving calls of compiled functions, and exceptions.
#include "base/check.h"
#include "infer/resolver.h"

namespace lancehead {

ValueId Resolver::argument(const ArgumentSource& source, const Inst& inst, const InstNote& note) {
  switch (source.kind) {
    case ArgumentSource::Kind::Operand: return operand(inst.operands[source.operand]);
    case ArgumentSource::Kind::Item: {
      ValueId tuple = operand(inst.operands[source.operand]);
      return e_.item(tuple, source.item, type_of(e_.type(tuple)).items[source.item]);
    }
    case ArgumentSource::Kind::Default: {
      Constant c = note.defaults[source.item];
      return materialise(in_.function.add_constant(c), c.type);
    }
    case ArgumentSource::Kind::Rest: {
      std::vector<ValueId> items;
      std::vector<TypeId> types;
      for (const ArgumentSource& s : source.rest) {
        items.push_back(argument(s, inst, note));
        types.push_back(e_.type(items.back()));
      }
      return e_.make(tuple_type(std::move(types)), std::move(items));
    }
  }
  LH_UNREACHABLE("argument source");
}

uint32_t Resolver::callee_index(const Instance& callee) {
  for (size_t k = 0; k < new_.callees.size(); ++k)
    if (new_.callees[k].symbol == callee.symbol) return static_cast<uint32_t>(k);
  Callee c;
  c.symbol = callee.symbol;
  c.name = callee.name;
  for (const ParamSpec& p : callee.params) c.params.push_back(p.type);
  c.result = result_type(callee);
  new_.callees.push_back(std::move(c));
  return static_cast<uint32_t>(new_.callees.size() - 1);
}

void Resolver::call(const Inst& inst, const InstNote& note) {
  TypeId type = old_.type(inst.operands[0]);
  const Type& callee_type = type_of(type);
  const bool by_name = inst.op == Op::PyCall;  // not by an operator
  if (by_name && callee_type.kind == Kind::Known && callee_type.known == KnownClass::Exception)
    return define(inst.results[0], make_error({}, type, operands(inst, 1)));
  LH_CHECK(note.callee, "a call without a callee");
  std::vector<ValueId> args;
  if (by_name && callee_type.kind == Kind::Closure) {
    ValueId closure = operand(inst.operands[0]);
    for (uint32_t k = 0; k < callee_type.items.size(); ++k)
      args.push_back(e_.item(closure, k, callee_type.items[k]));
  }
  for (const ArgumentSource& source : note.arguments) args.push_back(argument(source, inst, note));
  for (size_t k = 0; k < args.size(); ++k) args[k] = e_.cast(args[k], note.callee->params[k].type);
  uint32_t index = callee_index(*note.callee);
  ValueId result = e_.value(Op::Call, std::move(args), new_.callees[index].result, index);
  if (inst.op == Op::Inplace && is_list(old_.type(inst.operands[0]))) result = operand(inst.operands[0]);
  if (!inst.results.empty() && old_.type(inst.results[0]) != ty::Untyped) define(inst.results[0], result);
}

// Operands of the typed op: the loop's iterator, then the chunk's parameters behind first and last, then
// initial values.
void Resolver::parallel_loop(const Inst& inst, const InstNote& note) {
  std::vector<ValueId> given = operands(inst);
  ParLoopInfo info;
  info.body = callee_index(*note.callee);
  if (note.combine) info.combine = callee_index(*note.combine);
  info.captures = static_cast<uint32_t>(note.callee->params.size() - 2);
  std::vector<ValueId> args = {e_.item(given[0], 1, ty::Int64)};
  for (size_t k = 1; k < given.size(); ++k) {
    bool capture = k <= info.captures;
    args.push_back(capture ? e_.cast(given[k], note.callee->params[k + 1].type) : given[k]);
  }
  std::vector<TypeId> types;
  for (ValueId r : inst.results) types.push_back(old_.type(r));
  new_.parloops.push_back(info);
  InstId id =
      e_.add(Op::ParLoop, std::move(args), std::move(types), static_cast<uint32_t>(new_.parloops.size() - 1));
  for (size_t k = 0; k < inst.results.size(); ++k) define(inst.results[k], new_.inst(id).results[k]);
}

uint32_t Resolver::error_class(TypeId cls) {
  const Type& t = type_of(cls);
  bool builtin = t.name.starts_with("builtins.");
  for (size_t k = 0; k < new_.error_classes.size(); ++k)
    if (new_.error_classes[k].name == (builtin ? t.name : "") &&
        new_.error_classes[k].handle == (builtin ? 0 : t.handle))
      return static_cast<uint32_t>(k);
  ErrorClass c;
  if (builtin)
    c.name = t.name;
  else
    c.handle = t.handle;
  new_.error_classes.push_back(c);
  return static_cast<uint32_t>(new_.error_classes.size() - 1);
}

// An instance of the class, or the error value itself.
ValueId Resolver::make_error(ValueId error, TypeId old_type, std::vector<ValueId> arguments) {
  if (error.valid() && e_.type(error) == ty::Error) return error;
  return e_.value(Op::ErrorMake, std::move(arguments), ty::Error, error_class(old_type));
}

void Resolver::raise(const Inst& inst) {
  ValueId error = make_error(operand(inst.operands[0]), old_.type(inst.operands[0]), {});
  if (inst.operands.size() > 1) {  // raise ... from cause
    TypeId type = old_.type(inst.operands[1]);
    if (type == ty::None) {
      e_.add(Op::RtCall, {error}, {}, static_cast<uint32_t>(RtFn::ErrorNoCause));
    } else {
      ValueId cause = make_error(operand(inst.operands[1]), type, {});
      e_.add(Op::RtCall, {error, cause}, {}, static_cast<uint32_t>(RtFn::ErrorCause));
    }
  }
  e_.add(Op::Throw, {error}, {});
}

// A class is made an instance as it is raised, and has no context before.
void Resolver::set_context(const Inst& inst, RtFn how) {
  for (ValueId v : inst.operands)
    if (old_.type(v) != ty::Error) return;
  e_.add(Op::RtCall, operands(inst), {}, static_cast<uint32_t>(how));
}

void Resolver::match_error(const Inst& inst) {
  ValueId error = operand(inst.operands[0]);
  TypeId t = old_.type(inst.operands[1]);
  std::vector<TypeId> classes = kind_of(t) == Kind::Tuple ? type_of(t).items : std::vector<TypeId>{t};
  ValueId matches;
  for (TypeId cls : classes) {
    ValueId one = e_.value(Op::ErrorMatches, {error}, ty::Bool, error_class(cls));
    matches = matches.valid() ? e_.binary(Op::Or, matches, one) : one;
  }
  define(inst.results[0], matches.valid() ? matches : e_.b.boolean(false));
}

}  // namespace lancehead
