// The BLAS that NumPy brought, found in the process at the first product: what NumPy's own products call, so
// that ours have its bits. Needs no GIL. Without one, products.cpp computes by its own loops.
#pragma once

#include <complex>
#include <cstdint>
#include <type_traits>

namespace lancehead {

// CBLAS's enumerations.
enum class BlasOrder : int { Row = 101, Column = 102 };
enum class BlasTrans : int { No = 111, Yes = 112, Conjugate = 113 };
enum class BlasHalf : int { Upper = 121 };

// The routines for one element type; numbers of complex type are passed by address. Integers are passed with
// 64 bits to either kind of library: the low half of the register or stack slot is what one of 32 bits reads.
template <typename T>
struct Blas {
  static constexpr bool kComplex = !std::is_floating_point_v<T>;
  using Number = std::conditional_t<kComplex, const T*, T>;
  using Dot = std::conditional_t<kComplex, void (*)(int64_t, const T*, int64_t, const T*, int64_t, T*),
                                 T (*)(int64_t, const T*, int64_t, const T*, int64_t)>;

  void (*gemm)(BlasOrder, BlasTrans, BlasTrans, int64_t m, int64_t n, int64_t k, Number alpha, const T* a,
               int64_t lda, const T* b, int64_t ldb, Number beta, T* c, int64_t ldc) = nullptr;
  void (*gemv)(BlasOrder, BlasTrans, int64_t m, int64_t n, Number alpha, const T* a, int64_t lda, const T* x,
               int64_t step_x, Number beta, T* y, int64_t step_y) = nullptr;
  void (*syrk)(BlasOrder, BlasHalf, BlasTrans, int64_t n, int64_t k, Number alpha, const T* a, int64_t lda,
               Number beta, T* c, int64_t ldc) = nullptr;
  void (*axpy)(int64_t n, Number alpha, const T* x, int64_t step_x, T* y, int64_t step_y) = nullptr;
  Dot dot = nullptr;
  Dot conjugate_dot = nullptr;  // the first vector conjugated; complex only
  int64_t most = 0;             // the greatest extent or step that the library takes

  static const T kOne, kZero;
  static Number number(const T& x) {
    if constexpr (kComplex)
      return &x;
    else
      return x;
  }
};

template <typename T>
inline const T Blas<T>::kOne{1};
template <typename T>
inline const T Blas<T>::kZero{0};

// Null if there is no BLAS, or no such element type.
template <typename T>
const Blas<T>* blas();

}  // namespace lancehead
