"""Loops over functions of math, whole-array reductions, calls."""
import math

import numpy as np

from kernels import Kernel


def sum_exp(x):
    total = 0.0
    for i in range(x.shape[0]):
        total += math.exp(x[i])
    return total


def sin_cos(x, out):
    for i in range(x.shape[0]):
        out[i] = math.sin(x[i]) * math.cos(x[i])


def log_normal(x, out):
    for i in range(x.shape[0]):
        t = math.log(x[i] + 0.5)
        out[i] = math.exp(-0.5 * t * t) / (x[i] + 0.5)


def normal_probability(x, out):
    for i in range(x.shape[0]):
        out[i] = 0.5 * math.erfc(-x[i] * 0.7071067811865476)


def powers(x, out):
    for i in range(x.shape[0]):
        out[i] = x[i] ** 1.5 + x[i] ** 3


def whole_sum(x):
    return np.sum(x)


def euclidean(x, y):
    return np.sqrt(np.sum((x - y) ** 2))


def random(n, count):
    return [np.random.default_rng(n + i).random(n) for i in range(count)]


KERNELS = [
    Kernel(sum_exp, 50_000, lambda n: random(n, 1), lambda x: np.exp(x).sum()),
    Kernel(sin_cos, 50_000, lambda n: random(n, 2), lambda x, out: np.multiply(np.sin(x), np.cos(x), out=out)),
    Kernel(log_normal, 50_000, lambda n: random(n, 2)),
    Kernel(normal_probability, 50_000, lambda n: random(n, 2)),
    Kernel(powers, 50_000, lambda n: random(n, 2), lambda x, out: np.add(x**1.5, x**3, out=out)),
    Kernel(whole_sum, 200_000, lambda n: random(n, 1), np.sum),
    Kernel(euclidean, 100_000, lambda n: random(n, 2), lambda x, y: np.sqrt(np.sum((x - y) ** 2))),
]
