// Draws control flow graphs (dot.h).
#include "ir/dot.h"

#include "ir/numbering.h"
#include "ir/print.h"

namespace lancehead {
namespace {

// In a quoted label; lines end in \l, which aligns them to the left.
std::string label(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') {
      out += "\\l";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string dot(const Function& f) {
  Numbering numbers(f);
  std::vector<std::string> texts = print_blocks(f);
  std::string title = label("CFG for '" + f.name + "' function");
  std::string out =
      "digraph \"" + title + "\" {\n  label=\"" + title + "\";\n  node [shape=box, fontname=monospace];\n";
  auto node = [&](BlockId id) { return "b" + std::to_string(numbers.of(id)); };
  for (size_t k = 0; k < f.order.size(); ++k) {
    BlockId block = f.order[k];
    out += "  " + node(block) + " [label=\"" + label(texts[k]) + "\"];\n";
    for (InstId id : f.block(block).insts) {
      const Inst& inst = f.inst(id);
      for (size_t e = 0; e < inst.edges.size(); ++e) {
        bool unwinds = inst.unwinds && e + 1 == inst.edges.size();
        out += "  " + node(block) + " -> " + node(inst.edges[e].target) + (unwinds ? " [style=dashed]" : "") +
               ";\n";
      }
    }
  }
  return out + "}\n";
}

}  // namespace lancehead
