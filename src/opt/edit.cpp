// Small surgery on blocks.
#include "opt/edit.h"

#include <algorithm>

#include "ir/builder.h"

namespace lancehead {

BlockId split_block(Function& f, BlockId block, size_t index) {
  BlockId tail = f.add_block();
  std::vector<InstId>& from = f.block(block).insts;
  std::vector<InstId>& to = f.block(tail).insts;
  to.assign(from.begin() + static_cast<std::ptrdiff_t>(index), from.end());
  from.resize(index);
  for (InstId id : to) f.inst(id).block = tail;
  return tail;
}

size_t index_in_block(const Function& f, InstId id) {
  const std::vector<InstId>& insts = f.block(f.inst(id).block).insts;
  return static_cast<size_t>(std::find(insts.begin(), insts.end(), id) - insts.begin());
}

InstId insert_inst(Function& f, BlockId block, size_t index, Op op, std::vector<ValueId> operands,
                   uint32_t attr) {
  InstId id(f.insts.size());
  f.insts.emplace_back();
  Inst& inst = f.insts.back();
  inst.op = op;
  inst.attr = attr;
  inst.block = block;
  inst.operands = std::move(operands);
  std::vector<InstId>& insts = f.block(block).insts;
  insts.insert(insts.begin() + static_cast<std::ptrdiff_t>(index), id);
  return id;
}

ValueId insert_value(Function& f, BlockId block, size_t index, Op op, std::vector<ValueId> operands,
                     TypeId type, uint32_t attr) {
  InstId id = insert_inst(f, block, index, op, std::move(operands), attr);
  ValueId v = f.new_value(type, id);
  f.inst(id).results = {v};
  return v;
}

ValueId insert_constant(Function& f, BlockId block, size_t index, const Constant& constant) {
  uint32_t number = f.add_constant(constant);
  ValueId v = insert_value(f, block, index, Op::Const, {}, constant.type, number);
  Facts& facts = f.value(v).facts;
  facts.constant = number;
  if (is_signed(constant.type)) facts.nonneg = constant_as_int(constant) >= 0;
  return v;
}

}  // namespace lancehead
