"""What programs say about parallel regions: prange, and how many threads run them."""

import sys
from threading import local

from lancehead import _lancehead


class prange:
    """range whose iterations may run in parallel, in functions compiled with parallel=True; elsewhere it is range."""

    def __new__(cls, *args):
        return range(*args)


def pndindex(*args):
    """np.ndindex whose iterations may run in parallel."""
    import numpy as np

    return np.ndindex(*args)


def get_num_threads():
    """How many threads the parallel regions of this thread use."""
    return _lancehead.get_num_threads()


def set_num_threads(n):
    """Sets how many threads the parallel regions of this thread use, from 1 to the number that there is."""
    if not hasattr(n, "__index__"):
        raise TypeError("The number of threads specified must be an integer")
    limit = _lancehead.max_threads()
    if not 1 <= n <= limit:
        raise ValueError(f"The number of threads must be between 1 and {limit}")
    _lancehead.set_num_threads(int(n))


def get_thread_id():
    """The number of the calling thread in its parallel region; 0 outside of one."""
    return 0


def threading_layer():
    """What runs the parallel regions."""
    return "tbb"


# Chunks follow from the iteration count alone (contract C15), so the size is only remembered.
_chunk = local()


def get_parallel_chunksize():
    """What set_parallel_chunksize was given in this thread."""
    return getattr(_chunk, "size", 0)


def set_parallel_chunksize(n):
    """Accepted for Numba's sake, without effect; returns the size that was set before."""
    if not hasattr(n, "__index__"):
        raise TypeError("The parallel chunksize must be an integer")
    if n < 0:
        raise ValueError("chunksize must be greater than or equal to zero")
    before, _chunk.size = get_parallel_chunksize(), int(n)
    return before


class parallel_chunksize:
    """Context in which the size is set."""

    def __init__(self, n):
        self._size = n

    def __enter__(self):
        self._before = set_parallel_chunksize(self._size)

    def __exit__(self, *error):
        set_parallel_chunksize(self._before)


# The compiler knows what it finds in functions by its name in the package, however the program imported it.
for _public in (prange, pndindex, get_num_threads, set_num_threads, get_thread_id, parallel_chunksize):
    _public.__module__ = "lancehead"
    setattr(sys.modules["lancehead"], _public.__name__, _public)
