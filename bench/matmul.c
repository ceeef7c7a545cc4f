// The naive matrix product of bench/matmul.py in C, as a C programmer would write it.
void matmul(long rows, long n, const double *a, const double *b, double *c) {
  for (long i = 0; i < rows; i++)
    for (long j = 0; j < n; j++) {
      double sum = 0.0;
      for (long k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
}
