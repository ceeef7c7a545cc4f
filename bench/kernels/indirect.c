// The kernels of indirect.py; like C, they check no index.
void gather(long n, const double *restrict x, const long *restrict places, double *restrict out) {
  for (long i = 0; i < n; i++) out[i] = x[places[i]];
}

void histogram(long n, const long *values, long *counts) {
  for (long i = 0; i < 256; i++) counts[i] = 0;
  for (long i = 0; i < n; i++) counts[values[i]]++;
}

void sparse_product(long n, const long *restrict starts, const long *restrict columns,
                    const double *restrict values, const double *restrict x, double *restrict y) {
  for (long row = 0; row < n; row++) {
    double total = 0;
    for (long k = starts[row]; k < starts[row + 1]; k++) total += values[k] * x[columns[k]];
    y[row] = total;
  }
}

void binary_search(long n, const double *restrict ordered, const double *restrict wanted,
                   long *restrict places) {
  for (long i = 0; i < n; i++) {
    long low = 0, high = n;
    while (low < high) {
      long middle = (low + high) / 2;
      if (ordered[middle] < wanted[i])
        low = middle + 1;
      else
        high = middle;
    }
    places[i] = low;
  }
}

void insertion_sort(long n, const double *values, double *out) {
  for (long i = 0; i < n; i++) {
    double x = values[i];
    long j = i;
    for (; j > 0 && out[j - 1] > x; j--) out[j] = out[j - 1];
    out[j] = x;
  }
}

double quick_select(long n, const double *values, double *work, long k) {
  for (long i = 0; i < n; i++) work[i] = values[i];
  long low = 0, high = n - 1;
  while (low < high) {
    double pivot = work[(low + high) / 2];
    long i = low, j = high;
    while (i <= j) {
      while (work[i] < pivot) i++;
      while (work[j] > pivot) j--;
      if (i <= j) {
        double swap = work[i];
        work[i++] = work[j];
        work[j--] = swap;
      }
    }
    if (k <= j)
      high = j;
    else if (k >= i)
      low = i;
    else
      break;
  }
  return work[k];
}
