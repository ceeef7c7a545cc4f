"""Linear algebra as written by hand; matmul is also what bench/matmul.py and the rows matmul.* measure."""
import numpy as np

from kernels import Kernel


def matrices(n, count):
    rng = np.random.default_rng(n)
    return [rng.random((n, n)) for _ in range(count)]


def matmul(a, b, c):
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            total = 0.0
            for k in range(b.shape[0]):
                total += a[i, k] * b[k, j]
            c[i, j] = total


def matvec(a, x, y):
    for i in range(a.shape[0]):
        total = 0.0
        for j in range(a.shape[1]):
            total += a[i, j] * x[j]
        y[i] = total


def column_means(a, means):
    for j in range(a.shape[1]):
        means[j] = 0.0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            means[j] += a[i, j]
    for j in range(a.shape[1]):
        means[j] /= a.shape[0]


def transpose(a, out):
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            out[j, i] = a[i, j]


def cholesky(a, l):
    n = a.shape[0]
    for i in range(n):
        for j in range(i + 1):
            total = a[i, j]
            for k in range(j):
                total -= l[i, k] * l[j, k]
            if i == j:
                l[i, i] = total**0.5
            else:
                l[i, j] = total / l[j, j]


def positive_definite(n):
    (a,) = matrices(n, 1)
    return a @ a.T + n * np.eye(n), np.zeros((n, n))


KERNELS = [
    Kernel(matmul, 128, lambda n: matrices(n, 3), lambda a, b, c: np.dot(a, b, out=c)),
    Kernel(matvec, 500, lambda n: (*matrices(n, 1), np.linspace(0, 1, n), np.zeros(n)), lambda a, x, y: np.dot(a, x, out=y)),
    Kernel(column_means, 500, lambda n: (*matrices(n, 1), np.zeros(n)), lambda a, means: np.mean(a, axis=0, out=means)),
    Kernel(transpose, 500, lambda n: matrices(n, 2), lambda a, out: np.copyto(out, a.T)),
    Kernel(cholesky, 150, positive_definite, lambda a, l: np.copyto(l, np.linalg.cholesky(a))),
]
