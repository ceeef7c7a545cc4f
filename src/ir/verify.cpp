// The rules on structure, dominance and unwinding.
#include "ir/verify.h"

#include <algorithm>

#include "ir/dominators.h"
#include "ir/math_fn.h"
#include "ir/numbering.h"
#include "ir/print.h"
#include "ir/runtime_call.h"
#include "ir/walk.h"

namespace lancehead {
namespace {

struct Broken {
  std::string rule;
  InstId inst;    // where; or none:
  BlockId block;  // ... then in this block, if any
};

constexpr uint32_t kNone = 0xffffffffu;

class Verifier {
 public:
  explicit Verifier(const Function& f)
      : f_(f), position_(f.insts.size(), kNone), block_seen_(f.blocks.size()), value_seen_(f.values.size()) {}

  void run() {
    order();
    for (BlockId b : f_.order) block_structure(b);
    for (BlockId b : f_.order) edges(b);
    Cfg cfg(f_);
    cfg_ = &cfg;
    Dominators dominators(cfg);
    dominators_ = &dominators;
    for (BlockId b : f_.order) {
      if (cfg.reachable(b)) block_uses(b);
    }
    if (typed_exactly()) types();
  }

 private:
  [[noreturn]] void fail(std::string rule) const { throw Broken{std::move(rule), at_, block_}; }
  void require(bool condition, const char* rule) const {
    if (!condition) fail(rule);
  }
  bool typed_exactly() const { return f_.stage == Stage::Resolved || f_.stage == Stage::Final; }

  // ---- structure
  void order() {
    require(!f_.order.empty() && f_.order[0] == f_.entry(), "the first block is block 0");
    for (size_t i = 0; i < f_.inlined.size(); ++i) location(f_.inlined[i].call, i);
    for (BlockId b : f_.order) {
      require(b.index < f_.blocks.size(), "a live block is in range");
      require(!block_seen_[b.index], "a block is live once");
      block_seen_[b.index] = true;
    }
  }

  void block_structure(BlockId b) {
    block_ = b;
    const Block& block = f_.block(b);
    for (ValueId v : block.params) define(v, InstId(), b);
    require(!block.insts.empty(), "a block ends in a terminator");
    uint32_t position = 0;
    for (InstId id : block.insts) {
      enter(id, b, position++);
      bool last = position == block.insts.size();
      require(is_terminator(f_.inst(id).op) == last, "a block ends in its only terminator");
      if (f_.inst(id).unwinds) unwinding(block, position - 1);
      require(f_.inst(id).op != Op::Catch || position == 1, "catch is first in its block");
      if (f_.inst(id).op == Op::Nest) nest_structure(id);
    }
    at_ = InstId();
  }

  // An instruction by itself.
  void enter(InstId id, BlockId b, uint32_t position) {
    at_ = InstId();
    require(id.index < f_.insts.size(), "an instruction is in range");
    const Inst& inst = f_.inst(id);
    require(inst.op < Op::kCount, "there is such an op");
    at_ = id;
    require(position_[id.index] == kNone, "an instruction stands in one place");
    position_[id.index] = position;
    require(inst.block == b, "an instruction's record names its block");
    const OpInfo& info = op_info(inst.op);
    require(info.stages & static_cast<uint8_t>(f_.stage), "an op is legal at the function's stage");
    require(info.operands < 0 || inst.operands.size() == static_cast<size_t>(info.operands),
            "an op has ops.def's operands");
    require(info.results < 0 || inst.results.size() == static_cast<size_t>(info.results),
            "an op has ops.def's results");
    attribute(inst);
    location(inst.loc, f_.inlined.size());
    for (ValueId v : inst.results) define(v, id, BlockId());
    for (ValueId v : inst.operands) known_value(v);
    size_t edges = inst.op == Op::Br ? 1 : inst.op == Op::CondBr ? 2 : 0;
    require(inst.edges.size() == edges + inst.unwinds, "an op has its edges");
    for (const Edge& e : inst.edges) {
      require(e.target.index < f_.blocks.size() && is_live(e.target), "an edge leads to a live block");
      for (ValueId v : e.args) known_value(v);
    }
  }

