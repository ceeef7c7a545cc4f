"""Functions of the library on whole arrays, and on arrays of ten elements, against NumPy's own."""
import numpy as np

from kernels import Kernel


def median(x):
    return np.median(x)


def concatenate(x, y):
    return np.concatenate((x, y))


def boolean_index(x, mask):
    return x[mask]


def boolean_store(x, mask, out):
    out[mask] = x[mask]


def integer_index(x, i):
    return x[i]


def integer_store(x, i, out):
    out[i] = x


def largest(x):
    return x.max()


def argmax(x):
    return x.argmax()


def small_expression(x, y):
    return x * y + x - 2.0 * y


def small_sum(x):
    return np.sum(x)


def small_concatenate(x, y):
    return np.concatenate((x, y))


def small_sort(x):
    return np.sort(x)


def small_mean(x):
    return np.mean(x)


def small_index(x, i):
    return x[i]


def small_where(x, y):
    return np.where(x < y, x, y)


def one(n):
    return (np.random.default_rng(1).random(n),)


def two(n):
    rng = np.random.default_rng(1)
    return rng.random(n), rng.random(n)


def masked(n):
    rng = np.random.default_rng(1)
    return rng.random(n), rng.random(n) < 0.5


def masked_and_out(n):
    return *masked(n), np.zeros(n)


def indexed(n):
    rng = np.random.default_rng(1)
    return rng.random(n), rng.integers(0, n, n)


def permuted_and_out(n):
    rng = np.random.default_rng(1)
    return rng.random(n), rng.permutation(n), np.zeros(n)


def large(function, arguments):
    return Kernel(function, 1_000_000, arguments, function, in_c=False, over_numpy=1.0)


def small(function, arguments):
    return Kernel(function, 10, arguments, function, in_c=False, over_numpy=0.2)


KERNELS = [
    large(median, one),
    large(concatenate, two),
    large(boolean_index, masked),
    large(boolean_store, masked_and_out),
    large(integer_index, indexed),
    large(integer_store, permuted_and_out),
    large(largest, one),
    large(argmax, one),
    small(small_expression, two),
    small(small_sum, one),
    small(small_concatenate, two),
    small(small_sort, one),
    small(small_mean, one),
    small(small_index, indexed),
    small(small_where, two),
]
