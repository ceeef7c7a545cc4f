// The shared editing steps.
#include "ir/edit.h"

#include <algorithm>

#include "base/check.h"
#include "ir/walk.h"

namespace lancehead {
namespace {

std::vector<InstId>::iterator place_of(Function& f, InstId inst) {
  std::vector<InstId>& insts = f.block(f.inst(inst).block).insts;
  auto it = std::find(insts.begin(), insts.end(), inst);
  LH_CHECK(it != insts.end(), "the instruction stands in its block");
  return it;
}

}  // namespace

void replace_all_uses(Function& f, ValueId from, ValueId to) {
  for_each_inst(f, [&](InstId id) {
    for_each_use(f, f.inst(id), [&](ValueId& v) {
      if (v == from) v = to;
    });
  });
}

void remove_inst(Function& f, InstId inst) {
  f.block(f.inst(inst).block).insts.erase(place_of(f, inst));
  f.inst(inst).block = BlockId();
}

void insert_inst(Function& f, InstId inst, InstId before) {
  BlockId block = f.inst(before).block;
  f.inst(inst).block = block;
  f.block(block).insts.insert(place_of(f, before), inst);
}

void append_inst(Function& f, InstId inst, BlockId block) {
  f.inst(inst).block = block;
  f.block(block).insts.push_back(inst);
}

BlockId add_block_after(Function& f, BlockId after) {
  BlockId id(f.blocks.size());
  f.blocks.emplace_back();
  auto it = std::find(f.order.begin(), f.order.end(), after);
  f.order.insert(it == f.order.end() ? it : it + 1, id);
  return id;
}

BlockId split_block(Function& f, InstId inst) {
  BlockId old = f.inst(inst).block;
  BlockId fresh = add_block_after(f, old);
  auto from = place_of(f, inst);
  std::vector<InstId>& insts = f.block(old).insts;
  std::vector<InstId> moved(from, insts.end());
  insts.erase(from, insts.end());
  for (InstId id : moved) f.inst(id).block = fresh;
  f.block(fresh).insts = std::move(moved);
  return fresh;
}

BlockId split_edge(Function& f, InstId from, uint32_t edge) {
  LH_CHECK(!f.inst(from).unwinds || edge + 1 < f.inst(from).edges.size(), "an unwind edge cannot be split");
  BlockId fresh = add_block_after(f, f.inst(from).block);
  InstId branch(f.insts.size());
  Inst br;
  br.op = Op::Br;
  br.loc = f.inst(from).loc;
  br.edges.push_back(std::move(f.inst(from).edges[edge]));
  f.inst(from).edges[edge] = Edge{fresh, {}};
  f.insts.push_back(std::move(br));
  append_inst(f, branch, fresh);
  return fresh;
}

void replace_terminator(Function& f, BlockId block, BlockId target, std::vector<ValueId> args) {
  Inst& inst = f.terminator(block);
  inst.op = Op::Br;
  inst.attr = 0;
  inst.unwinds = false;
  inst.operands.clear();
  inst.edges.clear();
  inst.edges.push_back(Edge{target, std::move(args)});
}

}  // namespace lancehead
