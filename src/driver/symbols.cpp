// Tarjan's algorithm over the call graph, and a content hash bottom-up.
#include "driver/symbols.h"

#include <algorithm>
#include <functional>
#include <map>

#include "base/hash.h"
#include "types/text.h"

namespace lancehead {
namespace {

struct Groups {
  std::vector<std::vector<Instance*>> out;
  std::map<Instance*, int> index, low;
  std::vector<Instance*> stack;
  int next = 0;

  void visit(Instance* in) {
    index[in] = low[in] = next++;
    stack.push_back(in);
    for (Instance* callee : in->callees) {
      if (!index.count(callee)) {
        visit(callee);
        low[in] = std::min(low[in], low[callee]);
      } else if (std::find(stack.begin(), stack.end(), callee) != stack.end()) {
        low[in] = std::min(low[in], index[callee]);
      }
    }
    if (low[in] != index[in]) return;
    std::vector<Instance*> group;
    Instance* member;
    do {
      member = stack.back();
      stack.pop_back();
      group.push_back(member);
    } while (member != in);
    std::reverse(group.begin(), group.end());
    out.push_back(std::move(group));
  }
};

// Handles are numbers of this process. What a jitted or inner function does is covered by its symbol, so its
// handle is left out; classes and other objects keep theirs, which can cost a cache hit but never gives a
// wrong one.
TypeId without_handles(TypeId id) {
  Type t = type_of(id);
  bool own = t.kind == Kind::Closure || t.known == KnownClass::Jit || t.known == KnownClass::Function ||
             t.known == KnownClass::Module || t.known == KnownClass::Callable ||
             t.known == KnownClass::TypeClass ||
             (t.known == KnownClass::Exception && t.name.starts_with("builtins."));
  if (own) t.handle = 0;
  if (t.elem.valid()) t.elem = without_handles(t.elem);
  for (TypeId& item : t.items) item = without_handles(item);
  return intern(t);
}

std::string stable_text(TypeId id) {
  return type_text(without_handles(id));
}

void add_code(Hasher& h, const CodeData& code) {
  h.add(code.qualname)
      .add(code.code)
      .add(code.exception_table)
      .add(code.line_table)
      .add(code.arg_count)
      .add(code.flags);
}

// Which live array it is counts: two closures of one code may differ in nothing else.
void add_array(Hasher& h, const ArrayData& a) {
  for (const std::vector<int64_t>& numbers : {a.shape, a.strides})
    for (int64_t n : numbers) h.add(static_cast<uint64_t>(n));
  h.add(a.bytes).add(static_cast<uint64_t>(a.origin)).add(a.handle);
}

void add_constant(Hasher& h, const Constant& c) {
  h.add(stable_text(c.type)).add(c.bits[0]).add(c.bits[1]).add(c.text).add(c.items.size());
  for (uint32_t item : c.items) h.add(item);
  if (c.array) add_array(h, *c.array);
}

// What instructions name by an index: attributes and keywords are in no byte of the code.
void add_names(Hasher& h, const Function& f) {
  h.add(f.names.size());
  for (const std::string& name : f.names) h.add(name);
  for (const CallShape& shape : f.call_shapes) {
    h.add(shape.positional).add(static_cast<uint64_t>(shape.star)).add(shape.keywords.size());
    for (const std::string& keyword : shape.keywords) h.add(keyword);
  }
}

// A constant table grows in the order of the sweeps, which is the same in every run.
void add_function(Hasher& h, const Function& f) {
  for (const Value& v : f.values) {
    h.add(stable_text(v.type));
    h.add(v.facts.constant ^ static_cast<uint64_t>(v.facts.nonneg) << 40 ^
          static_cast<uint64_t>(v.facts.weak) << 41);
  }
  for (const Constant& c : f.constants) add_constant(h, c);
}

void add_instructions(Hasher& h, const Instance& in) {
  const Function& f = in.function;
  for (BlockId block : f.order) {
    h.add(block.index);
    for (InstId id : f.block(block).insts) {
      const Inst& inst = f.inst(id);
      h.add(static_cast<uint64_t>(inst.op) | static_cast<uint64_t>(inst.attr) << 8);
      for (ValueId v : inst.operands) h.add(v.index);
      for (const Constant& c : in.notes[id.index].defaults) add_constant(h, c);
      for (const Edge& e : inst.edges) {
        h.add(e.target.index);
        for (ValueId v : e.args) h.add(v.index);
      }
    }
  }
}

Hash128 own_hash(const Instance& in) {
  Hasher h;
  h.add(semantics_bits(in.semantics));
  h.add(in.name);
  add_code(h, *in.code);
  add_names(h, in.function);
  add_instructions(h, in);
  add_function(h, in.function);
  if (in.wanted_result.valid()) h.add(stable_text(in.wanted_result));
  return h.finish();
}

}  // namespace

std::vector<std::vector<Instance*>> assign_symbols(Session& session) {
  Groups groups;
  groups.visit(&session.root());
  for (const std::vector<Instance*>& group : groups.out) {
    if (group[0]->known) {
      group[0]->symbol = group[0]->known->symbol;
      continue;
    }
    Hasher shared;
    for (Instance* in : group) {
      shared.add(own_hash(*in));
      for (Instance* callee : in->callees)
        if (std::find(group.begin(), group.end(), callee) == group.end()) shared.add(callee->symbol);
    }
    uint64_t member = 0;
    for (Instance* in : group)
      in->symbol = "lh_" + Hasher().add(shared.finish()).add(member++).finish().hex();
  }
  return groups.out;
}

}  // namespace lancehead
