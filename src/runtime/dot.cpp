// np.dot. Of floats and complex numbers with at most two axes each it is a call of the BLAS that the extents
// choose; else an element of the result is a product of vectors.
#include "runtime/axes.h"
#include "runtime/error.h"
#include "runtime/product_loops.h"
#include "runtime/products.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

enum class Shape : uint8_t { Scalar, Row, Column, Matrix };

// An operand with at most two axes.
struct Operand {
  char* data;
  int64_t ndim;
  int64_t extent[2], stride[2];

  Shape shape() const {
    if (ndim == 0) return Shape::Scalar;
    if (ndim == 1) return extent[0] > 1 ? Shape::Column : Shape::Scalar;
    if (extent[0] > 1) return extent[1] == 1 ? Shape::Column : Shape::Matrix;
    return extent[1] == 1 ? Shape::Scalar : Shape::Row;
  }
  int64_t count() const { return (ndim > 0 ? extent[0] : 1) * (ndim > 1 ? extent[1] : 1); }
  // The axis along which a vector lies.
  int64_t step() const { return ndim == 0 ? 0 : shape() == Shape::Row ? stride[1] : stride[0]; }
  Vector vector() const { return {data, count(), step()}; }
  Matrix matrix() const { return {data, extent[0], extent[1], stride[0], stride[1]}; }

  bool has_rows(int64_t size) const {
    return count() == 0 ||
           ((extent[1] == 1 || stride[1] == size) && (extent[0] == 1 || stride[0] == size * extent[1]));
  }
  bool has_columns(int64_t size) const {
    return count() == 0 ||
           ((extent[0] == 1 || stride[0] == size) && (extent[1] == 1 || stride[1] == size * extent[0]));
  }
};

Operand operand_of(const Slot* array, int64_t ndim) {
  Operand out{const_cast<char*>(array_data(array)), ndim, {1, 1}, {0, 0}};
  for (int64_t k = 0; k < ndim; ++k) {
    out.extent[k] = array_extent(array, k);
    out.stride[k] = array_stride(array, ndim, k);
  }
  return out;
}

// A contiguous copy, in `memory`, which is to be freed.
template <typename T>
bool make_contiguous(Operand& x, char*& memory) {
  constexpr int64_t kSize = sizeof(T);
  char* copy = static_cast<char*>(std::malloc(static_cast<size_t>(x.count() * kSize + kSize)));
  if (!copy) return false;
  int64_t columns = x.ndim > 1 ? x.extent[1] : 1, row = kSize * columns;
  copy_matrix<T>({x.data, x.ndim > 0 ? x.extent[0] : 1, columns, x.stride[0], x.stride[1]},
                 {copy, 0, 0, row, kSize});
  x.data = copy;
  x.stride[0] = row;
  x.stride[1] = kSize;
  memory = copy;
  return true;
}

template <typename T>
bool cannot_be_walked(const Operand& x) {
  constexpr int64_t kSize = sizeof(T);
  if (!is_aligned<T>(x.data)) return true;
  for (int64_t k = 0; k < x.ndim; ++k)
    if (x.stride[k] < 0 || x.stride[k] % kSize != 0 || (x.stride[k] == 0 && x.extent[k] > 1)) return true;
  return false;
}

template <typename T>
void scale(const Blas<T>& blas, const Operand& x, T factor, T* out) {
  constexpr int64_t kSize = sizeof(T);
  for (int64_t i = 0; i < x.count(); ++i) out[i] = T(0);
  if (x.count() == 1) {
    out[0] = product_of(factor, load_element<T>(x.data));
  } else if (x.shape() != Shape::Matrix) {
    blas.axpy(x.count(), Blas<T>::number(factor), elements_at<T>(x.data), x.step() / kSize, out, 1);
  } else {
    for (int64_t i = 0; i < x.extent[0]; ++i)
      blas.axpy(x.extent[1], Blas<T>::number(factor), elements_at<T>(x.data + i * x.stride[0]),
                x.stride[1] / kSize, out + i * x.extent[1], 1);
  }
}

template <typename T>
void multiply_by_matrix(const Blas<T>& blas, const Operand& matrix, const Operand& vector, bool transposed,
                        T* out) {
  constexpr int64_t kSize = sizeof(T);
  bool rows = matrix.has_rows(kSize);
  int64_t step = rows ? matrix.extent[1] : matrix.extent[0];
  blas.gemv(rows ? BlasOrder::Row : BlasOrder::Column, transposed ? BlasTrans::Yes : BlasTrans::No,
            matrix.extent[0], matrix.extent[1], Blas<T>::number(Blas<T>::kOne), elements_at<T>(matrix.data),
            step > 1 ? step : 1, elements_at<T>(vector.data), vector.step() / kSize,
            Blas<T>::number(Blas<T>::kZero), out, 1);
}

