// The kernels of scalars.py.
#include <complex.h>
#include <math.h>

void mandelbrot(long n, long *out) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      double cx = 3.0 * j / n - 2.0, cy = 3.0 * i / n - 1.5, x = 0, y = 0;
      long k = 0;
      while (k < 100 && x * x + y * y < 4.0) {
        double t = x * x - y * y + cx;
        y = 2.0 * x * y + cy;
        x = t;
        k++;
      }
      out[i * n + j] = k;
    }
}

long collatz(long n) {
  long longest = 0;
  for (long start = 1; start < n; start++) {
    long steps = 0;
    for (long x = start; x != 1; steps++) x = x % 2 ? 3 * x + 1 : x / 2;
    if (steps > longest) longest = steps;
  }
  return longest;
}

long sieve(long n, unsigned char *prime) {
  for (long i = 0; i < n; i++) prime[i] = i > 1;
  for (long i = 2; i * i < n; i++)
    if (prime[i])
      for (long j = i * i; j < n; j += i) prime[j] = 0;
  long count = 0;
  for (long i = 0; i < n; i++)
    if (prime[i]) count++;
  return count;
}

long random_pi(long n) {
  long state = 1, inside = 0;
  for (long i = 0; i < n; i++) {
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
    double x = state / 2147483648.0;
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
    double y = state / 2147483648.0;
    if (x * x + y * y < 1.0) inside++;
  }
  return inside;
}

long gcd_sum(long n) {
  long total = 0;
  for (long a = 1; a < n; a++)
    for (long b = 1; b < n; b++) {
      long x = a, y = b;
      while (y) {
        long t = x % y;
        x = y;
        y = t;
      }
      total += x;
    }
  return total;
}

double pendulum(long n) {
  double angle = 1, speed = 0;
  for (long i = 0; i < n; i++) {
    speed -= 0.001 * (angle - angle * angle * angle / 6.0);
    angle += 0.001 * speed;
  }
  return angle;
}

void complex_fractal(long n, long *out) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      double complex c = 3.0 * j / n - 1.5 + (3.0 * i / n - 1.5) * I, z = 0;
      long k = 0;
      while (k < 50 && creal(z) * creal(z) + cimag(z) * cimag(z) < 4.0) {
        z = z * z + c;
        k++;
      }
      out[i * n + j] = k;
    }
}

void planets(long n, const double *start, double *state, long steps) {
  for (long i = 0; i < n * 5; i++) state[i] = start[i];
  for (long t = 0; t < steps; t++) {
    for (long i = 0; i < n; i++)
      for (long j = 0; j < n; j++)
        if (i != j) {
          double *a = state + i * 5, *b = state + j * 5;
          double dx = b[0] - a[0], dy = b[1] - a[1], near = dx * dx + dy * dy + 0.01;
          double pull = 0.001 * b[4] / (near * sqrt(near));
          a[2] += pull * dx;
          a[3] += pull * dy;
        }
    for (long i = 0; i < n; i++) {
      state[i * 5] += 0.001 * state[i * 5 + 2];
      state[i * 5 + 1] += 0.001 * state[i * 5 + 3];
    }
  }
}
