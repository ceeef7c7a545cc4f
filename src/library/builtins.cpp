// Python's builtin functions of numbers, tuples, arrays, str and ranges. Those of iterables take tuples here,
// whose items may have different types; over arrays they are functions in Python (lancehead.library).
#include "library/kernels.h"
#include "library/numbers.h"
#include "library/rows.h"
#include "library/scalar_operators.h"
#include "library/times.h"
#include "types/conversion.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

bool is_real(TypeId t) {
  return is_scalar(t) && !is_complex(t);
}
bool is_whole(TypeId t) {
  return is_integer(t) || t == ty::Bool;
}

Facts weak_nonneg() {
  Facts facts;
  facts.weak = true;
  facts.nonneg = true;
  return facts;
}

Argument plain_argument(TypeId type, bool weak = false) {
  Argument a{type, {}, nullptr};
  a.facts.weak = weak;
  return a;
}

Query pair_of(const Query& q, const Argument& a, const Argument& b) {
  Query pair;
  pair.name = q.name;
  pair.args = {a, b};
  pair.semantics = q.semantics;
  pair.consulted_weakness = q.consulted_weakness;
  return pair;
}

// ---- abs, len

Lookup absolute(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  TypeId t = q.args[0].type;
  if (is_array(t)) {
    Query ufunc = q;
    ufunc.name = "numpy.absolute";
    return find_call(ufunc);
  }
  if (is_time(t)) return time_ufunc("numpy.absolute", q);
  if (!is_scalar(t)) return no_match();
  TypeId wide = widened(t);
  Facts facts = weak_if_all(q);
  facts.nonneg =
      is_integer(wide) && (is_whole(t) && bits_of(t) < 64 ? true : nonneg_as(q.args[0], ty::Int64));
  return found(
      real_of(wide),
      [wide](Emitter& e, const Values& v) { return kernels::absolute(e, {e.cast(v[0], wide)}); }, facts);
}

int64_t code_points(const std::string& utf8) {
  int64_t n = 0;
  for (char c : utf8) n += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return n;
}

Lookup length(const Query& q) {
  if (q.args.size() != 1 || !q.keywords.empty()) return no_match();
  const Type t = type_of(q.args[0].type);
  const Constant* c = q.args[0].constant;
  switch (t.kind) {
    case Kind::Tuple: return found_constant(int_constant(ty::Int64, static_cast<int64_t>(t.items.size())));
    case Kind::List:
      return found(
          ty::Int64, [](Emitter& e, const Values& v) { return e.value(Op::ListLen, {v[0]}, ty::Int64); },
          weak_nonneg());
    case Kind::Str:
      if (c) return found_constant(int_constant(ty::Int64, code_points(c->text)));
      return found(
          ty::Int64, [](Emitter& e, const Values& v) { return e.item(v[0], 2, ty::Int64); }, weak_nonneg());
    case Kind::Array:
      if (t.ndim == 0) return no_match();
      return found(
          ty::Int64, [](Emitter& e, const Values& v) { return e.dim(v[0], 0); }, weak_nonneg());
    case Kind::Range:
      return found(
          ty::Int64,
          [](Emitter& e, const Values& v) {
            auto part = [&](uint32_t k) { return e.item(v[0], k, ty::Int64); };
            return range_length(e, part(0), part(1), part(2));
          },
          weak_nonneg());
    default: return no_match();
  }
}

// ---- min, max

// Python's rule: a later value replaces the best only if it compares so; ties and nan keep the first.
ValueId better(Emitter& e, CompareOp op, ValueId best, ValueId next, TypeId type) {
  ValueId a = e.cast(best, type), b = e.cast(next, type);
  if (is_whole(e.type(best)) && is_whole(e.type(next)) && is_integer(type))
    return e.binary(op == CompareOp::Lt ? Op::Min : Op::Max, a, b);
  return e.select(emit_scalar_compare(e, op, next, best), b, a);
}

Lookup extremum_of(CompareOp op, const std::vector<Argument>& values, const Query& q, bool spread) {
  TypeId type = values[0].type;
  bool all_nonneg = true, one_nonneg = false;
  for (const Argument& a : values) {
    if (!is_real(a.type)) return no_match();
    type = promote(type, a.type);
  }
  for (const Argument& a : values) {
    bool nonneg = nonneg_as(a, type);
    all_nonneg = all_nonneg && nonneg;
    one_nonneg = one_nonneg || nonneg;
  }
  Facts facts = weak_if_all(q);
  facts.nonneg = is_integer(type) && (op == CompareOp::Lt ? all_nonneg : one_nonneg);
  std::vector<TypeId> types;
  for (const Argument& a : values) types.push_back(a.type);
  return found(
      type,
      [=](Emitter& e, const Values& v) {
        auto value = [&](size_t k) {
          return spread ? e.item(v[0], static_cast<uint32_t>(k), types[k]) : v[k];
        };
        ValueId best = value(0);
        for (size_t k = 1; k < types.size(); ++k)
          best = better(e, op, best, value(k), promote(e.type(best), types[k]));
        return e.cast(best, type);
      },
      facts);
}

