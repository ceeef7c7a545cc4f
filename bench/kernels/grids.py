"""Loops over two-dimensional arrays that read neighbours."""
import math

import numpy as np

from kernels import Kernel


def grids(n, count):
    rng = np.random.default_rng(n)
    return [rng.random((n, n)) for _ in range(count)]


def jacobi(a, b, steps):
    for _ in range(steps):
        for i in range(1, a.shape[0] - 1):
            for j in range(1, a.shape[1] - 1):
                b[i, j] = 0.25 * (a[i - 1, j] + a[i + 1, j] + a[i, j - 1] + a[i, j + 1])
        a, b = b, a


def convolve(a, weights, out):
    for i in range(1, a.shape[0] - 1):
        for j in range(1, a.shape[1] - 1):
            total = 0.0
            for u in range(3):
                for v in range(3):
                    total += a[i + u - 1, j + v - 1] * weights[u, v]
            out[i, j] = total


def shortest_paths(edges, d):
    n = d.shape[0]
    for i in range(n):
        for j in range(n):
            d[i, j] = edges[i, j]
    for k in range(n):
        for i in range(n):
            for j in range(n):
                through = d[i, k] + d[k, j]
                if through < d[i, j]:
                    d[i, j] = through


def distances(points, out):
    for i in range(points.shape[0]):
        for j in range(points.shape[0]):
            dx = points[i, 0] - points[j, 0]
            dy = points[i, 1] - points[j, 1]
            out[i, j] = math.sqrt(dx * dx + dy * dy)


def life(cells, out):
    for i in range(1, cells.shape[0] - 1):
        for j in range(1, cells.shape[1] - 1):
            around = 0
            for u in range(-1, 2):
                for v in range(-1, 2):
                    around += cells[i + u, j + v]
            around -= cells[i, j]
            out[i, j] = 1 if around == 3 or (around == 2 and cells[i, j] == 1) else 0


def strided_means(a, out):
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = 0.25 * (a[2 * i, 2 * j] + a[2 * i + 1, 2 * j] + a[2 * i, 2 * j + 1] + a[2 * i + 1, 2 * j + 1])


def cells(n):
    alive = np.random.default_rng(n).integers(0, 2, (n, n))
    return alive, np.zeros_like(alive)


def numpy_paths(edges, d):
    d[:] = edges
    for k in range(d.shape[0]):
        np.minimum(d, d[:, k : k + 1] + d[k], out=d)


def numpy_distances(points, out):
    return np.copyto(out, np.hypot(points[:, None, 0] - points[:, 0], points[:, None, 1] - points[:, 1]))


KERNELS = [
    Kernel(jacobi, 300, lambda n: (*grids(n, 2), 4)),
    Kernel(convolve, 300, lambda n: (*grids(n, 1), *grids(3, 1), np.zeros((n, n)))),
    Kernel(shortest_paths, 120, lambda n: grids(n, 2), numpy_paths),
    Kernel(distances, 400, lambda n: (np.random.default_rng(n).random((n, 2)), np.zeros((n, n))), numpy_distances),
    Kernel(strided_means, 400, lambda n: (*grids(n, 1), np.zeros((n // 2, n // 2)))),
    Kernel(life, 300, cells),
]
