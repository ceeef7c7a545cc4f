// Renumbers a body's values, blocks and table rows into its caller's.
#include "opt/inline_body.h"

#include <algorithm>

#include "base/check.h"
#include "ir/loops.h"
#include "opt/effects.h"

namespace lancehead {
namespace {

constexpr uint32_t kNone = Id<void>::kNone;

class BodyCopy {
 public:
  BodyCopy(Function& f, const Function& body, const Inst& call, BlockId rest)
      : f_(f),
        body_(body),
        call_(call),
        rest_(rest),
        values_(body.values.size()),
        blocks_(body.blocks.size()),
        constants_(body.constants.size(), kNone),
        locs_(body.locs.size()),
        inlined_(body.inlined.size(), kNone) {
    if (call.unwinds) find_latches();
    f_.inlined.push_back({body.symbol, body.name, call.loc});
    row_ = static_cast<uint32_t>(f_.inlined.size() - 1);
  }

  BlockId run(BlockId after) {
    for (BlockId b : body_.order) {
      blocks_[b.index] = new_block();
      define_block(b, blocks_[b.index]);
    }
    const std::vector<ValueId>& params = body_.block(body_.entry()).params;
    for (size_t k = 0; k < params.size(); ++k) values_[params[k].index] = call_.operands[k];
    for (BlockId b : body_.order) block(b);
    auto at = std::find(f_.order.begin(), f_.order.end(), after);
    f_.order.insert(at + 1, order_.begin(), order_.end());
    return blocks_[body_.entry().index];
  }

 private:
  BlockId new_block() {
    BlockId id(f_.blocks.size());
    f_.blocks.emplace_back();
    return id;
  }

  // ---- definitions: all come before the uses, which may stand in earlier blocks

  ValueId define(ValueId from, BlockId block) {
    ValueId v(f_.values.size());
    Value value = body_.value(from);
    value.def = InstId();
    value.block = block;
    if (value.facts.constant != kNone) value.facts.constant = constant(value.facts.constant);
    f_.values.push_back(value);
    return values_[from.index] = v;
  }

  void define_block(BlockId from, BlockId to) {
    if (from != body_.entry())
      for (ValueId p : body_.block(from).params) f_.block(to).params.push_back(define(p, to));
    for (InstId id : body_.block(from).insts) {
      const Inst& inst = body_.inst(id);
      for (ValueId r : inst.results) define(r, BlockId());
      if (inst.op != Op::Nest) continue;
      BlockId inner = body_.nests[inst.attr].body;
      define_block(inner, blocks_[inner.index] = new_block());
    }
  }

  std::vector<ValueId> mapped(const std::vector<ValueId>& from) const {
    std::vector<ValueId> out;
    for (ValueId v : from) out.push_back(values_[v.index]);
    return out;
  }

  // ---- instructions

  void find_latches() {
    latches_.resize(body_.blocks.size());
    Cfg cfg(body_);
    Dominators dominators(cfg);
    Loops loops(cfg, dominators);
    for (const Loop& loop : loops.all())
      for (BlockId latch : loop.latches) latches_[latch.index] = true;
    for (BlockId b : body_.order)
      for (InstId id : body_.block(b).insts)
        if (body_.inst(id).op == Op::Poll) latches_[b.index] = false;
  }

  // An interruption of a loop reaches the call's handler.
  BlockId poll(BlockId at, LocId loc) {
    const std::vector<InstId>& insts = f_.block(at).insts;
    if (!insts.empty() && f_.inst(insts.back()).unwinds) {
      BlockId next = new_block();
      add_br(loc, at, Edge{next, {}});
      order_.push_back(at = next);
    }
    Inst poll;
    poll.op = Op::Poll;
    poll.loc = location(loc);
    poll.unwinds = true;
    poll.edges.push_back(call_.edges.back());
    place(std::move(poll), at);
    return at;
  }

  void block(BlockId from) {
    const std::vector<InstId>& insts = body_.block(from).insts;
    BlockId to = blocks_[from.index];
    order_.push_back(to);
    for (size_t k = 0; k < insts.size(); ++k) {
      const Inst& inst = body_.inst(insts[k]);
      if (inst.op == Op::Return) {
        add_return(inst, to);
        continue;
      }
      if (k + 1 == insts.size() && !latches_.empty() && latches_[from.index]) to = poll(to, inst.loc);
      bool unwinds = add(inst, to);
      if (!unwinds || k + 1 == insts.size() || ends_calmly(body_.inst(insts[k + 1]))) continue;
      BlockId next = new_block();
      add_br(inst.loc, to, Edge{next, {}});
      order_.push_back(to = next);
    }
  }

  // May stand behind an instruction that unwinds.
  static bool ends_calmly(const Inst& inst) { return is_terminator(inst.op) && !may_raise(inst.op); }

  void place(Inst inst, BlockId to) {
    InstId id(f_.insts.size());
    inst.block = to;
    for (ValueId r : inst.results) f_.value(r).def = id;
    f_.block(to).insts.push_back(id);
    f_.insts.push_back(std::move(inst));
  }

