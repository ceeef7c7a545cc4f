// A carried variable is followed through its web: the header's parameter, the block parameters inside the
// loop that receive nothing else, and the results of the reducing operations on it. It is a reduction if the
// web is used for nothing but one family of operations.
#include "infer/parallel_web.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/check.h"

namespace lancehead {
namespace {

std::vector<bool> reachable_from(const Instance& in, BlockId start, const std::vector<BlockId>& barriers) {
  std::vector<bool> seen(in.function.blocks.size(), false);
  std::vector<BlockId> work = {start};
  while (!work.empty()) {
    BlockId id = work.back();
    work.pop_back();
    bool barred = std::find(barriers.begin(), barriers.end(), id) != barriers.end();
    if (seen[id.index] || barred || !in.reachable[id.index]) continue;
    seen[id.index] = true;
    for_each_edge(in.function, id, [&](const Edge& e) { work.push_back(e.target); });
  }
  return seen;
}

SourcePlace place_of(const Instance& in, InstId id) {
  return {in.function.handle, in.function.range(in.function.inst(id).loc)};
}

// Blocks of `body` from which the header is reached again.
std::vector<bool> leads_back(const Instance& in, const std::vector<bool>& body, BlockId header) {
  std::vector<bool> back(body.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (BlockId id : in.function.order) {
      if (!body[id.index] || back[id.index]) continue;
      bool leads = false;
      for_each_edge(in.function, id,
                    [&](const Edge& e) { leads = leads || e.target == header || back[e.target.index]; });
      if (leads) back[id.index] = changed = true;
    }
  }
  return back;
}

enum class Family : uint8_t { Sum, Product, And, Or, Xor, Min, Max };

std::optional<Family> family_of(const Instance& in, InstId id, bool web_is_left) {
  const Inst& inst = in.function.inst(id);
  if (inst.op == Op::Binary || inst.op == Op::Inplace) {
    switch (static_cast<BinaryOp>(inst.attr)) {
      case BinaryOp::Add: return Family::Sum;
      case BinaryOp::Sub: return web_is_left ? std::optional(Family::Sum) : std::nullopt;
      case BinaryOp::Mul: return Family::Product;
      case BinaryOp::TrueDiv: return web_is_left ? std::optional(Family::Product) : std::nullopt;
      case BinaryOp::And: return Family::And;
      case BinaryOp::Or: return Family::Or;
      case BinaryOp::Xor: return Family::Xor;
      default: return std::nullopt;
    }
  }
  if (inst.op != Op::PyCall || inst.operands.size() != 3) return std::nullopt;
  const Type& callee = type_of(in.function.type(inst.operands[0]));
  bool two_scalars =
      is_scalar(in.function.type(inst.operands[1])) && is_scalar(in.function.type(inst.operands[2]));
  if (callee.kind != Kind::Known || !two_scalars) return std::nullopt;
  if (callee.name == "builtins.min" || callee.name == "numpy.minimum") return Family::Min;
  if (callee.name == "builtins.max" || callee.name == "numpy.maximum") return Family::Max;
  return std::nullopt;
}

CarriedReduction reduction_of(Family family, const std::string& callee) {
  CarriedReduction r;
  switch (family) {
    case Family::Sum: break;
    case Family::Product:
      r.fold = BinaryOp::Mul;
      r.identity = 1;
      break;
    case Family::And:
      r.fold = BinaryOp::And;
      r.idempotent = true;
      break;
    case Family::Or:
      r.fold = BinaryOp::Or;
      r.idempotent = true;
      break;
    case Family::Xor: r.fold = BinaryOp::Xor; break;
    case Family::Min:
    case Family::Max:
      r.call = r.idempotent = true;
      r.callee = callee;
      break;
  }
  return r;
}

class Web {
 public:
  Web(const Instance& in, const ParallelLoop& loop) : in_(in), f_(in.function), loop_(loop) {}

  // Follows the web from `root`. False if it is used for something else.
  bool follow(ValueId root) {
    add(root);
    while (!work_.empty()) {
      ValueId v = work_.back();
      work_.pop_back();
      for (BlockId block : f_.order) {
        if (!loop_.contains(block)) continue;
        for (InstId id : f_.block(block).insts)
          if (!use(id, v)) return false;
      }
    }
    return closed();
  }