template <CompareOp kOp>
Lookup extremum(const Query& q) {
  if (!q.keywords.empty() || q.args.empty()) return no_match();
  if (q.args.size() > 1) return extremum_of(kOp, q.args, q, false);
  if (!is_tuple(q.args[0].type) || type_of(q.args[0].type).items.empty()) return no_match();
  std::vector<Argument> items;
  for (TypeId t : type_of(q.args[0].type).items) items.push_back(plain_argument(t, q.args[0].weak()));
  return extremum_of(kOp, items, q, true);
}

// ---- sum and math.prod of tuples

Lookup fold(BinaryOp op, const Query& q, const Argument& start, int start_index) {
  if (!is_tuple(q.args[0].type)) return no_match();
  const std::vector<TypeId> items = type_of(q.args[0].type).items;
  Argument sum = start;
  std::vector<Match> steps;
  for (TypeId item : items) {
    Lookup step = find_binary(op, pair_of(q, sum, plain_argument(item, q.args[0].weak())), false);
    if (!step || !*step) return step;
    sum = {(*step)->result, (*step)->facts, nullptr};
    steps.push_back(std::move(**step));
  }
  Constant first = start.constant ? *start.constant : Constant{};
  bool given = start_index >= 0;
  return found(
      sum.type,
      [=](Emitter& e, const Values& v) {
        ValueId total = given ? v[static_cast<size_t>(start_index)] : e.b.constant(first);
        for (size_t k = 0; k < steps.size(); ++k)
          total = steps[k].constant
                      ? e.b.constant(*steps[k].constant)
                      : steps[k].emit(e, {total, e.item(v[0], static_cast<uint32_t>(k), items[k])});
        return total;
      },
      sum.facts);
}

Lookup sum(const Query& q) {
  return fold_items(BinaryOp::Add, 0, q);
}

// ---- round, divmod, pow

Lookup round(const Query& q) {
  if (q.args.empty() || q.args.size() + q.keywords.size() > 2 || !is_real(q.args[0].type)) return no_match();
  const Argument* digits = find_argument(q, 1, "ndigits");
  if (!digits && !q.keywords.empty()) return no_match();
  TypeId t = q.args[0].type;
  Facts facts;
  facts.weak = true;
  facts.nonneg = is_whole(t) && nonneg_as(q.args[0], ty::Int64);
  bool to_int = !digits || digits->type == ty::None;
  if (is_whole(t)) {
    bool keeps = to_int || (is_whole(digits->type) && digits->facts.nonneg);
    if (!keeps) return no_match();
    return found(
        widened(t), [wide = widened(t)](Emitter& e, const Values& v) { return e.cast(v[0], wide); }, facts);
  }
  if (to_int)
    return found(
        ty::Int64,
        [](Emitter& e, const Values& v) {
          return float_to_int(e, e.math(MathFn::Rint, {e.cast(v[0], ty::Float64)}));
        },
        facts);
  if (!is_whole(digits->type)) return no_match();
  facts = weak_if_all(q);
  return found(
      t,
      [t](Emitter& e, const Values& v) {
        ValueId x = e.cast(v[0], ty::Float64);
        return e.cast(e.rtcall(RtFn::RoundDigits, {x, e.cast(v[1], ty::Int64)}, ty::Float64), t);
      },
      facts);
}

Lookup divmod(const Query& q) {
  if (q.args.size() != 2 || !q.keywords.empty()) return no_match();
  if (!is_real(q.args[0].type) || !is_real(q.args[1].type)) return no_match();
  Lookup quotient = scalar_binary(BinaryOp::FloorDiv, q), remainder = scalar_binary(BinaryOp::Mod, q);
  if (!quotient || !*quotient) return quotient;
  if (!remainder || !*remainder) return remainder;
  TypeId type = tuple_type({(*quotient)->result, (*remainder)->result});
  return found(
      type,
      [=, div = (*quotient)->emit, mod = (*remainder)->emit](Emitter& e, const Values& v) {
        ValueId first = div(e, v);
        return e.make(type, {first, mod(e, v)});
      },
      weak_if_all(q));
}

