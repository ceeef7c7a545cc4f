// One product of matrices of any layout, by the BLAS where NumPy calls it.
#pragma once

#include "runtime/error.h"
#include "runtime/product_loops.h"

namespace lancehead {

// Memory for copies of matrices, freed at the end.
class Scratch {
 public:
  Scratch() = default;
  ~Scratch() { std::free(memory_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  char* reserve(int64_t bytes) {
    if (bytes > size_) {
      std::free(memory_);
      memory_ = static_cast<char*>(std::malloc(static_cast<size_t>(bytes)));
      size_ = memory_ ? bytes : 0;
    }
    return memory_;
  }

 private:
  char* memory_ = nullptr;
  int64_t size_ = 0;
};

inline Status no_memory(Context* ctx, int64_t bytes) {
  return raise_row(ctx, ErrorRowId::NoMemory, bytes);
}

struct Work {
  Context* ctx;
  Scratch a, b, out;
  bool plain;
};

// A contiguous matrix of the same extents, in the order in which this one lies.
template <typename T>
Matrix packed(Matrix m, char* memory) {
  constexpr int64_t kSize = sizeof(T);
  if (std::abs(m.row_step) < std::abs(m.column_step))
    return {memory, m.rows, m.columns, kSize, kSize * m.rows};
  return {memory, m.rows, m.columns, kSize * m.columns, kSize};
}

// out = a @ b of matrices with more than one row, column and product each: what a routine cannot walk is
// copied.
template <typename T>
Status multiply_matrices(Work& work, const Blas<T>& blas, Matrix a, Matrix b, Matrix out) {
  auto provide = [&](Matrix& m, Scratch& scratch) {
    if (has_lines(blas, m)) return true;
    char* memory = scratch.reserve(m.rows * m.columns * static_cast<int64_t>(sizeof(T)));
    if (memory) m = packed<T>(m, memory);
    return memory != nullptr;
  };
  Matrix x = a, y = b, z = out;
  if (!provide(x, work.a) || !provide(y, work.b) || !provide(z, work.out))
    return no_memory(work.ctx, (a.rows * a.columns + b.rows * b.columns) * static_cast<int64_t>(sizeof(T)));
  if (x.data != a.data) copy_matrix<T>(a, x);
  if (y.data != b.data) copy_matrix<T>(b, y);
  if (std::abs(out.row_step) < std::abs(out.column_step))
    blas_matrix_matrix(blas, y.transposed(), x.transposed(), z.transposed());
  else
    blas_matrix_matrix(blas, x, y, z);
  if (z.data != out.data) copy_matrix<T>(z, out);
  return kOk;
}

template <typename T>
Status multiply(Work& work, Matrix a, Matrix b, Matrix out) {
  int64_t m = a.rows, n = a.columns, p = b.columns;
  if constexpr (has_blas<T>) {
    const Blas<T>* found = work.plain ? nullptr : blas<T>();
    if (found && m > 0 && n > 0 && p > 0 && m <= found->most && n <= found->most && p <= found->most) {
      const Blas<T>& blas = *found;
      if (m == 1 && p == 1) {
        store_element(out.data, blas_dot(blas, a.row(0), b.column(0), Conjugate::No));
        return kOk;
      }
      if (m > 1 && n > 1 && p > 1) return multiply_matrices(work, blas, a, b, out);
      if (n > 1 && m == 1 && has_lines(blas, b) && is_walkable(blas, a.row(0)) &&
          is_walkable(blas, {out.data, p, out.column_step})) {
        blas_matrix_vector(blas, b.transposed(), a.row(0), out.data, out.column_step);
        return kOk;
      }
      if (n > 1 && p == 1 && has_lines(blas, a) && is_walkable(blas, b.column(0)) &&
          is_walkable(blas, {out.data, m, out.row_step})) {
        blas_matrix_vector(blas, a, b.column(0), out.data, out.row_step);
        return kOk;
      }
    }
  }
  plain_product<T>(a, b, out);
  return kOk;
}

}  // namespace lancehead
