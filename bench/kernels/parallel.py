"""Loops that prange shares out. Each builder gives a function, to be compiled with and without parallel, and its arguments."""
import math

import numpy as np


def sum_exp(module):
    prange = module.prange

    def function(x):
        total = 0.0
        for i in prange(x.shape[0]):
            total += math.exp(x[i])
        return total

    return function, (np.linspace(0.0, 1.0, 2_000_000),)


def sin_cos(module):
    prange = module.prange

    def function(x, out):
        for i in prange(x.shape[0]):
            out[i] = math.sin(x[i]) * math.cos(x[i])

    return function, (np.linspace(0.0, 6.0, 1_000_000), np.zeros(1_000_000))


def mandelbrot(module):
    prange = module.prange

    def function(n, out):
        for i in prange(n):
            for j in range(n):
                cx = 3.0 * j / n - 2.0
                cy = 3.0 * i / n - 1.5
                x = 0.0
                y = 0.0
                k = 0
                while k < 100 and x * x + y * y < 4.0:
                    x, y = x * x - y * y + cx, 2.0 * x * y + cy
                    k += 1
                out[i, j] = k

    return function, (300, np.zeros((300, 300), np.int64))


def matmul(module):
    prange = module.prange

    def function(a, b, c):
        for i in prange(a.shape[0]):
            for j in range(b.shape[1]):
                total = 0.0
                for k in range(b.shape[0]):
                    total += a[i, k] * b[k, j]
                c[i, j] = total

    a = np.linspace(0.0, 1.0, 200 * 200).reshape(200, 200)
    return function, (a, a, np.zeros_like(a))


def add_one(module):
    prange = module.prange

    def function(x):
        for i in prange(x.shape[0]):
            x[i] += 1.0

    return function, (np.zeros(1000),)


SPEEDUPS = (sum_exp, sin_cos, mandelbrot, matmul)