  // A location in one of the first `inlined` calls.
  void location(LocId loc, size_t inlined) const {
    require(!loc.valid() || loc.index < f_.locs.size(), "a location is in range");
    uint32_t in = f_.inlined_in(loc);
    require(in == Location::kOwn || in < inlined, "an inlined call comes after its caller");
  }

  void known_value(ValueId v) const { require(v.index < f_.values.size(), "a value is in range"); }
  bool is_live(BlockId b) const { return block_seen_[b.index] && !is_body_[b]; }

  void define(ValueId v, InstId def, BlockId block) {
    known_value(v);
    require(!value_seen_[v.index], "a value is defined once");
    value_seen_[v.index] = true;
    const Value& d = f_.value(v);
    require(d.def == def && (def.valid() || d.block == block), "a value's record names its definition");
    require(d.type.valid() && (d.type != ty::Untyped || !typed_exactly()), "a value has a type");
    uint32_t constant = d.facts.constant;
    require(constant == kNone || constant < f_.constants.size(), "a fact's constant is in range");
  }

  void attribute(const Inst& inst) const {
    require(inst.attr < attribute_limit(inst), "an attribute is in range");
    if (inst.op == Op::Const) {
      items(f_.constants[inst.attr], inst.attr);
    } else if (inst.op == Op::Math) {
      size_t arity = static_cast<size_t>(math_info(static_cast<MathFn>(inst.attr)).arity);
      require(inst.operands.size() == arity, "a math function has its operands");
    } else if (inst.op == Op::PyCall) {
      const CallShape& shape = f_.call_shapes[inst.attr];
      require(inst.operands.size() == 1 + shape.positional + shape.keywords.size(),
              "a call has its shape's operands");
      require(!shape.star || shape.positional > 0, "a call that spreads a tuple has one");
    } else if (inst.op == Op::ParLoop) {
      const ParLoopInfo& p = f_.parloops[inst.attr];
      require(p.body < f_.callees.size() && (p.combine == kNone || p.combine < f_.callees.size()),
              "a parallel loop's functions are in range");
      require(inst.operands.size() == 1 + p.captures + inst.results.size(),
              "a parallel loop has its operands");
      require(inst.results.empty() == (p.combine == kNone),
              "a parallel loop that reduces has a combine function");
    }
  }

  void items(const Constant& c, uint32_t index) const {
    std::vector<TypeId> types;
    for (uint32_t item : c.items) {
      require(item < index, "a constant comes after its items");
      types.push_back(f_.constants[item].type);
    }
    require(c.type.valid(), "a constant has a type");
    require(kind_of(c.type) == Kind::Tuple ? types == type_of(c.type).items : types.empty(),
            "a constant tuple has items of its type");
    if (kind_of(c.type) != Kind::Array) return require(!c.array, "only a constant array has an array's data");
    require(c.array != nullptr, "a constant array has data");
    if (const char* wrong = unsound(*c.array, type_of(c.type))) fail(wrong);
  }

  size_t attribute_limit(const Inst& inst) const {
    switch (op_info(inst.op).attr) {
      case Attr::None: return 1;
      case Attr::Constant: return f_.constants.size();
      case Attr::Name: return inst.op == Op::Known ? f_.known.size() : f_.names.size();
      case Attr::Binary: return static_cast<size_t>(BinaryOp::Xor) + 1;
      case Attr::Likelihood: return static_cast<size_t>(Likelihood::Unlikely) + 1;
      case Attr::Unary: return static_cast<size_t>(UnaryOp::Invert) + 1;
      case Attr::Compare: return static_cast<size_t>(CompareOp::Ge) + 1;
      case Attr::Index: return size_t{1} << 32;
      case Attr::CallShape: return f_.call_shapes.size();
      case Attr::Code: return f_.codes.size();
      case Attr::Math: return static_cast<size_t>(MathFn::kCount);
      case Attr::Error: return static_cast<size_t>(ErrorRow::kCount);
      case Attr::ErrorClass: return f_.error_classes.size();
      case Attr::Nest: return f_.nests.size();
      case Attr::ParLoop: return f_.parloops.size();
      case Attr::Callee: return f_.callees.size();
      case Attr::RtCall: return static_cast<size_t>(RtFn::kCount);
    }
    return 0;
  }

