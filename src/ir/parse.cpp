// The parser: one pass; values and blocks are made when they are first mentioned.
#include "ir/parse.h"

#include <algorithm>
#include <unordered_map>

#include "ir/math_fn.h"
#include "ir/print.h"
#include "ir/runtime_call.h"
#include "ir/text_cursor.h"

namespace lancehead {
namespace {

template <class E>
constexpr int sign_count = 0;
template <>
constexpr int sign_count<BinaryOp> = static_cast<int>(BinaryOp::Xor) + 1;
template <>
constexpr int sign_count<UnaryOp> = static_cast<int>(UnaryOp::Invert) + 1;
template <>
constexpr int sign_count<CompareOp> = static_cast<int>(CompareOp::Ge) + 1;

class FunctionParser {
 public:
  explicit FunctionParser(TextCursor& cursor) : in_(cursor) {}

  Function parse() {
    header();
    in_.expect("\n");
    in_.skip_lines();
    while (in_.accept_word("callee")) callee(), end_line();
    while (in_.accept_word("inlined")) inlined_call(), end_line();
    while (!in_.accept("}")) block();
    if (f_.order.empty()) in_.fail("a function needs a block");
    for (const auto& [label, v] : values_)
      if (!v.defined) throw TextError{v.offset, "%" + label + " is not defined"};
    for (const auto& [label, b] : blocks_)
      if (!b.defined) throw TextError{b.offset, "^" + label + " is not defined"};
    return std::move(f_);
  }

 private:
  template <class T>
  struct Label {
    T id;
    size_t offset;  // of the first mention
    bool defined = false;
  };

  void end_line() {
    if (!in_.at_line_end()) in_.fail("expected end of line");
    in_.skip_lines();
  }

  // ---- header
  void header() {
    in_.expect("function");
    in_.expect("@");
    f_.name = in_.name("the function's name");
    f_.blocks.emplace_back();
    params(BlockId(0u));
    if (in_.accept("->")) f_.result = in_.type();
    while (!in_.accept("{")) flag();
  }

  void flag() {
    if (in_.accept_word("stage")) {
      f_.stage = stage();
    } else if (in_.accept_word("fastmath")) {
      f_.fastmath = true;
    } else if (in_.accept_word("nobounds")) {
      f_.check_bounds = false;
    } else if (in_.accept_word("numpy_division")) {
      f_.numpy_division = true;
    } else if (in_.accept_word("parallel")) {
      f_.parallel = true;
    } else if (in_.accept_word("internal")) {
      f_.exported = false;
    } else if (in_.accept_word("handle")) {
      f_.handle = in_.number<uint32_t>("a handle");
    } else if (in_.accept_word("symbol")) {
      f_.symbol = in_.name("a symbol");
    } else {
      in_.fail("expected 'stage', an option of the function, or '{'");
    }
  }

  Stage stage() {
    for (Stage s : {Stage::Generic, Stage::Typed, Stage::Resolved, Stage::Final})
      if (in_.accept_word(stage_name(s))) return s;
    in_.fail("expected a stage");
  }

  void callee() {
    Callee c;
    uint32_t index = static_cast<uint32_t>(f_.callees.size());
    in_.expect("@");
    bool quoted = in_.peek("\"");
    c.name = in_.name("a callee");
    if (!quoted && c.name.find_first_not_of("0123456789") == std::string::npos) {
      if (c.name != std::to_string(index)) in_.fail("expected callee " + std::to_string(index));
      if (!in_.accept_word("name")) in_.fail("expected 'name'");
      c.name = in_.name("a name");
    } else if (!callee_labels_.emplace(c.name, index).second) {
      in_.fail("two callees have this label");
    }
    if (in_.accept_word("symbol")) c.symbol = in_.name("a symbol");
    in_.expect("(");
    while (!in_.accept(")")) {
      if (!c.params.empty()) in_.expect(",");
      c.params.push_back(in_.type());
    }
    in_.expect("->");
    c.result = in_.type();
    c.effects = 0;
    if (in_.accept_word("reads")) c.effects |= Reads;
    if (in_.accept_word("writes")) c.effects |= Writes;
    if (in_.accept_word("raises")) c.effects |= MayRaise;
    if (in_.accept_word("allocates")) c.effects |= Allocates;
    f_.callees.push_back(std::move(c));
  }

  void inlined_call() {
    InlinedCall c;
    in_.expect("@");
    c.name = in_.name("a function");
    if (in_.accept_word("symbol")) c.symbol = in_.name("a symbol");
    c.call = location();
    f_.inlined.push_back(std::move(c));
  }

  // ---- labels
  ValueId value() {
    in_.expect("%");
    size_t offset = in_.offset();
    return value_of(in_.name("a value"), offset).id;
  }

