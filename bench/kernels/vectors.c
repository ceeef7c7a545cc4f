// The kernels of vectors.py.
#include <math.h>

void axpy(long n, double a, const double *restrict x, double *restrict y) {
  for (long i = 0; i < n; i++) y[i] = a * x[i] + 0.5 * y[i];
}

double dot(long n, const double *x, const double *y) {
  double total = 0;
  for (long i = 0; i < n; i++) total += x[i] * y[i];
  return total;
}

void polynomial(long n, const double *restrict x, double *restrict out) {
  for (long i = 0; i < n; i++) {
    double t = x[i];
    out[i] = ((((0.25 * t - 0.5) * t + 0.75) * t - 1.0) * t + 1.25) * t - 1.5;
  }
}

void running_sum(long n, const double *restrict x, double *restrict out) {
  double total = 0;
  for (long i = 0; i < n; i++) out[i] = total += x[i];
}

void expression(long n, const double *restrict a, const double *restrict b, double *restrict out) {
  for (long i = 0; i < n; i++) out[i] = sqrt(a[i] * a[i] + b[i] * b[i]) - 0.5 * a[i] / (b[i] + 1.0);
}

void clipped_difference(long n, const double *restrict x, double *restrict out) {
  for (long i = 1; i < n; i++) {
    double d = x[i] - x[i - 1];
    out[i] = d > 0.25 ? 0.25 : d < -0.25 ? -0.25 : d;
  }
}

void float32_scale(long n, const float *restrict x, float *restrict out) {
  for (long i = 0; i < n; i++) out[i] = x[i] * x[i] + x[i];
}

long bytes_threshold(long n, const unsigned char *pixels, long limit) {
  long count = 0;
  for (long i = 0; i < n; i++)
    if (pixels[i] > limit) count++;
  return count;
}
