// Outlining: the chunk function is the parent's function with a new entry and only the loop's blocks; the
// parent keeps one parloop where the loop was.
#include "infer/parallel_loops.h"

#include <algorithm>
#include <limits>
#include <set>

#include "infer/parallel_web.h"
#include "ir/builder.h"
#include "library/elementwise.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

struct Plan {
  ParallelLoop loop;
  std::vector<Carried> carried;  // by header parameter
  Values captures;               // values of the parent that the loop uses
  std::vector<size_t> results;   // header parameters that come back: reductions and last values
};

bool has_run_time_value(TypeId t) {
  return t != ty::Untyped && class_of(t) != KindClass::Opaque;
}

// An instruction at stage typed with what implements it.
InstId add_typed(Instance& in, Builder& b, Op op, Values operands, std::vector<TypeId> results,
                 uint32_t attr = 0) {
  InstId id = b.add(op, std::move(operands), std::move(results), attr);
  in.notes.resize(in.function.insts.size());
  return id;
}

void implement(Instance& in, InstId id, Emit emit) {
  Match match;
  match.result = in.function.type(in.function.inst(id).results[0]);
  match.emit = std::move(emit);
  in.notes[id.index].match = std::move(match);
}

std::unique_ptr<Instance> copy_instance(const Instance& in, const std::string& suffix) {
  auto out = std::make_unique<Instance>();
  out->name = in.name + suffix;
  out->snapshot = in.snapshot;
  out->code = in.code;
  out->semantics = in.semantics;
  out->function = in.function;
  out->reachable = in.reachable;
  for (const InstNote& n : in.notes) {
    InstNote copy;
    copy.match = n.match;
    copy.callee = n.callee;
    copy.arguments = n.arguments;
    copy.defaults = n.defaults;
    out->notes.push_back(std::move(copy));
  }
  out->dirty = false;
  out->callees = in.callees;
  return out;
}

void collect_captures(const Instance& in, Plan& plan) {
  const Function& f = in.function;
  std::set<uint32_t> seen;
  auto defined_inside = [&](ValueId v) {
    const Value& value = f.value(v);
    return plan.loop.inside[value.def.valid() ? f.inst(value.def).block.index : value.block.index];
  };
  auto take = [&](ValueId v) {
    if (defined_inside(v) || !has_run_time_value(f.type(v)) || f.constant_of(v)) return;
    if (seen.insert(v.index).second) plan.captures.push_back(v);
  };
  for (BlockId block : f.order) {
    if (!plan.loop.contains(block)) continue;
    for (InstId id : f.block(block).insts) {
      for (ValueId v : f.inst(id).operands) take(v);
      for (const Edge& e : f.inst(id).edges)
        if (plan.loop.contains(e.target))
          for (ValueId v : e.args) take(v);
    }
  }
}

// What a chunk's partial result begins with: the identity, as a scalar or as an array of the initial one's
// shape.
Emit begin_partial(TypeId type, const CarriedReduction& reduction) {
  int64_t identity = reduction.identity;
  return [=](Emitter& e, const Values& v) {
    if (reduction.idempotent) return v[0];
    if (!is_array(type)) return e.cast(e.int64(identity), type);
    ValueId out = allocate(e, array_type(type_of(type).elem, type_of(type).ndim, Layout::C), e.dims(v[0]));
    map_into(e, out, {e.cast(e.int64(identity), type_of(type).elem)},
             [](Emitter&, const Values& x) { return x[0]; });
    return e.cast(out, type);
  };
}

// The range iterator of one chunk, from the whole loop's.
ValueId chunk_iterator(Emitter& e, const Values& v) {
  ValueId next = e.item(v[0], 0, ty::Int64), step = e.item(v[0], 2, ty::Int64);
  ValueId start = e.binary(Op::Add, next, e.binary(Op::Mul, v[1], step));
  return e.make(e.type(v[0]), {start, e.binary(Op::Sub, v[2], v[1]), step});
}

TypeId partial_type(const Function& f, const Plan& plan) {
  std::vector<TypeId> items;
  for (size_t k : plan.results) items.push_back(f.type(f.block(plan.loop.header).params[k]));
  return items.empty() ? ty::None : tuple_type(std::move(items));
}

