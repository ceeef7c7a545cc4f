// Texts of compiled functions for people (listing.h).
#include "driver/listing.h"

#include "driver/backend_library.h"
#include "infer/resolve.h"
#include "ir/dot.h"
#include "ir/print.h"

namespace lancehead {
namespace {

std::string emitted(const Unit& unit, EmitWant want, uint8_t fastmath) {
  Expected<std::vector<uint8_t>> text = emit_unit(unit, want, fastmath);
  return text ? std::string(text->begin(), text->end()) : text.error().message();
}

std::string typed_text(const Instance& instance) {
  Function shown = instance.function;
  shown.name = instance.name;
  shown.stage = Stage::Typed;
  shown.result = result_type(instance);
  std::erase_if(shown.order, [&](BlockId block) { return !instance.reachable[block.index]; });
  return print(shown, {.locations = true});
}

std::string graph(const Unit& unit, const std::string& symbol) {
  for (const Function& f : unit.functions)
    if (f.symbol == symbol) return dot(f);
  return {};
}

// "name line reduces" or "name line"; of what was inlined, the callee's name and line.
std::string parallel_regions(const Unit& unit) {
  std::string out;
  for (const Function& f : unit.functions)
    for (BlockId block : f.order)
      for (InstId id : f.block(block).insts) {
        const Inst& inst = f.inst(id);
        if (inst.op != Op::ParLoop) continue;
        uint32_t callee = f.inlined_in(inst.loc);
        out += callee == Location::kOwn ? f.name : f.inlined[callee].name;
        out += ' ' + std::to_string(f.range(inst.loc).line);
        out += f.parloops[inst.attr].combine == ParLoopInfo::kNoCombine ? "\n" : " reduces\n";
      }
  return out;
}

}  // namespace

std::string listing(Listing which, const Instance& root, const Unit& unit, uint8_t fastmath) {
  switch (which) {
    case Listing::Typed: return typed_text(root);
    case Listing::Cfg: return graph(unit, root.symbol);
    case Listing::Parallel: return parallel_regions(unit);
    case Listing::Llvm: return emitted(unit, EmitWant::Llvm, fastmath);
    case Listing::Assembly: return emitted(unit, EmitWant::Assembly, fastmath);
  }
  return {};
}

}  // namespace lancehead
