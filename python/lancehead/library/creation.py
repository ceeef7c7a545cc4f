"""Arrays made of numbers."""

import numpy as np

from lancehead.library import implements


@implements("numpy.linspace")
def linspace(start, stop, num=50, endpoint=True, dtype=None):
    if num < 0:
        raise ValueError("Number of samples must be non-negative.")
    gaps = num - 1 if endpoint else num
    delta = stop * 1.0 - start * 1.0
    if gaps > 0:
        step = delta / gaps
        if step == 0.0:  # it underflows: the indices are divided instead
            values = np.arange(num) / gaps * delta + start
        else:
            values = np.arange(num) * step + start
    else:
        values = np.arange(num) * delta + start
    if endpoint and num > 1:
        values[num - 1] = stop
    if dtype is None:
        return values
    kind = np.dtype(dtype).kind
    if kind == "i" or kind == "u":
        return np.floor(values).astype(dtype)
    return values.astype(dtype)


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