Lookup power(const Query& q) {
  Query plain = q;
  static constexpr std::string_view kNames[] = {"base", "exp", "mod"};
  if (q.args.size() + q.keywords.size() > 3) return no_match();
  for (size_t k = q.args.size(); k < 3; ++k) {  // keywords must follow in the order of the parameters
    size_t at = k - q.args.size();
    if (at < q.keywords.size()) {
      if (q.keywords[at].first != kNames[k]) return no_match();
      plain.args.push_back(q.keywords[at].second);
    }
  }
  plain.keywords.clear();
  if (plain.args.size() == 3 && plain.args[2].type == ty::None) plain.args.pop_back();
  if (plain.args.size() == 2) return find_binary(BinaryOp::Pow, plain, false);
  if (plain.args.size() != 3) return no_match();
  for (const Argument& a : plain.args)
    if (!is_whole(a.type)) return no_match();
  return found(
      ty::Int64,
      [](Emitter& e, const Values& v) {
        return e.rtcall(RtFn::PowMod,
                        {e.cast(v[0], ty::Int64), e.cast(v[1], ty::Int64), e.cast(v[2], ty::Int64)},
                        ty::Int64);
      },
      weak_if_all(plain));
}

// ---- tuple, str, print

Lookup to_tuple(const Query& q) {
  if (q.args.size() > 1 || !q.keywords.empty()) return no_match();
  if (q.args.empty())
    return found(tuple_type({}), [](Emitter& e, const Values&) { return e.make(tuple_type({}), {}); });
  if (!is_tuple(q.args[0].type)) return no_match();
  return found(
      q.args[0].type, [](Emitter&, const Values& v) { return v[0]; }, q.args[0].facts);
}

Lookup to_str(const Query& q) {
  if (q.args.size() > 1 || !q.keywords.empty()) return no_match();
  if (q.args.empty()) return found_constant(str_constant(""));
  TypeId t = q.args[0].type;
  if (t == ty::Str) return found(ty::Str, [](Emitter&, const Values& v) { return v[0]; });
  if (t == ty::None) return found_constant(str_constant("None"));
  const Constant* c = q.args[0].constant;
  if (!c) return no_match();
  if (t == ty::Bool) return found_constant(str_constant(c->bits[0] ? "True" : "False"));
  if (!is_integer(t)) return no_match();
  return found_constant(
      str_constant(is_signed(t) ? std::to_string(constant_as_int(*c)) : std::to_string(c->bits[0])));
}

// What Python can be given: compiled code boxes it.
bool has_python_form(TypeId t) {
  const Type d = type_of(t);
  if (is_scalar(t)) return true;
  switch (d.kind) {
    case Kind::None:
    case Kind::Str:
    case Kind::Array: return true;
    case Kind::List:
    case Kind::Optional: return has_python_form(d.elem);
    case Kind::Tuple:
      for (TypeId item : d.items)
        if (!has_python_form(item)) return false;
      return true;
    default: return false;
  }
}

Lookup print(const Query& q) {
  if (!q.keywords.empty()) return no_match();
  for (const Argument& a : q.args)
    if (!has_python_form(a.type)) return no_match();
  return found(ty::None, [](Emitter& e, const Values& v) {
    e.add(Op::ObjectCall, v, {}, e.b.function().add_name("builtins.print"));
    return e.b.none();
  });
}

constexpr Row kRows[] = {
    {"builtins.abs", absolute},
    {"builtins.len", length},
    {"builtins.min", extremum<CompareOp::Lt>},
    {"builtins.max", extremum<CompareOp::Gt>},
    {"builtins.sum", sum},
    {"builtins.round", round},
    {"builtins.divmod", divmod},
    {"builtins.pow", power},
    {"builtins.isinstance", is_instance},
    {"builtins.tuple", to_tuple},
    {"builtins.str", to_str},
    {"builtins.print", print},
};

}  // namespace

std::span<const Row> builtin_rows() {
  return kRows;
}

Lookup fold_items(BinaryOp op, int64_t start, const Query& q) {
  if (q.args.empty() || q.args.size() + q.keywords.size() > 2) return no_match();
  int at = argument_index(q, 1, "start");
  if (q.keywords.size() == 1 && at < 0) return no_match();
  if (at >= 0) {
    Argument given = *find_argument(q, 1, "start");
    given.constant = nullptr;
    return fold(op, q, given, at);
  }
  Constant first = int_constant(ty::Int64, start);
  Argument argument{ty::Int64, {}, &first};
  argument.facts.weak = true;
  return fold(op, q, argument, -1);
}

}  // namespace lancehead