// Steps of axes of extent 1 say nothing: they get those of contiguous rows or columns.
Matrix with_plain_steps(const Operand& x, int64_t size) {
  Matrix m = x.matrix();
  if (x.has_columns(size)) {
    m.row_step = size;
    m.column_step = size * (m.rows > 1 ? m.rows : 1);
  } else {
    m.row_step = size * (m.columns > 1 ? m.columns : 1);
    m.column_step = size;
  }
  return m;
}

// The product; false if there is no memory for a copy of an operand.
template <typename T>
bool multiply(const Blas<T>& blas, Operand a, Operand b, T* out, char* (&memory)[2]) {
  constexpr int64_t kSize = sizeof(T);
  if (cannot_be_walked<T>(a) && !make_contiguous<T>(a, memory[0])) return false;
  if (cannot_be_walked<T>(b) && !make_contiguous<T>(b, memory[1])) return false;
  Shape left = a.shape(), right = b.shape();
  auto one_segment = [&](Operand& x, char*& copy) {
    if (x.has_rows(kSize) || x.has_columns(kSize)) return true;
    char* before = copy;
    bool made = make_contiguous<T>(x, copy);
    std::free(before);
    return made;
  };
  if (right == Shape::Scalar) {
    scale(blas, a, load_element<T>(b.data), out);
  } else if (left == Shape::Scalar) {
    scale(blas, b, load_element<T>(a.data), out);
  } else if (right == Shape::Column && left != Shape::Matrix) {
    *out = blas_dot(blas, a.vector(), b.vector(), Conjugate::No);
  } else if (left == Shape::Matrix && right != Shape::Matrix) {
    if (!one_segment(a, memory[0])) return false;
    multiply_by_matrix(blas, a, b, false, out);
  } else if (left != Shape::Matrix && right == Shape::Matrix) {
    if (!one_segment(b, memory[1])) return false;
    multiply_by_matrix(blas, b, a, true, out);
  } else {
    if (!one_segment(a, memory[0]) || !one_segment(b, memory[1])) return false;
    Matrix x = with_plain_steps(a, kSize), y = with_plain_steps(b, kSize);
    blas_matrix_matrix(blas, x, y,
                       {reinterpret_cast<char*>(out), x.rows, y.columns, y.columns * kSize, kSize});
  }
  return true;
}

// ---- any axes, any elements

struct Array {
  const Slot* leaves;
  int64_t ndim;
  const char* data() const { return array_data(leaves); }
  int64_t extent(int64_t axis) const { return array_extent(leaves, axis); }
  int64_t stride(int64_t axis) const { return array_stride(leaves, ndim, axis); }
  Vector vector(int64_t axis, const char* at) const { return {at, extent(axis), stride(axis)}; }
};

// Calls visit(address) for each index of the axes but one, in C order.
template <typename Visit>
void for_each_vector(Array a, int64_t axis, int64_t without, const char* at, Visit& visit) {
  if (axis == a.ndim) return visit(at);
  if (axis == without) return for_each_vector(a, axis + 1, without, at, visit);
  for (int64_t i = 0; i < a.extent(axis); ++i)
    for_each_vector(a, axis + 1, without, at + i * a.stride(axis), visit);
}

template <typename T>
T dot_of(Vector x, Vector y, bool plain) {
  if constexpr (has_blas<T>) {
    const Blas<T>* found = plain ? nullptr : blas<T>();
    if (found) return blas_dot(*found, x, y, Conjugate::No);
  }
  return plain_dot<T>(x, y, Conjugate::No);
}

template <typename T>
void multiply_vectors(Array a, Array b, int64_t b_axis, char* out, bool plain) {
  int64_t a_axis = a.ndim - 1;
  auto with_row = [&](const char* row) {
    auto with_column = [&](const char* column) {
      store_element(out, dot_of<T>(a.vector(a_axis, row), b.vector(b_axis, column), plain));
      out += sizeof(T);
    };
    for_each_vector(b, 0, b_axis, b.data(), with_column);
  };
  for_each_vector(a, 0, a_axis, a.data(), with_row);
}