  void nest_structure(InstId nest) {
    const NestInfo& n = f_.nests[f_.inst(nest).attr];
    require(n.body.index < f_.blocks.size() && !block_seen_[n.body.index],
            "a nest's body is its own and no live block");
    block_seen_[n.body.index] = true;
    is_body_.add(n.body, f_.blocks.size());
    for (ValueId v : f_.block(n.body).params) define(v, InstId(), n.body);
    uint32_t position = 0;
    for (InstId id : f_.block(n.body).insts) {
      enter(id, n.body, position++);
      const Inst& inst = f_.inst(id);
      uint8_t effects =
          inst.op == Op::RtCall ? rt_info(static_cast<RtFn>(inst.attr)).effects : op_info(inst.op).effects;
      require(
          !(effects & (Writes | MayRaise | Allocates | Terminator)) && inst.op != Op::Nest && !inst.unwinds,
          "a nest's body neither raises nor writes");
    }
    at_ = nest;
    for (ValueId v : n.yields) known_value(v);
    if (std::string rule = broken_nest_rule(f_, f_.inst(nest)); !rule.empty()) fail(rule);
  }

  // ---- unwinding
  void unwinding(const Block& block, size_t position) const {
    const Inst& inst = f_.inst(at_);
    uint8_t effects =
        inst.op == Op::RtCall ? rt_info(static_cast<RtFn>(inst.attr)).effects : op_info(inst.op).effects;
    require(effects & MayRaise, "an unwinding instruction may raise");
    require(position + 2 >= block.insts.size(),
            "an unwinding instruction stands right before its block's terminator");
  }

  void edges(BlockId b) {
    block_ = b;
    for (InstId id : f_.block(b).insts) {
      at_ = id;
      const Inst& inst = f_.inst(id);
      for (size_t k = 0; k < inst.edges.size(); ++k) {
        const Edge& e = inst.edges[k];
        require(e.target != f_.entry(), "no edge leads to the entry");
        require(e.args.size() == f_.block(e.target).params.size(),
                "an edge passes an argument for each parameter");
        bool unwinds = inst.unwinds && k + 1 == inst.edges.size();
        bool catches = f_.inst(f_.block(e.target).insts[0]).op == Op::Catch;
        require(unwinds || !catches || f_.stage == Stage::Final, "only unwind edges lead to catch");
        require(!unwinds || catches || f_.stage == Stage::Final, "a handler begins with catch");
      }
    }
    at_ = InstId();
  }

  // ---- dominance
  void block_uses(BlockId b) {
    block_ = b;
    for (InstId id : f_.block(b).insts) {
      at_ = id;
      const Inst& inst = f_.inst(id);
      if (inst.op == Op::Nest) body_uses(b, id);
      for (ValueId v : inst.operands) use(v, b, position_[id.index]);
      for (const Edge& e : inst.edges)
        for (ValueId v : e.args) use(v, b, position_[id.index]);
    }
    at_ = InstId();
  }

  void body_uses(BlockId b, InstId nest) {
    const NestInfo& n = f_.nests[f_.inst(nest).attr];
    auto body_use = [&](ValueId v, uint32_t position) {
      const Value& d = f_.value(v);
      if (d.def.valid() ? f_.inst(d.def).block == n.body : d.block == n.body) {
        require(value_seen_[v.index] && (!d.def.valid() || position_[d.def.index] < position),
                "a definition dominates its uses");
      } else {
        use(v, b, position_[nest.index]);
      }
    };
    for (InstId id : f_.block(n.body).insts) {
      at_ = id;
      for (ValueId v : f_.inst(id).operands) body_use(v, position_[id.index]);
    }
    at_ = nest;
    for (ValueId v : n.yields) body_use(v, kNone);
  }

