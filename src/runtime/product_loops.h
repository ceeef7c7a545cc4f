// Products of vectors and matrices of one element type: by our own loops, in NumPy's order where it has no
// BLAS for them, and by the BLAS as NumPy calls it. Steps are in bytes; any address is taken.
#pragma once

#include <cstdlib>
#include <type_traits>

#include "runtime/blas.h"
#include "runtime/elements.h"

namespace lancehead {

struct Vector {
  const char* data;
  int64_t extent, step;
};

struct Matrix {
  char* data;
  int64_t rows, columns, row_step, column_step;

  Matrix transposed() const { return {data, columns, rows, column_step, row_step}; }
  Vector row(int64_t i) const { return {data + i * row_step, columns, column_step}; }
  Vector column(int64_t j) const { return {data + j * column_step, rows, row_step}; }
};

template <typename T>
inline constexpr bool has_blas = std::is_floating_point_v<T> || is_complex_number<T>;

template <typename T>
T product_of(T x, T y) {
  if constexpr (is_complex_number<T>)
    return T(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
  else if constexpr (std::is_same_v<T, bool>)
    return x & y;
  else if constexpr (std::is_integral_v<T>)
    return static_cast<T>(static_cast<uint64_t>(x) * static_cast<uint64_t>(y));
  else
    return x * y;
}

template <typename T>
T sum_of(T x, T y) {
  if constexpr (std::is_same_v<T, bool>)
    return x | y;
  else if constexpr (std::is_integral_v<T>)
    return static_cast<T>(static_cast<uint64_t>(x) + static_cast<uint64_t>(y));
  else
    return x + y;
}

template <typename T>
T conjugate_of(T x) {
  if constexpr (is_complex_number<T>)
    return T(x.real(), -x.imag());
  else
    return x;
}

template <typename T, typename Sum>
T plain_dot_in(Vector a, Vector b, bool conjugate) {
  Sum sum(0);
  for (int64_t i = 0; i < a.extent; ++i, a.data += a.step, b.data += b.step) {
    T x = load_element<T>(a.data);
    sum = sum_of<Sum>(sum, Sum(product_of<T>(conjugate ? conjugate_of(x) : x, load_element<T>(b.data))));
  }
  return T(sum);
}

// What is conjugated: nothing, the first vector, or that one with sums in double precision (NumPy's vecdot).
enum class Conjugate : uint8_t { No, First, FirstInDouble };

template <typename T>
T plain_dot(Vector a, Vector b, Conjugate conjugate) {
  if constexpr (is_complex_number<T>)
    if (conjugate == Conjugate::FirstInDouble) return plain_dot_in<T, std::complex<double>>(a, b, true);
  return plain_dot_in<T, T>(a, b, conjugate != Conjugate::No);
}

// Adds x * row to the elements of another row, both contiguous.
template <typename T>
void add_multiple(T x, const char* row, char* out, int64_t count) {
  for (int64_t j = 0; j < count; ++j)
    store_element(out + j * static_cast<int64_t>(sizeof(T)),
                  sum_of<T>(load_element<T>(out + j * static_cast<int64_t>(sizeof(T))),
                            product_of<T>(x, load_element<T>(row + j * static_cast<int64_t>(sizeof(T))))));
}

// Each element is summed from the first product on, whichever loop is the inner one.
template <typename T>
void plain_product(Matrix a, Matrix b, Matrix out) {
  constexpr int64_t kSize = sizeof(T);
  bool rows = b.column_step == kSize && out.column_step == kSize;
  for (int64_t i = 0; i < out.rows; ++i) {
    char* target = out.data + i * out.row_step;
    for (int64_t j = 0; j < out.columns; ++j) store_element(target + j * out.column_step, T(0));
    if (rows) {
      for (int64_t k = 0; k < a.columns; ++k)
        add_multiple<T>(load_element<T>(a.data + i * a.row_step + k * a.column_step), b.data + k * b.row_step,
                        target, out.columns);
      continue;
    }
    for (int64_t j = 0; j < out.columns; ++j) {
      const char *x = a.data + i * a.row_step, *y = b.data + j * b.column_step;
      T sum(0);
      for (int64_t k = 0; k < a.columns; ++k, x += a.column_step, y += b.row_step)
        sum = sum_of<T>(sum, product_of<T>(load_element<T>(x), load_element<T>(y)));
      store_element(target + j * out.column_step, sum);
    }
  }
}

// Elements of a matrix as contiguous rows or, in `columns`, as contiguous columns.
template <typename T>
void copy_matrix(Matrix from, Matrix to) {
  for (int64_t i = 0; i < from.rows; ++i)
    for (int64_t j = 0; j < from.columns; ++j)
      store_element(to.data + i * to.row_step + j * to.column_step,
                    load_element<T>(from.data + i * from.row_step + j * from.column_step));
}

// ---- by the BLAS

template <typename T>
bool is_aligned(const char* data) {
  return reinterpret_cast<uintptr_t>(data) % alignof(T) == 0;
}

template <typename T>
const T* elements_at(const char* data) {
  return reinterpret_cast<const T*>(data);
}

// Whether a routine can walk along the vector: forwards, in steps of whole elements.
template <typename T>
bool is_walkable(const Blas<T>& blas, Vector v) {
  constexpr int64_t kSize = sizeof(T);
  return v.step > 0 && v.step % kSize == 0 && v.step / kSize <= blas.most && v.extent <= blas.most &&
         is_aligned<T>(v.data);
}

// Whether the rows are contiguous and apart.
template <typename T>
bool has_rows(const Blas<T>& blas, Matrix m) {
  constexpr int64_t kSize = sizeof(T);
  return m.column_step == kSize && m.row_step % kSize == 0 && m.row_step / kSize >= m.columns &&
         m.row_step / kSize <= blas.most && is_aligned<T>(m.data);
}

template <typename T>
bool has_lines(const Blas<T>& blas, Matrix m) {
  return has_rows(blas, m) || has_rows(blas, m.transposed());
}

template <typename T>
T blas_dot(const Blas<T>& blas, Vector a, Vector b, Conjugate conjugate) {
  constexpr int64_t kSize = sizeof(T);
  if (!is_walkable(blas, a) || !is_walkable(blas, b)) return plain_dot<T>(a, b, conjugate);
  const T *x = elements_at<T>(a.data), *y = elements_at<T>(b.data);
  if constexpr (is_complex_number<T>) {
    T out;
    (conjugate != Conjugate::No ? blas.conjugate_dot : blas.dot)(a.extent, x, a.step / kSize, y,
                                                                 b.step / kSize, &out);
    return T(std::complex<double>(0) + std::complex<double>(out));
  } else {
    return static_cast<T>(0.0 + blas.dot(a.extent, x, a.step / kSize, y, b.step / kSize));
  }
}

// out = m @ v, where the matrix has lines and both vectors are walkable.
template <typename T>
void blas_matrix_vector(const Blas<T>& blas, Matrix m, Vector v, char* out, int64_t out_step) {
  constexpr int64_t kSize = sizeof(T);
  bool rows = has_rows(blas, m);
  blas.gemv(rows ? BlasOrder::Column : BlasOrder::Row, BlasTrans::Yes, m.columns, m.rows,
            Blas<T>::number(Blas<T>::kOne), elements_at<T>(m.data),
            (rows ? m.row_step : m.column_step) / kSize, elements_at<T>(v.data), v.step / kSize,
            Blas<T>::number(Blas<T>::kZero), reinterpret_cast<T*>(out), out_step / kSize);
}

template <typename T>
void mirror_upper_half(T* c, int64_t n, int64_t step) {
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = i + 1; j < n; ++j) c[j * step + i] = c[i * step + j];
}

// out = a @ b, where a and b have lines and `out` has rows; of a matrix and its transpose one half is
// computed.
template <typename T>
void blas_matrix_matrix(const Blas<T>& blas, Matrix a, Matrix b, Matrix out) {
  constexpr int64_t kSize = sizeof(T);
  bool a_rows = has_rows(blas, a), b_rows = has_rows(blas, b);
  int64_t a_step = (a_rows ? a.row_step : a.column_step) / kSize,
          b_step = (b_rows ? b.row_step : b.column_step) / kSize;
  BlasTrans a_trans = a_rows ? BlasTrans::No : BlasTrans::Yes,
            b_trans = b_rows ? BlasTrans::No : BlasTrans::Yes;
  typename Blas<T>::Number one = Blas<T>::number(Blas<T>::kOne), zero = Blas<T>::number(Blas<T>::kZero);
  T* c = reinterpret_cast<T*>(out.data);
  if (a.data == b.data && a.rows == b.columns && a.row_step == b.column_step && a.column_step == b.row_step &&
      a_rows != b_rows) {
    blas.syrk(BlasOrder::Row, BlasHalf::Upper, a_trans, b.columns, a.columns, one, elements_at<T>(a.data),
              a_rows ? a_step : b_step, zero, c, out.row_step / kSize);
    mirror_upper_half(c, b.columns, out.row_step / kSize);
    return;
  }
  blas.gemm(BlasOrder::Row, a_trans, b_trans, a.rows, b.columns, a.columns, one, elements_at<T>(a.data),
            a_step, elements_at<T>(b.data), b_step, zero, c, out.row_step / kSize);
}

}  // namespace lancehead