  Label<ValueId>& value_of(const std::string& label, size_t offset) {
    auto [it, is_new] = values_.try_emplace(label, Label<ValueId>{ValueId(f_.values.size()), offset});
    if (is_new) f_.values.emplace_back();
    return it->second;
  }

  ValueId define_value(InstId def, BlockId block) {
    in_.expect("%");
    size_t offset = in_.offset();
    Label<ValueId>& label = value_of(in_.name("a value"), offset);
    if (label.defined) throw TextError{offset, "this value is defined twice"};
    label.defined = true;
    ValueId id = label.id;
    f_.value(id).def = def;
    f_.value(id).block = block;
    if (in_.accept(":")) f_.value(id).type = in_.type();
    return id;
  }

  // Facts of a definition; says whether !noconst was among them.
  bool facts(ValueId id) {
    bool noconst = false;
    while (in_.accept("!")) {
      Facts& facts = f_.value(id).facts;
      if (in_.accept("const=")) {
        Literal literal = in_.literal();
        facts.constant = constant(literal, f_.type(id));
      } else if (in_.accept_word("nonneg")) {
        facts.nonneg = true;
      } else if (in_.accept_word("weak")) {
        facts.weak = true;
      } else if (in_.accept_word("notnone")) {
        facts.not_none = true;
      } else if (in_.accept_word("noconst")) {
        noconst = true;
      } else {
        in_.fail("expected a fact");
      }
    }
    return noconst;
  }

  uint32_t constant(const Literal& literal, TypeId type) {
    std::optional<Constant> c = make_constant(f_, literal, type);
    if (!c) in_.fail("the literal does not fit its type");
    return f_.add_constant(std::move(*c));
  }

  void params(BlockId block) {
    in_.expect("(");
    bool first = true;
    while (!in_.accept(")")) {
      if (!first) in_.expect(",");
      first = false;
      ValueId v = define_value(InstId(), block);
      facts(v);
      f_.block(block).params.push_back(v);
    }
  }

  Label<BlockId>& block_label() {
    in_.expect("^");
    size_t offset = in_.offset();
    auto [it, is_new] =
        blocks_.try_emplace(in_.name("a block"), Label<BlockId>{BlockId(f_.blocks.size()), offset});
    if (is_new) f_.blocks.emplace_back();
    return it->second;
  }

  // ---- blocks
  void block() {
    size_t offset = in_.offset();
    if (f_.order.empty()) {
      in_.expect("^");
      blocks_[in_.name("a block")] = Label<BlockId>{f_.entry(), offset, true};
      block_ = f_.entry();
    } else {
      Label<BlockId>& label = block_label();
      if (label.defined) throw TextError{offset, "this block is defined twice"};
      label.defined = true;
      block_ = label.id;
      if (in_.peek("(")) params(block_);
    }
    f_.order.push_back(block_);
    in_.expect(":");
    end_line();
    while (!in_.peek("^") && !in_.peek("}")) {
      instruction();
      end_line();
    }
  }

  // ---- instructions
  void instruction() {
    InstId id(f_.insts.size());
    f_.insts.emplace_back();
    Inst inst;
    inst.block = block_;
    bool noconst = false;
    while (in_.peek("%")) {
      inst.results.push_back(define_value(id, BlockId()));
      noconst = facts(inst.results.back());
      if (!in_.accept(",")) break;
    }
    if (!inst.results.empty()) in_.expect("=");
    size_t offset = in_.offset();
    inst.op = op_of_text(in_.name("an instruction"));
    if (inst.op == Op::kCount) throw TextError{offset, "there is no such instruction"};
    if (inst.op == Op::PyCall) {
      pycall(inst);
    } else {
      attribute(inst);
      operands(inst);
    }
    if (inst.op == Op::Const && !inst.results.empty() && !noconst) {
      uint32_t& fact = f_.value(inst.results[0]).facts.constant;
      if (fact == Id<void>::kNone) fact = inst.attr;
    }
    if (inst.op == Op::ParLoop) parloop(inst);
    if (inst.op == Op::Nest) nest(inst);
    unwind(inst);
    inst.loc = location();
    f_.block(block_).insts.push_back(id);
    if (inst.op == Op::Nest) nest_body(inst.attr);
    f_.inst(id) = std::move(inst);
  }

  // Operands, then edges, separated by commas.
  void operands(Inst& inst) {
    if (!in_.peek("%") && !in_.peek("^")) return;
    do {
      if (in_.peek("^") || !inst.edges.empty()) {
        inst.edges.push_back(edge());
      } else {
        inst.operands.push_back(value());
      }
    } while (in_.accept(","));
  }

  Edge edge() {
    Edge e;
    e.target = block_label().id;
    if (!in_.accept("(")) return e;
    do e.args.push_back(value());
    while (in_.accept(","));
    in_.expect(")");
    return e;
  }

