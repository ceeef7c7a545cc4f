// Counts the uses of each value, then fills them in.
#include "ir/uses.h"

#include "ir/walk.h"

namespace lancehead {
namespace {

template <class F>
void for_each_place(const Function& f, InstId id, F visit) {
  const Inst& inst = f.inst(id);
  for (uint32_t i = 0; i < inst.operands.size(); ++i)
    visit(inst.operands[i], Use{id, Use::Kind::Operand, 0, i});
  for (uint32_t e = 0; e < inst.edges.size(); ++e)
    for (uint32_t i = 0; i < inst.edges[e].args.size(); ++i)
      visit(inst.edges[e].args[i], Use{id, Use::Kind::Argument, e, i});
  if (inst.op != Op::Nest) return;
  const std::vector<ValueId>& yields = f.nests[inst.attr].yields;
  for (uint32_t i = 0; i < yields.size(); ++i) visit(yields[i], Use{id, Use::Kind::Yield, 0, i});
}

}  // namespace

Uses::Uses(const Function& f) : begin_(f.values.size() + 1, 0) {
  for_each_inst(f,
                [&](InstId id) { for_each_use(f, f.inst(id), [&](ValueId v) { ++begin_[v.index + 1]; }); });
  for (size_t i = 0; i < f.values.size(); ++i) begin_[i + 1] += begin_[i];
  uses_.resize(begin_.back());
  std::vector<uint32_t> filled = begin_;
  for_each_inst(f, [&](InstId id) {
    for_each_place(f, id, [&](ValueId v, const Use& use) { uses_[filled[v.index]++] = use; });
  });
}

}  // namespace lancehead
