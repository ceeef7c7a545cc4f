// np.einsum: sums of products of views that all have the same axes, the first of which are the result's. What
// is a product of matrices, batches of them perhaps, is computed as one; else a nest of loops adds to the
// result.
#include <algorithm>

#include "runtime/axes.h"
#include "runtime/matrix_product.h"
#include "runtime/products.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

constexpr int64_t kMostOperands = 4;

// One axis of the nest: the steps of the operands, and at kMostOperands that of the result.
struct Axis {
  int64_t extent;
  int64_t step[kMostOperands + 1];
};

struct Nest {
  Axis axes[kMaxDims];
  int64_t count = 0, operands = 0;
  char* data[kMostOperands + 1];

  int64_t reach(const Axis& axis) const {
    int64_t sum = std::abs(axis.step[kMostOperands]);
    for (int64_t k = 0; k < operands; ++k) sum += std::abs(axis.step[k]);
    return sum;
  }
  bool continues(const Axis& outer, const Axis& inner) const {
    for (int64_t k = 0; k <= kMostOperands; ++k)
      if ((k < operands || k == kMostOperands) && outer.step[k] != inner.step[k] * inner.extent) return false;
    return true;
  }
  void drop(int64_t k) {
    std::copy(axes + k + 1, axes + count, axes + k);
    --count;
  }
  // Axes of one element go; those that continue each other become one; the shortest steps go inside.
  void simplify() {
    for (int64_t k = count - 1; k >= 0; --k)
      if (axes[k].extent == 1) drop(k);
    for (int64_t outer = count - 1; outer >= 0; --outer)
      for (int64_t inner = 0; inner < count; ++inner)
        if (outer != inner && continues(axes[outer], axes[inner])) {
          axes[inner].extent *= axes[outer].extent;
          drop(outer);
          break;
        }
    std::stable_sort(axes, axes + count, [&](const Axis& x, const Axis& y) { return reach(x) > reach(y); });
  }
};

template <typename T>
T product_at(char* const* at, int64_t operands) {
  T value = load_element<T>(at[0]);
  for (int64_t k = 1; k < operands; ++k) value = product_of<T>(value, load_element<T>(at[k]));
  return value;
}

template <typename T>
void add_line(const Nest& nest, const Axis& axis, char* const* from) {
  constexpr int64_t kSize = sizeof(T);
  char* at[kMostOperands + 1];
  std::copy(from, from + kMostOperands + 1, at);
  const int64_t* step = axis.step;
  char*& out = at[kMostOperands];
  auto advance = [&] {
    for (int64_t k = 0; k < nest.operands; ++k) at[k] += step[k];
  };
  if (nest.operands == 2 && step[kMostOperands] == kSize && step[0] + step[1] == kSize &&
      (step[0] == 0 || step[1] == 0)) {
    bool second = step[0] == 0;
    return add_multiple<T>(load_element<T>(at[second ? 0 : 1]), at[second ? 1 : 0], out, axis.extent);
  }
  if (step[kMostOperands] == 0) {
    T sum = load_element<T>(out);
    for (int64_t i = 0; i < axis.extent; ++i, advance())
      sum = sum_of<T>(sum, product_at<T>(at, nest.operands));
    return store_element(out, sum);
  }
  for (int64_t i = 0; i < axis.extent; ++i, advance(), out += step[kMostOperands])
    store_element(out, sum_of<T>(load_element<T>(out), product_at<T>(at, nest.operands)));
}

template <typename T>
void add_all(const Nest& nest, int64_t depth, char* const* from) {
  if (depth == nest.count)
    return store_element(from[kMostOperands],
                         sum_of<T>(load_element<T>(from[kMostOperands]), product_at<T>(from, nest.operands)));
  const Axis& axis = nest.axes[depth];
  if (depth == nest.count - 1) return add_line<T>(nest, axis, from);
  char* at[kMostOperands + 1];
  std::copy(from, from + kMostOperands + 1, at);
  for (int64_t i = 0; i < axis.extent; ++i) {
    add_all<T>(nest, depth + 1, at);
    for (int64_t k = 0; k < nest.operands; ++k) at[k] += axis.step[k];
    at[kMostOperands] += axis.step[kMostOperands];
  }
}

// ---- products of matrices

struct Matrices {
  Axis row{1, {}}, column{1, {}}, sum{1, {}};
  Axis batch[kMaxDims];
  int64_t batches = 0;
};

