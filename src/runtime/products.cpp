#include "runtime/products.h"

#include "runtime/axes.h"
#include "runtime/error.h"
#include "runtime/matrix_product.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

template <typename T>
T dot_of(const Work& work, Vector a, Vector b, Conjugate conjugate) {
  if constexpr (has_blas<T>) {
    const Blas<T>* found = work.plain ? nullptr : blas<T>();
    if (found) return blas_dot(*found, a, b, conjugate);
  }
  return plain_dot<T>(a, b, conjugate);
}

// A matrix and a vector, which is conjugated where it is on the left.
template <typename T>
void multiply_by_vector(const Work& work, Matrix m, Vector v, bool conjugate, char* out, int64_t out_step) {
  if constexpr (has_blas<T>) {
    const Blas<T>* found = work.plain ? nullptr : blas<T>();
    if (found && m.rows > 1 && m.columns > 1 && has_lines(*found, m) && is_walkable(*found, v)) {
      constexpr int64_t kSize = sizeof(T);
      const Blas<T>& blas = *found;
      if (!conjugate && is_walkable(blas, {out, m.rows, out_step})) {
        return blas_matrix_vector(blas, m, v, out, out_step);
      } else if (conjugate && out_step == kSize) {  // no gemv conjugates its vector
        bool rows = has_rows(blas, m);
        blas.gemm(BlasOrder::Row, BlasTrans::Conjugate, rows ? BlasTrans::Yes : BlasTrans::No, 1, m.rows,
                  m.columns, Blas<T>::number(Blas<T>::kOne), elements_at<T>(v.data), v.step / kSize,
                  elements_at<T>(m.data), (rows ? m.row_step : m.column_step) / kSize,
                  Blas<T>::number(Blas<T>::kZero), reinterpret_cast<T*>(out), m.rows);
        return;
      }
    }
  }
  for (int64_t i = 0; i < m.rows; ++i)
    store_element(out + i * out_step, conjugate ? dot_of<T>(work, v, m.row(i), Conjugate::FirstInDouble)
                                                : dot_of<T>(work, m.row(i), v, Conjugate::No));
}

// ---- axes

struct Array {
  const Slot* leaves;
  int64_t ndim;

  char* data() const { return const_cast<char*>(array_data(leaves)); }
  int64_t extent(int64_t axis) const { return array_extent(leaves, axis); }
  int64_t stride(int64_t axis) const { return array_stride(leaves, ndim, axis); }
  Vector vector(char* at) const { return {at, extent(ndim - 1), stride(ndim - 1)}; }
  // The last two axes; of one axis a row or, `as_column`, a column.
  Matrix matrix(char* at, bool as_column) const {
    if (ndim > 1) return {at, extent(ndim - 2), extent(ndim - 1), stride(ndim - 2), stride(ndim - 1)};
    if (as_column) return {at, extent(0), 1, stride(0), 0};
    return {at, 1, extent(0), 0, stride(0)};
  }
};

// The step along an axis of the result, `back` axes before the last of those that are broadcast.
int64_t broadcast_step(Array a, int64_t core, int64_t back) {
  int64_t axis = a.ndim - core - 1 - back;
  return axis < 0 || a.extent(axis) == 1 ? 0 : a.stride(axis);
}

struct Places {
  char *a, *b, *out;
};

// Calls visit(places) for each index of the axes that are broadcast.
template <typename Visit>
Status for_each_place(Array a, int64_t a_core, Array b, int64_t b_core, Array out, int64_t axis, int64_t axes,
                      Places at, Visit& visit) {
  if (axis == axes) return visit(at);
  int64_t back = axes - 1 - axis;
  int64_t a_step = broadcast_step(a, a_core, back), b_step = broadcast_step(b, b_core, back),
          step = out.stride(axis);
  for (int64_t i = 0; i < out.extent(axis); ++i) {
    if (Status status = for_each_place(a, a_core, b, b_core, out, axis + 1, axes, at, visit)) return status;
    at = {at.a + a_step, at.b + b_step, at.out + step};
  }
  return kOk;
}

struct Product {
  Array a, b, out;
  int64_t a_core, b_core, out_core;
  ProductKind kind;
};

template <typename T>
Status multiply_all(Work& work, const Product& p) {
  auto visit = [&](Places at) -> Status {
    switch (p.kind) {
      case ProductKind::VecDot:
      case ProductKind::VDot: {
        Conjugate conjugate = p.kind == ProductKind::VDot ? Conjugate::First : Conjugate::FirstInDouble;
        store_element(at.out, dot_of<T>(work, p.a.vector(at.a), p.b.vector(at.b), conjugate));
        return kOk;
      }
      case ProductKind::MatVec:
        multiply_by_vector<T>(work, p.a.matrix(at.a, false), p.b.vector(at.b), false, at.out,
                              p.out.stride(p.out.ndim - 1));
        return kOk;
      case ProductKind::VecMat:
        multiply_by_vector<T>(work, p.b.matrix(at.b, false).transposed(), p.a.vector(at.a),
                              is_complex_number<T>, at.out, p.out.stride(p.out.ndim - 1));
        return kOk;
      case ProductKind::MatMul: break;
    }
    Matrix a = p.a.matrix(at.a, false), b = p.b.matrix(at.b, true), out{at.out, a.rows, b.columns, 0, 0};
    if (p.a_core == 2) out.row_step = p.out.stride(p.out.ndim - p.out_core);
    if (p.b_core == 2) out.column_step = p.out.stride(p.out.ndim - 1);
    return multiply<T>(work, a, b, out);
  };
  return for_each_place(p.a, p.a_core, p.b, p.b_core, p.out, 0, p.out.ndim - p.out_core,
                        {p.a.data(), p.b.data(), p.out.data()}, visit);
}

// Which axes of the operands take part, and how many of the result's.
void set_cores(Product& p) {
  p.a_core = p.kind == ProductKind::MatVec ? 2 : p.kind == ProductKind::MatMul && p.a.ndim > 1 ? 2 : 1;
  p.b_core = p.kind == ProductKind::VecMat ? 2 : p.kind == ProductKind::MatMul && p.b.ndim > 1 ? 2 : 1;
  p.out_core = p.a_core + p.b_core - 2;
}

constexpr ErrorRowId kMismatch[] = {ErrorRowId::MatMulExtents, ErrorRowId::VecDotExtents,
                                    ErrorRowId::MatVecExtents, ErrorRowId::VecMatExtents,
                                    ErrorRowId::VecDotExtents};

}  // namespace

extern "C" Status lh_matmul(Context* ctx, const Slot* a, int64_t a_ndim, int64_t, const Slot* b,
                            int64_t b_ndim, int64_t, const Slot* out, int64_t out_ndim, int64_t, int64_t kind,
                            int64_t element, bool plain) {
  Product p{{a, a_ndim}, {b, b_ndim}, {out, out_ndim}, 0, 0, 0, static_cast<ProductKind>(kind)};
  set_cores(p);
  int64_t left = p.a.extent(a_ndim - 1), right = p.b.extent(b_ndim - p.b_core);
  if (left != right) return raise_row(ctx, kMismatch[kind], right, left);
  Work work{ctx, {}, {}, {}, plain};
  return with_element(static_cast<Element>(element),
                      [&](auto one) { return multiply_all<decltype(one)>(work, p); });
}

LH_MATCHES_ROW(lh_matmul);

}  // namespace lancehead