  void unwind(Inst& inst) {
    if (!in_.accept_word("unwind")) return;
    inst.unwinds = true;
    inst.edges.push_back(edge());
  }

  LocId location() {
    if (!in_.accept("@")) return {};
    auto number = [&] { return in_.accept("?") ? -1 : in_.number<int32_t>("a number"); };
    Location l;
    SourceRange& r = l.range;
    r.line = number(), in_.expect(":"), r.column = number();
    in_.expect("-");
    r.end_line = number(), in_.expect(":"), r.end_column = number();
    if (in_.accept_word("in")) {
      l.inlined = in_.number<uint32_t>("an inlined call's index");
      if (l.inlined >= f_.inlined.size()) in_.fail("there is no such inlined call");
    }
    return f_.add_loc(l);
  }

  void pycall(Inst& inst) {
    CallShape shape;
    inst.operands.push_back(value());
    in_.expect("(");
    while (!in_.accept(")")) {
      if (inst.operands.size() > 1) in_.expect(",");
      if (shape.keywords.empty() && !shape.star && in_.accept("*")) {
        shape.star = true;
        ++shape.positional;
      } else if (!in_.peek("%")) {
        shape.keywords.push_back(in_.name("an argument"));
        in_.expect("=");
      } else if (shape.star || !shape.keywords.empty()) {
        in_.fail("expected a keyword");
      } else {
        ++shape.positional;
      }
      inst.operands.push_back(value());
    }
    inst.attr = static_cast<uint32_t>(f_.call_shapes.size());
    f_.call_shapes.push_back(std::move(shape));
  }

  // ---- attributes
  void attribute(Inst& inst) {
    switch (op_info(inst.op).attr) {
      case Attr::None:
      case Attr::Nest:
      case Attr::ParLoop:
      case Attr::CallShape: return;
      case Attr::Constant: {
        TypeId type = inst.results.empty() ? TypeId() : f_.type(inst.results[0]);
        inst.attr = constant(in_.literal(), type);
        return;
      }
      case Attr::Name:
        inst.attr = inst.op == Op::Known ? known(inst) : f_.add_name(in_.name("a name"));
        return;
      case Attr::Binary: inst.attr = sign<BinaryOp>(); return;
      case Attr::Unary: inst.attr = sign<UnaryOp>(); return;
      case Attr::Compare: inst.attr = sign<CompareOp>(); return;
      case Attr::Index: inst.attr = in_.number<uint32_t>("an index"); return;
      case Attr::Code:
        inst.attr = static_cast<uint32_t>(f_.codes.size());
        f_.codes.push_back(in_.number<uint32_t>("a handle"));
        return;
      case Attr::Math: inst.attr = row(math_of_name, MathFn::kCount, "a function of math.def"); return;
      case Attr::Error: inst.attr = row(error_row_of_id, ErrorRow::kCount, "a row of errors.def"); return;
      case Attr::RtCall: inst.attr = row(rt_of_id, RtFn::kCount, "a row of calls.def"); return;
      case Attr::ErrorClass: inst.attr = error_class(); return;
      case Attr::Callee: inst.attr = callee_index(); return;
      case Attr::Likelihood: inst.attr = static_cast<uint32_t>(likelihood()); return;
    }
  }

  Likelihood likelihood() {
    for (Likelihood l : {Likelihood::Likely, Likelihood::Unlikely})
      if (in_.accept_word(spelling(l))) return l;
    return Likelihood::Unknown;
  }

  uint32_t known(const Inst& inst) {
    bool omitted = in_.at_line_end() || in_.peek("@");
    if (omitted && inst.results.empty()) in_.fail("expected a type");
    return f_.add_known(omitted ? f_.type(inst.results[0]) : in_.type());
  }

  template <class E>
  uint32_t sign() {
    std::string text = in_.name("an operator");
    for (int i = 0; i < sign_count<E>; ++i)
      if (text == spelling(static_cast<E>(i))) return static_cast<uint32_t>(i);
    in_.fail("there is no such operator");
  }

  template <class E>
  uint32_t row(E (*of_name)(std::string_view), E none, const char* what) {
    size_t offset = in_.offset();
    E e = of_name(in_.name(what));
    if (e == none) throw TextError{offset, std::string("expected ") + what};
    return static_cast<uint32_t>(e);
  }

  uint32_t error_class() {
    ErrorClass c;
    if (!in_.peek("#")) c.name = in_.name("a class");
    if (in_.accept("#")) c.handle = in_.number<uint32_t>("a handle");
    for (size_t i = 0; i < f_.error_classes.size(); ++i)
      if (f_.error_classes[i].name == c.name && f_.error_classes[i].handle == c.handle)
        return static_cast<uint32_t>(i);
    f_.error_classes.push_back(std::move(c));
    return static_cast<uint32_t>(f_.error_classes.size() - 1);
  }