  bool contains(ValueId v) const { return members_.count(v.index) > 0; }
  const std::optional<Family>& family() const { return family_; }
  const std::string& callee() const { return callee_; }

 private:
  void add(ValueId v) {
    if (members_.insert(v.index).second) work_.push_back(v);
  }

  bool use(InstId id, ValueId v) {
    const Inst& inst = f_.inst(id);
    for (const Edge& e : inst.edges)
      for (size_t k = 0; k < e.args.size(); ++k)
        if (e.args[k] == v && loop_.contains(e.target) && e.target != loop_.header)
          add(f_.block(e.target).params[k]);
    auto at = std::find(inst.operands.begin(), inst.operands.end(), v);
    if (at == inst.operands.end()) return true;
    if (std::count(inst.operands.begin(), inst.operands.end(), v) != 1 || inst.results.size() != 1)
      return false;
    std::optional<Family> family = family_of(in_, id, at == inst.operands.begin());
    if (!family || (family_ && *family_ != *family)) return false;
    family_ = family;
    if (inst.op == Op::PyCall) callee_ = type_of(f_.type(inst.operands[0])).name;
    add(inst.results[0]);
    return true;
  }

  // Block parameters in the web receive nothing from outside it.
  bool closed() const {
    bool ok = true;
    for (BlockId block : f_.order) {
      if (!loop_.contains(block)) continue;
      for_each_edge(f_, block, [&](const Edge& e) {
        if (!loop_.contains(e.target) || e.target == loop_.header) return;
        const std::vector<ValueId>& params = f_.block(e.target).params;
        for (size_t k = 0; k < params.size(); ++k) ok = ok && (!contains(params[k]) || contains(e.args[k]));
      });
    }
    return ok;
  }