template <typename T>
void multiply_by_number(Array a, T number, char* out) {
  auto visit = [&](const char* at) {
    store_element(out, product_of(number, load_element<T>(at)));
    out += sizeof(T);
  };
  for_each_vector(a, 0, -1, a.data(), visit);
}

// By the BLAS, if it takes these operands; false in `enough` if there is no memory for copies.
template <typename T>
bool multiply_small_ranks(Array a, Array b, char* out, bool& enough) {
  const Blas<T>* found = blas<T>();
  if (!found || a.ndim > 2 || b.ndim > 2) return false;
  Operand x = operand_of(a.leaves, a.ndim), y = operand_of(b.leaves, b.ndim);
  if (x.count() > found->most || y.count() > found->most) return false;
  char* memory[2] = {};
  enough = multiply<T>(*found, x, y, reinterpret_cast<T*>(out), memory);
  std::free(memory[0]);
  std::free(memory[1]);
  return true;
}

// As multiply() has it of operands with one axis each.
template <typename T>
T vector_dot(Vector a, Vector b) {
  constexpr int64_t kSize = sizeof(T);
  const Blas<T>* found = blas<T>();
  bool walkable = found && is_walkable(*found, a) && is_walkable(*found, b);
  if (a.extent == 1) return load_element<T>(a.data) * load_element<T>(b.data);
  if (walkable || !found) return dot_of<T>(a, b, false);
  T result;
  char* memory[2] = {};
  Operand x{const_cast<char*>(a.data), 1, {a.extent, 1}, {a.step, kSize}};
  Operand y{const_cast<char*>(b.data), 1, {b.extent, 1}, {b.step, kSize}};
  if (!multiply(*found, x, y, &result, memory)) result = plain_dot<T>(a, b, Conjugate::No);
  std::free(memory[0]);
  std::free(memory[1]);
  return result;
}

template <typename T>
bool dot(Array a, Array b, int64_t b_axis, const Slot* out, int64_t count, bool plain) {
  char* target = const_cast<char*>(array_data(out));
  bool scalar = a.ndim == 0 || b.ndim == 0, enough = true;
  if (count == 0) return true;
  if (!scalar && b.extent(b_axis) == 0) {
    for (int64_t i = 0; i < count; ++i) store_element(target + i * static_cast<int64_t>(sizeof(T)), T(0));
    return true;
  }
  if constexpr (has_blas<T>)
    if (!plain && multiply_small_ranks<T>(a, b, target, enough)) return enough;
  if (scalar)
    multiply_by_number<T>(a.ndim == 0 ? b : a, load_element<T>((a.ndim == 0 ? a : b).data()), target);
  else
    multiply_vectors<T>(a, b, b_axis, target, plain);
  return true;
}

}  // namespace

extern "C" Status lh_dot(Context* ctx, const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b,
                         int64_t b_ndim, int64_t b_itemsize, const Slot* out, int64_t out_ndim, int64_t,
                         int64_t element, bool plain) {
  Array x{a, a_ndim}, y{b, b_ndim};
  int64_t b_axis = b_ndim > 1 ? b_ndim - 2 : 0, count = 1;
  if (a_ndim > 0 && b_ndim > 0 && x.extent(a_ndim - 1) != y.extent(b_axis))
    return raise_row(ctx, ErrorRowId::DotExtents, x.extent(a_ndim - 1), a_ndim - 1, y.extent(b_axis));
  for (int64_t k = 0; k < out_ndim; ++k) count *= array_extent(out, k);
  bool enough = with_element(static_cast<Element>(element),
                             [&](auto one) { return dot<decltype(one)>(x, y, b_axis, out, count, plain); });
  if (enough) return kOk;
  return raise_row(ctx, ErrorRowId::NoMemory,
                   a_itemsize * operand_of(a, a_ndim).count() + b_itemsize * operand_of(b, b_ndim).count());
}

extern "C" double lh_vector_dot(const char* a, int64_t a_stride, const char* b, int64_t b_stride,
                                int64_t count) {
  return count == 0 ? 0 : vector_dot<double>({a, count, a_stride}, {b, count, b_stride});
}

extern "C" float lh_vector_dot_float(const char* a, int64_t a_stride, const char* b, int64_t b_stride,
                                     int64_t count) {
  return count == 0 ? 0 : vector_dot<float>({a, count, a_stride}, {b, count, b_stride});
}

LH_MATCHES_ROW(lh_dot);
LH_MATCHES_ROW(lh_vector_dot);
LH_MATCHES_ROW(lh_vector_dot_float);

}  // namespace lancehead
