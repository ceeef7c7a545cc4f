"""Small programs over arrays as users write them, on several shapes, dtypes and layouts."""

import math

import numpy as np
import pytest
from oracle import Table, compare, jitted

import lancehead

ARRAYS = Table()
RNG = np.random.default_rng(7)
V = RNG.normal(size=50)
W = RNG.normal(size=(9, 13))
SQUARE = RNG.normal(size=(6, 6)) + 6 * np.eye(6)


@ARRAYS((30,), (2,), (1000,))
def sieve(n):
    composite = np.zeros(n + 1, np.bool_)
    count = 0
    for p in range(2, n + 1):
        if composite[p]:
            continue
        count += 1
        for q in range(p * p, n + 1, p):
            composite[q] = True
    return count, composite


@ARRAYS((V,), (V[::-3],), ((V * 10).astype(np.int32),), (V[:1],))
def insertion_sort(a):
    for i in range(1, len(a)):
        x = a[i]
        j = i - 1
        while j >= 0 and a[j] > x:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = x
    return a


@ARRAYS((np.arange(0, 100, 3), 42), (np.arange(0, 100, 3), 43), (np.linspace(0, 1, 11), 0.35), (np.arange(0), 1))
def binary_search(a, x):
    low, high = 0, a.size
    while low < high:
        middle = (low + high) // 2
        if a[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low if low < a.size and a[low] == x else -low - 1


@ARRAYS((W, V[:13]), (W.T, V[:9]), (W.astype("f4"), V[:13].astype("f4")), (W[::2, ::2], V[:7]))
def matrix_vector(m, v):
    out = np.zeros(m.shape[0], m.dtype)
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            out[i] += m[i, j] * v[j]
    return out


@ARRAYS((W, W.T), (W.astype("f4"), W.T.astype("f4")), ((W * 9).astype("i8"), (W.T * 9).astype("i8")), (W + 1j, W.T - 1j))
def matrix_matrix(a, b):
    out = np.zeros((a.shape[0], b.shape[1]), a.dtype)
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            s = out[i, j]
            for k in range(b.shape[0]):
                s += a[i, k] * b[k, j]
            out[i, j] = s
    return out


@ARRAYS((SQUARE,), (SQUARE[:3, :3],), (SQUARE.T,))
def lu_decomposition(a):
    n = a.shape[0]
    for k in range(n):
        for i in range(k + 1, n):
            a[i, k] /= a[k, k]
            for j in range(k + 1, n):
                a[i, j] -= a[i, k] * a[k, j]
    return a


@ARRAYS((V, 5), (V, 1), (V, 50), (V, 51))
def rolling_mean(a, width):
    if width > len(a):
        raise ValueError("window too wide", width, len(a))
    out = np.empty(len(a) - width + 1)
    s = 0.0
    for i in range(width):
        s += a[i]
    out[0] = s / width
    for i in range(width, len(a)):
        s += a[i] - a[i - width]
        out[i - width + 1] = s / width
    return out


@ARRAYS((W, 4), (W[:3, :3], 10), (W[:2], 2))
def heat(u, steps):
    for _ in range(steps):
        v = u.copy()
        v[1:-1, 1:-1] = u[1:-1, 1:-1] + 0.1 * (u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] - 4 * u[1:-1, 1:-1])
        u = v
    return u


@ARRAYS(((RNG.random((12, 15)) > 0.6).astype(np.uint8), 3), (np.ones((1, 4), np.uint8), 1))
def game_of_life(board, generations):
    rows, columns = board.shape
    for _ in range(generations):
        following = np.zeros_like(board)
        for i in range(rows):
            for j in range(columns):
                alive = 0
                for di in range(-1, 2):
                    for dj in range(-1, 2):
                        if di != 0 or dj != 0:
                            alive += board[(i + di) % rows, (j + dj) % columns]
                following[i, j] = 1 if alive == 3 or (alive == 2 and board[i, j]) else 0
        board = following
    return board


@ARRAYS((np.array([3, 4, 5]), np.array([4, 5, 6]), 7), (np.arange(1, 9), np.arange(9, 1, -1), 20))
def knapsack(weights, values, capacity):
    best = np.zeros(capacity + 1, np.int64)
    for w, v in zip(weights, values):
        for c in range(capacity, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[capacity], best


@ARRAYS((np.array([1, 2, 3, 4]), np.array([2, 3, 5])), (np.arange(6), np.arange(6)[::-1]), (np.arange(0), np.arange(3)))
def edit_distance(a, b):
    row = np.arange(len(b) + 1)
    for i, x in enumerate(a):
        diagonal = row[0]
        row[0] = i + 1
        for j, y in enumerate(b, 1):
            above = row[j]
            row[j] = min(above + 1, row[j - 1] + 1, diagonal + (x != y))
            diagonal = above
    return row[-1]


@ARRAYS((np.where(RNG.random((7, 7)) < 0.4, RNG.integers(1, 9, (7, 7)), 1000),))
def shortest_paths(d):
    n = len(d)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                d[i, j] = min(d[i, j], d[i, k] + d[k, j])
    return d


@ARRAYS((V[:16],), (V[:5],), (V[:8] + 1j,))
def fourier(a):
    n = a.shape[0]
    out = np.zeros(n, np.complex128)
    for k in range(n):
        for j in range(n):
            angle = -2.0 * math.pi * j * k / n
            out[k] += a[j] * complex(math.cos(angle), math.sin(angle))
    return out


@ARRAYS((np.frombuffer(b"the quick brown fox", np.uint8).copy(),), (np.zeros(0, np.uint8),))
def checksum(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= int(byte)
        for _ in range(8):
            crc = (crc >> 1) ^ (0xEDB88320 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


@ARRAYS((W,), (W[:, :1],), (W.T,))
def normalised_rows(m):
    out = np.empty_like(m)
    for i, row in enumerate(m):
        low, high = row.min(), row.max()
        out[i] = (row - low) / (high - low) if high > low else row - low
    return out


@ARRAYS((V, W[0]), (V[:1], V[:0]))
def statistics(a, b):
    mean = a.sum() / a.size
    spread = ((a - mean) ** 2).sum() / a.size
    return mean, math.sqrt(spread), b.size > 0 and b.max() > 0, np.any(a > mean), np.all(a * a >= 0)


@pytest.mark.parametrize("options", [{}, {"parallel": True}, {"error_model": "numpy"}], ids=str)
@pytest.mark.parametrize("case", ARRAYS)
def test_array_programs(case, options):
    case.check(**options)


def test_one_function_for_many_types():
    fn = jitted(matrix_vector)
    before = len(fn.signatures)
    for dtype in ("i4", "u2", "c16"):
        compare(matrix_vector, np.ones((3, 4), dtype), np.ones(4, dtype))
    assert len(fn.signatures) == before + 3
    assert all(isinstance(t, lancehead.types.Array) for signature in fn.signatures for t in signature)