  const Instance& in_;
  const Function& f_;
  const ParallelLoop& loop_;
  std::set<uint32_t> members_;
  std::vector<ValueId> work_;
  std::optional<Family> family_;
  std::string callee_;
};

// What the latches pass for a header parameter.
std::vector<ValueId> latch_values(const Instance& in, const ParallelLoop& loop, size_t param) {
  std::vector<ValueId> out;
  for (BlockId block : in.function.order)
    if (loop.contains(block))
      for_each_edge(in.function, block, [&](const Edge& e) {
        if (e.target == loop.header) out.push_back(e.args[param]);
      });
  return out;
}

bool is_read_inside(const Instance& in, const ParallelLoop& loop, ValueId v) {
  for (BlockId block : in.function.order) {
    if (!loop.contains(block)) continue;
    for (InstId id : in.function.block(block).insts) {
      const Inst& inst = in.function.inst(id);
      if (std::count(inst.operands.begin(), inst.operands.end(), v)) return true;
      for (const Edge& e : inst.edges)
        if (loop.contains(e.target) && std::count(e.args.begin(), e.args.end(), v)) return true;
    }
  }
  return false;
}

bool is_used_after(const Instance& in, const ParallelLoop& loop, ValueId v) {
  if (std::count(loop.exit.args.begin(), loop.exit.args.end(), v)) return true;
  for (BlockId block : in.function.order) {
    if (loop.contains(block) || !in.reachable[block.index]) continue;
    for (InstId id : in.function.block(block).insts) {
      const Inst& inst = in.function.inst(id);
      if (std::count(inst.operands.begin(), inst.operands.end(), v)) return true;
      for (const Edge& e : inst.edges)
        if (std::count(e.args.begin(), e.args.end(), v)) return true;
    }
  }
  return false;
}

// Where `next` unwinds to, if it does; then the header goes on in what was a block of its own.
std::optional<Edge> take_handler(Instance& in, BlockId header, InstId next) {
  Function& f = in.function;
  if (!f.inst(next).unwinds) return std::nullopt;
  Edge handler = f.inst(next).edges.back();
  f.inst(next).unwinds = false;
  f.inst(next).edges.clear();
  const Edge onward = f.terminator(header).edges[0];
  LH_CHECK(onward.args.empty(), "a block with one predecessor has parameters in " + in.name);
  std::vector<InstId>& insts = f.block(header).insts;
  insts.pop_back();
  for (InstId id : f.block(onward.target).insts) {
    f.inst(id).block = header;
    insts.push_back(id);
  }
  std::erase(f.order, onward.target);
  in.reachable[onward.target.index] = false;
  return handler;
}

}  // namespace

Expected<ParallelLoop> find_parallel_loop(Instance& in, BlockId header, InstId next) {
  ParallelLoop loop;
  loop.header = header;
  loop.next = next;
  loop.handler = take_handler(in, header, next);
  const Function& f = in.function;
  const Inst& branch = f.terminator(header);
  loop.exit = branch.edges[1];
  std::vector<BlockId> barriers = {header};
  if (loop.handler) barriers.push_back(loop.handler->target);
  std::vector<bool> body = reachable_from(in, branch.edges[0].target, barriers);
  std::vector<bool> after = reachable_from(in, branch.edges[1].target, barriers);
  std::vector<bool> back = leads_back(in, body, header);
  loop.inside.assign(f.blocks.size(), false);
  loop.inside[header.index] = true;
  for (BlockId id : f.order) {
    if (!body[id.index]) continue;
    const char* left_by = nullptr;
    Op end = f.terminator(id).op;
    if (!back[id.index] && after[id.index])
      left_by = "break";
    else if (!back[id.index] && end == Op::Return)
      left_by = "break or return";  // CPython may copy the return after the loop to where it is left
    if (left_by) return make_diagnostic(DiagId::PrangeExit, {left_by}, place_of(in, next));
    loop.inside[id.index] = true;
  }
  const std::vector<ValueId>& params = f.block(header).params;
  ValueId iterator = f.inst(next).operands[0];
  loop.iterator_param =
      static_cast<size_t>(std::find(params.begin(), params.end(), iterator) - params.begin());
  return loop;
}

std::optional<Diagnostic> check_handler_values(const Instance& in, const ParallelLoop& loop) {
  if (!loop.handler) return std::nullopt;
  const Function& f = in.function;
  const Edge& handler = *loop.handler;
  const std::vector<ValueId>& header_params = f.block(loop.header).params;
  for (size_t k = 0; k < handler.args.size(); ++k) {
    bool fixed = true;
    for (BlockId block : f.order) {
      if (!loop.contains(block)) continue;
      for_each_edge(f, block, [&](const Edge& e) {
        fixed = fixed && (e.target != handler.target || e.args[k] == handler.args[k]);
      });
    }
    auto param = std::find(header_params.begin(), header_params.end(), handler.args[k]);
    if (param != header_params.end())
      for (ValueId next : latch_values(in, loop, static_cast<size_t>(param - header_params.begin())))
        fixed = fixed && next == *param;
    if (!fixed)
      return make_diagnostic(DiagId::PrangeScalar, {variable_name(f, f.block(handler.target).params[k])},
                             place_of(in, loop.next));
  }
  return std::nullopt;
}

Expected<Carried> classify_carried(const Instance& in, const ParallelLoop& loop, size_t param) {
  const Function& f = in.function;
  ValueId v = f.block(loop.header).params[param];
  std::vector<ValueId> latches = latch_values(in, loop, param);
  Carried out;
  bool same = std::all_of(latches.begin(), latches.end(), [&](ValueId x) { return x == v; });
  if (same) return out;
  if (!is_read_inside(in, loop, v)) {
    out.kind = is_used_after(in, loop, v) ? CarriedKind::Last : CarriedKind::Unused;
    return out;
  }
  Web web(in, loop);
  bool closed = web.follow(v);
  bool folded = std::all_of(latches.begin(), latches.end(), [&](ValueId x) { return web.contains(x); });
  if (!closed || !folded || !web.family())
    return make_diagnostic(DiagId::PrangeScalar, {variable_name(f, v)}, place_of(in, loop.next));
  out.kind = CarriedKind::Reduction;
  out.reduction = reduction_of(*web.family(), web.callee());
  return out;
}

}  // namespace lancehead
