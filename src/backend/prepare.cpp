// Warming up: the first compilation of a process touches hundreds of pages of the library and fills LLVM's
// tables.
#include "backend/emit.h"
#include "ir/builder.h"

namespace lancehead {
namespace {

// for i in range(n): a[i] = a[i] + 1.0; something of everything that most functions have.
Function sample() {
  Function f;
  f.name = f.symbol = "sample";
  f.stage = Stage::Final;
  f.result = ty::Int64;
  Builder b(f);
  BlockId entry = f.add_block(), body = f.add_block(), end = f.add_block();
  ValueId array = f.add_param(entry, array_type(ty::Float64, 1, Layout::C));
  ValueId index = f.add_param(body, ty::Int64);
  b.set_block(entry);
  ValueId count = b.value(Op::ArrayDim, {array}, ty::Int64, 0);
  ValueId zero = b.int64(0);
  b.add(Op::Check, {b.value(Op::Gt, {count, zero}, ty::Bool)}, {}, 0);
  b.br(body, {zero});
  b.set_block(body);
  ValueId sum =
      b.value(Op::Add, {b.value(Op::ArrayLoad, {array, index}, ty::Float64), b.float_value(ty::Float64, 1.0)},
              ty::Float64);
  b.add(Op::ArrayStore, {array, sum, index}, {});
  ValueId next = b.value(Op::Add, {index, b.int64(1)}, ty::Int64);
  b.condbr(b.value(Op::Lt, {next, count}, ty::Bool), body, {next}, end);
  b.set_block(end);
  b.ret(count);
  return f;
}

}  // namespace

void prepare_emission() {
  Unit unit;
  unit.functions.push_back(sample());
  EmitOptions options;
  for (LanceheadTier tier : {LANCEHEAD_TIER_LEAN, LANCEHEAD_TIER_QUICK}) {
    options.tier = tier;
    emit(unit, options);
  }
}

}  // namespace lancehead
