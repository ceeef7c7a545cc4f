// Splits block parameters that are aggregates (tuples, optionals, ranges, iterators, slices) into their
// parts:
//
//   ^b(t: (int64, float64))      =>   ^b(t0: int64, t1: float64):  t = tuple_make t0 t1
//   br ^b(v)                     =>   v0 = tuple_get 0 v; v1 = tuple_get 1 v; br ^b(v0, v1)
//
// so that simplify sees through them: the iterator of a range becomes plain int64 induction variables. Nested
// aggregates are split in turn, down to scalars, arrays, str and errors, which stay whole. A type has
// finitely many parts, so it ends.
#include "ir/builder.h"
#include "opt/edit.h"
#include "opt/incoming.h"
#include "opt/passes.h"
#include "types/layout.h"

namespace lancehead {
namespace {

bool is_split(TypeId type) {
  switch (kind_of(type)) {
    case Kind::Tuple:
    case Kind::Optional:
    case Kind::Range:
    case Kind::Slice:
    case Kind::RangeIter:
    case Kind::ArrayIter:
    case Kind::ListIter:
    case Kind::TupleIter:
    case Kind::Enumerate:
    case Kind::Zip:
    case Kind::Closure:
    case Kind::BoundMethod: return true;
    default: return false;
  }
}

// The index in its block of an instruction that is the terminator or stands right before it.
size_t place_of(const Function& f, InstId id) {
  const std::vector<InstId>& insts = f.block(f.inst(id).block).insts;
  return insts.back() == id ? insts.size() - 1 : insts.size() - 2;
}

class Splitter {
 public:
  explicit Splitter(Function& f) : f_(f), incoming_(f) {}

  bool run() {
    const std::vector<BlockId> order = f_.order;
    for (BlockId block : order) {
      if (block == f_.entry()) continue;
      for (size_t i = 0; i < f_.block(block).params.size();) {
        if (is_split(f_.type(f_.block(block).params[i])))
          split(block, i);  // its parts are looked at in turn
        else
          ++i;
      }
    }
    return changed_;
  }

 private:
  // Nothing may stand between an instruction that unwinds and the terminator: the terminator moves to a block
  // of its own.
  void isolate_terminator(InstId id) {
    BlockId block = f_.inst(id).block;
    const std::vector<InstId>& insts = f_.block(block).insts;
    if (insts.back() != id || insts.size() < 2 || !f_.inst(insts[insts.size() - 2]).unwinds) return;
    BlockId next = split_block(f_, block, insts.size() - 1);
    Builder b(f_);
    b.set_block(block);
    b.br(next);
  }

  void split_argument(EdgeRef ref, size_t index, const std::vector<TypeId>& parts) {
    isolate_terminator(ref.inst);
    ValueId whole = edge_of(f_, ref).args[index];
    std::vector<ValueId> values;
    for (uint32_t k = 0; k < parts.size(); ++k) {
      BlockId block = f_.inst(ref.inst).block;
      ValueId part = insert_value(f_, block, place_of(f_, ref.inst), Op::TupleGet, {whole}, parts[k], k);
      f_.inst(f_.value(part).def).loc = f_.inst(ref.inst).loc;
      values.push_back(part);
    }
    std::vector<ValueId>& args = edge_of(f_, ref).args;
    auto at = args.erase(args.begin() + static_cast<std::ptrdiff_t>(index));
    args.insert(at, values.begin(), values.end());
  }

  void split(BlockId block, size_t index) {
    ValueId whole = f_.block(block).params[index];
    std::vector<TypeId> parts = parts_of(f_.type(whole));
    std::vector<ValueId> params;
    for (TypeId type : parts) {
      params.push_back(f_.add_param(block, type));
      f_.block(block).params.pop_back();
    }
    std::vector<ValueId>& all = f_.block(block).params;
    auto at = all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
    all.insert(at, params.begin(), params.end());
    for (EdgeRef ref : incoming_.of(block)) split_argument(ref, index, parts);

    size_t start = f_.inst(f_.block(block).insts[0]).op == Op::Catch ? 1 : 0;
    InstId make = insert_inst(f_, block, start, Op::TupleMake, std::move(params));
    f_.inst(make).results = {whole};
    f_.value(whole).def = make;
    f_.value(whole).block = {};
    changed_ = true;
  }

  Function& f_;
  Incoming incoming_;
  bool changed_ = false;
};

}  // namespace

bool split_aggregates(Function& f) {
  return Splitter(f).run();
}

}  // namespace lancehead