// Which axis is which, if two operands make products of matrices.
bool find_matrices(const Nest& nest, Matrices& out) {
  if (nest.operands != 2) return false;
  int64_t sums = 0, rows = 0, columns = 0;
  for (int64_t k = 0; k < nest.count; ++k) {
    const Axis& axis = nest.axes[k];
    bool left = axis.step[0] != 0, right = axis.step[1] != 0, result = axis.step[kMostOperands] != 0;
    if (left && right && result) {
      out.batch[out.batches++] = axis;
    } else if (left && right) {
      out.sum = axis;
      ++sums;
    } else if (result && left) {
      out.row = axis;
      ++rows;
    } else if (result && right) {
      out.column = axis;
      ++columns;
    } else {
      return false;
    }
  }
  return sums == 1 && rows <= 1 && columns <= 1;
}

template <typename T>
Status multiply_batches(Work& work, const Matrices& m, int64_t depth, char* a, char* b, char* out) {
  if (depth == m.batches)
    return multiply<T>(
        work, {a, m.row.extent, m.sum.extent, m.row.step[0], m.sum.step[0]},
        {b, m.sum.extent, m.column.extent, m.sum.step[1], m.column.step[1]},
        {out, m.row.extent, m.column.extent, m.row.step[kMostOperands], m.column.step[kMostOperands]});
  const Axis& axis = m.batch[depth];
  for (int64_t i = 0; i < axis.extent; ++i) {
    if (Status status = multiply_batches<T>(work, m, depth + 1, a, b, out)) return status;
    a += axis.step[0];
    b += axis.step[1];
    out += axis.step[kMostOperands];
  }
  return kOk;
}

// A few products with few additions each cost less in the nest than in calls.
bool worth_calls(const Matrices& m) {
  return m.batches == 0 || m.row.extent * m.column.extent * m.sum.extent >= 64;
}

template <typename T>
void fill_zeros(char* at, const Slot* out, int64_t ndim, int64_t axis) {
  if (axis == ndim) return store_element(at, T(0));
  for (int64_t i = 0; i < array_extent(out, axis); ++i)
    fill_zeros<T>(at + i * array_stride(out, ndim, axis), out, ndim, axis + 1);
}

struct View {
  const Slot* leaves;
  int64_t ndim;
};

Status sum_products(Context* ctx, const View* views, int64_t operands, const Slot* out, int64_t out_ndim,
                    int64_t element) {
  Nest nest;
  nest.operands = operands;
  nest.count = views[0].ndim;
  bool empty = false;
  for (int64_t axis = 0; axis < nest.count; ++axis) {
    Axis& a = nest.axes[axis];
    a = {array_extent(views[0].leaves, axis), {}};
    for (int64_t k = 0; k < operands; ++k) a.step[k] = array_stride(views[k].leaves, views[k].ndim, axis);
    if (axis < out_ndim) a.step[kMostOperands] = array_stride(out, out_ndim, axis);
    empty = empty || a.extent == 0;
  }
  for (int64_t k = 0; k < operands; ++k) nest.data[k] = const_cast<char*>(array_data(views[k].leaves));
  for (int64_t k = operands; k < kMostOperands; ++k) nest.data[k] = nullptr;
  nest.data[kMostOperands] = const_cast<char*>(array_data(out));
  nest.simplify();
  Matrices matrices;
  bool products = !empty && find_matrices(nest, matrices) && worth_calls(matrices);
  return with_element(static_cast<Element>(element), [&](auto one) -> Status {
    using T = decltype(one);
    if (products) {
      Work work{ctx, {}, {}, {}, false};
      return multiply_batches<T>(work, matrices, 0, nest.data[0], nest.data[1], nest.data[kMostOperands]);
    }
    fill_zeros<T>(nest.data[kMostOperands], out, out_ndim, 0);
    if (!empty) add_all<T>(nest, 0, nest.data);
    return kOk;
  });
}

}  // namespace

extern "C" Status lh_einsum(Context* ctx, const Slot* a, int64_t a_ndim, int64_t, const Slot* b,
                            int64_t b_ndim, int64_t, const Slot* out, int64_t out_ndim, int64_t,
                            int64_t operands, int64_t element) {
  const View views[] = {{a, a_ndim}, {b, b_ndim}};
  return sum_products(ctx, views, operands, out, out_ndim, element);
}

extern "C" Status lh_einsum_of_four(Context* ctx, const Slot* a, int64_t a_ndim, int64_t, const Slot* b,
                                    int64_t b_ndim, int64_t, const Slot* c, int64_t c_ndim, int64_t,
                                    const Slot* d, int64_t d_ndim, int64_t, const Slot* out, int64_t out_ndim,
                                    int64_t, int64_t operands, int64_t element) {
  const View views[] = {{a, a_ndim}, {b, b_ndim}, {c, c_ndim}, {d, d_ndim}};
  return sum_products(ctx, views, operands, out, out_ndim, element);
}

LH_MATCHES_ROW(lh_einsum);
LH_MATCHES_ROW(lh_einsum_of_four);

}  // namespace lancehead