  void use(ValueId v, BlockId b, uint32_t position) {
    require(value_seen_[v.index], "a used value is defined");
    const Value& d = f_.value(v);
    BlockId home = d.def.valid() ? f_.inst(d.def).block : d.block;
    require(!is_body_[home], "what a nest's body defines stays in it");
    if (home == b) {
      require(!d.def.valid() || position_[d.def.index] < position, "a definition dominates its uses");
    } else {
      require(dominators_->dominates(home, b), "a definition dominates its uses");
      if (d.def.valid() && f_.inst(d.def).unwinds) not_unwound(d.def, b);
    }
  }

  // No path leads from the handler to `b` but through the instruction's block again.
  void not_unwound(InstId def, BlockId b) {
    const Inst& inst = f_.inst(def);
    std::vector<bool>& reached = reached_from_handler(def);
    if (reached.empty()) {
      reached.resize(f_.blocks.size());
      std::vector<BlockId> work = {inst.edges.back().target};
      while (!work.empty()) {
        BlockId at = work.back();
        work.pop_back();
        if (at == inst.block || reached[at.index]) continue;
        reached[at.index] = true;
        for (BlockId s : cfg_->succs(at)) work.push_back(s);
      }
    }
    require(!reached[b.index], "what an unwinding instruction gives does not exist where it unwinds to");
  }

  std::vector<bool>& reached_from_handler(InstId def) {
    for (auto& [inst, reached] : handlers_)
      if (inst == def) return reached;
    return handlers_.emplace_back(def, std::vector<bool>()).second;
  }

  // ---- types
  void types() {
    require(f_.result.valid() && f_.result != ty::Untyped, "a function has a result type");
    for (BlockId b : f_.order) {
      block_ = b;
      for_each_inst(f_, b, [&](InstId id) {
        at_ = id;
        const Inst& inst = f_.inst(id);
        if (std::string rule = broken_type_rule(f_, inst); !rule.empty()) fail(rule);
        for (const Edge& e : inst.edges)
          for (size_t k = 0; k < e.args.size(); ++k)
            require(f_.type(e.args[k]) == f_.type(f_.block(e.target).params[k]),
                    "an edge's argument has its parameter's type");
      });
    }
  }

  // Blocks that are bodies of nests.
  struct BodySet {
    std::vector<bool> has;
    void add(BlockId b, size_t blocks) {
      if (has.empty()) has.resize(blocks);
      has[b.index] = true;
    }
    bool operator[](BlockId b) const { return !has.empty() && has[b.index]; }
  };

  const Function& f_;
  const Cfg* cfg_ = nullptr;
  const Dominators* dominators_ = nullptr;
  std::vector<uint32_t> position_;  // by InstId: place in its block, or kNone
  std::vector<bool> block_seen_, value_seen_;
  BodySet is_body_;
  std::vector<std::pair<InstId, std::vector<bool>>> handlers_;
  InstId at_;
  BlockId block_;
};

}  // namespace

std::optional<Diagnostic> verify(const Function& f, const char* after_pass) {
  try {
    Verifier(f).run();
    return std::nullopt;
  } catch (const Broken& broken) {
    std::string message = broken.rule;
    if (broken.inst.valid()) message += ", but: " + print(f, broken.inst);
    Numbering numbers(f);
    uint32_t block = numbers.of(broken.block);
    if (block != Numbering::kNone) message += ", in block ^" + std::to_string(block);
    return make_diagnostic(DiagId::Verifier, {after_pass, f.name, message});
  }
}

}  // namespace lancehead
