// Numbers values and blocks. Tolerates broken functions, since the verifier's messages are printed with it.
#include "ir/numbering.h"

namespace lancehead {
namespace {

class Numberer {
 public:
  Numberer(const Function& f, Numbering& out) : f_(f), out_(out) {}

  void number(BlockId block) {
    if (block.index >= f_.blocks.size()) return;
    for (ValueId v : f_.block(block).params) number(v);
    for (InstId id : f_.block(block).insts) {
      if (id.index >= f_.insts.size()) continue;
      const Inst& inst = f_.inst(id);
      for (ValueId v : inst.results) number(v);
      if (inst.op == Op::Nest && inst.attr < f_.nests.size() && !in_nest_) {
        in_nest_ = true;
        number(f_.nests[inst.attr].body);
        in_nest_ = false;
      }
    }
  }

 private:
  void number(ValueId v) {
    if (v.index < out_.value.size() && out_.value[v.index] == Numbering::kNone)
      out_.value[v.index] = out_.values++;
  }

  const Function& f_;
  Numbering& out_;
  bool in_nest_ = false;
};

}  // namespace

Numbering::Numbering(const Function& f) : value(f.values.size(), kNone), block(f.blocks.size(), kNone) {
  Numberer numberer(f, *this);
  for (size_t i = 0; i < f.order.size(); ++i) {
    if (f.order[i].index >= f.blocks.size()) continue;
    block[f.order[i].index] = static_cast<uint32_t>(i);
    numberer.number(f.order[i]);
  }
}

}  // namespace lancehead
