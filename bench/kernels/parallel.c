// The least parallel region, and the same without one.
void region(double *x, long n) {
#pragma omp parallel for num_threads(2)
  for (long i = 0; i < n; i++) x[i] += 1.0;
}

void no_region(double *x, long n) {
  for (long i = 0; i < n; i++) x[i] += 1.0;
}