  uint32_t callee_index() {
    in_.expect("@");
    bool quoted = in_.peek("\"");
    size_t offset = in_.offset();
    std::string label = in_.name("a callee");
    if (auto it = callee_labels_.find(label); it != callee_labels_.end()) return it->second;
    uint32_t index = static_cast<uint32_t>(f_.callees.size());
    std::from_chars(label.data(), label.data() + label.size(), index);
    if (quoted || index >= f_.callees.size()) throw TextError{offset, "there is no such callee"};
    return index;
  }

  std::vector<Reduction> reductions() {
    std::vector<Reduction> out;
    if (!in_.accept_word("reduce")) return out;
    do out.push_back(reduction());
    while (in_.accept(","));
    return out;
  }

  Reduction reduction() {
    for (int i = 0; i <= static_cast<int>(Reduction::All); ++i)
      if (in_.accept_word(reduction_name(static_cast<Reduction>(i)))) return static_cast<Reduction>(i);
    in_.fail("expected a reduction");
  }

  void parloop(Inst& inst) {
    ParLoopInfo p;
    if (!in_.accept_word("body")) in_.fail("expected 'body'");
    p.body = callee_index();
    if (in_.accept_word("combine")) p.combine = callee_index();
    if (!in_.accept_word("captures")) in_.fail("expected 'captures'");
    p.captures = in_.number<uint32_t>("a count");
    inst.attr = static_cast<uint32_t>(f_.parloops.size());
    f_.parloops.push_back(std::move(p));
  }

  void nest(Inst& inst) {
    if (!nest_block_.valid()) nest_block_ = block_;
    if (nest_block_ != block_) in_.fail("a nest stands in the body of another");
    NestInfo n;
    if (!in_.accept_word("dims")) in_.fail("expected 'dims'");
    n.dims = in_.number<uint32_t>("a count");
    for (;;) {
      bool write = in_.accept_word("write");
      if (!write && !in_.accept_word("read")) break;
      NestAccess a;
      a.write = write;
      in_.expect("#");
      a.operand = in_.number<uint32_t>("an operand's index");
      in_.expect("[");
      while (!in_.accept("]")) {
        if (!a.axes.empty()) in_.expect(",");
        a.axes.push_back(in_.accept("-") ? -1 : in_.number<int8_t>("a dimension"));
      }
      n.accesses.push_back(std::move(a));
    }
    n.reductions = reductions();
    n.indices = in_.accept_word("indices");
    n.parallel = in_.accept_word("parallel");
    n.body = BlockId(f_.blocks.size());
    f_.blocks.emplace_back();
    inst.attr = static_cast<uint32_t>(f_.nests.size());
    f_.nests.push_back(std::move(n));
  }

  void nest_body(uint32_t index) {
    BlockId outer = block_, body = f_.nests[index].body;
    in_.expect("{");
    end_line();
    in_.expect("^");
    params(body);
    in_.expect(":");
    end_line();
    block_ = body;
    while (!in_.accept_word("yield")) instruction(), end_line();
    block_ = outer;
    nest_block_ = BlockId();
    std::vector<ValueId> yields;
    while (!in_.at_line_end()) {
      if (!yields.empty()) in_.expect(",");
      yields.push_back(value());
    }
    end_line();
    in_.expect("}");
    f_.nests[index].yields = std::move(yields);
  }

  TextCursor& in_;
  Function f_;
  BlockId block_;
  BlockId nest_block_;  // the block of the nest whose body is being read
  std::unordered_map<std::string, Label<ValueId>> values_;
  std::unordered_map<std::string, Label<BlockId>> blocks_;
  std::unordered_map<std::string, uint32_t> callee_labels_;
};

Diagnostic text_diagnostic(std::string_view text, const TextError& error) {
  std::string_view before = text.substr(0, error.offset);
  size_t line = static_cast<size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  size_t column = error.offset - (before.rfind('\n') + 1) + 1;
  return make_diagnostic(DiagId::Internal, {"IR text, line " + std::to_string(line) + ", column " +
                                            std::to_string(column) + ": " + error.message});
}

}  // namespace

Expected<Unit> parse_unit(std::string_view text) {
  TextCursor cursor(text);
  Unit unit;
  try {
    while (!cursor.at_end()) unit.functions.push_back(FunctionParser(cursor).parse());
  } catch (const TextError& error) {
    return text_diagnostic(text, error);
  }
  return unit;
}

Expected<Function> parse_function(std::string_view text) {
  TextCursor cursor(text);
  try {
    cursor.skip_lines();
    Function f = FunctionParser(cursor).parse();
    if (!cursor.at_end()) cursor.fail("expected the end of the text");
    return f;
  } catch (const TextError& error) {
    return text_diagnostic(text, error);
  }
}

}  // namespace lancehead