  void add_br(LocId loc, BlockId to, Edge edge) {
    Inst br;
    br.op = Op::Br;
    br.loc = location(loc);
    br.edges.push_back(std::move(edge));
    place(std::move(br), to);
  }

  void add_return(const Inst& inst, BlockId to) {
    std::vector<ValueId> args;
    if (!f_.block(rest_).params.empty()) args = mapped(inst.operands);
    add_br(inst.loc, to, Edge{rest_, std::move(args)});
  }

  // Says whether the instruction gets an edge to the call's handler.
  bool add(const Inst& from, BlockId to) {
    Inst inst;
    inst.op = from.op;
    inst.unwinds = from.unwinds;
    inst.attr = attribute(from);
    inst.loc = location(from.loc);
    inst.operands = mapped(from.operands);
    inst.results = mapped(from.results);
    for (const Edge& e : from.edges) inst.edges.push_back(Edge{blocks_[e.target.index], mapped(e.args)});
    bool leaves = call_.unwinds && !inst.unwinds && can_raise(body_, from);
    if (leaves) {
      inst.unwinds = true;
      inst.edges.push_back(call_.edges.back());
    }
    place(std::move(inst), to);
    return leaves;
  }

  // ---- tables

  uint32_t constant(uint32_t from) {
    if (constants_[from] == kNone) {
      Constant c = body_.constants[from];
      for (uint32_t& item : c.items) item = constant(item);
      constants_[from] = f_.add_constant(std::move(c));
    }
    return constants_[from];
  }

  LocId location(LocId from) {
    if (!from.valid()) return f_.add_loc({{}, row_});
    LocId& to = locs_[from.index];
    if (!to.valid()) to = f_.add_loc({body_.range(from), inlined(body_.inlined_in(from))});
    return to;
  }

  // What was inlined into the body before.
  uint32_t inlined(uint32_t from) {
    if (from == Location::kOwn) return row_;
    if (inlined_[from] == kNone) {
      InlinedCall call = body_.inlined[from];
      call.call = location(call.call);
      f_.inlined.push_back(std::move(call));
      inlined_[from] = static_cast<uint32_t>(f_.inlined.size() - 1);
    }
    return inlined_[from];
  }

  uint32_t callee(const Callee& from) {
    for (size_t k = 0; k < f_.callees.size(); ++k)
      if (f_.callees[k].symbol == from.symbol) return static_cast<uint32_t>(k);
    f_.callees.push_back(from);
    return static_cast<uint32_t>(f_.callees.size() - 1);
  }

  uint32_t error_class(const ErrorClass& from) {
    for (size_t k = 0; k < f_.error_classes.size(); ++k)
      if (f_.error_classes[k].name == from.name && f_.error_classes[k].handle == from.handle)
        return static_cast<uint32_t>(k);
    f_.error_classes.push_back(from);
    return static_cast<uint32_t>(f_.error_classes.size() - 1);
  }

  uint32_t nest(const NestInfo& from) {
    NestInfo n = from;
    n.body = blocks_[from.body.index];
    n.yields = mapped(from.yields);
    for (InstId id : body_.block(from.body).insts) add(body_.inst(id), n.body);
    f_.nests.push_back(std::move(n));
    return static_cast<uint32_t>(f_.nests.size() - 1);
  }

  uint32_t attribute(const Inst& from) {
    switch (op_info(from.op).attr) {
      case Attr::Constant: return constant(from.attr);
      case Attr::Name:
        return from.op == Op::Known ? f_.add_known(body_.known[from.attr])
                                    : f_.add_name(body_.names[from.attr]);
      case Attr::ErrorClass: return error_class(body_.error_classes[from.attr]);
      case Attr::Callee: return callee(body_.callees[from.attr]);
      case Attr::Nest: return nest(body_.nests[from.attr]);
      case Attr::CallShape:
      case Attr::Code:
      case Attr::ParLoop: LH_UNREACHABLE("an instruction that no body has");
      case Attr::None:
      case Attr::Binary:
      case Attr::Unary:
      case Attr::Compare:
      case Attr::Index:
      case Attr::Math:
      case Attr::Error:
      case Attr::RtCall:
      case Attr::Likelihood: return from.attr;
    }
    return from.attr;
  }

  Function& f_;
  const Function& body_;
  const Inst& call_;
  BlockId rest_;
  uint32_t row_ = 0;  // of Function::inlined
  std::vector<ValueId> values_;
  std::vector<BlockId> blocks_, order_;
  std::vector<uint32_t> constants_;
  std::vector<LocId> locs_;
  std::vector<uint32_t> inlined_;
  std::vector<bool> latches_;  // blocks that end with a jump back and do not poll; empty: none matters
};

}  // namespace

BlockId copy_body(Function& f, const Function& body, const Inst& call, BlockId after, BlockId rest) {
  return BodyCopy(f, body, call, rest).run(after);
}

}  // namespace lancehead
