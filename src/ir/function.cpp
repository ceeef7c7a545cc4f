// Building functions.
#include "ir/function.h"

namespace lancehead {

bool operator==(const Constant& a, const Constant& b) {
  bool same_array = a.array == b.array || (a.array && b.array && *a.array == *b.array);
  return a.type == b.type && a.bits[0] == b.bits[0] && a.bits[1] == b.bits[1] && a.text == b.text &&
         a.items == b.items && same_array;
}

BlockId Function::add_block() {
  BlockId id(blocks.size());
  blocks.emplace_back();
  order.push_back(id);
  return id;
}

ValueId Function::add_param(BlockId block_id, TypeId type) {
  ValueId id(values.size());
  Value v;
  v.type = type;
  v.block = block_id;
  values.push_back(v);
  block(block_id).params.push_back(id);
  return id;
}

ValueId Function::new_value(TypeId type, InstId def) {
  ValueId id(values.size());
  Value v;
  v.type = type;
  v.def = def;
  values.push_back(v);
  return id;
}

uint32_t Function::add_constant(Constant constant) {
  for (size_t i = 0; i < constants.size(); ++i)
    if (constants[i] == constant) return static_cast<uint32_t>(i);
  constants.push_back(std::move(constant));
  return static_cast<uint32_t>(constants.size() - 1);
}

uint32_t Function::add_name(const std::string& name) {
  for (size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<uint32_t>(i);
  names.push_back(name);
  return static_cast<uint32_t>(names.size() - 1);
}

uint32_t Function::add_known(TypeId type) {
  for (size_t i = 0; i < known.size(); ++i)
    if (known[i] == type) return static_cast<uint32_t>(i);
  known.push_back(type);
  return static_cast<uint32_t>(known.size() - 1);
}

LocId Function::add_loc(const Location& location) {
  if (!locs.empty() && locs.back() == location) return LocId(locs.size() - 1);
  locs.push_back(location);
  return LocId(locs.size() - 1);
}

}  // namespace lancehead
