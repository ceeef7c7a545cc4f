#include "library/slices.h"

namespace lancehead {
namespace {

ValueId clamp(Emitter& e, ValueId v, ValueId low, ValueId high) {
  return e.binary(Op::Min, e.binary(Op::Max, v, low), high);
}

// A bound of a slice: wrapped if negative, then clamped. For negative steps the range is [-1, n - 1].
ValueId slice_bound(Emitter& e, ValueId v, ValueId extent, ValueId low, ValueId high) {
  ValueId wrapped = e.value(Op::WrapIndex, {v, extent}, ty::Int64);
  return clamp(e, wrapped, low, high);
}

}  // namespace

AxisSlice adjust_slice(Emitter& e, ValueId slice, ValueId extent) {
  const Type t = type_of(e.type(slice));
  ValueId zero = e.int64(0), one = e.int64(1);
  bool has_start = t.items[0] != ty::None, has_stop = t.items[1] != ty::None,
       has_step = t.items[2] != ty::None;
  if (!has_step) {
    if (!has_start && !has_stop) return {zero, extent, one};
    ValueId start = has_start ? slice_bound(e, e.item(slice, 0, ty::Int64), extent, zero, extent) : zero;
    ValueId stop = has_stop ? slice_bound(e, e.item(slice, 1, ty::Int64), extent, zero, extent) : extent;
    return {start, e.binary(Op::Max, e.binary(Op::Sub, stop, start), zero), one};
  }
  ValueId step = e.item(slice, 2, ty::Int64);
  e.check(e.compare(Op::Ne, step, zero), ErrorRow::SliceStepZero);
  ValueId forward = e.compare(Op::Gt, step, zero);
  ValueId minus = e.int64(-1), last = e.binary(Op::Sub, extent, one);
  ValueId low = e.select(forward, zero, minus), high = e.select(forward, extent, last);
  ValueId start = has_start ? slice_bound(e, e.item(slice, 0, ty::Int64), extent, low, high)
                            : e.select(forward, zero, last);
  ValueId stop = has_stop ? slice_bound(e, e.item(slice, 1, ty::Int64), extent, low, high)
                          : e.select(forward, extent, minus);
  ValueId span = e.select(forward, e.binary(Op::Sub, stop, start), e.binary(Op::Sub, start, stop));
  ValueId size = e.select(forward, step, e.value(Op::Neg, {step}, ty::Int64));
  ValueId count = e.binary(Op::Add, e.binary(Op::FloorDiv, e.binary(Op::Sub, span, one), size), one);
  return {start, e.select(e.compare(Op::Gt, span, zero), count, zero), step};
}

}  // namespace lancehead
