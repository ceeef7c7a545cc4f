// CPython 3.12: its opcode numbers and their meanings (opcodes_312.def, opcode_rules.def) as a table.
#include "frontend/decode_rules.h"

namespace lancehead {

namespace {

enum Name : int {
#define RULE(name, rule, id) name,
#include "frontend/opcode_rules.def"
};

constexpr OpcodeRow kRules[] = {
#define RULE(name, rule, id) {rules::rule, PyOp::id, 0},
#include "frontend/opcode_rules.def"
};

constexpr OpcodeTable make_table() {
  OpcodeTable table{};
#define OPCODE(number, name, cache_entries) \
  table[number] = kRules[name];             \
  table[number].caches = cache_entries;
#include "frontend/opcodes_312.def"
  return table;
}

constexpr OpcodeTable kTable = make_table();

}  // namespace

const OpcodeTable& opcode_table_312() {
  return kTable;
}

}  // namespace lancehead