// Leaves of the function what is the loop's, behind a fresh entry. Errors that it does not catch itself leave
// the chunk.
void keep_loop(Instance& chunk, const ParallelLoop& loop) {
  Function& f = chunk.function;
  for (size_t b = 0; b < f.blocks.size(); ++b) chunk.reachable[b] = loop.inside[b];
  std::erase_if(f.order, [&](BlockId b) { return !loop.contains(b); });
  f.order.insert(f.order.begin(), f.entry());
  f.block(f.entry()) = Block();
  chunk.reachable[0] = true;
  if (!loop.handler) return;
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts) {
      Inst& inst = f.inst(id);
      if (!inst.unwinds || inst.edges.back().target != loop.handler->target) continue;
      inst.edges.pop_back();
      inst.unwinds = false;
    }
}

// The entry's parameters: first, last, the initial values of the header's parameters (which are returned),
// the captures.
Values add_chunk_params(Instance& chunk, const Plan& plan) {
  Function& f = chunk.function;
  for (int k = 0; k < 2; ++k) f.add_param(f.entry(), ty::Int64);
  Values initial;
  for (ValueId p : f.block(plan.loop.header).params) {
    TypeId t = f.type(p);
    initial.push_back(f.add_param(f.entry(), t == ty::Untyped ? ty::None : t));
  }
  for (ValueId v : plan.captures) {
    f.value(v).def = InstId();
    f.value(v).block = f.entry();
    f.block(f.entry()).params.push_back(v);
  }
  for (ValueId p : f.block(f.entry()).params) chunk.params.push_back({f.type(p), false, {}});
  return initial;
}

// What the loop begins with in a chunk: its part of the range, and the identities of what is reduced.
Values begin_chunk(Instance& chunk, Builder& b, const Plan& plan, Values values) {
  Function& f = chunk.function;
  const Values range = {f.block(f.entry()).params[0], f.block(f.entry()).params[1]};
  for (size_t k = 0; k < values.size(); ++k) {
    TypeId t = f.type(values[k]);
    InstId id;
    if (k == plan.loop.iterator_param) {
      id = add_typed(chunk, b, Op::Iter, {values[k], range[0], range[1]}, {t});
      implement(chunk, id, chunk_iterator);
    } else if (plan.carried[k].kind == CarriedKind::Reduction) {
      id = add_typed(chunk, b, Op::Unary, {values[k]}, {t});
      implement(chunk, id, begin_partial(t, plan.carried[k].reduction));
    }
    if (id.valid()) values[k] = f.inst(id).results[0];
  }
  return values;
}

// A block that returns the chunk's partial results, the header's parameters.
BlockId add_chunk_end(Instance& chunk, Builder& b, const Plan& plan) {
  Function& f = chunk.function;
  BlockId done = f.add_block();
  chunk.reachable.push_back(true);
  b.set_block(done);
  Values results;
  for (size_t k : plan.results) results.push_back(f.block(plan.loop.header).params[k]);
  ValueId returned;
  if (results.empty()) {
    returned = b.none();
    f.value(returned).facts.constant = f.add_constant(none_constant());
  } else {
    returned = f.inst(add_typed(chunk, b, Op::BuildTuple, results, {chunk.result})).results[0];
  }
  b.ret(returned);
  return done;
}

std::unique_ptr<Instance> make_chunk(const Instance& parent, const Plan& plan, size_t number) {
  std::unique_ptr<Instance> out = copy_instance(parent, ".chunk" + std::to_string(number));
  Function& f = out->function;
  out->result = partial_type(f, plan);
  keep_loop(*out, plan.loop);
  Builder b(f);
  b.set_block(f.entry());
  Values initial = add_chunk_params(*out, plan);
  b.br(plan.loop.header, begin_chunk(*out, b, plan, std::move(initial)));
  f.terminator(plan.loop.header).edges[1] = Edge{add_chunk_end(*out, b, plan), {}};
  out->notes.resize(f.insts.size());
  return out;
}

