// Moves what is live into a new function, in order.
#include "ir/compact.h"

#include "ir/cfg.h"
#include "ir/numbering.h"

namespace lancehead {
namespace {

constexpr uint32_t kNone = Id<void>::kNone;

// A table's rows that are in use, moved to a new table in the order of their first use.
template <class Row>
class Moved {
 public:
  Moved(std::vector<Row>& from, std::vector<Row>& to) : from_(from), to_(to), number_(from.size(), kNone) {}
  // `prepare` sees the row before it is moved.
  template <class F>
  uint32_t number(uint32_t index, F prepare) {
    if (number_[index] == kNone) {
      prepare(from_[index]);
      number_[index] = static_cast<uint32_t>(to_.size());
      to_.push_back(std::move(from_[index]));
    }
    return number_[index];
  }
  uint32_t number(uint32_t index) {
    return number(index, [](Row&) {});
  }

 private:
  std::vector<Row>& from_;
  std::vector<Row>& to_;
  std::vector<uint32_t> number_;
};

class Compactor {
 public:
  Compactor(Function& from, Function& to)
      : from_(from),
        to_(to),
        numbers_(from),
        constants_(from.constants, to.constants),
        names_(from.names, to.names),
        known_(from.known, to.known),
        shapes_(from.call_shapes, to.call_shapes),
        codes_(from.codes, to.codes),
        classes_(from.error_classes, to.error_classes),
        parloops_(from.parloops, to.parloops),
        callees_(from.callees, to.callees),
        inlined_(from.inlined, to.inlined),
        locs_(from.locs, to.locs) {}

  void run() {
    to_.values.resize(numbers_.values);
    to_.blocks.resize(from_.order.size());
    for (size_t b = 0; b < from_.order.size(); ++b) {
      to_.order.push_back(BlockId(b));
      block(from_.order[b], BlockId(b));
    }
  }

 private:
  ValueId moved(ValueId v) const { return ValueId(numbers_.value[v.index]); }
  void move_all(std::vector<ValueId>& values) const {
    for (ValueId& v : values) v = moved(v);
  }

  void block(BlockId from, BlockId to) {
    to_.block(to).params = std::move(from_.block(from).params);
    define(to_.block(to).params, InstId(), to);
    for (InstId id : from_.block(from).insts) inst(from_.inst(id), to);
  }

  void define(std::vector<ValueId>& values, InstId def, BlockId block) {
    for (ValueId& v : values) {
      Value value = from_.value(v);
      value.def = def;
      value.block = block;
      if (value.facts.constant != kNone) value.facts.constant = constant(value.facts.constant);
      v = moved(v);
      to_.value(v) = value;
    }
  }

  void inst(Inst& inst, BlockId block) {
    InstId id(to_.insts.size());
    to_.insts.emplace_back();
    to_.block(block).insts.push_back(id);
    inst.block = block;
    inst.attr = attribute(inst);
    inst.loc = location(inst.loc);
    move_all(inst.operands);
    define(inst.results, id, BlockId());
    for (Edge& e : inst.edges) {
      e.target = BlockId(numbers_.block[e.target.index]);
      move_all(e.args);
    }
    to_.inst(id) = std::move(inst);
  }

  LocId location(LocId loc) {
    if (!loc.valid()) return loc;
    return LocId(locs_.number(loc.index, [&](Location& l) {
      if (l.inlined != Location::kOwn)
        l.inlined = inlined_.number(l.inlined, [&](InlinedCall& call) { call.call = location(call.call); });
    }));
  }

  uint32_t constant(uint32_t index) {
    return constants_.number(index, [&](Constant& c) {
      for (uint32_t& item : c.items) item = constant(item);
    });
  }

  uint32_t attribute(const Inst& inst) {
    uint32_t attr = inst.attr;
    switch (op_info(inst.op).attr) {
      case Attr::Constant: return constant(attr);
      case Attr::Name: return inst.op == Op::Known ? known_.number(attr) : names_.number(attr);
      case Attr::CallShape: return shapes_.number(attr);
      case Attr::Code: return codes_.number(attr);
      case Attr::ErrorClass: return classes_.number(attr);
      case Attr::Callee: return callees_.number(attr);
      case Attr::Nest: return nest(from_.nests[attr]);
      case Attr::ParLoop:
        return parloops_.number(attr, [&](ParLoopInfo& p) {
          p.body = callees_.number(p.body);
          if (p.combine != ParLoopInfo::kNoCombine) p.combine = callees_.number(p.combine);
        });
      case Attr::None:
      case Attr::Binary:
      case Attr::Unary:
      case Attr::Compare:
      case Attr::Index:
      case Attr::Math:
      case Attr::Error:
      case Attr::RtCall:
      case Attr::Likelihood: return attr;
    }
    return attr;
  }

  uint32_t nest(NestInfo& n) {
    BlockId body(to_.blocks.size());
    to_.blocks.emplace_back();
    block(n.body, body);
    n.body = body;
    move_all(n.yields);
    to_.nests.push_back(std::move(n));
    return static_cast<uint32_t>(to_.nests.size() - 1);
  }

  Function& from_;
  Function& to_;
  Numbering numbers_;
  Moved<Constant> constants_;
  Moved<std::string> names_;
  Moved<TypeId> known_;
  Moved<CallShape> shapes_;
  Moved<uint32_t> codes_;
  Moved<ErrorClass> classes_;
  Moved<ParLoopInfo> parloops_;
  Moved<Callee> callees_;
  Moved<InlinedCall> inlined_;
  Moved<Location> locs_;
};

// What a function has besides its code.
Function without_code(const Function& f) {
  Function out;
  out.name = f.name;
  out.symbol = f.symbol;
  out.stage = f.stage;
  out.handle = f.handle;
  out.result = f.result;
  out.fastmath = f.fastmath;
  out.check_bounds = f.check_bounds;
  out.numpy_division = f.numpy_division;
  out.parallel = f.parallel;
  out.exported = f.exported;
  return out;
}

}  // namespace

void compact(Function& f) {
  Cfg cfg(f);
  std::erase_if(f.order, [&](BlockId b) { return !cfg.reachable(b); });
  Function out = without_code(f);
  Compactor(f, out).run();
  f = std::move(out);
}

}  // namespace lancehead
