// The kernels of grids.py.
#include <math.h>

void jacobi(long n, double *a, double *b, long steps) {
  for (long t = 0; t < steps; t++) {
    for (long i = 1; i < n - 1; i++)
      for (long j = 1; j < n - 1; j++)
        b[i * n + j] = 0.25 * (a[(i - 1) * n + j] + a[(i + 1) * n + j] + a[i * n + j - 1] + a[i * n + j + 1]);
    double *swap = a;
    a = b;
    b = swap;
  }
}

void convolve(long n, const double *restrict a, const double *restrict weights, double *restrict out) {
  for (long i = 1; i < n - 1; i++)
    for (long j = 1; j < n - 1; j++) {
      double total = 0;
      for (long u = 0; u < 3; u++)
        for (long v = 0; v < 3; v++) total += a[(i + u - 1) * n + j + v - 1] * weights[u * 3 + v];
      out[i * n + j] = total;
    }
}

void shortest_paths(long n, const double *edges, double *d) {
  for (long i = 0; i < n * n; i++) d[i] = edges[i];
  for (long k = 0; k < n; k++)
    for (long i = 0; i < n; i++)
      for (long j = 0; j < n; j++) {
        double through = d[i * n + k] + d[k * n + j];
        if (through < d[i * n + j]) d[i * n + j] = through;
      }
}

void distances(long n, const double *restrict points, double *restrict out) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      double dx = points[i * 2] - points[j * 2], dy = points[i * 2 + 1] - points[j * 2 + 1];
      out[i * n + j] = sqrt(dx * dx + dy * dy);
    }
}

void life(long n, const long *restrict cells, long *restrict out) {
  for (long i = 1; i < n - 1; i++)
    for (long j = 1; j < n - 1; j++) {
      long around = -cells[i * n + j];
      for (long u = -1; u < 2; u++)
        for (long v = -1; v < 2; v++) around += cells[(i + u) * n + j + v];
      out[i * n + j] = around == 3 || (around == 2 && cells[i * n + j] == 1);
    }
}

void strided_means(long n, const double *restrict a, double *restrict out) {
  for (long i = 0; i < n / 2; i++)
    for (long j = 0; j < n / 2; j++) {
      const double *p = a + 2 * i * n + 2 * j;
      out[i * (n / 2) + j] = 0.25 * (p[0] + p[n] + p[1] + p[n + 1]);
    }
}
