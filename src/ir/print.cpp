// Writes the text form. Nothing here may fail on a broken function: the verifier shows instructions with it.
#include "ir/print.h"

#include <unordered_map>
#include <utility>

#include "ir/constant_text.h"
#include "ir/math_fn.h"
#include "ir/numbering.h"
#include "ir/runtime_call.h"
#include "types/text.h"

namespace lancehead {
namespace {

class Printer {
 public:
  Printer(const Function& f, const PrintOptions& options) : f_(f), options_(options), numbers_(f) {
    for (const Callee& callee : f.callees) ++callee_names_[callee.name];
  }

  std::string function() {
    header();
    for (size_t i = 0; i < f_.callees.size(); ++i) callee(i);
    if (options_.locations)
      for (const InlinedCall& call : f_.inlined) inlined_call(call);
    for (BlockId id : f_.order) block(id);
    out_ += "}\n";
    return std::move(out_);
  }

  std::vector<std::string> blocks() {
    std::vector<std::string> all;
    for (BlockId id : f_.order) {
      block(id);
      all.push_back(std::exchange(out_, {}));
    }
    return all;
  }

  std::string instruction(InstId id) {
    inst(f_.inst(id), false);
    return std::move(out_);
  }

 private:
  // ---- names
  void value(ValueId v) {
    uint32_t n = numbers_.of(v);
    out_ += n == Numbering::kNone ? "%?" : "%";
    if (n != Numbering::kNone || v.valid()) out_ += std::to_string(n == Numbering::kNone ? v.index : n);
  }

  void values(const std::vector<ValueId>& list, size_t first = 0) {
    for (size_t i = first; i < list.size(); ++i) {
      if (i > first) out_ += ", ";
      value(list[i]);
    }
  }

  void block_name(BlockId b) {
    uint32_t n = numbers_.of(b);
    out_ += n == Numbering::kNone ? "^?" : "^";
    if (n != Numbering::kNone || b.valid()) out_ += std::to_string(n == Numbering::kNone ? b.index : n);
  }

  void callee_name(uint32_t index) {
    out_ += '@';
    if (index >= f_.callees.size()) {
      out_ += '?';
      return;
    }
    const std::string& name = f_.callees[index].name;
    if (callee_names_.find(name)->second > 1) {
      out_ += std::to_string(index);
    } else {
      append_callee_label(name);
    }
  }

  // Labels of digits alone mean an index.
  void append_callee_label(const std::string& name) {
    if (name.find_first_not_of("0123456789") == std::string::npos) {
      append_quoted(out_, name, false);
    } else {
      append_name(out_, name);
    }
  }

  // ---- definitions: "%1: int64 !nonneg"
  // `constant`: the attribute of the const that makes the value, whose fact goes without saying.
  void definition(ValueId v, uint32_t constant = Id<void>::kNone) {
    value(v);
    if (v.index >= f_.values.size()) return;
    const Value& d = f_.value(v);
    if (d.type != ty::Untyped) out_ += ": " + type_text(d.type);
    if (d.facts.nonneg) out_ += " !nonneg";
    if (d.facts.weak) out_ += " !weak";
    if (d.facts.not_none) out_ += " !notnone";
    if (d.facts.constant == constant) return;
    if (d.facts.constant == Id<void>::kNone) {
      out_ += " !noconst";
    } else {
      out_ += " !const=";
      append_constant(out_, f_, d.facts.constant, d.type);
    }
  }

  void definitions(const std::vector<ValueId>& list, uint32_t constant = Id<void>::kNone) {
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) out_ += ", ";
      definition(list[i], constant);
    }
  }

  void params(const std::vector<ValueId>& list) {
    out_ += '(';
    definitions(list);
    out_ += ')';
  }

