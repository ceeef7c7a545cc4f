// The backward data flow: in = used before defined, and out without what the block defines.
#include "ir/liveness.h"

#include "ir/walk.h"

namespace lancehead {

bool ValueSet::add_all(const ValueSet& other, const ValueSet& but) {
  bool changed = false;
  for (size_t w = 0; w < words_.size(); ++w) {
    uint64_t added = other.words_[w] & ~but.words_[w] & ~words_[w];
    words_[w] |= added;
    changed |= added != 0;
  }
  return changed;
}

Liveness::Liveness(const Function& f, const Cfg& cfg) : in_(f.blocks.size()), out_(f.blocks.size()) {
  size_t values = f.values.size();
  const ValueSet none(values);
  std::vector<ValueSet> defined(f.blocks.size());
  for (BlockId b : f.order) {
    in_[b.index] = out_[b.index] = defined[b.index] = none;
    ValueSet& here = defined[b.index];
    for (ValueId v : f.block(b).params) here.add(v);
    for (InstId id :
         f.block(b).insts) {  // a nest's body is not entered from elsewhere: its values are the block's
      const Inst& inst = f.inst(id);
      for (ValueId v : inst.results) here.add(v);
      if (inst.op != Op::Nest) continue;
      const Block& body = f.block(f.nests[inst.attr].body);
      for (ValueId v : body.params) here.add(v);
      for (InstId inner : body.insts)
        for (ValueId v : f.inst(inner).results) here.add(v);
    }
    for_each_inst(f, b, [&](InstId id) {
      for_each_use(f, f.inst(id), [&](ValueId v) {
        if (!here.has(v)) in_[b.index].add(v);
      });
    });
  }
  const std::vector<BlockId>& order = cfg.reverse_postorder();
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = order.size(); i-- > 0;) {
      uint32_t b = order[i].index;
      bool grown = false;
      for (BlockId s : cfg.succs(order[i])) grown |= out_[b].add_all(in_[s.index], none);
      if (grown) changed |= in_[b].add_all(out_[b], defined[b]);
    }
  }
}

}  // namespace lancehead
