#include "library/axes.h"

#include <algorithm>

namespace lancehead {
namespace {

std::optional<int64_t> known_axis(Emitter& e, ValueId axis, int64_t ndim) {
  const Constant* c = e.b.function().constant_of(axis);
  if (!c || !is_integer(c->type)) return {};
  int64_t value = constant_as_int(*c);
  if (value < -ndim || value >= ndim) return {};
  return value < 0 ? value + ndim : value;
}

}  // namespace

std::optional<int> axis_count(TypeId axis, int ndim) {
  if (axis == ty::None) return ndim;
  if (is_integer(axis)) return ndim == 0 ? 0 : 1;
  if (!is_tuple(axis)) return {};
  for (TypeId item : type_of(axis).items)
    if (!is_integer(item)) return {};
  return static_cast<int>(type_of(axis).items.size());
}

ValueId checked_axis(Emitter& e, ValueId axis, int ndim) {
  int64_t axes = std::max(ndim, 1);
  if (auto known = known_axis(e, axis, axes)) return e.int64(*known);
  ValueId given = e.cast(axis, ty::Int64), n = e.int64(axes);
  ValueId inside = e.binary(Op::And, e.compare(Op::Ge, given, e.int64(-axes)), e.compare(Op::Lt, given, n));
  e.check(inside, ErrorRow::AxisOutOfBounds, {given, e.int64(ndim)});
  return e.value(Op::WrapIndex, {given, n}, ty::Int64);
}

ReducedAxes::ReducedAxes(Emitter& e, ValueId array, ValueId axis) : e_(e), dims_(e.dims(array)) {
  int ndim = static_cast<int>(dims_.size());
  std::vector<ValueId> axes;
  if (!axis.valid() || e.type(axis) == ty::None) {
    known_ = ndim == 64 ? ~uint64_t{0} : (uint64_t{1} << ndim) - 1;
  } else if (is_tuple(e.type(axis))) {
    const std::vector<TypeId> items = type_of(e.type(axis)).items;
    for (uint32_t k = 0; k < items.size(); ++k)
      axes.push_back(checked_axis(e, e.item(axis, k, items[k]), ndim));
    known_ = 0;
  } else if (ndim == 0) {
    checked_axis(e, axis, 0);
    known_ = 0;
  } else {
    axes.push_back(checked_axis(e, axis, ndim));
    known_ = 0;
  }
  for (ValueId one : axes) {
    auto place = known_axis(e, one, ndim);
    bool twice = place && known_ && (*known_ >> *place & 1);
    if (place && known_ && !twice) {
      *known_ |= uint64_t{1} << *place;
      continue;
    }
    if (known_) bits_ = e.int64(static_cast<int64_t>(*known_));
    known_.reset();
    ValueId bit = e.binary(Op::Shl, e.int64(1), one);
    if (axes.size() > 1)
      e.check(e.compare(Op::Eq, e.binary(Op::And, bits_, bit), e.int64(0)), ErrorRow::DuplicateAxis);
    bits_ = axes.size() > 1 ? e.binary(Op::Or, bits_, bit) : bit;
    one_ = axes.size() > 1 ? ValueId() : one;
  }
}

ValueId ReducedAxes::bits() const {
  return known_ ? e_.int64(static_cast<int64_t>(*known_)) : bits_;
}

ValueId ReducedAxes::is_reduced(size_t axis) const {
  if (known_) return e_.b.boolean(*known_ >> axis & 1);
  ValueId k = e_.int64(static_cast<int64_t>(axis));
  if (one_.valid()) return e_.compare(Op::Eq, one_, k);
  ValueId bit = e_.int64(static_cast<int64_t>(uint64_t{1} << axis));
  return e_.compare(Op::Ne, e_.binary(Op::And, bits_, bit), e_.int64(0));
}

std::vector<ValueId> ReducedAxes::without_one() const {
  std::vector<ValueId> out;
  for (size_t k = 0; k + 1 < dims_.size(); ++k)
    out.push_back(
        e_.select(e_.compare(Op::Gt, one_, e_.int64(static_cast<int64_t>(k))), dims_[k], dims_[k + 1]));
  return out;
}

std::vector<ValueId> ReducedAxes::kept_extents(int count) const {
  std::vector<ValueId> out;
  if (known_) {
    for (size_t k = 0; k < dims_.size(); ++k)
      if (!(*known_ >> k & 1)) out.push_back(dims_[k]);
  } else if (one_.valid()) {
    out = without_one();
  } else {  // each extent moves to the place that the kept ones before it leave free
    out.assign(static_cast<size_t>(count), e_.int64(0));
    ValueId place = e_.int64(0), one = e_.int64(1);
    for (size_t k = 0; k < dims_.size(); ++k) {
      ValueId reduced = is_reduced(k);
      for (size_t i = 0; i < out.size(); ++i) {
        ValueId here = e_.compare(Op::Eq, place, e_.int64(static_cast<int64_t>(i)));
        ValueId goes = e_.binary(Op::And, here, e_.value(Op::Invert, {reduced}, ty::Bool));
        out[i] = e_.select(goes, dims_[k], out[i]);
      }
      place = e_.select(reduced, place, e_.binary(Op::Add, place, one));
    }
  }
  out.resize(static_cast<size_t>(count), e_.int64(0));  // of axes that are named twice, which raises
  return out;
}

std::vector<ValueId> ReducedAxes::extents_with_ones() const {
  std::vector<ValueId> out;
  ValueId one = e_.int64(1);
  for (size_t k = 0; k < dims_.size(); ++k) {
    if (known_)
      out.push_back(*known_ >> k & 1 ? one : dims_[k]);
    else
      out.push_back(e_.select(is_reduced(k), one, dims_[k]));
  }
  return out;
}

void ReducedAxes::check_some(ErrorRow row, const char* name) const {
  ValueId zero = e_.int64(0);
  for (size_t k = 0; k < dims_.size(); ++k) {
    if (known_ && !(*known_ >> k & 1)) continue;
    ValueId some = e_.compare(Op::Ne, dims_[k], zero);
    if (!known_) some = e_.binary(Op::Or, some, e_.value(Op::Invert, {is_reduced(k)}, ty::Bool));
    e_.check(some, row, {}, name);
  }
}

}  // namespace lancehead