  // ---- the function
  void header() {
    out_ += "function @";
    append_name(out_, f_.name);
    bool entry = !f_.order.empty() && f_.order[0].index < f_.blocks.size();
    params(entry ? f_.block(f_.order[0]).params : std::vector<ValueId>{});
    if (f_.result != ty::Untyped) out_ += " -> " + type_text(f_.result);
    out_ += " stage ", out_ += stage_name(f_.stage);
    if (f_.fastmath) out_ += " fastmath";
    if (!f_.check_bounds) out_ += " nobounds";
    if (f_.numpy_division) out_ += " numpy_division";
    if (f_.parallel) out_ += " parallel";
    if (!f_.exported) out_ += " internal";
    if (f_.handle) out_ += " handle " + std::to_string(f_.handle);
    if (!f_.symbol.empty()) out_ += " symbol ", append_name(out_, f_.symbol);
    out_ += " {\n";
  }

  void callee(size_t index) {
    const Callee& c = f_.callees[index];
    out_ += "  callee ";
    callee_name(static_cast<uint32_t>(index));
    if (callee_names_[c.name] > 1) out_ += " name ", append_name(out_, c.name);
    if (!c.symbol.empty()) out_ += " symbol ", append_name(out_, c.symbol);
    out_ += " (";
    for (size_t i = 0; i < c.params.size(); ++i) out_ += (i ? ", " : "") + type_text(c.params[i]);
    out_ += ") -> " + type_text(c.result);
    if (c.effects & Reads) out_ += " reads";
    if (c.effects & Writes) out_ += " writes";
    if (c.effects & MayRaise) out_ += " raises";
    if (c.effects & Allocates) out_ += " allocates";
    out_ += '\n';
  }

  void inlined_call(const InlinedCall& c) {
    out_ += "  inlined @", append_name(out_, c.name);
    out_ += " symbol ", append_name(out_, c.symbol);
    if (c.call.index < f_.locs.size()) location(f_.locs[c.call.index]);
    out_ += '\n';
  }

  void block(BlockId id) {
    block_name(id);
    if (id.index >= f_.blocks.size()) {
      out_ += ":\n";
      return;
    }
    const Block& b = f_.block(id);
    if (id != f_.order[0] && !b.params.empty()) params(b.params);
    out_ += ":\n";
    for (InstId i : b.insts) line(i, "  ");
  }

  void line(InstId id, const char* indent) {
    out_ += indent;
    if (id.index < f_.insts.size()) {
      inst(f_.inst(id), true);
    } else {
      out_ += '?';
    }
    out_ += '\n';
  }

  // ---- instructions
  void inst(const Inst& i, bool bodies) {
    if (!i.results.empty()) {
      definitions(i.results, i.op == Op::Const ? i.attr : Id<void>::kNone);
      out_ += " = ";
    }
    if (i.op >= Op::kCount) {
      out_ += '?';
      return;
    }
    out_ += op_info(i.op).text;
    if (i.op == Op::PyCall && i.attr < f_.call_shapes.size()) {
      pycall(i);
    } else {
      attribute(i);
      if (!i.operands.empty()) out_ += ' ', values(i.operands);
    }
    if (i.op == Op::Nest && i.attr < f_.nests.size()) nest(f_.nests[i.attr]);
    if (i.op == Op::ParLoop && i.attr < f_.parloops.size()) parloop(f_.parloops[i.attr]);
    edges(i);
    if (options_.locations && i.loc.index < f_.locs.size()) location(f_.locs[i.loc.index]);
    if (i.op == Op::Nest && i.attr < f_.nests.size() && bodies) nest_body(f_.nests[i.attr]);
  }

  // %0(%1, *%2, name=%3)
  void pycall(const Inst& i) {
    const CallShape& shape = f_.call_shapes[i.attr];
    out_ += ' ';
    if (!i.operands.empty()) value(i.operands[0]);
    out_ += '(';
    for (size_t k = 1; k < i.operands.size(); ++k) {
      if (k > 1) out_ += ", ";
      if (k == shape.positional && shape.star) out_ += '*';
      if (k > shape.positional) {
        size_t keyword = k - 1 - shape.positional;
        keyword < shape.keywords.size() ? append_name(out_, shape.keywords[keyword]) : void(out_ += '?');
        out_ += '=';
      }
      value(i.operands[k]);
    }
    out_ += ')';
  }

