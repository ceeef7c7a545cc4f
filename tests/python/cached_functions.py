"""Twenty-five functions and what to call them with: what a cached program does at its start."""
import math

import numpy as np
from lancehead import njit

LEVEL = 0.5
TABLE = np.arange(12.0).reshape(3, 4)


def add(x, y):
    return x + y


def polynomial(x):
    return ((x - 1.5) * x + 2.0) * x - 0.25


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def fibonacci(n):
    return n if n < 2 else fibonacci_compiled(n - 1) + fibonacci_compiled(n - 2)


fibonacci_compiled = njit(fibonacci)


def distance(a, b):
    return math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def swap(pair):
    first, second = pair
    return second, first


def escape(c):
    z = 0j
    for k in range(50):
        z = z * z + c
        if abs(z) > 2.0:
            return k
    return 50


def level(x):
    return x > LEVEL


def of_table(i, j):
    return TABLE[i, j] * 2.0


def guarded(x):
    try:
        if x < 0:
            raise ValueError("negative")
        return math.sqrt(x)
    except ValueError:
        return -1.0


def total(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += a[i]
    return s


def largest(a):
    best = a[0]
    for x in a:
        if x > best:
            best = x
    return best


def saxpy(k, x, y):
    for i in range(x.size):
        y[i] = k * x[i] + y[i]
    return y


def expression(a, b):
    return np.sqrt(a * a + b * b) - LEVEL


def broadcast(a, b):
    return a[:, None] * b[None, :] + 1.0


def matmul(a, b):
    c = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(a.shape[1]):
                c[i, j] += a[i, k] * b[k, j]
    return c


def transposed(a):
    return a.T + a


def mean(a):
    return a.mean() + np.sum(a)


def every_other(a):
    return a[::2] + a[1::2]


def filled(n):
    a = np.empty(n)
    for i in range(n):
        a[i] = i * 0.5
    return a


def zipped(a, b):
    s = 0.0
    for i, (x, y) in enumerate(zip(a, b)):
        s += x * y * i
    return s


def with_default(x, scale=3.0):
    return x * scale


def any_number(*values):
    return values[0] + values[1] * len(values)


@njit
def square(x):
    return x * x


def squares(a):
    s = 0.0
    for i in range(a.size):
        s += square(a[i])
    return s


@njit
def inner(x):
    return square(x) + 1.0


def chained(x):
    return inner(x) * 2.0


_A, _B = np.arange(8.0), np.linspace(1.0, 2.0, 8)
_M = np.arange(9.0).reshape(3, 3)

CALLS = [
    (add, (1, 2.5)),
    (polynomial, (0.75,)),
    (collatz, (27,)),
    (fibonacci, (10,)),
    (distance, ((0.0, 1.0), (3.0, 5.0))),
    (swap, ((1, 2.5),)),
    (escape, (0.25 + 0.5j,)),
    (level, (0.75,)),
    (of_table, (2, 1)),
    (guarded, (-4.0,)),
    (total, (_A,)),
    (largest, (_B,)),
    (saxpy, (2.0, _A, np.ones(8))),
    (expression, (_A, _B)),
    (broadcast, (_A, _B)),
    (matmul, (_M, _M)),
    (transposed, (_M,)),
    (mean, (_B,)),
    (every_other, (_A,)),
    (filled, (5,)),
    (zipped, (_A, _B)),
    (with_default, (2,)),
    (any_number, (1, 2.5, 3)),
    (squares, (_A,)),
    (chained, (1.5,)),
]
assert len(CALLS) == 25
