"""The lecture's reduction over a small array (10 million steps): with parallel=True at most 0.7 of the time without."""
import time

import numpy as np
from lancehead import njit, prange

from figures import report


def reduction(n):
    shape = (13, 17)
    result = 2 * np.ones(shape, np.int_)
    factor = 2 * np.ones_like(result)
    for _ in prange(n):
        result *= factor
    return result


def seconds(function, n):
    start = time.perf_counter()
    function(n)
    return time.perf_counter() - start


N = 10_000_000
serial, parallel = njit(cache=False)(reduction), njit(parallel=True, cache=False)(reduction)
assert np.array_equal(serial(10), reduction(10)) and np.array_equal(parallel(10), reduction(10))
ratio = min(seconds(parallel, N) / seconds(serial, N) for _ in range(3))
report("array reduction: parallel over serial", ratio, at_most=0.7)
