// The kernels of scalars.py.
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
