"""Arrays: loops, expressions, indexing, functions of NumPy."""
import numpy as np


def trace_tanh(a):
    trace = 0.0
    for i in range(a.shape[0]):
        trace += np.tanh(a[i, i])
    return a + trace


def matmul(a, b):
    n, m, p = a.shape[0], a.shape[1], b.shape[1]
    c = np.zeros((n, p))
    for i in range(n):
        for j in range(p):
            for k in range(m):
                c[i, j] += a[i, k] * b[k, j]
    return c


def saxpy(a, x, y):
    for i in range(x.shape[0]):
        y[i] = a * x[i] + y[i]


def mandelbrot(lo, hi, n):
    out = np.empty((n, n), np.int64)
    for i in range(n):
        for j in range(n):
            c = complex(lo + (hi - lo) * i / n, lo + (hi - lo) * j / n)
            z = 0j
            k = 0
            while k < 20 and z.real * z.real + z.imag * z.imag < 4.0:
                z = z * z + c
                k += 1
            out[i, j] = k
    return out


def zip_enumerate(a):
    s = 0.0
    for i, row in enumerate(a):
        for x, y in zip(row, a[0]):
            s += x * y * i
    return s


def expression(a, b):
    return np.sqrt(a * a + b * b) - 2.0 * a / (b + 1.0)


def stencil(a):
    b = np.zeros_like(a)
    b[1:-1, 1:-1] = 0.25 * (a[:-2, 1:-1] + a[2:, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:])
    return b


def inplace(a, b):
    a += b * 2
    a[0] = 1
    a[1:] += a[:-1]


def powers(n):
    result = 2 * np.ones((13, 17), np.int_)
    tmp = 2 * np.ones_like(result)
    for i in range(n):
        result *= tmp
    return result


def totals(a):
    return a.sum(), np.mean(a), a.max(), np.any(a), a.size, len(a)


def made(n):
    return np.arange(n) + np.linspace(0.0, 1.0, n) + np.ones(n)


def close(a, b):
    return np.allclose(a, b), np.isclose(a, b)


def spread(a):
    return np.var(a), np.std(a, ddof=1), np.ptp(a)


def rounded(a):
    return np.round(a, 2), np.round(a)


def diagonal(n):
    return np.eye(n), np.eye(n, k=1, dtype=np.int32)


def inner(a, b):
    return np.dot(a, b)


def views(a):
    return a.T, a.reshape(-1), a[::2], a[..., 0], a.real


def methods(a):
    return a.std(ddof=1), a.clip(0, 2.5), a.astype(np.float32)


def chosen(a, b):
    return np.where(a > b, a, 1)


def no_method(a):
    return a.fly()
