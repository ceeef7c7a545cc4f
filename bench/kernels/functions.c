// The kernels of functions.py.
#include <math.h>

double sum_exp(long n, const double *x) {
  double total = 0;
  for (long i = 0; i < n; i++) total += exp(x[i]);
  return total;
}

void sin_cos(long n, const double *restrict x, double *restrict out) {
  for (long i = 0; i < n; i++) out[i] = sin(x[i]) * cos(x[i]);
}

void log_normal(long n, const double *restrict x, double *restrict out) {
  for (long i = 0; i < n; i++) {
    double t = log(x[i] + 0.5);
    out[i] = exp(-0.5 * t * t) / (x[i] + 0.5);
  }
}

void normal_probability(long n, const double *restrict x, double *restrict out) {
  for (long i = 0; i < n; i++) out[i] = 0.5 * erfc(-x[i] * 0.7071067811865476);
}

void powers(long n, const double *restrict x, double *restrict out) {
  for (long i = 0; i < n; i++) out[i] = pow(x[i], 1.5) + x[i] * x[i] * x[i];
}

double whole_sum(long n, const double *x) {
  double total = 0;
  for (long i = 0; i < n; i++) total += x[i];
  return total;
}

double euclidean(long n, const double *x, const double *y) {
  double total = 0;
  for (long i = 0; i < n; i++) total += (x[i] - y[i]) * (x[i] - y[i]);
  return sqrt(total);
}
