// Which calls are inlined, and how a body takes its call's place: the block is cut behind the call, the call
// becomes a branch to the body's first block, and each return one to the rest, of which the call's result
// becomes a parameter.
#include "opt/inline.h"

#include "ir/cfg.h"
#include "ir/dominators.h"
#include "ir/loops.h"
#include "ir/walk.h"
#include "opt/edit.h"
#include "opt/incoming.h"
#include "opt/inline_body.h"

namespace lancehead {
namespace {

#define INLINE_LIMIT(name, value) constexpr size_t kMax##name = value;
#include "opt/inline.def"

bool is_weightless(Op op) {
  return op == Op::Const || op == Op::Known || op == Op::Undef || op == Op::Br || op == Op::Return;
}

size_t weight(const Function& f) {
  size_t n = 0;
  for_each_inst(f, [&](InstId id) { n += !is_weightless(f.inst(id).op); });
  return n;
}

bool calls(const Inst& inst) {
  return inst.op == Op::Call || inst.op == Op::ObjectCall;
}

// A loop that calls spends its time elsewhere.
bool has_calling_loop(const Function& f) {
  Cfg cfg(f);
  Dominators dominators(cfg);
  Loops loops(cfg, dominators);
  for (uint32_t loop = 0; loop < loops.all().size(); ++loop)
    for (BlockId block : f.order) {
      if (!cfg.reachable(block) || !loops.contains(loop, block)) continue;
      for (InstId id : f.block(block).insts)
        if (calls(f.inst(id))) return true;
    }
  return false;
}

// All calls, or those of one function.
std::vector<InstId> calls_of(const Function& f, const std::string* symbol = nullptr) {
  std::vector<InstId> out;
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts)
      if (f.inst(id).op == Op::Call && (!symbol || f.callees[f.inst(id).attr].symbol == *symbol))
        out.push_back(id);
  return out;
}

bool has_op(const Function& f, Op op) {
  bool found = false;
  for_each_inst(f, [&](InstId id) { found = found || f.inst(id).op == op; });
  return found;
}

// Fast math is a property of whole functions.
bool fits(const Function& caller, const Function& body) {
  return body.fastmath == caller.fastmath;
}

// The rest of the block behind the call; the result, if it has one, is its parameter.
BlockId cut_behind(Function& f, InstId call) {
  BlockId before = f.inst(call).block;
  BlockId rest = split_block(f, before, index_in_block(f, call) + 1);
  for (ValueId result : f.inst(call).results) {
    f.value(result).def = InstId();
    f.value(result).block = rest;
    f.block(rest).params.push_back(result);
  }
  f.block(before).insts.pop_back();
  return rest;
}

void replace_call(Function& f, InstId id, const Function& body) {
  BlockId before = f.inst(id).block;
  BlockId rest = cut_behind(f, id);
  Inst call = std::move(f.inst(id));
  call.results.clear();
  BlockId first = copy_body(f, body, call, before, rest);
  Inst br;
  br.op = Op::Br;
  br.loc = call.loc;
  br.block = before;
  br.edges.push_back(Edge{first, {}});
  f.inst(id) = std::move(br);
  f.block(before).insts.push_back(id);
}

}  // namespace

bool is_inlinable(const Function& f) {
  return f.exported && f.order.size() <= kMaxBodyBlocks && weight(f) <= kMaxBodyInsts &&
         !has_op(f, Op::ParLoop) && calls_of(f, &f.symbol).empty() && !has_calling_loop(f);
}

bool inline_calls(Function& f, const FindBody& find_body) {
  std::vector<InstId> own = calls_of(f);
  if (!find_body || own.empty()) return false;
  size_t size = weight(f);
  bool changed = false;
  for (InstId id : own) {
    const Function* body = find_body(f.callees[f.inst(id).attr].symbol);
    if (!body || !fits(f, *body)) continue;
    if (size += weight(*body); size > kMaxCallerInsts) break;
    replace_call(f, id, *body);
    changed = true;
  }
  if (changed) remove_unreachable_blocks(f);
  return changed;
}

bool unroll_recursion(Function& f) {
  if (calls_of(f, &f.symbol).empty() || has_calling_loop(f)) return false;
  const Function body = f;
  size_t size = weight(f), step = size;
  bool changed = false;
  for (size_t level = 0; level < kMaxRecursionLevels; ++level) {
    std::vector<InstId> calls = calls_of(f, &f.symbol);
    size += step * calls.size();
    if (size > kMaxRecursionInsts) break;
    for (InstId id : calls) replace_call(f, id, body);
    changed = true;
  }
  if (changed) remove_unreachable_blocks(f);
  return changed;
}

}  // namespace lancehead
