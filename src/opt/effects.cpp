// Effects and ownership of instructions, calls resolved to their rows.
#include "opt/effects.h"

#include "ir/runtime_call.h"
#include "opt/facts.h"

namespace lancehead {
namespace {

Owns owns_of_letter(char letter) {
  switch (letter) {
    case 'b': return Owns::Borrowed;
    case 'c': return Owns::Consumed;
    case 's': return Owns::Stored;
    case 'o': return Owns::Owned;
    case 'i': return Owns::Interior;
    default: return Owns::Nothing;
  }
}

bool writes_something(const NestInfo& nest) {
  for (const NestAccess& access : nest.accesses)
    if (access.write) return true;
  return false;
}

bool extents_are_nonneg(const Function& f, const Inst& alloc) {
  for (ValueId extent : alloc.operands)
    if (!is_nonneg(f, extent)) return false;
  return true;
}

}  // namespace

uint8_t effects_of(const Function& f, const Inst& inst) {
  switch (inst.op) {
    case Op::RtCall: return rt_info(static_cast<RtFn>(inst.attr)).effects;
    case Op::Call: return f.callees[inst.attr].effects;
    case Op::Nest: return writes_something(f.nests[inst.attr]) ? Reads | Writes : Reads;
    default: return op_info(inst.op).effects;
  }
}

bool is_removable(const Function& f, const Inst& inst) {
  if (inst.op == Op::ArrayAlloc) return extents_are_nonneg(f, inst);
  return !(effects_of(f, inst) & (Writes | MayRaise | Terminator));
}

Owns operand_owns(const Inst& inst, size_t operand) {
  if (inst.op != Op::RtCall) return operand_ownership(inst.op, operand);
  std::string_view s = rt_info(static_cast<RtFn>(inst.attr)).ownership;
  s = s.substr(0, s.find('>'));
  if (s.empty()) return Owns::Nothing;
  return owns_of_letter(operand < s.size() ? s[operand] : s.back());
}

Owns result_owns(const Inst& inst, size_t result, size_t* of) {
  if (inst.op != Op::RtCall) return result_ownership(inst.op, result, of);
  std::string_view s = rt_info(static_cast<RtFn>(inst.attr)).ownership;
  s = s.substr(s.find('>') + 1);
  char letter = '.';
  for (size_t k = 0, at = 0; k <= result && at < s.size(); ++k) {
    letter = s[at++];
    if (letter != 'i') continue;
    size_t source = static_cast<size_t>(s[at++] - '0');
    if (of) *of = source;
  }
  return owns_of_letter(letter);
}

}  // namespace lancehead
