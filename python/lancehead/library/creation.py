"""Arrays made of numbers."""

import numpy as np

from lancehead.library import implements


@implements("numpy.eye")
def eye(N, M=None, k=0, dtype=None):
    columns = N if M is None else M
    out = np.zeros((np.int64(N), np.int64(columns)), dtype)
    for row in range(max(0, -k), min(np.int64(N), np.int64(columns) - k)):
        out[row, row + k] = 1
    return out


@implements("numpy.identity")
def identity(n, dtype=None):
    return eye(n, dtype=dtype)
