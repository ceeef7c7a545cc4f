// The kernels of matrices.py.
#include <math.h>

void matmul(long n, const double *a, const double *b, double *c) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      double sum = 0.0;
      for (long k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
}

void matvec(long n, const double *restrict a, const double *restrict x, double *restrict y) {
  for (long i = 0; i < n; i++) {
    double total = 0;
    for (long j = 0; j < n; j++) total += a[i * n + j] * x[j];
    y[i] = total;
  }
}

void column_means(long n, const double *restrict a, double *restrict means) {
  for (long j = 0; j < n; j++) means[j] = 0;
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) means[j] += a[i * n + j];
  for (long j = 0; j < n; j++) means[j] /= n;
}

void transpose(long n, const double *restrict a, double *restrict out) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) out[j * n + i] = a[i * n + j];
}

void cholesky(long n, const double *restrict a, double *restrict l) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j <= i; j++) {
      double total = a[i * n + j];
      for (long k = 0; k < j; k++) total -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = i == j ? sqrt(total) : total / l[j * n + j];
    }
}
