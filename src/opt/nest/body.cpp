// Copies of a nest's body.
#include "opt/nest/body.h"

namespace lancehead {

ValueId BodyClone::operator()(ValueId v) const {
  auto it = map_.find(v.index);
  return it == map_.end() ? v : it->second;
}

void BodyClone::clone() {
  Function& f = b_.function();
  const std::vector<InstId> insts = f.block(body_).insts;
  for (InstId id : insts) {
    std::vector<ValueId> operands, originals = f.inst(id).results;
    std::vector<TypeId> types;
    for (ValueId v : f.inst(id).operands) operands.push_back((*this)(v));
    for (ValueId v : originals) types.push_back(f.type(v));
    InstId copy = b_.add(f.inst(id).op, std::move(operands), types, f.inst(id).attr);
    f.inst(copy).loc = f.inst(id).loc;
    for (size_t i = 0; i < originals.size(); ++i) {
      ValueId v = f.inst(copy).results[i];
      f.value(v).facts = f.value(originals[i]).facts;
      map_[originals[i].index] = v;
    }
  }
}

}  // namespace lancehead
