"""Loops that hold their state in scalars."""
import math

import numpy as np

from kernels import Kernel


def mandelbrot(n, out):
    for i in range(n):
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


def collatz(n):
    longest = 0
    for start in range(1, n):
        x = start
        steps = 0
        while x != 1:
            x = 3 * x + 1 if x % 2 else x // 2
            steps += 1
        longest = max(longest, steps)
    return longest


def sieve(prime):
    n = prime.shape[0]
    for i in range(n):
        prime[i] = i > 1
    i = 2
    while i * i < n:
        if prime[i]:
            for j in range(i * i, n, i):
                prime[j] = 0
        i += 1
    count = 0
    for i in range(n):
        if prime[i]:
            count += 1
    return count


def random_pi(n):
    state = 1
    inside = 0
    for _ in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        x = state / 2147483648.0
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        y = state / 2147483648.0
        if x * x + y * y < 1.0:
            inside += 1
    return inside


def gcd_sum(n):
    total = 0
    for a in range(1, n):
        for b in range(1, n):
            x, y = a, b
            while y:
                x, y = y, x % y
            total += x
    return total


def pendulum(n):
    angle, speed = 1.0, 0.0
    for _ in range(n):
        speed -= 0.001 * (angle - angle * angle * angle / 6.0)
        angle += 0.001 * speed
    return angle


def complex_fractal(n, out):
    for i in range(n):
        for j in range(n):
            c = complex(3.0 * j / n - 1.5, 3.0 * i / n - 1.5)
            z = 0j
            k = 0
            while k < 50 and z.real * z.real + z.imag * z.imag < 4.0:
                z = z * z + c
                k += 1
            out[i, j] = k


def planets(start, state, steps):
    n = state.shape[0]
    for i in range(n):
        for j in range(5):
            state[i, j] = start[i, j]
    for _ in range(steps):
        for i in range(n):
            for j in range(n):
                if i != j:
                    dx = state[j, 0] - state[i, 0]
                    dy = state[j, 1] - state[i, 1]
                    near = dx * dx + dy * dy + 0.01
                    pull = 0.001 * state[j, 4] / (near * math.sqrt(near))
                    state[i, 2] += pull * dx
                    state[i, 3] += pull * dy
        for i in range(n):
            state[i, 0] += 0.001 * state[i, 2]
            state[i, 1] += 0.001 * state[i, 3]


def solar_system(n):
    start = np.random.default_rng(n).random((n, 5))
    return start, np.zeros_like(start), 500


KERNELS = [
    Kernel(mandelbrot, 100, lambda n: (n, np.zeros((n, n), np.int64))),
    Kernel(collatz, 20_000, lambda n: (n,), small=200),
    Kernel(sieve, 300_000, lambda n: (np.zeros(n, np.uint8),), small=500),
    Kernel(random_pi, 300_000, lambda n: (n,), small=500),
    Kernel(gcd_sum, 200, lambda n: (n,)),
    Kernel(complex_fractal, 80, lambda n: (n, np.zeros((n, n), np.int64))),
    Kernel(planets, 6, solar_system, small=3),
    Kernel(pendulum, 300_000, lambda n: (n,), small=500),
]
