"""Loops whose indices are data."""
import numpy as np

from kernels import Kernel


def gather(x, places, out):
    for i in range(places.shape[0]):
        out[i] = x[places[i]]


def histogram(values, counts):
    for i in range(counts.shape[0]):
        counts[i] = 0
    for i in range(values.shape[0]):
        counts[values[i]] += 1


def sparse_product(starts, columns, values, x, y):
    for row in range(y.shape[0]):
        total = 0.0
        for k in range(starts[row], starts[row + 1]):
            total += values[k] * x[columns[k]]
        y[row] = total


def binary_search(ordered, wanted, places):
    for i in range(wanted.shape[0]):
        low = 0
        high = ordered.shape[0]
        while low < high:
            middle = (low + high) // 2
            if ordered[middle] < wanted[i]:
                low = middle + 1
            else:
                high = middle
        places[i] = low


def insertion_sort(values, out):
    for i in range(values.shape[0]):
        x = values[i]
        j = i
        while j > 0 and out[j - 1] > x:
            out[j] = out[j - 1]
            j -= 1
        out[j] = x


def quick_select(values, work, k):
    for i in range(values.shape[0]):
        work[i] = values[i]
    low = 0
    high = values.shape[0] - 1
    while low < high:
        pivot = work[(low + high) // 2]
        i = low
        j = high
        while i <= j:
            while work[i] < pivot:
                i += 1
            while work[j] > pivot:
                j -= 1
            if i <= j:
                work[i], work[j] = work[j], work[i]
                i += 1
                j -= 1
        if k <= j:
            high = j
        elif k >= i:
            low = i
        else:
            break
    return work[k]


def gathered(n):
    rng = np.random.default_rng(n)
    return rng.random(n), rng.integers(0, n, n), np.zeros(n)


def counted(n):
    return np.random.default_rng(n).integers(0, 256, n), np.zeros(256, np.int64)


def sparse(n):
    rng = np.random.default_rng(n)
    return np.arange(0, 8 * n + 1, 8), rng.integers(0, n, 8 * n), rng.random(8 * n), rng.random(n), np.zeros(n)


def searched(n):
    rng = np.random.default_rng(n)
    return np.sort(rng.random(n)), rng.random(n), np.zeros(n, np.int64)


def selected(n):
    return np.random.default_rng(n).random(n), np.zeros(n), n // 3


def sort_in_numpy(values, out):
    out[:] = np.sort(values)


KERNELS = [
    Kernel(gather, 100_000, gathered, lambda x, places, out: np.take(x, places, out=out, mode="clip")),
    Kernel(histogram, 200_000, counted, lambda x, counts: np.copyto(counts, np.bincount(x, minlength=256))),
    Kernel(sparse_product, 10_000, sparse),
    Kernel(binary_search, 10_000, searched, lambda a, v, places: np.copyto(places, np.searchsorted(a, v))),
    Kernel(quick_select, 50_000, selected, small=100),
    Kernel(insertion_sort, 1_000, lambda n: (np.random.default_rng(n).random(n), np.zeros(n)), sort_in_numpy),
]
