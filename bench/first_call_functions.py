"""The functions whose first calls are timed: small ones as users write them, by group.

FUNCTIONS: id -> (group, build, arguments, result). build(module, **options) decorates, arguments() makes the arguments of the
first call, result is what it returns, approximately. The groups are those of the rows first_call.GROUP.
"""
import math

import numpy as np

FUNCTIONS = {}


def case(group, arguments, result):
    def register(build):
        FUNCTIONS[build.__name__] = (group, build, arguments, result)
        return build

    return register


def line(n=64):
    return np.linspace(0.0, 1.0, n)


def square(n=16):
    return np.linspace(0.0, 1.0, n * n).reshape(n, n)


# ---- scalar functions


@case("scalar", lambda: (20, 22), 42)
def integer_sum(module, **options):
    @module.njit(**options)
    def function(x, y):
        return x + y

    return function


@case("scalar", lambda: (0.5, 3.0), 1.75)
def with_signature(module, **options):
    @module.njit("float64(float64, float64)", **options)
    def function(x, y):
        return x * y + x * 0.5

    return function


@case("scalar", lambda: (252, 105), 21)
def gcd(module, **options):
    @module.njit(**options)
    def function(a, b):
        while b:
            a, b = b, a % b
        return a

    return function


@case("scalar", lambda: (12,), 144)
def fibonacci(module, **options):
    @module.njit(**options)
    def function(n):
        return n if n < 2 else function(n - 1) + function(n - 2)

    return function


@case("scalar", lambda: (2.0,), math.sqrt(2.0))
def newton_root(module, **options):
    @module.njit(**options)
    def function(x):
        guess = x
        for _ in range(50):
            guess = 0.5 * (guess + x / guess)
        return guess

    return function


@case("scalar", lambda: (40,), sum(math.sin(i) * math.exp(-i) for i in range(40)))
def math_series(module, **options):
    @module.njit(**options)
    def function(n):
        total = 0.0
        for i in range(n):
            total += math.sin(i) * math.exp(-i)
        return total

    return function


@case("scalar", lambda: (0.3, 0.5, 50), 50)
def complex_orbit(module, **options):
    @module.njit(**options)
    def function(re, im, limit):
        c = complex(re, im)
        z = 0j
        for i in range(limit):
            z = z * z * 0.5 + c * 0.5
            if abs(z) > 2:
                return i
        return limit

    return function


@case("scalar", lambda: (3.0,), 21.0)
def calls_of_calls(module, **options):
    @module.njit(**options)
    def square_of(x):
        return x * x

    @module.njit(**options)
    def scaled(x, k=2):
        return k * square_of(x)

    @module.njit(**options)
    def function(x):
        return scaled(x) + scaled(x, k=1) - 2 * x

    return function


@case("scalar", lambda: (7,), -1)
def caught_error(module, **options):
    @module.njit(**options)
    def function(n):
        try:
            if n > 5:
                raise ValueError("too large")
            return n
        except Exception:
            return -1

    return function


# ---- loops over arrays


@case("loop", lambda: (2.0, line(), line()), None)
def axpy(module, **options):
    @module.njit(**options)
    def function(a, x, y):
        for i in range(x.shape[0]):
            y[i] += a * x[i]

    return function


@case("loop", lambda: (square(), square(), np.zeros((16, 16))), None)
def product(module, **options):
    @module.njit(**options)
    def function(a, b, c):
        for i in range(a.shape[0]):
            for j in range(b.shape[1]):
                total = 0.0
                for k in range(b.shape[0]):
                    total += a[i, k] * b[k, j]
                c[i, j] = total

    return function


@case("loop", lambda: (line(),), (0.0, 1.0))
def extremes(module, **options):
    @module.njit(**options)
    def function(values):
        low = high = values[0]
        for value in values:
            low = min(low, value)
            high = max(high, value)
        return low, high

    return function


@case("loop", lambda: (square(), np.zeros((16, 16))), None)
def smooth(module, **options):
    @module.njit(**options)
    def function(a, out):
        for i in range(1, a.shape[0] - 1):
            for j in range(1, a.shape[1] - 1):
                out[i, j] = 0.2 * (a[i, j] + a[i - 1, j] + a[i + 1, j] + a[i, j - 1] + a[i, j + 1])

    return function


@case("loop", lambda: (12,), None)
def fractal(module, **options):
    @module.njit(**options)
    def function(n):
        out = np.zeros((n, n), np.int64)
        for i in range(n):
            for j in range(n):
                cx, cy = 3.0 * j / n - 2.0, 3.0 * i / n - 1.5
                x = y = 0.0
                while out[i, j] < 30 and x * x + y * y < 4.0:
                    x, y = x * x - y * y + cx, 2.0 * x * y + cy
                    out[i, j] += 1
        return out

    return function


# ---- array expressions, NumPy functions, strings


@case("expression", lambda: (line(), line()), None)
def hypotenuse(module, **options):
    @module.njit(**options)
    def function(a, b):
        return np.sqrt(a * a + b * b) - 0.5 * a / (b + 1.0)

    return function


@case("expression", lambda: (square(),), None)
def shifted_views(module, **options):
    @module.njit(**options)
    def function(a):
        return 0.5 * (a[:-1, 1:] + a[1:, :-1])

    return function


@case("numpy", lambda: (square(),), 128.0)
def whole_sum(module, **options):
    @module.njit(**options)
    def function(a):
        return np.sum(a)

    return function


@case("string", lambda: ("lance", "head"), 10)
def joined_length(module, **options):
    @module.njit(**options)
    def function(a, b):
        return len(a + "-" + b)

    return function


# ---- parallel functions, ufuncs


@case("parallel", lambda: (1000,), 499500.0)
def parallel_sum(module, **options):
    prange = module.prange

    @module.njit(parallel=True, **options)
    def function(n):
        total = 0.0
        for i in prange(n):
            total += i
        return total

    return function


@case("parallel", lambda: (line(), line()), None)
def parallel_expression(module, **options):
    @module.njit(parallel=True, **options)
    def function(a, b):
        return np.sqrt(a * a + b * b).sum()

    return function


@case("ufunc", lambda: (line(), line()), None)
def eager_ufunc(module, **options):
    @module.vectorize(["float64(float64, float64)"], **options)
    def function(x, y):
        return x * x - 0.5 * y

    return function


@case("ufunc", lambda: (line(), line()), None)
def math_ufunc(module, **options):
    @module.vectorize(["float32(float32, float32)", "float64(float64, float64)"], **options)
    def function(x, y):
        return math.sin(x) * y

    return function