  void likelihood(uint32_t attr) {
    if (attr == static_cast<uint32_t>(Likelihood::Unknown)) return;
    out_ += ' ',
        out_ += attr <= static_cast<uint32_t>(Likelihood::Unlikely) ? spelling(Likelihood(attr)) : "?";
  }

  void attribute(const Inst& i) {
    switch (op_info(i.op).attr) {
      case Attr::None:
      case Attr::Nest:
      case Attr::ParLoop: return;
      case Attr::Name:
        if (i.op == Op::Known) return known(i);
        out_ += ' ', row(f_.names, i.attr);
        return;
      case Attr::Constant:
        out_ += ' ';
        append_constant(
            out_, f_, i.attr,
            i.results.empty() || i.results[0].index >= f_.values.size() ? TypeId() : f_.type(i.results[0]));
        return;
      case Attr::Binary: return sign<BinaryOp>(i.attr, BinaryOp::Xor);
      case Attr::Unary: return sign<UnaryOp>(i.attr, UnaryOp::Invert);
      case Attr::Compare: return sign<CompareOp>(i.attr, CompareOp::Ge);
      case Attr::Index:
      case Attr::CallShape: out_ += ' ' + std::to_string(i.attr); return;
      case Attr::Code:
        out_ += ' ', out_ += i.attr < f_.codes.size() ? std::to_string(f_.codes[i.attr]) : "?";
        return;
      case Attr::Math:
        out_ += ' ',
            out_ += i.attr < static_cast<uint32_t>(MathFn::kCount) ? math_info(MathFn(i.attr)).name : "?";
        return;
      case Attr::Error:
        out_ += ' ',
            out_ += i.attr < static_cast<uint32_t>(ErrorRow::kCount) ? error_row_id(ErrorRow(i.attr)) : "?";
        return;
      case Attr::RtCall:
        out_ += ' ', out_ += i.attr < static_cast<uint32_t>(RtFn::kCount) ? rt_info(RtFn(i.attr)).id : "?";
        return;
      case Attr::ErrorClass: return error_class(i.attr);
      case Attr::Callee: out_ += ' ', callee_name(i.attr); return;
      case Attr::Likelihood: return likelihood(i.attr);
    }
  }

  void row(const std::vector<std::string>& names, uint32_t index) {
    if (index < names.size()) {
      append_name(out_, names[index]);
    } else {
      out_ += '?';
    }
  }

  template <class E>
  void sign(uint32_t attr, E last) {
    out_ += attr <= static_cast<uint32_t>(last) ? std::string(" \"") + spelling(static_cast<E>(attr)) + '"'
                                                : " ?";
  }

  // The object's type, unless that is the result's.
  void known(const Inst& i) {
    if (i.attr >= f_.known.size()) {
      out_ += " ?";
    } else if (i.results.empty() || i.results[0].index >= f_.values.size() ||
               f_.type(i.results[0]) != f_.known[i.attr]) {
      out_ += ' ' + type_text(f_.known[i.attr]);
    }
  }

  void error_class(uint32_t index) {
    out_ += ' ';
    if (index >= f_.error_classes.size()) {
      out_ += '?';
      return;
    }
    const ErrorClass& c = f_.error_classes[index];
    if (!c.name.empty()) append_name(out_, c.name);
    if (c.handle || c.name.empty()) out_ += '#' + std::to_string(c.handle);
  }

  void reductions(const std::vector<Reduction>& list) {
    for (size_t i = 0; i < list.size(); ++i) {
      out_ += i ? "," : " reduce ";
      out_ += reduction_name(list[i]);
    }
  }

