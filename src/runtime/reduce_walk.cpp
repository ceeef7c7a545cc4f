#include "runtime/reduce_walk.h"

#include <algorithm>
#include <cstdlib>

namespace lancehead {

ReduceWalk::ReduceWalk(int64_t ndim, const int64_t* extents, const WalkOperand* operands, int count,
                       bool converts)
    : ndim_(ndim), count_(count), converts_(converts) {
  for (int k = 0; k < count; ++k) rows_[k] = operands[k].data;
  for (int64_t i = 0; i < ndim; ++i) {
    int64_t axis = ndim - 1 - i, extent = extents[axis];
    axes_[i] = {extent, {0, 0, 0}, 0};
    for (int k = 0; k < count; ++k) axes_[i].strides[k] = extent == 1 ? 0 : operands[k].strides[axis];
    if (extent == 0) done_ = true;
  }
  if (ndim_ == 0) axes_[ndim_++] = {1, {0, 0, 0}, 0};
  sort();
  merge();
}

// Insertion by stride of what is read. Axes between which no operand decides stay as they are; where operands
// disagree, the order of the indices wins.
void ReduceWalk::sort() {
  for (int64_t i = 1; i < ndim_; ++i) {
    int64_t place = i;
    for (int64_t j = i - 1; j >= 0; --j) {
      bool decided = false, before = false;
      for (int k = kArray; k < count_; ++k) {
        int64_t outer = std::abs(axes_[i].strides[k]), inner = std::abs(axes_[j].strides[k]);
        if (outer == 0 || inner == 0) continue;
        before = inner > outer && (!decided || before);
        decided = true;
      }
      if (decided && !before) break;
      if (decided) place = j;
    }
    std::rotate(axes_ + place, axes_ + i, axes_ + i + 1);
  }
}

void ReduceWalk::merge() {
  int64_t last = 0;
  for (int64_t i = 1; i < ndim_; ++i) {
    WalkAxis& inner = axes_[last];
    const WalkAxis& outer = axes_[i];
    bool single = inner.extent == 1 || outer.extent == 1, continues = true;
    for (int k = 0; k < count_; ++k)
      continues = continues && inner.extent * inner.strides[k] == outer.strides[k];
    if (!single && !continues) {
      axes_[++last] = outer;
      continue;
    }
    if (inner.extent == 1) std::copy(outer.strides, outer.strides + 3, inner.strides);
    inner.extent *= outer.extent;
  }
  ndim_ = last + 1;
}

bool ReduceWalk::collapses(int64_t axis, int operand) const {
  const WalkAxis& inner = axes_[axis - 1];
  return inner.extent * inner.strides[operand] == axes_[axis].strides[operand];
}

void ReduceWalk::skip(int64_t rows) {
  if (ndim_ > 1) {
    axes_[1].index += rows - 1;
    for (int k = 0; k < count_; ++k) rows_[k] += (rows - 1) * axes_[1].strides[k];
  }
  next();
}

void ReduceWalk::next() {
  for (int64_t i = 1; i < ndim_; ++i) {
    WalkAxis& axis = axes_[i];
    for (int k = 0; k < count_; ++k) rows_[k] += axis.strides[k];
    if (++axis.index < axis.extent) return;
    for (int k = 0; k < count_; ++k) rows_[k] -= axis.extent * axis.strides[k];
    axis.index = 0;
  }
  done_ = true;
}

// NumPy (2.3 and later) weighs the number of operands that are gathered into buffers against how much is done
// at once, an axis more at a time, up to the first axis that is not reduced: that one is then walked around
// the others.
ReduceWalk::Stretches ReduceWalk::stretches() const {
  struct {
    int64_t axis, inside, size;
    double cost;
    bool kept;
  } best = {0, 1, axes_[0].extent, converts_ ? 2.0 : 1.0, false};
  double cost = best.cost;
  int64_t size = best.size, collapsed[3] = {1, 1, 1};
  bool kept = !reduces_rows();
  for (int64_t i = 1; i < ndim_ && !kept && !(size >= kMostGathered && cost > 1); ++i) {
    for (int k = 0; k < count_; ++k) {
      if (collapsed[k] == i && collapses(i, k)) {
        ++collapsed[k];
        continue;
      }
      if (collapsed[k] == i && !(k == kArray && converts_)) ++cost;
      kept = kept || (k == kTarget && axes_[i].strides[k] != 0);
    }
    int64_t inside = size;
    size *= axes_[i].extent;
    double once = static_cast<double>(cost > 1 ? std::min(size, kMostGathered) : size);
    if (cost * static_cast<double>(best.size) > best.cost * once) continue;
    best = {i, inside, size, cost, kept};
  }
  if (best.axis == 0) return {converts_ ? std::min(best.size, kMostGathered) : 0, best.size};
  if (best.kept) return {best.axis == 1 && !converts_ ? 0 : best.inside, best.inside};
  if (best.size <= kMostGathered) return {best.size, best.size};
  return {best.inside * (kMostGathered / best.inside), best.size};
}

}  // namespace lancehead
