"""Small programs as users write them, on several shapes, dtypes and lengths: algorithms on scalars, arrays and strings."""

import math

import numpy as np
import pytest
from oracle import Table

from lancehead import njit, prange, vectorize

SCALARS = Table()
FUNCTIONS = Table()
PARALLEL = Table()
RNG = np.random.default_rng(7)
V = RNG.normal(size=50)
W = RNG.normal(size=(9, 13))


@SCALARS((2.0,), (10,), (1e-8,))
def newton_root(a):
    x = 1.0 * a
    for _ in range(60):
        x = 0.5 * (x + a / x)
        if abs(x * x - a) < 1e-14:
            break
    return x


@SCALARS((1, 10), (7, 100), (97, 2))
def digits_in_base(n, base):
    total, count = 0, 0
    while n > 0:
        n, digit = divmod(n, base)
        total += digit
        count += 1
    return total, count


@SCALARS((2, 3), (3, 2), (0, 4))
def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann_jitted(m - 1, 1)
    return ackermann_jitted(m - 1, ackermann_jitted(m, n - 1))


@njit
def ackermann_jitted(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann_jitted(m - 1, 1)
    return ackermann_jitted(m - 1, ackermann_jitted(m, n - 1))


@SCALARS((3, 10**9 + 7, 10**5), (2, 97, 13))
def modular_power(base, modulus, exponent):
    result = 1
    base %= modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


@SCALARS((12345, 50), (1, 1))
def linear_congruences(seed, n):
    x = np.uint64(seed)
    total = 0.0
    for _ in range(n):
        x = x * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
        total += float(x >> np.uint64(11)) / 2**53
    return total


@SCALARS((0.25 + 0.1j, 0.3 - 0.4j, 40), (1j, -1.0 + 0j, 5))
def julia(z, c, limit):
    for k in range(limit):
        if abs(z) > 2.0:
            return k, z
        z = z * z + c
    return limit, z


@SCALARS((1.5, 2.0, 3.0), (1, 5, 6), (1.0, 2.0, 5.0))
def quadratic(a, b, c):
    d = b * b - 4 * a * c
    if d < 0:
        raise ValueError("no real roots", d)
    r = math.sqrt(d)
    return (-b - r) / (2 * a), (-b + r) / (2 * a)


@SCALARS((2024, 2, 29), (1900, 3, 1), (2023, 13, 1))
def weekday(year, month, day):
    if not 1 <= month <= 12:
        raise ValueError("month", month)
    if month < 3:
        year, month = year - 1, month + 12
    return (day + 13 * (month + 1) // 5 + year + year // 4 - year // 100 + year // 400) % 7


@njit
def simpson(f, a, b, n):
    h = (b - a) / n
    s = f(a) + f(b)
    for i in range(1, n):
        s += f(a + i * h) * (4 if i % 2 else 2)
    return s * h / 3


@njit
def bisect(f, low, high):
    for _ in range(80):
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
    return low


@FUNCTIONS((0.0, 1.0, 10), (-1, 2, 100))
def integrals(a, b, n):
    return simpson(lambda x: x * x, a, b, n), simpson(lambda x: math.exp(-x * x), a, b, n)


@FUNCTIONS((2.0,), (10.0,))
def inverse_by_bisection(y):
    return bisect(lambda x: x * x * x - y, 0.0, y)


@njit
def cumulative(d):
    return 0.5 * math.erfc(-d / math.sqrt(2.0))


@FUNCTIONS((np.linspace(80, 120, 9), np.linspace(100, 90, 9), 0.5, 0.02, 0.3), (np.ones(2), np.ones(2), 1, 0.0, 1))
def option_prices(spot, strike, time, rate, volatility):
    call = np.empty_like(spot)
    for i in range(spot.shape[0]):
        spread = volatility * math.sqrt(time)
        d = (math.log(spot[i] / strike[i]) + (rate + 0.5 * volatility**2) * time) / spread
        call[i] = spot[i] * cumulative(d) - strike[i] * math.exp(-rate * time) * cumulative(d - spread)
    return call


@FUNCTIONS(("ab", 3), ("", 5), ("é", 2), ("x", 0))
def repeated_text(s, n):
    out = ""
    for i in range(n):
        out += s + ("," if i < n - 1 else "")
    return out, len(out)


@PARALLEL((1000,), (7,))
def inside_the_circle(n):
    count = 0
    for i in prange(n):
        for j in range(n):
            if i * i + j * j < n * n:
                count += 1
    return count


@PARALLEL((W,), (W[:, ::2],))
def distances(points):
    n = points.shape[0]
    out = np.zeros((n, n))
    for i in prange(n):
        for j in range(n):
            s = 0.0
            for k in range(points.shape[1]):
                s += (points[i, k] - points[j, k]) ** 2
            out[i, j] = math.sqrt(s)
    return out


@PARALLEL((W, V[:13]), (W[:1], 2.0))
def scaled_and_clipped(a, b):
    scaled = np.abs(a * b - 1.0)
    return np.minimum(scaled, 1.0), np.sqrt(scaled) * (a > 0)


@pytest.mark.parametrize("case", SCALARS + FUNCTIONS + PARALLEL)
def test_examples(case):
    case.check()


@pytest.mark.parametrize("case", PARALLEL)
def test_parallel_examples(case):
    case.check(parallel=True)


@pytest.mark.parametrize("dtype", ["i2", "u4", "f4", "f8"])
def test_a_ufunc_of_an_algorithm(dtype):
    @vectorize(["int64(int64, int64)", "float64(float64, float64)"])
    def euclid(a, b):
        while b > 0.5:
            a, b = b, a % b
        return a

    x, y = np.arange(1, 40).astype(dtype), np.full(39, 12).astype(dtype)
    np.testing.assert_array_equal(euclid(x, y), np.gcd(x.astype("i8"), 12))
