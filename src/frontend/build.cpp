// The builder's entry (build.h): decode, merge the tests of loops, build, simplify.
#include "frontend/build.h"

#include "frontend/decode.h"
#include "frontend/function_builder.h"
#include "frontend/loop_tests.h"
#include "frontend/simplify.h"
#include "ir/builder.h"

namespace lancehead {

namespace {

// A bare `raise` outside of a handler: only the finished SSA shows that nothing reaches it.
void find_lost_raise(BuiltFunction& built) {
  Function& f = built.function;
  for (size_t i = 0; i < f.insts.size(); ++i) {
    Inst& inst = f.insts[i];
    if (inst.op != Op::Reraise) continue;
    const Inst* error = f.def(inst.operands[0]);
    if (!error || error->op != Op::Unassigned) continue;
    inst.op = Op::Unsupported;
    inst.unwinds = false;
    inst.operands.clear();
    inst.edges.clear();
    inst.attr = static_cast<uint32_t>(built.unsupported.size());
    Builder b(f);
    b.set_loc(inst.loc);
    b.set_block(inst.block);
    built.unsupported.push_back(
        make_diagnostic(DiagId::UnsupportedConstruct,
                        {"'raise' without an exception that is being handled", "; raise an exception"},
                        {f.handle, f.range(inst.loc)}));
    b.add(Op::Unreachable, {}, {});  // `inst` is gone from here on
  }
}

}  // namespace

Expected<BuiltFunction> build_function(const Snapshot& snapshot, std::shared_ptr<const CodeData> code) {
  Expected<PyCode> decoded = decode(std::move(code));
  if (!decoded) {
    decoded.error().place.function = snapshot.handle;
    return decoded.take_error();
  }
  merge_loop_tests(*decoded);
  BuiltFunction out;
  FunctionBuilder(snapshot, *decoded, &out).run();
  simplify(out.function);
  find_lost_raise(out);
  return out;
}

}  // namespace lancehead