// combine(acc, partial) -> acc
Expected<std::unique_ptr<Instance>> make_combine(const Instance& parent, const Plan& plan, size_t number) {
  auto out = std::make_unique<Instance>();
  out->name = parent.name + ".combine" + std::to_string(number);
  out->snapshot = parent.snapshot;
  out->code = parent.code;
  out->semantics = parent.semantics;
  out->dirty = false;
  out->result = partial_type(parent.function, plan);
  Function& f = out->function;
  f.name = out->name;
  f.stage = Stage::Typed;
  f.handle = parent.function.handle;
  out->params = {{out->result, false, {}}, {out->result, false, {}}};
  f.add_block();
  out->reachable = {true};
  Builder b(f);
  b.set_block(f.entry());
  ValueId acc = f.add_param(f.entry(), out->result), partial = f.add_param(f.entry(), out->result);
  const std::vector<TypeId> items = type_of(out->result).items;
  Values old_values = f.inst(add_typed(*out, b, Op::Unpack, {acc}, items)).results;
  Values new_values = f.inst(add_typed(*out, b, Op::Unpack, {partial}, items)).results;
  Values folded;
  for (size_t k = 0; k < items.size(); ++k) {
    const Carried& carried = plan.carried[plan.results[k]];
    ValueId header_param = parent.function.block(plan.loop.header).params[plan.results[k]];
    if (carried.kind == CarriedKind::Last) {
      folded.push_back(new_values[k]);
      continue;
    }
    Query q;
    q.semantics = &out->semantics;
    q.args = {{items[k], {}, nullptr}, {items[k], {}, nullptr}};
    q.name = carried.reduction.callee;
    Lookup found = carried.reduction.call ? find_call(q) : find_binary(carried.reduction.fold, q, true);
    if (!found || !*found)
      return make_diagnostic(DiagId::PrangeScalar, {variable_name(parent.function, header_param)},
                             {f.handle, {}});
    Op op = carried.reduction.call ? Op::PyCall : Op::Inplace;
    InstId id = add_typed(*out, b, Op::Inplace, {old_values[k], new_values[k]}, {(*found)->result},
                          op == Op::Inplace ? static_cast<uint32_t>(carried.reduction.fold) : 0);
    out->notes[id.index].match = std::move(**found);
    folded.push_back(f.inst(id).results[0]);
  }
  b.ret(f.inst(add_typed(*out, b, Op::BuildTuple, folded, {out->result})).results[0]);
  out->notes.resize(f.insts.size());
  return out;
}

void replace_uses_after(Function& f, const ParallelLoop& loop, ValueId from, ValueId to) {
  for (BlockId block : f.order) {
    if (loop.contains(block)) continue;
    for (InstId id : f.block(block).insts) {
      Inst& inst = f.inst(id);
      std::replace(inst.operands.begin(), inst.operands.end(), from, to);
      for (Edge& e : inst.edges) std::replace(e.args.begin(), e.args.end(), from, to);
    }
  }
}

// The handler gets what was there when the loop began.
void unwind_to(Function& f, InstId loop, Edge handler, const Values& header_params, const Values& initial) {
  for (ValueId& v : handler.args) {
    auto param = std::find(header_params.begin(), header_params.end(), v);
    if (param != header_params.end()) v = initial[static_cast<size_t>(param - header_params.begin())];
  }
  f.inst(loop).unwinds = true;
  f.inst(loop).edges = {std::move(handler)};
}

