"""Scalars: operators, builtins, math."""
import math


def add(x, y):
    return x + y


def square(x):
    return x**2


def hypot(x, y):
    return math.sqrt(square(x) + square(y))


def math_loop(n):
    s = 0.0
    for i in range(n):
        s += math.sin(i) * math.sqrt(i) + math.exp(-i)
    return s


def collatz(n):
    c = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        c += 1
    return c


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def escape(re, im, n):
    c = complex(re, im)
    z = 0j
    for i in range(n):
        z = z * z + c
        if abs(z) > 2:
            return i
    return n


def tuple_ops(t, n):
    a, b, c = t
    return (a + n, b * c), t[0], len(t)


def extremes(a, b, c):
    return min(a, b, c), max(b, c), max((a, b))


def of_iterables(t):
    return sum(t), len(t), max(t), math.prod(t), math.fsum(t)


def rounding(x):
    return round(x), round(x, 2), math.floor(x), math.trunc(x), divmod(x, 2)


def classes(x):
    if isinstance(x, (int, str)):
        return 1
    if isinstance(x, float):
        return 2.5
    return None


def optional(x):
    y = None
    if x > 0:
        y = x
    if y is None:
        return 0
    return y + 1


def shout(x):
    print("x is", x)


def near(x, y):
    return math.isclose(x, y, abs_tol=1e-6)