  // dims 2 read #2[0,1] read #3[-,0] write #2[0,1] reduce sum indices parallel
  void nest(const NestInfo& n) {
    out_ += " dims " + std::to_string(n.dims);
    for (const NestAccess& a : n.accesses) {
      out_ += (a.write ? " write #" : " read #") + std::to_string(a.operand) + '[';
      for (size_t k = 0; k < a.axes.size(); ++k) {
        if (k) out_ += ',';
        out_ += a.axes[k] < 0 ? "-" : std::to_string(a.axes[k]);
      }
      out_ += ']';
    }
    reductions(n.reductions);
    if (n.indices) out_ += " indices";
    if (n.parallel) out_ += " parallel";
  }

  void nest_body(const NestInfo& n) {
    out_ += " {\n  ^";
    if (n.body.index < f_.blocks.size()) {
      params(f_.block(n.body).params);
      out_ += ":\n";
      if (nested_) {
        out_ += "    ?\n";
      } else {
        nested_ = true;
        for (InstId id : f_.block(n.body).insts) line(id, "    ");
        nested_ = false;
      }
    } else {
      out_ += "?:\n";
    }
    out_ += "    yield";
    if (!n.yields.empty()) out_ += ' ', values(n.yields);
    out_ += "\n  }";
  }

  void parloop(const ParLoopInfo& p) {
    out_ += " body ";
    callee_name(p.body);
    if (p.combine != ParLoopInfo::kNoCombine) {
      out_ += " combine ";
      callee_name(p.combine);
    }
    out_ += " captures " + std::to_string(p.captures);
  }

  void edges(const Inst& i) {
    size_t normal = i.edges.size() - (i.unwinds && !i.edges.empty() ? 1 : 0);
    for (size_t k = 0; k < i.edges.size(); ++k) {
      out_ += k >= normal ? " unwind " : k == 0 && i.operands.empty() ? " " : ", ";
      block_name(i.edges[k].target);
      if (i.edges[k].args.empty()) continue;
      out_ += '(';
      values(i.edges[k].args);
      out_ += ')';
    }
  }

  void location(const Location& l) {
    const SourceRange& r = l.range;
    auto number = [&](int32_t n) { out_ += n < 0 ? "?" : std::to_string(n); };
    out_ += " @";
    number(r.line), out_ += ':', number(r.column), out_ += '-';
    number(r.end_line), out_ += ':', number(r.end_column);
    if (l.inlined != Location::kOwn) out_ += " in " + std::to_string(l.inlined);
  }

  const Function& f_;
  PrintOptions options_;
  Numbering numbers_;
  std::unordered_map<std::string, int> callee_names_;
  std::string out_;
  bool nested_ = false;
};

}  // namespace

std::string_view stage_name(Stage stage) {
  switch (stage) {
    case Stage::Generic: return "generic";
    case Stage::Typed: return "typed";
    case Stage::Resolved: return "resolved";
    case Stage::Final: return "final";
  }
  return "?";
}

std::string_view reduction_name(Reduction reduction) {
  switch (reduction) {
    case Reduction::None: return "none";
    case Reduction::Sum: return "sum";
    case Reduction::Prod: return "prod";
    case Reduction::Min: return "min";
    case Reduction::Max: return "max";
    case Reduction::Any: return "any";
    case Reduction::All: return "all";
  }
  return "?";
}

std::string print(const Function& function, const PrintOptions& options) {
  return Printer(function, options).function();
}

std::string print(const Unit& unit, const PrintOptions& options) {
  std::string out;
  for (const Function& f : unit.functions) {
    if (!out.empty()) out += '\n';
    out += print(f, options);
  }
  return out;
}

std::vector<std::string> print_blocks(const Function& function) {
  return Printer(function, {}).blocks();
}

std::string print(const Function& function, InstId inst) {
  return Printer(function, {}).instruction(inst);
}

}  // namespace lancehead
