"""Loops over one-dimensional arrays."""
import numpy as np

from kernels import Kernel


def vectors(n, count):
    rng = np.random.default_rng(1)
    return [rng.random(n) for _ in range(count)]


def axpy(a, x, y):
    for i in range(x.shape[0]):
        y[i] = a * x[i] + 0.5 * y[i]


def dot(x, y):
    total = 0.0
    for i in range(x.shape[0]):
        total += x[i] * y[i]
    return total


def polynomial(x, out):
    for i in range(x.shape[0]):
        t = x[i]
        out[i] = ((((0.25 * t - 0.5) * t + 0.75) * t - 1.0) * t + 1.25) * t - 1.5


def running_sum(x, out):
    total = 0.0
    for i in range(x.shape[0]):
        total += x[i]
        out[i] = total


def expression(a, b, out):
    out[:] = np.sqrt(a * a + b * b) - 0.5 * a / (b + 1.0)


def clipped_difference(x, out):
    for i in range(1, x.shape[0]):
        d = x[i] - x[i - 1]
        out[i] = 0.25 if d > 0.25 else -0.25 if d < -0.25 else d


def float32_scale(x, out):
    for i in range(x.shape[0]):
        out[i] = x[i] * x[i] + x[i]


def bytes_threshold(pixels, limit):
    count = 0
    for i in range(pixels.shape[0]):
        if pixels[i] > limit:
            count += 1
    return count


def floats32(n):
    x = np.random.default_rng(1).random(n).astype(np.float32)
    return x, np.zeros_like(x)


def pixels(n):
    return np.random.default_rng(1).integers(0, 256, n).astype(np.uint8), 100


KERNELS = [
    Kernel(axpy, 100_000, lambda n: (2.5, *vectors(n, 2)), lambda a, x, y: np.add(a * x, 0.5 * y, out=y)),
    Kernel(dot, 100_000, lambda n: vectors(n, 2), np.dot),
    Kernel(polynomial, 100_000, lambda n: vectors(n, 2)),
    Kernel(running_sum, 200_000, lambda n: vectors(n, 2), lambda x, out: np.cumsum(x, out=out)),
    Kernel(expression, 100_000, lambda n: vectors(n, 3),
           lambda a, b, out: np.subtract(np.sqrt(a * a + b * b), 0.5 * a / (b + 1.0), out=out)),
    Kernel(clipped_difference, 100_000, lambda n: vectors(n, 2)),
    Kernel(float32_scale, 200_000, floats32, lambda x, out: np.add(x * x, x, out=out)),
    Kernel(bytes_threshold, 400_000, pixels, lambda x, limit: int(np.count_nonzero(x > limit))),
]