// The loop's blocks go; a block with the parloop takes the header's place.
void replace_loop(Instance& in, const Plan& plan, Instance* chunk, Instance* combine) {
  Function& f = in.function;
  const Values header_params = f.block(plan.loop.header).params;
  BlockId fresh = f.add_block();
  in.reachable.push_back(true);
  Values initial;
  for (ValueId p : header_params) initial.push_back(f.add_param(fresh, f.type(p)));
  for (size_t k = 0; k < initial.size(); ++k) f.value(initial[k]).facts = Facts();
  for (BlockId block : f.order) {
    if (plan.loop.contains(block)) {
      in.reachable[block.index] = false;
      continue;
    }
    for_each_edge(f, block, [&](Edge& e) {
      if (e.target == plan.loop.header) e.target = fresh;
    });
  }
  Builder b(f);
  b.set_block(fresh);
  b.set_loc(f.inst(plan.loop.next).loc);
  Values operands = {initial[plan.loop.iterator_param]};
  operands.insert(operands.end(), initial.begin(), initial.end());
  operands.insert(operands.end(), plan.captures.begin(), plan.captures.end());
  for (size_t k : plan.results) operands.push_back(initial[k]);
  std::vector<TypeId> types;
  for (size_t k : plan.results) types.push_back(f.type(header_params[k]));
  InstId id = add_typed(in, b, Op::ParLoop, std::move(operands), std::move(types));
  in.notes[id.index].callee = chunk;
  in.notes[id.index].combine = combine;
  const Values results = f.inst(id).results;
  if (plan.loop.handler) unwind_to(f, id, *plan.loop.handler, header_params, initial);
  Edge exit = plan.loop.exit;
  b.add(Op::Br, {}, {});
  in.notes.resize(f.insts.size());
  f.terminator(fresh).edges = {exit};
  for (size_t k = 0; k < header_params.size(); ++k) {
    auto at = std::find(plan.results.begin(), plan.results.end(), k);
    ValueId value =
        at == plan.results.end() ? initial[k] : results[static_cast<size_t>(at - plan.results.begin())];
    replace_uses_after(f, plan.loop, header_params[k], value);
  }
  for (Instance* part : {chunk, combine}) {
    if (!part) continue;
    part->function.exported = false;
    part->callees.push_back(
        &in);  // one recursion group, so one unit: the back end's parallel loops call within a unit
    in.callees.push_back(part);
  }
}

bool is_parallel_next(const Instance& in, const Inst& inst) {
  if (inst.op != Op::Next) return false;
  const Type& t = type_of(in.function.type(inst.operands[0]));
  return t.kind == Kind::RangeIter && t.name == "parallel";
}

// The first parallel loop that is left in the function; outermost ones come first, and inner ones move with
// them.
InstId next_parallel_loop(const Instance& in, BlockId* header) {
  for (BlockId block : in.function.order) {
    if (!in.reachable[block.index]) continue;
    for (InstId id : in.function.block(block).insts)
      if (is_parallel_next(in, in.function.inst(id))) {
        *header = block;
        return id;
      }
  }
  return {};
}

Expected<Plan> make_plan(Instance& in, BlockId header, InstId next) {
  Expected<ParallelLoop> loop = find_parallel_loop(in, header, next);
  if (!loop) return loop.take_error();
  Plan plan;
  plan.loop = std::move(*loop);
  if (std::optional<Diagnostic> varies = check_handler_values(in, plan.loop)) return std::move(*varies);
  size_t params = in.function.block(header).params.size();
  for (size_t k = 0; k < params; ++k) {
    plan.carried.emplace_back();
    if (k == plan.loop.iterator_param) continue;
    Expected<Carried> carried = classify_carried(in, plan.loop, k);
    if (!carried) return carried.take_error();
    plan.carried[k] = *carried;
    if (carried->kind == CarriedKind::Last || carried->kind == CarriedKind::Reduction)
      plan.results.push_back(k);
  }
  collect_captures(in, plan);
  return plan;
}

}  // namespace

std::unique_ptr<Diagnostic> outline_parallel_loops(Session& session) {
  for (size_t k = 0; k < session.instances().size(); ++k) {
    Instance& in = *session.instances()[k];
    if (in.known) continue;
    size_t number = 0;
    bool is_chunk =
        in.name.find(".chunk") != std::string::npos;  // inner loops of a chunk run serially within it
    BlockId header;
    for (InstId next; !is_chunk && (next = next_parallel_loop(in, &header)).valid(); ++number) {
      Expected<Plan> plan = make_plan(in, header, next);
      if (!plan) return plan.take_error();
      Instance* chunk = session.add_instance(make_chunk(in, *plan, number));
      Instance* combine = nullptr;
      if (!plan->results.empty()) {
        Expected<std::unique_ptr<Instance>> made = make_combine(in, *plan, number);
        if (!made) return made.take_error();
        combine = session.add_instance(std::move(*made));
      }
      replace_loop(in, *plan, chunk, combine);
    }
  }
  return nullptr;
}

}  // namespace lancehead
