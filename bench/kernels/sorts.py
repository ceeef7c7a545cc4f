"""Functions of the library on sorting, searching and counting, against NumPy's own: there is nothing of them in C."""
import numpy as np

from kernels import Kernel


def sort(x):
    return np.sort(x)


def argsort(x):
    return np.argsort(x)


def unique(x):
    return np.unique(x)


def searchsorted(x, v):
    return np.searchsorted(x, v)


def histogram(x):
    return np.histogram(x, 50)[0]


def floats(n):
    return (np.random.default_rng(1).random(n),)


def ordered(n):
    rng = np.random.default_rng(1)
    return np.sort(rng.random(n)), rng.random(n)


def repeated(n):
    return (np.random.default_rng(1).random(n).round(4),)


KERNELS = [
    Kernel(sort, 1_000_000, floats, np.sort, in_c=False, over_numpy=1.0),
    Kernel(argsort, 1_000_000, floats, np.argsort, in_c=False, over_numpy=1.0),
    Kernel(unique, 1_000_000, repeated, np.unique, in_c=False, over_numpy=1.0),
    Kernel(searchsorted, 1_000_000, ordered, np.searchsorted, in_c=False, over_numpy=1.0),
    Kernel(histogram, 1_000_000, floats, histogram, in_c=False, over_numpy=1.0),
]
